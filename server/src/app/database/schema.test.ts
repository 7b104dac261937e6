import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../../test/kit/seed.ts";
import { newId } from "../../kernel/id.ts";
import { knownMigrations, migrate } from "../../platform/database/index.ts";
import { checkServerRole } from "./check-server-role.ts";
import { checkExternalPostgres } from "./external-postgres.ts";
import { nameDatabase } from "./name-database.ts";
import { rollBackSchema } from "./roll-back-schema.ts";
import { upgradeSchema } from "./upgrade-schema.ts";

const at = new Date("2026-03-01T12:00:00Z");
let database: ClonedDatabase;

beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(() => database.drop());

const upgrade = (backups: string) => {
  const said: string[] = [];
  const ran = upgradeSchema({ ownerUrl: database.ownerUrl, backups, now: at, say: (line) => said.push(line) });
  return ran.then((names) => ({ names, said }));
};
const newFolder = (): string => mkdtempSync(join(tmpdir(), "tributary-backups-"));

describe("the schema at a start", () => {
  it("is left as it is when it is of this release", async () => {
    const backups = newFolder();
    expect(await upgrade(backups)).toEqual({ names: [], said: [] });
    expect(readdirSync(backups)).toEqual([]);
  });

  it("has the rights on the job queue given anew where another release has installed it", async () => {
    await asOwner(database, "comment on schema tributary_jobs is 'graphile-worker 0.1.0'");
    await asOwner(database, "revoke usage on schema tributary_jobs from tributary_server");
    await upgrade(newFolder());
    expect(
      await asOwner(database, "select has_schema_privilege('tributary_server', 'tributary_jobs', 'usage') as may"),
    ).toEqual([{ may: true }]);
  });

  it("is backed up and upgraded when it is older, by one of those who start together", async () => {
    await migrate({ url: database.ownerUrl, direction: "down", count: 1 });
    const last = (await knownMigrations()).at(-1);
    const backups = newFolder();
    const both = await Promise.all([upgrade(backups), upgrade(backups)]);
    expect(both.map(({ names }) => names).flat()).toEqual([last]);
    expect(readdirSync(backups)).toEqual([`before-${last}-2026-03-01T12-00-00-000Z.tributary`]);
  });

  it("is not touched when the backup before an upgrade fails", async () => {
    await migrate({ url: database.ownerUrl, direction: "down", count: 1 });
    const missing = join(newFolder(), "missing");
    await expect(upgrade(missing)).rejects.toThrow("the backup before it failed");
    expect(existsSync(missing)).toBe(false);
    const applied = await asOwner(database, "select name from migrations");
    expect(applied).toHaveLength((await knownMigrations()).length - 1);
  });

  it("is refused when a newer release wrote it", async () => {
    await asOwner(database, "insert into migrations (name, run_on) values ('29990101000000_future', $1)", [at]);
    await expect(upgrade(newFolder())).rejects.toThrow("does not know 29990101000000_future");
  });
});

