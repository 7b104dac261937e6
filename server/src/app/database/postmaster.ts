import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { commandOf, isRunning, pause, waitForEnd } from "../runtime/process-identity.ts";
import { StartError } from "../runtime/start-error.ts";
import { dataFolderOf, postgresEnvironment } from "./create-cluster.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { UnprivilegedUser } from "./unprivileged-user.ts";

export type PostmasterOptions = {
  readonly binaries: PostgresBinaries;
  readonly folder: string;
  readonly user: UnprivilegedUser | undefined;
  /** On the loopback address; 0 listens on a socket in the folder alone. */
  readonly tcpPort: number;
  readonly connectionsMax: number;
  readonly logFile: string;
  /** Settings of Postgres that differ from those below: what lives for one run of tests need not reach the disk. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told when Postgres ended by itself and is started again. */
  readonly onRestart: (reason: string) => void;
};

export type Postmaster = {
  readonly pid: () => number | undefined;
  /** Ends every session and writes everything out. What does not end in time is ended without mercy; the next start recovers. */
  readonly stop: () => Promise<void>;
  /** Ends it at once. Nothing committed is lost: the next start reads the log. */
  readonly kill: () => void;
};

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 10;
/** After a kill -9 its children need a moment to notice; until then their shared memory is in the way. */
const ATTEMPTS_MAX = 50;
const ATTEMPT_PAUSE_MS = 200;
const TRANSIENT = /shared memory block|lock file "(?:postmaster\.pid|.*\.lock)" already exists|Address already in use/;

/** Starts Postgres and keeps it running until it is stopped. What a killed server left running is stopped first. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  await stopLeftover(options.folder);
  let isStopping = false;
  let child = await startOnce(options);

  const watch = (running: ChildProcess): void => {
    running.once("exit", (code, signal) => {
      if (isStopping) return;
      options.onRestart(signal ?? `exit code ${code}`);
      void restart();
    });
  };
  const restart = async (): Promise<void> => {
    while (!isStopping) {
      try {
        child = await startOnce(options);
        if (isStopping) child.kill("SIGINT");
        else watch(child);
        return;
      } catch (error) {
        options.onRestart(String(error));
        await pause(1_000);
      }
    }
  };
  watch(child);

  return {
    pid: () => child.pid,
    stop: async () => {
      isStopping = true;
      await end(child, "SIGINT");
    },
    kill: () => {
      isStopping = true;
      child.kill("SIGQUIT");
    },
  };
}

async function startOnce(options: PostmasterOptions): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const logStart = statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const child = spawnPostgres(options);
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const outcome = await Promise.race([ended, whenReady(options.folder, child)]);
    if (outcome === "ready") return child;
    child.kill("SIGQUIT");
    const said = readFileSync(options.logFile, "utf8").slice(logStart).trim();
    if (attempt < ATTEMPTS_MAX && TRANSIENT.test(said)) {
      await pause(ATTEMPT_PAUSE_MS);
      continue;
    }
    throw new StartError(
      `The database did not start (${outcome}). It said:\n${said.split("\n").slice(-8).join("\n")}`,
      `All of it is in ${options.logFile}. Is the disk full? Nothing committed is lost: it recovers at the next start that works.`,
    );
  }
}

function spawnPostgres({
  binaries,
  folder,
  user,
  tcpPort,
  connectionsMax,
  logFile,
  ...options
}: PostmasterOptions): ChildProcess {
  const settings = {
    listen_addresses: tcpPort === 0 ? "" : "127.0.0.1",
    port: tcpPort === 0 ? SOCKET_PORT : tcpPort,
    unix_socket_directories: tcpPort === 0 ? folder : "",
    unix_socket_permissions: "0700",
    max_connections: connectionsMax,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    // The durable defaults, said here so that no file in the data folder weakens them.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // A new installation grows from nothing within minutes (an import, the demo): plans that were made for empty tables must not stay for one of them.
    autovacuum_naptime: "1s",
    cluster_name: "tributary",
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // A file, not a pipe: Postgres goes on writing to it when this process is killed.
  const log = openSync(logFile, "a", 0o600);
  try {
    return spawn(join(binaries.folder, "bin", "postgres"), ["-D", dataFolderOf(folder), ...flags], {
      cwd: "/",
      env: postgresEnvironment(),
      stdio: ["ignore", log, log],
      // In a session of its own: Ctrl-C in the terminal reaches the server, which stops its database last.
      detached: true,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } finally {
    closeSync(log);
  }
}

/** Part of the socket's name; nothing listens on it. */
export const SOCKET_PORT = 5432;

/** The file that Postgres keeps about itself says when connections are accepted: its eighth line. */
async function whenReady(folder: string, child: ChildProcess): Promise<string> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    const lines = readPidFile(folder);
    if (lines?.[0] === String(child.pid) && lines[7]?.trim() === "ready") return "ready";
    await pause(POLL_MS);
  }
  return `not ready within ${START_TIMEOUT_MS / 1000} s`;
}

async function end(child: ChildProcess, signal: "SIGINT"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGQUIT"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

/** Stops the Postgres of a server that was killed, and clears away what one that died with the machine left behind. */
export async function stopLeftover(folder: string): Promise<void> {
  const pid = Number(readPidFile(folder)?.[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (isRunning(pid) && commandOf(pid).includes(dataFolderOf(folder))) {
    process.kill(pid, "SIGINT");
    if (await waitForEnd(pid, STOP_TIMEOUT_MS)) return;
    process.kill(pid, "SIGQUIT");
    if (await waitForEnd(pid, STOP_TIMEOUT_MS)) return;
    throw new StartError(
      `A database of an earlier start (process ${pid}) runs on ${folder} and does not stop.`,
      `Stop it with: kill -9 ${pid}`,
    );
  }
  // Nobody's, or somebody else's by now under the same id: Postgres would take the latter for itself and refuse.
  rmSync(join(dataFolderOf(folder), "postmaster.pid"), { force: true });
  for (const name of [`.s.PGSQL.${SOCKET_PORT}`, `.s.PGSQL.${SOCKET_PORT}.lock`])
    rmSync(join(folder, name), { force: true });
}

function readPidFile(folder: string): string[] | undefined {
  const file = join(dataFolderOf(folder), "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : undefined;
}
