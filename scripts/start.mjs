// `npm start`: installs what is missing, then runs the server under the pinned Node. `npm start -- --help` lists the switches.
import { ensureInstalled, fail } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

try {
  await ensureInstalled();
  process.exitCode = await runProgram("server/src/app/entry/start.ts", process.argv.slice(2));
} catch (error) {
  fail(error);
}