describe("a rollback", () => {
  it("takes everything down, and the next start makes it anew", async () => {
    const undone = await rollBackSchema({ ownerUrl: database.ownerUrl, discardsMoney: false });
    expect(undone).toHaveLength((await knownMigrations()).length);
    const { names } = await upgrade(newFolder());
    expect(names).toHaveLength(undone.length);
  });

  it("goes through with a test twin and its payout methods, and with what an earlier programme has paid", async () => {
    const tenantId = await seedTenant(database, { at });
    const partnerId = await seedPartner(database, { tenantId, at });
    const twinId = newId();
    await asOwner(
      database,
      "insert into tenants (id, live_id, name, mode, created_at) select $1, id, name, 'test', $3 from tenants where id = $2",
      [twinId, tenantId, at],
    );
    const counterpart = await seedPartner(database, { tenantId: twinId, at });
    for (const [tenant, partner, kind] of [
      [twinId, counterpart, "test"],
      [tenantId, partnerId, "elsewhere"],
    ])
      await asOwner(
        database,
        `insert into payout_methods (tenant_id, id, partner_id, kind, summary, status, created_at, updated_at)
         values ($1, $2, $3, $4, 'A', 'replaced', $5, $5)`,
        [tenant, newId(), partner, kind, at],
      );
    const undone = await rollBackSchema({ ownerUrl: database.ownerUrl, discardsMoney: false });
    expect(undone).toHaveLength((await knownMigrations()).length);
  });

  it("refuses while there are money rows, unless they may go", async () => {
    const tenantId = await seedTenant(database, { at });
    await seedPartner(database, { tenantId, at });
    await asOwner(
      database,
      `insert into transactions (tenant_id, id, external_id, user_id, kind, amount, currency, occurred_at, recorded_at)
       select tenant_id, $1, 'pay-1', id, 'payment', 100, 'USD', $2, $2 from users limit 1`,
      [newId(), at],
    );
    const { ownerUrl } = database;
    await expect(rollBackSchema({ ownerUrl, discardsMoney: false })).rejects.toThrow("1 rows in transactions");
    expect(await asOwner(database, "select from transactions")).toHaveLength(1);
    expect(await rollBackSchema({ ownerUrl, discardsMoney: true })).toHaveLength((await knownMigrations()).length);
  });
});

describe("a database of the operator's own", () => {
  it("is served under the server's role, from one URL", async () => {
    const { serverUrl, ownerUrl: migrateUrl } = database;
    await expect(checkExternalPostgres({ kind: "external", serverUrl, migrateUrl })).resolves.toBeUndefined();
    await expect(checkServerRole(serverUrl)).resolves.toBeUndefined();
  });

  it("is named by its name and its host, without the password", () => {
    const migrateUrl = "postgres://owner:hidden@db.example.com:6432/books";
    const external = { kind: "external", serverUrl: migrateUrl, migrateUrl } as const;
    expect(nameDatabase({ database: external, home: "/srv/t" })).toBe("the database books on db.example.com:6432");
    expect(nameDatabase({ database: { kind: "embedded" }, home: "/srv/t" })).toBe("the embedded database of /srv/t");
  });

  it("says which grant a login lacks", async () => {
    const login = `stranger_${randomBytes(4).toString("hex")}`;
    await asOwner(database, `create role ${login} login password 'secret'`);
    const url = new URL(database.serverUrl);
    url.username = login;
    url.password = "secret";
    await expect(checkServerRole(url.href)).rejects.toMatchObject({
      message: expect.stringContaining(`The login ${login} of DATABASE_URL may not work as tributary_server`),
      remedy: expect.stringContaining(`grant tributary_server to "${login}"`),
    });
    await asOwner(database, `drop role ${login}`);
  });

  it("says what its owner lacks when it may not make the tables", async () => {
    const login = `guest_${randomBytes(4).toString("hex")}`;
    // As another release has installed it: there is something to do.
    await asOwner(database, "comment on schema tributary_jobs is null");
    await asOwner(database, `create role ${login} login password 'secret'`);
    await asOwner(database, `grant usage on schema tributary to ${login}`);
    await asOwner(database, `grant select on tributary.migrations to ${login}`);
    const url = new URL(database.ownerUrl);
    url.username = login;
    url.password = "secret";
    const upgrading = upgradeSchema({ ownerUrl: url.href, backups: newFolder(), now: at, say: () => {} });
    await expect(upgrading).rejects.toThrow(`The login ${login} may not make the tables`);
    await asOwner(database, `drop owned by ${login}`);
    await asOwner(database, `drop role ${login}`);
  });

  it("is told apart from a wrong password and a missing database", async () => {
    const refusalFor = (change: (url: URL) => void) => {
      const url = new URL(database.serverUrl);
      change(url);
      return checkExternalPostgres({ kind: "external", serverUrl: url.href, migrateUrl: url.href });
    };
    await expect(refusalFor((url) => (url.password = "wrong"))).rejects.toThrow("it does not let postgres in");
    await expect(refusalFor((url) => (url.pathname = "/none"))).rejects.toThrow("it has no database none");
  });
});
