import { dirname, resolve } from "node:path";
import { CatalogueError } from "../../kernel/errors.ts";
import { UnreadableBackup } from "../backup/frames.ts";
import { NewerBackup } from "../backup/restore.ts";
import { UnreadableFile } from "./csv/read-rows.ts";
import { BadValue } from "./csv/values.ts";

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this user may not open it",
  EPERM: "this user may not open it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  ENOSPC: "the disk is full",
  EROFS: "it lies on a read-only file system",
};

/** What went wrong by nobody's fault in the program, in words for who ran the command; undefined for anything else. */
export function explainFailure(error: unknown, args: readonly string[]): string | undefined {
  if (error instanceof CatalogueError) {
    const facts = Object.keys(error.facts).length === 0 ? "" : ` ${JSON.stringify(error.facts)}`;
    return `${error.message} (${error.code})${facts}`;
  }
  if ([UnreadableFile, BadValue, UnreadableBackup, NewerBackup].some((kind) => error instanceof kind))
    return (error as Error).message;
  return explainFile(error, args);
}

/** Only of files that the command was given, or that lie beside them: others are the program's own. */
function explainFile(error: unknown, args: readonly string[]): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  const trouble = FILE_TROUBLE[code ?? ""];
  if (trouble === undefined || path === undefined) return undefined;
  const folder = dirname(resolve(path));
  if (!args.some((arg) => dirname(resolve(arg)) === folder)) return undefined;
  return `${resolve(path).replace(/\.partial$/, "")}: ${trouble}`;
}
