import type { Command } from "commander";
import type { Ctx } from "../../platform/context.ts";
import type { Composition } from "../compose.ts";
import type { Config } from "../config/config.ts";
import type { Installation } from "../runtime/installation.ts";

/** What a command works with: the program on its database, and the operator's tenant. */
export type OpenProgram = {
  readonly app: Composition;
  /** The context of the operator's tenant, the command line acting. */
  readonly ctx: Ctx;
  readonly config: Config;
  /** What the folder holds; undefined where the database is another than its own. */
  readonly installation: Installation | undefined;
  /** Mail stays in the mailbox that the running server has on this machine. */
  readonly hasMailbox: boolean;
  /** Connection string of the role that owns the schema. */
  readonly ownerUrl: string;
};

/** What a command works with that replaces the database. */
export type ReplaceableDatabase = {
  /** Which one it is, in words. */
  readonly name: string;
  /** Connection string of the role that owns the schema. */
  readonly ownerUrl: string;
};

export type CommandDeps = {
  /** Opens the database (the running server's, an embedded one of its own, or DATABASE_URL) and closes it after the work. */
  readonly withProgram: <Result>(work: (program: OpenProgram) => Promise<Result>) => Promise<Result>;
  /** Opens the same database as it is, its schema of whatever release, and closes it after the work. */
  readonly withDatabase: <Result>(work: (database: ReplaceableDatabase) => Promise<Result>) => Promise<Result>;
  /** What the person at the terminal answers; undefined where there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** The result of a command, for people and for scripts. */
  readonly print: (line: string) => void;
  /** Ends the process unsuccessfully when the command is done. */
  readonly fail: () => void;
};

/** Adds a command to the program. */
export type AddCommand = (program: Command, deps: CommandDeps) => void;

/** Columns of text, for people. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
