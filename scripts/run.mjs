// `node scripts/run.mjs FILE ARGUMENTS…`: runs a TypeScript program of the checkout, on a fresh clone too.
import { ensureInstalled, fail } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

const [file, ...args] = process.argv.slice(2);
try {
  await ensureInstalled();
  process.exitCode = await runProgram(file, args);
} catch (error) {
  fail(error);
}
