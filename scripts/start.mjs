// `npm start`: installs what is missing, builds what is not built, then runs the server under the pinned Node. `npm start -- --help` lists the switches.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, fail } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await runProgram("server/src/app/entry/start.ts", process.argv.slice(2));
} catch (error) {
  fail(error);
}
