import { statSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Home } from "../runtime/home.ts";
import { writePrivateFile } from "../runtime/private-file.ts";
import { type Cluster, type ClusterPlace, placeCluster } from "./cluster-place.ts";
import { createCluster, hasCluster, SUPERUSER, syncCluster } from "./create-cluster.ts";
import { copyPostgresBinaries, findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { type Postmaster, SOCKET_PORT, startPostmaster } from "./postmaster.ts";
import { DATABASE, OWNER_LOGIN, prepareCluster, SERVER_LOGIN } from "./prepare-cluster.ts";
import { canEnter } from "./unprivileged-user.ts";

export type DatabaseUrls = { readonly ownerUrl: string; readonly serverUrl: string };

export type EmbeddedPostgres = DatabaseUrls &
  Pick<Postmaster, "stop" | "kill" | "pid"> & {
    /** A new database is on the disk: only then does a change survive the machine. */
    readonly isSynced: Promise<void>;
  };

export type StartEmbeddedPostgres = {
  readonly home: Home;
  readonly poolMax: number;
  /** Progress and places, for people. */
  readonly say: (line: string) => void;
  readonly onRestart: (reason: string) => void;
};

/** Beyond the pool: migrations, backups, the command line. */
const CONNECTIONS_BESIDE_POOL = 40;
const LOG_SIZE_MAX = 10 * 1024 * 1024;
/** A socket's path fits into 107 bytes on Linux and 103 on macOS, with its name. */
const SOCKET_FOLDER_LENGTH_MAX = 80;

/** Starts the Postgres of an installation; makes it first where there is none. */
export async function startEmbeddedPostgres(input: StartEmbeddedPostgres): Promise<EmbeddedPostgres> {
  const { home, say } = input;
  const place = placeCluster(home);
  const binaries = reachableBinaries(place, say);
  const { folder, passwords } = place.cluster;
  const isNew = !hasCluster(folder, binaries);
  if (isNew) {
    say(`Making the database (Postgres ${binaries.version.split("-")[0]})`);
    await createCluster({ binaries, folder, user: place.user, password: passwords.superuser });
  }
  if (place.leftBehind)
    say(`Another database lies in ${place.leftBehind}, of an installation whose folder is gone; it is left alone`);
  if (!folder.startsWith(home.folder))
    say(`Its data lie in ${folder}: the user ${place.user?.name} may not enter ${home.folder}`);

  const needsTcp = process.platform === "win32" || Buffer.byteLength(folder) > SOCKET_FOLDER_LENGTH_MAX;
  const tcpPort = needsTcp ? await freePort() : 0;
  const logFile = join(home.logs, "postgres.log");
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_SIZE_MAX) truncateSync(logFile);
  const postmaster = await startPostmaster({
    binaries,
    folder,
    user: place.user,
    tcpPort,
    connectionsMax: input.poolMax + CONNECTIONS_BESIDE_POOL,
    logFile,
    onRestart: input.onRestart,
  });
  try {
    const running: Cluster = { ...place.cluster, tcpPort };
    if (!running.isPrepared) await prepareCluster(urlOf(running, SUPERUSER, "postgres"), passwords);
    if (!running.isPrepared || running.tcpPort !== place.cluster.tcpPort)
      writePrivateFile(home.postgres, { ...running, isPrepared: true });
    const isSynced = isNew ? syncCluster({ binaries, folder, user: place.user }) : Promise.resolve();
    // Awaited by whoever promises anything; until then a failure has nobody else to go to.
    isSynced.catch(() => {});
    return { ...urlsOf(running), isSynced, stop: postmaster.stop, kill: postmaster.kill, pid: postmaster.pid };
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

/** How the owner and the server enter a running cluster. */
export const urlsOf = (cluster: Cluster): DatabaseUrls => ({
  ownerUrl: urlOf(cluster, OWNER_LOGIN, DATABASE),
  serverUrl: urlOf(cluster, SERVER_LOGIN, DATABASE),
});

function urlOf({ folder, passwords, tcpPort }: Cluster, role: string, database: string): string {
  const password = role === SUPERUSER ? passwords.superuser : role === OWNER_LOGIN ? passwords.owner : passwords.server;
  const address = tcpPort === 0 ? `${encodeURIComponent(folder)}:${SOCKET_PORT}` : `127.0.0.1:${tcpPort}`;
  return `postgres://${role}:${password}@${address}/${database}`;
}

/** The programs where the database's user can run them: in node_modules, or else in a copy outside the checkout. */
function reachableBinaries({ user, outside }: ClusterPlace, say: (line: string) => void): PostgresBinaries {
  const binaries = findPostgresBinaries();
  if (canEnter(user, join(binaries.folder, "bin"))) return binaries;
  const copy = copyPostgresBinaries(binaries, outside);
  say(`The database runs from ${copy.folder}: the user ${user?.name} may not enter ${binaries.folder}`);
  return copy;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}
