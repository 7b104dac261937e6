import { commandLine } from "../../src/app/cli/program.ts";
import { loadConfig } from "../../src/app/config/config.ts";
import type { Installation } from "../../src/app/runtime/installation.ts";
import type { WholeApp } from "./app.ts";
import type { ClonedDatabase } from "./postgres.ts";

export type CommandWorld = { readonly world: WholeApp; readonly database: ClonedDatabase; readonly folder: string };

export type RunOptions = {
  readonly installation?: Installation;
  readonly hasMailbox?: boolean;
  /** What the person at the terminal says; nobody is there when not given. */
  readonly answer?: string;
};

/** Runs a command in this process, on the test's program. */
export async function runCommand(
  { world, database, folder }: CommandWorld,
  args: readonly string[],
  { installation, hasMailbox = false, answer }: RunOptions = {},
): Promise<{ lines: string[]; exitCode: number }> {
  const lines: string[] = [];
  let exitCode = 0;
  const program = commandLine({
    withProgram: (work) =>
      work({
        app: world.app,
        ctx: world.ctx(),
        config: loadConfig({ TRIBUTARY_HOME: folder }),
        installation,
        hasMailbox,
        ownerUrl: database.ownerUrl,
      }),
    withDatabase: (work) => work({ name: "the database of the test", ownerUrl: database.ownerUrl }),
    ask: async () => answer,
    print: (line) => void lines.push(line),
    fail: () => {
      exitCode = 1;
    },
  });
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  await program.parseAsync(args, { from: "user" });
  return { lines, exitCode };
}
