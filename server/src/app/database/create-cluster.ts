import { spawn } from "node:child_process";
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../runtime/start-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { UnprivilegedUser } from "./unprivileged-user.ts";

export const SUPERUSER = "postgres";

export type CreateCluster = {
  readonly binaries: PostgresBinaries;
  readonly folder: string;
  readonly user: UnprivilegedUser | undefined;
  readonly password: string;
};

export const dataFolderOf = (folder: string): string => join(folder, "data");

/** Whether the data are there; refuses those of another version of Postgres. */
export function hasCluster(folder: string, binaries: PostgresBinaries): boolean {
  const versionFile = join(dataFolderOf(folder), "PG_VERSION");
  if (!existsSync(versionFile)) return false;
  const version = readFileSync(versionFile, "utf8").trim();
  const [major] = binaries.version.split(".");
  if (version === major) return true;
  throw new StartError(
    `The data in ${folder} are those of Postgres ${version}, and this release comes with Postgres ${major}.`,
    `Start the release that wrote them, \`npm run tributary -- backup FILE\`, then restore the file with this release in a new TRIBUTARY_HOME.`,
  );
}

/**
 * Makes the data folder of a database. It appears when it is whole, so that a start that was cut off begins again. Locale and collation are
 * Postgres's own (C.UTF-8), so that no order of text changes with the system's libraries.
 */
export async function createCluster({ binaries, folder, user, password }: CreateCluster): Promise<void> {
  const partial = `${dataFolderOf(folder)}.partial`;
  const passwordFile = join(folder, "password.partial");
  rmSync(partial, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    await runInitdb(binaries, user, [
      `--pgdata=${partial}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      // Done by syncCluster, beside the steps that follow.
      "--no-sync",
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, dataFolderOf(folder));
}

/** Brings a new data folder to the disk. It may run beside its Postgres, and must be over before the first change is promised to anybody. */
export const syncCluster = ({ binaries, folder, user }: Omit<CreateCluster, "password">): Promise<void> =>
  runInitdb(binaries, user, ["--sync-only", `--pgdata=${dataFolderOf(folder)}`]);

function runInitdb(
  binaries: PostgresBinaries,
  user: UnprivilegedUser | undefined,
  args: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(binaries.folder, "bin", "initdb"), args, {
      cwd: "/",
      env: postgresEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      // Ctrl-C is for the server, which stops when this is over.
      detached: true,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const refuse = (reason: string, cause?: unknown) =>
      reject(
        new StartError(
          `The database could not be made: ${reason}.`,
          "Is the disk full, or the folder on a file system without Unix permissions? Choose another folder with TRIBUTARY_HOME.",
          cause,
        ),
      );
    child.once("error", (error) => refuse(error.message, error));
    child.once("close", (code) => (code === 0 ? resolve() : refuse(output.trim() || `initdb ended with ${code}`)));
  });
}

/** Nothing of the caller's environment: a PGDATA or a locale from outside must not reach it. */
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"] ?? "",
  LC_ALL: "C",
  TZ: "UTC",
  ...(process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] ?? "" } : {}),
});
