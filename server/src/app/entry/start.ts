import { parseArgs } from "node:util";
import { createLogger } from "../../platform/log/index.ts";
import { loadConfig, readEnvironment } from "../config/config.ts";
import { runServer } from "../runtime/run-server.ts";
import { runTool } from "../runtime/run-tool.ts";
import { StartError } from "../runtime/start-error.ts";
import { print } from "../runtime/terminal.ts";

const HELP = `Usage: npm start -- [--empty] [--api | --worker]

  --empty    start without the demo: a programme of your own, with a link to set it up
  --api      answer requests only, and leave jobs to a process with --worker (needs DATABASE_URL)
  --worker   work on jobs only; health and metrics are still answered on PORT
  --help     this

Settings are environment variables, or lines of .env: docs/reference/configuration.md lists them.`;

// A reader that went away (`| head`, a closed terminal) is no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

await runTool(async () => {
  const { values } = parseArgs({
    options: {
      empty: { type: "boolean", default: false },
      api: { type: "boolean", default: false },
      worker: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(HELP);

  const config = loadConfig(readEnvironment(process));
  const isWhole = values.api === values.worker;
  if (!isWhole && config.database.kind === "embedded") {
    throw new StartError(
      "--api and --worker run as separate processes, and the embedded Postgres belongs to one.",
      "Give both of them a DATABASE_URL, or start without the switch: one process then does both.",
    );
  }
  const logger = createLogger({ level: config.logLevel, isPretty: process.stderr.isTTY });
  const parts = { api: isWhole || values.api, worker: isWhole || values.worker };
  await runServer({ config, parts, isEmpty: values.empty, logger });
});
