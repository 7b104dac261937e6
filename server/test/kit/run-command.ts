import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../../src/app/cli/program.ts";
import { loadConfig } from "../../src/app/config/config.ts";
import type { Installation } from "../../src/app/runtime/installation.ts";
import { openApp, type WholeApp } from "./app.ts";
import { type ClonedDatabase, cloneDatabase } from "./postgres.ts";

export type CommandWorld = { readonly world: WholeApp; readonly database: ClonedDatabase; readonly folder: string };

/** The program on a database of its own, and a folder for the files of its commands. */
export async function openCommands(): Promise<CommandWorld & AsyncDisposable> {
  const database = await cloneDatabase();
  const world = await openApp(database);
  const folder = await mkdtemp(join(tmpdir(), "tributary-cli-"));
  return {
    world,
    database,
    folder,
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

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
