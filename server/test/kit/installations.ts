import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { Cluster } from "../../src/app/database/cluster-place.ts";
import { urlsOf } from "../../src/app/database/embedded-postgres.ts";
import { type ServerProcess, type StartServerProcess, startServer } from "./server-process.ts";

/** Folders and servers of a test file: stopped and removed by `cleanUp`. */
export function createInstallations() {
  const running: ServerProcess[] = [];
  const folders: string[] = [];
  return {
    /** A folder of the test's own. `mode` says who may pass through. */
    folder: (mode = 0o755): string => {
      const folder = mkdtempSync(join(tmpdir(), "tributary-start-"));
      folders.push(folder);
      chmodSync(folder, mode);
      return folder;
    },
    /** Another folder that goes when the test is over. */
    removeLater: (folder: string): void => void folders.push(folder),
    start: async (input: StartServerProcess): Promise<ServerProcess> => {
      const server = await startServer(input);
      running.push(server);
      return server;
    },
    cleanUp: async (): Promise<void> => {
      for (const server of running) server.kill("SIGTERM");
      await Promise.all(running.map(({ exited }) => exited));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops a server as a scheduler does, and resolves to its exit code. */
export async function stop(server: ServerProcess): Promise<number> {
  server.kill("SIGTERM");
  return server.exited;
}

export const clusterOf = (home: string): Cluster =>
  JSON.parse(readFileSync(join(home, "postgres.json"), "utf8")) as Cluster;

/** The process of an installation's Postgres. */
export const postmasterOf = (home: string): number =>
  Number(readFileSync(join(clusterOf(home).folder, "data/postmaster.pid"), "utf8").split("\n")[0]);

/** Runs SQL on an installation's database as the owner of its schema. */
export async function asOwnerOf<Row extends object>(home: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: urlsOf(clusterOf(home)).ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

export const nameOfOperator = async (home: string): Promise<string | undefined> =>
  (await asOwnerOf<{ name: string }>(home, "select name from tributary.tenants"))[0]?.name;

/** The status of /health/ready; 0 where nobody answers. */
export const readiness = (server: ServerProcess): Promise<number> =>
  fetch(`${server.url}/health/ready`).then(
    ({ status }) => status,
    () => 0,
  );
