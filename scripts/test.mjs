// `npm test`: sets up and runs every test. TRIBUTARY_TEST_NO_SKIPS=1 turns a skipped test into a failure.
import { ensureInstalled, fail } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

const reporters =
  process.env.TRIBUTARY_TEST_NO_SKIPS === "1"
    ? ["--reporter=default", "--reporter=./scripts/no-skips-reporter.mjs"]
    : [];
try {
  await ensureInstalled();
  const args = ["run", ...reporters, ...process.argv.slice(2)];
  process.exitCode = await runProgram("node_modules/vitest/vitest.mjs", args);
} catch (error) {
  fail(error);
}
