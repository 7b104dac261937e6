import { parseArgs } from "node:util";
import { FLAGS } from "../../platform/flags/index.ts";
import { runTool } from "../runtime/run-tool.ts";
import { StartError } from "../runtime/start-error.ts";
import { print, printTable } from "../runtime/terminal.ts";
import { withProgram } from "../with-program.ts";

// `npm run feature:enable KEY`, `feature:disable KEY`, `feature:list`.
await runTool(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [verb, key, ...rest] = positionals;
  if (verb === "list" && key === undefined) {
    await withProgram(async ({ app, ctx }) => {
      const flags = await app.flags.listFlags(ctx);
      printTable(
        ["feature", "state", "what it does"],
        flags.map((flag) => [flag.key, flag.isEnabled ? "on" : "off", flag.description]),
      );
    });
    return;
  }
  if ((verb !== "enable" && verb !== "disable") || key === undefined || rest.length > 0 || !(key in FLAGS)) {
    throw new StartError(
      key === undefined ? "Say which feature." : `There is no feature "${[key, ...rest].join(" ")}".`,
      `The features are ${Object.keys(FLAGS).join(" and ")}: npm run feature:enable ${Object.keys(FLAGS)[0]}`,
    );
  }
  await withProgram(async ({ app, ctx }) => {
    const flag = await app.flags.setFlag(ctx, { key, isEnabled: verb === "enable" });
    print(
      `${flag.key} is ${flag.isEnabled ? "on" : "off"}: ${flag.description}. Running servers follow within seconds.`,
    );
  });
});
