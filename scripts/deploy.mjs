// `npm run deploy:production` and `npm run deploy:rollback`: the composition of deploy/, with docker. Imports no package.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fail, ROOT, SetUpError } from "./installation.mjs";

const COMPOSE = ["compose", "--file", join(ROOT, "deploy/compose.yaml")];
/** What is built and started; the last that became ready; and the one that was so before the newest deployment. */
const [CURRENT, READY, PREVIOUS] = ["tributary:current", "tributary:ready", "tributary:previous"];
const LOOK_AT_IMAGES = "See `docker image ls tributary`.";

/** Whether docker did what it was asked; what it says is shown unless it is only asked. */
function docker(args, stdio = "inherit") {
  const { error, status } = spawnSync("docker", args, { cwd: ROOT, stdio });
  if (error)
    throw new SetUpError(
      `docker cannot be run: ${error.message}`,
      "Install Docker with its compose plugin (docs/guides/deploy.md).",
    );
  return status === 0;
}

function must(args, remedy) {
  if (!docker(args)) throw new SetUpError(`docker ${args.join(" ")} failed.`, remedy);
}

const hasImage = (name) => docker(["image", "inspect", name], "ignore");

const DEPLOYMENTS = {
  production: () => {
    must([...COMPOSE, "config", "--quiet"], "Set what it names in deploy/.env: deploy/.env.example has all of it.");
    must([...COMPOSE, "build", "--pull"], "Nothing was changed: what ran before runs on.");
    // Never an image that only was built or started: one that went wrong is nothing to go back to.
    if (hasImage(READY)) must(["tag", READY, PREVIOUS], LOOK_AT_IMAGES);
    must(
      [...COMPOSE, "up", "--detach", "--wait"],
      "`docker compose --file deploy/compose.yaml logs server` says why. `npm run deploy:rollback` starts the release before.",
    );
    must(["tag", CURRENT, READY], LOOK_AT_IMAGES);
  },
  rollback: () => {
    if (!hasImage(PREVIOUS))
      throw new SetUpError("There is no release before this one.", "Check out the one that you want and deploy it.");
    must(["tag", PREVIOUS, CURRENT], LOOK_AT_IMAGES);
    must(
      [...COMPOSE, "up", "--detach", "--wait", "--no-build"],
      "A release refuses a schema newer than its own: restore the backup that the upgrade made (docs/guides/deploy.md).",
    );
    must(["tag", CURRENT, READY], LOOK_AT_IMAGES);
  },
};

const [what] = process.argv.slice(2);
try {
  if (!Object.hasOwn(DEPLOYMENTS, what ?? ""))
    throw new SetUpError("Say what to do.", `npm run deploy:${Object.keys(DEPLOYMENTS).join(" or npm run deploy:")}`);
  DEPLOYMENTS[what]();
} catch (error) {
  fail(error);
}
