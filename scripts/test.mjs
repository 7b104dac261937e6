// `npm test`: sets up and runs every test. TRIBUTARY_TEST_NO_SKIPS=1 turns a skipped test into a failure.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, fail } from "./installation.mjs";
import { runProgram } from "./run-program.mjs";

const reporters =
  process.env.TRIBUTARY_TEST_NO_SKIPS === "1"
    ? ["--reporter=default", "--reporter=./scripts/no-skips-reporter.mjs"]
    : [];
try {
  await ensureInstalled();
  // Before the tests that open the portal, which begin at once: two of them would build it into one folder.
  await ensureBuilt();
  const args = ["run", ...reporters, ...process.argv.slice(2)];
  process.exitCode = await runProgram("node_modules/vitest/vitest.mjs", args);
} catch (error) {
  fail(error);
}
