import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import {
  asOwnerOf,
  clusterOf,
  createInstallations,
  nameOfOperator,
  postmasterOf,
  readiness,
  stop,
} from "../../../test/kit/installations.ts";
import { type ServerProcess, spawnServer, until } from "../../../test/kit/server-process.ts";
import { isRunning } from "./process-identity.ts";

/** A machine that runs other tests beside is slow; nothing here depends on how slow. */
const START_MS = 180_000;
const { folder: openFolder, start, cleanUp } = createInstallations();

afterAll(cleanUp);

describe("an installation", () => {
  const home = join(openFolder(), "home");
  let server: ServerProcess;
  /** What was committed before each of the deaths below. */
  const mark = (name: string) => asOwnerOf(home, `update tributary.tenants set name = '${name}'`);

  it(
    "starts on an empty folder and is ready, with its secrets for nobody else",
    async () => {
      server = await start({ home });
      expect(await readiness(server)).toBe(200);
      expect(server.output()).toMatch(/makes the first administrator/);
      expect(server.output()).toContain("/auth/set-up?token=");
      for (const file of ["secrets.json", "postgres.json", "server.lock"]) {
        expect(statSync(join(home, file)).mode & 0o777).toBe(0o600);
      }
      expect(statSync(clusterOf(home).folder).mode & 0o777).toBe(0o700);
      await mark("before all");
    },
    START_MS,
  );

  it(
    "refuses a second server on its folder, and names the first",
    async () => {
      const second = await spawnServer({ home });
      expect(await second.exited).toBe(1);
      expect(second.output()).toContain(`${home} is in use by the server (process ${server.pid}`);
      expect(second.output()).toContain("TRIBUTARY_HOME=");
      expect(await readiness(server)).toBe(200);
    },
    START_MS,
  );

  it(
    "refuses a taken port before it makes anything",
    async () => {
      const other = join(openFolder(), "home");
      const taken = await spawnServer({ home: other, port: Number(new URL(server.url).port) });
      expect(await taken.exited).toBe(1);
      expect(taken.output()).toMatch(
        /Port \d+ on 127\.0\.0\.1 is taken by another program\.\n→ Choose another port: PORT=/,
      );
      expect(existsSync(other)).toBe(false);
    },
    START_MS,
  );

  it("shows a documentation that fits a telephone", async () => {
    const front = await fetch(`${server.url}/docs`);
    expect(front.status).toBe(200);
    expect(await front.text()).toContain("/docs/static/theme/viewport.js");
  });

  it("shows metrics to this machine, and not to what a proxy sends", async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/tributary_http_request_duration_seconds_count\{method="GET",route="\/health\/ready"/);
    expect(metrics).toContain('tributary_outbox_events{state="given_up"} 0');
    expect(metrics).toContain("tributary_outbox_lag_seconds 0");
    expect(metrics).toContain('tributary_jobs_total{job="payouts.send_transfer",outcome="failed"} 0');
    const forwarded = await fetch(`${server.url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.7" } });
    expect(forwarded.status).toBe(404);
  });

  it(
    "is ready again after a kill -9 of its Postgres, with what was committed",
    async () => {
      await mark("before the database died");
      const postmaster = postmasterOf(home);
      process.kill(postmaster, "SIGKILL");
      await until(() => !isRunning(postmaster));
      // Readiness is as of the last second: what was true before the kill says nothing.
      await until(async () => (await nameOfOperator(home).catch(() => "")) !== "");
      expect(await nameOfOperator(home)).toBe("before the database died");
      await until(async () => (await readiness(server)) === 200);
    },
    START_MS,
  );

  it(
    "starts after a kill -9 of the server, which leaves its Postgres running",
    async () => {
      await mark("before the server died");
      const postmaster = postmasterOf(home);
      server.kill("SIGKILL");
      expect(await server.exited).toBe(137);
      expect(isRunning(postmaster)).toBe(true);
      server = await start({ home });
      expect(await readiness(server)).toBe(200);
      expect(isRunning(postmaster)).toBe(false);
      expect(await nameOfOperator(home)).toBe("before the server died");
    },
    START_MS,
  );

  it(
    "stops everything in order, and starts again with the data of the first",
    async () => {
      const postmaster = postmasterOf(home);
      expect(await stop(server)).toBe(0);
      expect(server.output()).not.toMatch(/"level":"(?:warn|error)"/);
      expect(isRunning(postmaster)).toBe(false);
      expect(existsSync(join(home, "server.lock"))).toBe(false);
      server = await start({ home });
      expect(await nameOfOperator(home)).toBe("before the server died");
      expect(server.output()).not.toContain("Making the database");
    },
    START_MS,
  );

  it(
    "does not serve under a role that no policy binds",
    async () => {
      const { folder, passwords } = clusterOf(home);
      const asSuperuser = async (text: string): Promise<void> => {
        const client = new Client({
          host: folder,
          port: 5432,
          user: "postgres",
          password: passwords.superuser,
          database: "postgres",
        });
        await client.connect();
        await client.query(text);
        await client.end();
      };
      await asSuperuser("alter role tributary_server bypassrls");
      expect(await stop(server)).toBe(0);
      const refused = await spawnServer({ home });
      expect(await refused.exited).toBe(1);
      expect(refused.output()).toContain("tributary_server, which no policy binds: it bypasses row-level security");
    },
    START_MS,
  );
});
