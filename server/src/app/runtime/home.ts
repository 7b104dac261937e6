import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { StartError, systemCode } from "./start-error.ts";

/** Where things lie in the folder of an installation. */
export type Home = {
  readonly folder: string;
  readonly lock: string;
  readonly installation: string;
  /** Where the server that runs on the folder is reached. */
  readonly running: string;
  readonly secrets: string;
  readonly postgres: string;
  readonly logs: string;
  readonly backups: string;
  readonly sandbox: string;
};

const OTHER_FOLDER = "Give a folder that you may write to, for example: TRIBUTARY_HOME=$HOME/tributary npm start";

/** Makes the folder of an installation where there is none, for its owner alone, and refuses one that cannot be used. */
export function openHome(folder: string): Home {
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) {
      // Under root, Postgres runs as another user: that user may pass through, and see nothing on the way.
      chmodSync(folder, isRoot() ? 0o711 : 0o700);
    }
    if (!statSync(folder).isDirectory()) throw new StartError(`TRIBUTARY_HOME (${folder}) is no folder.`, OTHER_FOLDER);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const part of ["logs", "backups"]) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`TRIBUTARY_HOME (${folder}) cannot be used: ${reasonOf(error)}.`, OTHER_FOLDER, error);
  }
  return {
    folder,
    lock: join(folder, "server.lock"),
    installation: join(folder, "installation.json"),
    running: join(folder, "running.json"),
    secrets: join(folder, "secrets.json"),
    postgres: join(folder, "postgres.json"),
    logs: join(folder, "logs"),
    backups: join(folder, "backups"),
    sandbox: join(folder, "sandbox"),
  };
}

export const isRoot = (): boolean => process.getuid?.() === 0;

function reasonOf(error: unknown): string {
  switch (systemCode(error)) {
    case "EACCES":
    case "EPERM":
      return "this user may not write there";
    case "EROFS":
      return "it lies on a read-only file system";
    case "ENOTDIR":
    case "EEXIST":
      return "a file is in the way";
    case "ENOSPC":
      return "the disk is full";
    default:
      return String(error instanceof Error ? error.message : error);
  }
}
