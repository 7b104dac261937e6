import { createPublicKey, randomBytes, verify } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BucketServer, startBucket } from "../../test/kit/bucket.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { type AuditService, bucketPlace, createAudit, createAuditService, folderPlace } from "./index.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const pepper = randomBytes(32);
const audit = createAudit();

let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let folder: string;
let bucket: BucketServer;

beforeEach(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(database, { at: NOW, isOperator: true }), job: "test", now: NOW });
  folder = await mkdtemp(join(tmpdir(), "checkpoints-"));
  bucket = await startBucket();
});
afterEach(async () => {
  await db[Symbol.asyncDispose]();
  await bucket[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  await database.drop();
});

const act = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1)
    await db.transaction(ctx, (tx) => audit.record(tx, "thing.changed", { targetType: "thing", targetId: null }));
};
const nobody = { named: async () => ({ ids: [], isCut: false }), namesOf: async () => new Map() };
const at = (place: Parameters<typeof createAuditService>[0]["place"]): AuditService =>
  createAuditService({ db, audit, secrets: { pepper }, who: nobody, place });
const inBucket = (key = "key") =>
  bucketPlace({ url: bucket.url, region: "eu-test", accessKeyId: key, secretAccessKey: "secret" });
/** Checkpoints after the second, fourth and sixth act, published. */
async function publishThree(service: AuditService): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await act(2);
    await service.checkpoint(ctx);
  }
  expect(await service.publish(ctx)).toBe(3);
}
/** Whoever can write the whole database and holds the key of the checkpoints too: the chain and they follow again, over another past. */
async function rewriteThePast(service: AuditService): Promise<void> {
  for (const table of ["audit_log", "audit_chain", "audit_checkpoints"])
    await asOwner(database, `alter table ${table} disable trigger all`);
  await asOwner(
    database,
    "update audit_log set action = 'thing.left_alone' where position = (select position from audit_log order by position offset 2 limit 1)",
  );
  await asOwner(database, "with gone as (delete from audit_checkpoints) delete from audit_chain");
  await service.checkpoint(ctx);
}

describe("checkpoints", () => {
  it("are signed so that whoever has the public key can verify them, and nobody can make them", async () => {
    const service = at(folderPlace(folder));
    await publishThree(service);
    const files = await readdir(join(folder, ctx.tenantId));
    expect(files).toHaveLength(3);
    for (const file of files) {
      const one = JSON.parse(await readFile(join(folder, ctx.tenantId, file), "utf8")) as Record<string, string>;
      const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: one["publicKey"] ?? "" } });
      const text = Buffer.from(`${one["tenant"]}:${one["sequence"]}:${one["hash"]}`);
      expect(verify(null, text, key, Buffer.from(one["signature"] ?? "", "base64url"))).toBe(true);
      expect(
        verify(null, Buffer.concat([text, Buffer.from("0")]), key, Buffer.from(one["signature"] ?? "", "base64url")),
      ).toBe(false);
    }
  });

  it.each(["folder", "bucket"])("are published once, to a %s, and hold the chain from there", async (kind) => {
    const service = at(kind === "folder" ? folderPlace(folder) : inBucket());
    await publishThree(service);
    expect(await service.publish(ctx)).toBe(0);
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, checkpoints: 3, published: 3 });
  });

  it.each(["folder", "bucket"])(
    "in a %s find a past that somebody rewrote who holds the database and the key, at the first that differs",
    async (kind) => {
      const service = at(kind === "folder" ? folderPlace(folder) : inBucket());
      await publishThree(service);
      await rewriteThePast(service);
      // By itself the database says nothing against it.
      expect(await at(undefined).verify(ctx)).toMatchObject({ isWhole: true });
      expect((await service.verify(ctx)).firstBreak).toMatchObject({ sequence: 4n, reason: "published_differs" });
      // Nothing that lies there is written again by what follows.
      await service.publish(ctx);
      expect((await service.verify(ctx)).firstBreak).toMatchObject({ sequence: 4n, reason: "published_differs" });
    },
  );

  it("find a trail that was cut short with its checkpoints", async () => {
    const service = at(inBucket());
    await publishThree(service);
    for (const table of ["audit_log", "audit_chain", "audit_checkpoints"])
      await asOwner(database, `alter table ${table} disable trigger all`);
    await asOwner(database, "delete from audit_checkpoints where sequence > 2");
    await asOwner(database, "delete from audit_chain where sequence > 2");
    await asOwner(database, "delete from audit_log where id not in (select audit_id from audit_chain)");
    expect(await at(undefined).verify(ctx)).toMatchObject({ isWhole: true });
    expect((await service.verify(ctx)).firstBreak).toEqual({ sequence: 4n, auditId: null, reason: "link_missing" });
  });

  it.each([
    ["another hash", (text: string) => text.replace(/"hash": "../, '"hash": "00')],
    ["another signature", (text: string) => text.replace(/"signature": "[^"]{4}/, '"signature": "AAAA')],
    ["nothing", () => "{}"],
    ["no JSON", () => "once upon a time"],
  ])("that were tampered with, to say %s, are found", async (_, change) => {
    const service = at(folderPlace(folder));
    await publishThree(service);
    const file = join(folder, ctx.tenantId, (await readdir(join(folder, ctx.tenantId))).toSorted()[1] ?? "");
    await chmod(file, 0o600);
    await writeFile(file, change(await readFile(file, "utf8")));
    expect((await service.verify(ctx)).firstBreak).toMatchObject({ sequence: 4n, reason: "published_forged" });
  });

  it("that cannot be reached are no proof: whoever asks is told", async () => {
    const service = at(inBucket("stranger"));
    await act(1);
    await service.checkpoint(ctx);
    await expect(service.publish(ctx)).rejects.toThrow("answered 403");
    await expect(service.verify(ctx)).rejects.toThrow("answered 403");
  });
});
