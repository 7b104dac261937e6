import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { CommanderError } from "commander";
import { explainFailure } from "../cli/explain-failure.ts";
import { commandLine } from "../cli/program.ts";
import { runTool } from "../runtime/run-tool.ts";
import { withDatabase, withProgram } from "../with-program.ts";

const USED_WRONGLY = 2;

// `npm run tributary -- …`, also as a bin.
await runTool(async () => {
  const program = commandLine({
    withProgram,
    withDatabase,
    ask,
    print: (line) => process.stdout.write(`${line}\n`),
    fail: () => {
      process.exitCode = 1;
    },
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USED_WRONGLY;
      return;
    }
    const explained = explainFailure(error, process.argv.slice(2));
    if (explained === undefined) throw error;
    process.stderr.write(`${explained}\n`);
    process.exitCode = 1;
  }
});

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Whoever ends the input has not agreed.
    return await Promise.race([lines.question(question), once(lines, "close").then(() => "")]);
  } finally {
    lines.close();
  }
}
