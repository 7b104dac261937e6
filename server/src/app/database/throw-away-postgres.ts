import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCluster, SUPERUSER } from "./create-cluster.ts";
import { copyPostgresBinaries, findPostgresBinaries } from "./postgres-binaries.ts";
import { startPostmaster } from "./postmaster.ts";
import { canEnter, findUnprivilegedUser } from "./unprivileged-user.ts";

/** Nothing here outlives its use, so nothing has to reach the disk. */
const THROW_AWAY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
const CONNECTIONS_MAX = 300;
const PASSWORD = "postgres";

export type ThrowAwayPostgres = {
  /** For its superuser, to the database `postgres`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** A Postgres in the system's temporary folder, for tests and for what is made from the schema. It is gone when it is stopped. */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-test-"));
  await chmod(folder, 0o755);
  const user = findUnprivilegedUser(undefined);
  const installed = findPostgresBinaries();
  const binaries = canEnter(user, join(installed.folder, "bin")) ? installed : copyPostgresBinaries(installed, folder);
  const home = join(folder, "postgres");
  await mkdir(home, { mode: 0o700 });
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
  // A process that ends without stopping it (a second Ctrl-C) leaves no Postgres behind.
  process.once("exit", () => postmaster.kill());
  return {
    url: `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${tcpPort}/postgres`,
    stop: async () => {
      await postmaster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
