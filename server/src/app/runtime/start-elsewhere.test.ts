import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clusterOf, createInstallations, nameOfOperator, readiness, stop } from "../../../test/kit/installations.ts";
import { spawnServer } from "../../../test/kit/server-process.ts";
import { ROOT } from "../config/config.ts";
import { canEnter, findUnprivilegedUser } from "../database/unprivileged-user.ts";

/** A machine that runs other tests beside is slow; nothing here depends on how slow. */
const START_MS = 180_000;
const { folder: openFolder, removeLater, start, cleanUp } = createInstallations();

afterAll(cleanUp);

/** Under root: whom the database runs as. Others have nobody to choose. */
const user = findUnprivilegedUser(undefined);
const databaseUsers = user ? [user] : [];

describe.each(databaseUsers)("under root, with the database as $name", () => {
  it(
    "keeps the database elsewhere where its user may not enter the folder, and says where",
    async () => {
      const home = join(openFolder(0o700), "home");
      const server = await start({ home });
      const { folder } = clusterOf(home);
      removeLater(join(folder, ".."));
      expect(folder).toMatch(/^\/var\/lib\/tributary-[0-9a-f]{8}\/postgres$/);
      expect(server.output()).toContain(`Its data lie in ${folder}`);
      expect(await readiness(server)).toBe(200);
      expect(await stop(server)).toBe(0);
    },
    START_MS,
  );
});

// A checkout that only root can enter is of no use to anybody else.
describe.each(databaseUsers.filter((candidate) => canEnter(candidate, ROOT)))(
  "as the ordinary user $name",
  (person) => {
    it(
      "starts just so, on a path too long for a socket too",
      async () => {
        const home = join(openFolder(), "a".repeat(60), "b".repeat(60), "home");
        mkdirSync(home, { recursive: true });
        chownSync(home, person.uid, person.gid);
        const server = await start({ home, user: person });
        expect(clusterOf(home).tcpPort).toBeGreaterThan(0);
        expect(await readiness(server)).toBe(200);
        expect(await nameOfOperator(home)).toBe("Partner programme");
        expect(await stop(server)).toBe(0);
      },
      START_MS,
    );
  },
);

describe("a start that cannot be", { timeout: START_MS }, () => {
  // By the script of `npm start`, which waits for the program as its users do.
  const entry = join(ROOT, "scripts/start.mjs");
  const refused = async (input: Parameters<typeof spawnServer>[0]): Promise<string> => {
    const server = await spawnServer({ entry, ...input });
    expect(await server.exited).toBe(1);
    expect(server.output()).not.toMatch(/\n {4}at /);
    return server.output();
  };

  it("names every setting that is wrong", async () => {
    const output = await refused({ home: "/nowhere", environment: { LOG_LEVEL: "loud", TRUST_PROXY: "perhaps" } });
    expect(output).toContain('LOG_LEVEL is "loud"; it must be one of');
    expect(output).toContain('TRUST_PROXY is "perhaps"; it must be true or false');
  });

  it("says how to make the secrets that DATABASE_URL asks for", async () => {
    const output = await refused({
      home: join(openFolder(), "home"),
      environment: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
    });
    expect(output).toContain("TRIBUTARY_PEPPER, TRIBUTARY_ENCRYPTION_KEY, TRIBUTARY_SIGNING_KEYS are not set");
    expect(output).toContain('export TRIBUTARY_PEPPER="$(openssl rand -base64 32)"');
  });

  it("says that nothing listens where DATABASE_URL points", async () => {
    const secret = Buffer.alloc(32, 1).toString("base64");
    const output = await refused({
      home: join(openFolder(), "home"),
      environment: {
        DATABASE_URL: "postgres://nobody:hunter2@127.0.0.1:1/none",
        TRIBUTARY_PEPPER: secret,
        TRIBUTARY_ENCRYPTION_KEY: secret,
        TRIBUTARY_SIGNING_KEYS: secret,
      },
    });
    expect(output).toContain("The database of DATABASE_URL cannot be used: nothing listens at 127.0.0.1:1.");
    expect(output).not.toContain("hunter2");
  });

  it("says that a file is in the way of its folder", async () => {
    const home = join(openFolder(), "file");
    writeFileSync(home, "");
    expect(await refused({ home })).toContain(`TRIBUTARY_HOME (${home}) cannot be used: a file is in the way.`);
  });

  it("refuses switches that it does not have, and parts without a database for both", async () => {
    expect(await refused({ home: "/nowhere", args: ["--fast"] })).toContain("--fast");
    expect(await refused({ home: "/nowhere", args: ["--worker"] })).toContain("the embedded Postgres belongs to one");
  });

  it("begins no demo where npm kept the switches for itself, and says how they are passed", async () => {
    const output = await refused({
      home: "/nowhere",
      args: [],
      environment: { npm_config_empty: "true", npm_config_worker: "true" },
    });
    expect(output).toContain("npm start -- --empty --worker");
  });

  it("says so for an address that is not of this machine", async () => {
    const output = await refused({ home: "/nowhere", environment: { HOST: "203.0.113.1" } });
    expect(output).toContain("This machine has no address 203.0.113.1");
  });
});
