// `npm start`: installs what is missing, builds what is not built, then runs the server under the pinned Node. `npm start -- --help` lists the switches.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, fail, SetUpError } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

/** Switches that npm keeps for itself where the `--` before them is missing. A folder is a demo's or not for good, so a demo is no answer to them. */
function refuseLostSwitches() {
  const lost = ["empty", "api", "worker"].filter((name) => process.env[`npm_config_${name}`] === "true");
  if (lost.length === 0) return;
  const switches = lost.map((name) => `--${name}`).join(" ");
  throw new SetUpError(`npm has kept ${switches} for itself.`, `Put -- before it: npm start -- ${switches}`);
}

try {
  refuseLostSwitches();
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await runProgram("server/src/app/entry/start.ts", process.argv.slice(2));
} catch (error) {
  fail(error);
}
