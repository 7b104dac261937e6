import { existsSync, rmSync, statfsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCluster, SUPERUSER } from "./create-cluster.ts";
import { copyPostgresBinaries, findPostgresBinaries } from "./postgres-binaries.ts";
import { startPostmaster } from "./postmaster.ts";
import { canEnter, findUnprivilegedUser } from "./unprivileged-user.ts";

/** Nothing here outlives its use, so nothing has to reach the disk, and nothing lives long enough to be tidied. */
const THROW_AWAY = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  checkpoint_timeout: "1h",
  max_wal_size: "512MB",
  // Passwords that are set from now on are checked in a moment: connections are opened by the thousand.
  scram_iterations: "1",
};
/** Where Linux keeps files in memory: hundreds of databases are made and dropped there without a disk. */
const MEMORY_FOLDER = "/dev/shm";
/** Several times what a run of tests takes. */
const MEMORY_FOLDER_BYTES = 2 * 2 ** 30;
const MEMORY_BYTES = 6 * 2 ** 30;
const CONNECTIONS_MAX = 300;
const PASSWORD = "postgres";

export type ThrowAwayPostgres = {
  /** For its superuser, to the database `postgres`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** A Postgres in memory or in the system's temporary folder, for tests and for what is made from the schema. It is gone when it is stopped. */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-test-"));
  await chmod(folder, 0o755);
  const user = findUnprivilegedUser(undefined);
  const installed = findPostgresBinaries();
  const binaries = canEnter(user, join(installed.folder, "bin")) ? installed : copyPostgresBinaries(installed, folder);
  const home = await mkdtemp(join(hasRoomInMemory() ? MEMORY_FOLDER : folder, "tributary-test-"));
  if (user) await chown(home, user.uid, user.gid);
  await createCluster({ binaries, folder: home, user, password: PASSWORD });
  const tcpPort = await freePort();
  const postmaster = await startPostmaster({
    binaries,
    folder: home,
    user,
    tcpPort,
    connectionsMax: CONNECTIONS_MAX,
    logFile: join(folder, "postgres.log"),
    settings: THROW_AWAY,
    onRestart: () => {},
  });
  // A process that ends without stopping it (a second Ctrl-C) leaves no Postgres behind, and nothing in memory.
  process.once("exit", () => {
    postmaster.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  return {
    url: `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${tcpPort}/postgres`,
    stop: async () => {
      await postmaster.stop();
      for (const gone of [home, folder]) await rm(gone, { recursive: true, force: true });
    },
  };
}

function hasRoomInMemory(): boolean {
  if (!existsSync(MEMORY_FOLDER)) return false;
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize >= MEMORY_FOLDER_BYTES && process.availableMemory() >= MEMORY_BYTES;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
