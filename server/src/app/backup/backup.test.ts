import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { newId } from "../../kernel/id.ts";
import { systemContext } from "../../platform/context.ts";
import { migrate, openDatabase } from "../../platform/database/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { rollBackSchema } from "../database/roll-back-schema.ts";
import { upgradeSchema } from "../database/upgrade-schema.ts";
import { backUp } from "./back-up.ts";
import { findReplacedTenants, restore } from "./restore.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

let source: ClonedDatabase;
let target: ClonedDatabase;
let path: string;

beforeAll(async () => {
  source = await cloneDatabase();
  target = await cloneDatabase();
  await fill(source);
});
afterAll(async () => {
  await source.drop();
  await target.drop();
});
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "tributary-backup-")), "backup");
});

/** Rows that are hard to carry: a balance kept by a trigger, an append-only row, awkward text, a waiting job, an identity column. */
async function fill(database: ClonedDatabase): Promise<void> {
  const tenantId = await seedTenant(database, { at: NOW });
  const [user, program, partner] = [newId(), newId(), newId()];
  const statements: [string, unknown[]][] = [
    [
      "insert into users (tenant_id, id, role, email, name, created_at, updated_at) values ($1, $2, 'partner', 'a@example.com', $3, $4, $4)",
      [tenantId, user, 'tab\tline\nback\\slash \\. "quote" é😀', NOW],
    ],
    [
      "insert into programs (tenant_id, id, name, currency, created_at, updated_at) values ($1, $2, 'P', 'USD', $3, $3)",
      [tenantId, program, NOW],
    ],
    [
      "insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, joined_at, created_at, updated_at) values ($1, $2, $3, $4, 'affiliate', 'tier1', 'code', $5, $5, $5)",
      [tenantId, partner, program, user, NOW],
    ],
    [
      "insert into ledger_accounts (tenant_id, partner_id, currency, kind) values ($1, $2, 'USD', 'commission_expense'), ($1, $2, 'USD', 'pending')",
      [tenantId, partner],
    ],
    [
      "insert into ledger_transactions (tenant_id, kind, source_id, partner_id, occurred_at, posted_at) values ($1, 'assessed', $2, $2, $3, $3)",
      [tenantId, partner, NOW],
    ],
    [
      "insert into ledger_postings (tenant_id, kind, source_id, line, partner_id, currency, debit, credit, amount) values ($1, 'assessed', $2, 1, $2, 'USD', 'commission_expense', 'pending', 118)",
      [tenantId, partner],
    ],
    [
      "insert into audit_log (tenant_id, id, actor_type, action, target_type, occurred_at) values ($1, $2, 'system', 'test.done', 'test', $3)",
      [tenantId, newId(), NOW],
    ],
  ];
  for (const [text, values] of statements) await asOwner(database, text, values);
  await using db = openDatabase({ url: database.serverUrl });
  await db.transaction(systemContext({ tenantId, job: "test", now: NOW }), (tx) =>
    enqueue(tx, "mail.send", { to: "a" }),
  );
}

