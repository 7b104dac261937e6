import { ConfigError } from "../config/read-settings.ts";
import { StartError } from "./start-error.ts";
import { printRefusal } from "./terminal.ts";

/** Runs a program to its end; what stops it is said in plain words, with the way out, and ends it with exit code 1. */
export async function runTool(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    explain(error);
  }
}

function explain(error: unknown): void {
  if (error instanceof ConfigError) {
    printRefusal(
      `The configuration cannot be used:\n${error.problems.map((problem) => `  - ${problem}`).join("\n")}`,
      "docs/reference/configuration.md lists every setting.",
    );
  } else if (error instanceof StartError) {
    printRefusal(error.message, error.remedy);
  } else if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    printRefusal(error.message, "Run it with --help to see what there is.");
  } else {
    printRefusal(
      error instanceof Error ? (error.stack ?? error.message) : String(error),
      "This is a fault of Tributary. Please report it with the lines above.",
    );
  }
}