/** Every row of every table, as text. */
async function contents(database: ClonedDatabase): Promise<Map<string, unknown>> {
  const tables = await asOwner<{ name: string }>(
    database,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('tributary', 'tributary_jobs') and tablename not in ('migrations', 'rate_limits') order by 1`,
  );
  const all = new Map<string, unknown>();
  for (const { name } of tables) {
    all.set(
      name,
      (await asOwner<{ row: string }>(database, `select t::text as row from ${name} t order by 1`)).map(
        ({ row }) => row,
      ),
    );
  }
  return all;
}

const back = () => backUp({ ownerUrl: source.ownerUrl, path, now: NOW });

describe("a backup", () => {
  it("restored into another database is the same database, to the row", async () => {
    const { rows } = await back();
    expect(rows["tributary.ledger_postings"]).toBe(1);
    await restore({ ownerUrl: target.ownerUrl, path });
    expect(await contents(target)).toEqual(await contents(source));
    expect([...(await contents(target)).values()].flat().length).toBeGreaterThan(10);
  });

  it("restored over later changes undoes them, and sequences go on where they were", async () => {
    await back();
    await restore({ ownerUrl: target.ownerUrl, path });
    const before = await contents(target);
    const insert = `insert into outbox_events (tenant_id, id, type, object_type, object_id, data, occurred_at)
                    select id, gen_random_uuid(), 'x', 'x', id, '{}', created_at from tenants returning position`;
    const [first] = await asOwner(target, insert);
    await restore({ ownerUrl: target.ownerUrl, path });
    expect(await contents(target)).toEqual(before);
    expect(await asOwner(target, insert)).toEqual([first]);
  });

  it("leaves append-only tables append-only and balances kept by the database", async () => {
    await back();
    await restore({ ownerUrl: target.ownerUrl, path });
    await expect(asOwner(target, "update audit_log set action = 'x'")).rejects.toThrow("append-only");
    await asOwner(
      target,
      "insert into ledger_transactions select tenant_id, 'again', source_id, partner_id, occurred_at, posted_at from ledger_transactions",
    );
    await asOwner(
      target,
      "insert into ledger_postings select tenant_id, 'again', source_id, line, partner_id, currency, debit, credit, amount from ledger_postings",
    );
    expect(await asOwner(target, "select balance from ledger_accounts where kind = 'pending'")).toEqual([
      { balance: "236" },
    ]);
  });

  it("is of one moment, though the server goes on writing", async () => {
    const writes: Promise<unknown>[] = [];
    const { rows } = await backUp({
      ownerUrl: source.ownerUrl,
      path,
      now: NOW,
      onTable: (name) => {
        const text = `insert into feature_flags (tenant_id, key, is_enabled, updated_at) select id, $1, true, created_at from tenants`;
        writes.push(asOwner(source, text, [name]));
      },
    });
    await Promise.all(writes);
    expect(rows["tributary.feature_flags"]).toBe(0);
    expect(writes.length).toBeGreaterThan(10);
    await asOwner(source, "delete from feature_flags");
  });

  it("leaves the kinds of job their numbers, which a worker that runs on has read when it started", async () => {
    const elsewhere = await cloneDatabase();
    const kinds = (database: ClonedDatabase) =>
      asOwner(database, "select id, identifier from tributary_jobs._private_tasks order by id");
    const name = (identifier: string) =>
      asOwner(elsewhere, "insert into tributary_jobs._private_tasks (identifier) values ($1)", [identifier]);
    try {
      for (const identifier of ["payouts.send", "only.here", "mail.send"]) await name(identifier);
      const before = await kinds(elsewhere);
      await asOwner(source, "insert into tributary_jobs._private_tasks (identifier) values ('only.there')");
      await backUp({ ownerUrl: source.ownerUrl, path, now: NOW });
      await restore({ ownerUrl: elsewhere.ownerUrl, path });
      const after = await kinds(elsewhere);
      expect(after.slice(0, 3)).toEqual(before);
      expect(after.slice(3).map(({ identifier }) => identifier)).toEqual(["only.there"]);
      const jobs = await asOwner(
        elsewhere,
        "select identifier, payload -> 'payload' as payload from tributary_jobs._private_jobs j join tributary_jobs._private_tasks t on t.id = j.task_id",
      );
      expect(jobs).toEqual([{ identifier: "mail.send", payload: { to: "a" } }]);
      await name("next");
    } finally {
      await elsewhere.drop();
    }
  });

  it("of an older schema is restored and brought up to date", async () => {
    await migrate({ url: source.ownerUrl, direction: "down", count: 1 });
    await back();
    await migrate({ url: source.ownerUrl });
    await restore({ ownerUrl: target.ownerUrl, path });
    expect(await contents(target)).toEqual(await contents(source));
    expect(await asOwner(target, "select count(*) from migrations")).toEqual(
      await asOwner(source, "select count(*) from migrations"),
    );
  });
});

/** What a newer release leaves: a migration and a table that this one does not know, and a queue that it would refuse. */
const asNewer = (database: ClonedDatabase) =>
  asOwner(
    database,
    `insert into migrations (name, run_on) values ('29990101000000_future', now());
     create table futures (id integer);
     insert into tributary_jobs.migrations (id, breaking) values (999, true)`,
  );

describe("a database that a newer release has written", () => {
  let newer: ClonedDatabase;
  beforeEach(async () => {
    newer = await cloneDatabase();
    await seedTenant(newer, { at: NOW });
    await asNewer(newer);
  });
  afterEach(() => newer.drop());

  it("is replaced by a backup made before the upgrade, and is then of this release", async () => {
    await back();
    await restore({ ownerUrl: newer.ownerUrl, path });
    expect(await contents(newer)).toEqual(await contents(source));
    const upgraded = await upgradeSchema({ ownerUrl: newer.ownerUrl, backups: path, now: NOW, say: () => {} });
    expect(upgraded).toEqual([]);
    await using db = openDatabase({ url: newer.serverUrl });
    const [tenant] = await asOwner<{ id: string }>(newer, "select id from tenants");
    const ctx = systemContext({ tenantId: tenant?.id ?? "", job: "test", now: NOW });
    await expect(db.transaction(ctx, (tx) => enqueue(tx, "mail.send", { to: "b" }))).resolves.toBeUndefined();
  });

  it.each<[string, (database: ClonedDatabase) => Promise<unknown>]>([
    [
      "by dropping its schemas",
      (database) => asOwner(database, "drop schema tributary cascade; drop schema tributary_jobs cascade"),
    ],
    [
      "by a rollback",
      async (database) => {
        // What this release does not know a newer one takes down itself.
        await asOwner(database, "drop table tributary.futures");
        await asOwner(database, "delete from tributary.migrations where name = '29990101000000_future'");
        await rollBackSchema({ ownerUrl: database.ownerUrl, discardsMoney: true });
      },
    ],
  ])("and that was emptied %s takes a backup as a new one does", async (_how, empty) => {
    await empty(newer);
    await back();
    await restore({ ownerUrl: newer.ownerUrl, path });
    expect(await contents(newer)).toEqual(await contents(source));
  });

  it("is as it was after a restore that fails, its queue too", async () => {
    const before = await contents(newer);
    await back();
    await writeFile(path, edited((text) => text.slice(0, -200))(await readFile(path)));
    await expect(restore({ ownerUrl: newer.ownerUrl, path })).rejects.toThrow("cut off");
    expect(await contents(newer)).toEqual(before);
    expect(before.has("tributary.futures")).toBe(true);
    expect(await asOwner(newer, "select breaking from tributary_jobs.migrations where id = 999")).toEqual([
      { breaking: true },
    ]);
  });

  it("is told from others by its tenants, wherever a restore that was cut off has left them", async () => {
    const found = await findReplacedTenants(newer.ownerUrl);
    expect(found).toEqual([{ name: "Test", host: null }]);
    await asOwner(newer, "alter schema tributary rename to tributary_before_restore");
    await asOwner(newer, "create schema tributary");
    expect(await findReplacedTenants(newer.ownerUrl)).toEqual(found);
    await back();
    await restore({ ownerUrl: newer.ownerUrl, path });
    expect(await contents(newer)).toEqual(await contents(source));
  });
});

/** A backup with other contents and a checksum that fits them. */
const edited = (edit: (text: string) => string) => (whole: Buffer) =>
  gzipSync(Buffer.from(edit(gunzipSync(whole).toString("latin1")), "latin1"));

describe("a restore is refused, and changes nothing", () => {
  const flipped = (whole: Buffer) => {
    whole.writeUInt8(whole.readUInt8(whole.length - 300) ^ 0x55, whole.length - 300);
    return whole;
  };

  it.each<[string, (whole: Buffer) => Buffer, string | RegExp]>([
    ["the backup is cut off", (whole) => whole.subarray(0, whole.length - 30), /damaged|cut off/],
    ["the end of its contents is missing", edited((text) => text.slice(0, -200)), "cut off"],
    ["a byte has changed", flipped, /damaged/],
    ["the file is something else", () => gzipSync(Buffer.alloc(1_000)), "not a backup"],
    ["it was made by a newer version", edited((text) => text.replace('_tenants"', '_tenantz"')), "newer version"],
  ])("where %s", async (_, bytes, reason) => {
    await back();
    await restore({ ownerUrl: target.ownerUrl, path });
    const before = await contents(target);
    await writeFile(path, bytes(await readFile(path)));
    await expect(restore({ ownerUrl: target.ownerUrl, path })).rejects.toThrow(reason);
    expect(await contents(target)).toEqual(before);
  });
});

describe("a backup of an older schema", () => {
  it.each<[string, (text: string) => string, string | RegExp]>([
    ["is cut off", (text) => text.slice(0, -200), "cut off"],
    [
      "names a table that is not there",
      (text) => text.replace('"tributary.users"', '"tributary.userz"'),
      "does not fit",
    ],
    // As long as the name that it replaces: the lengths of frames still fit.
    [
      "brings a statement where a name should be",
      (text) => text.replace('"tributary.users"', '"x from stdin;--"'),
      "does not fit",
    ],
  ])("that %s is refused, and leaves what was there", async (_, edit, reason) => {
    await migrate({ url: source.ownerUrl, direction: "down", count: 1 });
    await back();
    await migrate({ url: source.ownerUrl });
    await restore({ ownerUrl: target.ownerUrl, path });
    const before = await contents(target);
    await writeFile(path, edited(edit)(await readFile(path)));
    await expect(restore({ ownerUrl: target.ownerUrl, path })).rejects.toThrow(reason);
    expect(await contents(target)).toEqual(before);
    expect(before.get("tributary.users")).toHaveLength(1);
  });
});

it("a backup that fails leaves no file", async () => {
  await expect(backUp({ ownerUrl: source.ownerUrl, path: join(path, "nowhere"), now: NOW })).rejects.toThrow("ENOENT");
  expect(await readdir(join(path, ".."))).toEqual([]);
});
