import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { Scope } from "../platform/scopes.ts";
import type { TenantMode } from "../tenants/index.ts";
import { modeOfKey } from "./api-key.ts";

/** A key as its owner sees it: everything but the secret. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  /** The user name of basic authentication; public. */
  readonly apiKey: string;
  readonly mode: TenantMode;
  readonly scopes: Scope[];
  readonly ipAllowList: string[];
  readonly status: "active" | "revoked" | "expired";
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

const KEY_COLUMNS = [
  "id",
  "key_name",
  "api_key",
  "permissions",
  "ip_allow_list",
  "status",
  "created_by",
  "created_at",
  "last_used_at",
  "expires_at",
  "revoked_at",
] as const;

type KeyRow = {
  id: string;
  key_name: string;
  api_key: string;
  permissions: unknown;
  ip_allow_list: unknown;
  status: string;
  created_by: string | null;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
};

/** Both lists were checked when they were written. */
const keyOf = (row: KeyRow, now: Date): ApiKey => ({
  id: row.id,
  name: row.key_name,
  apiKey: row.api_key,
  mode: modeOfKey(row.api_key),
  scopes: row.permissions as Scope[],
  ipAllowList: row.ip_allow_list as string[],
  status: row.status === "active" && row.expires_at !== null && row.expires_at <= now ? "expired" : statusOf(row),
  createdBy: row.created_by,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
});

/** partner_api_keys_status_check */
const statusOf = (row: KeyRow) => row.status as ApiKey["status"];

export async function insertApiKey(
  tx: Tx,
  key: {
    partnerId: string | null;
    name: string;
    apiKey: string;
    secretHash: string;
    scopes: readonly Scope[];
    ipAllowList: readonly string[];
    createdBy: string | null;
    expiresAt: Date | null;
  },
): Promise<ApiKey> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .insertInto("partner_api_keys")
    .values({
      tenant_id: tenantId,
      id: newId(),
      partner_id: key.partnerId,
      key_name: key.name,
      api_key: key.apiKey,
      api_secret_hash: key.secretHash,
      permissions: JSON.stringify(key.scopes),
      ip_allow_list: JSON.stringify(key.ipAllowList),
      created_by: key.createdBy,
      expires_at: key.expiresAt,
      created_at: now,
    })
    .returning(KEY_COLUMNS)
    .executeTakeFirstOrThrow();
  return keyOf(row, now);
}

/** How many keys of an owner are in force; the owner is locked until the transaction ends, so that two who count do not both add. */
export async function lockAndCountKeys(tx: Tx, partnerId: string | null): Promise<number> {
  const { tenantId, now } = tx.ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`api keys ${tenantId} ${partnerId ?? ""}`}, 0))`.execute(
    tx,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from partner_api_keys
     where tenant_id = ${tenantId}
       and partner_id is not distinct from ${partnerId}::uuid
       and status = 'active'
       and coalesce(expires_at > ${now}, true)`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Revokes a key of its owner; undefined where it has none with this id, `isNew` false where it was revoked before. */
export async function revokeKey(
  tx: Tx,
  { id, partnerId }: { id: string; partnerId: string | null },
): Promise<{ key: ApiKey; isNew: boolean } | undefined> {
  const { tenantId, now } = tx.ctx;
  const revoked = await tx
    .updateTable("partner_api_keys")
    .set({ status: "revoked", revoked_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("partner_id", "is not distinct from", partnerId)
    .where("status", "<>", "revoked")
    .returning(KEY_COLUMNS)
    .executeTakeFirst();
  if (revoked) return { key: keyOf(revoked, now), isNew: true };
  const kept = await tx
    .selectFrom("partner_api_keys")
    .select(KEY_COLUMNS)
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("partner_id", "is not distinct from", partnerId)
    .executeTakeFirst();
  return kept && { key: keyOf(kept, now), isNew: false };
}

/** Revokes every key of a partner that is not revoked yet, and returns them. */
export async function revokeKeysOf(tx: Tx, partnerId: string): Promise<ApiKey[]> {
  const { tenantId, now } = tx.ctx;
  const rows = await tx
    .updateTable("partner_api_keys")
    .set({ status: "revoked", revoked_at: now })
    .where("tenant_id", "=", tenantId)
    .where("partner_id", "=", partnerId)
    .where("status", "<>", "revoked")
    .returning(KEY_COLUMNS)
    .execute();
  return rows.map((row) => keyOf(row, now));
}

/** Keys of an owner. */
export async function findKeys(
  tx: ReadTx,
  { partnerId, page }: { partnerId: string | null; page: PageRequest },
): Promise<Page<ApiKey>> {
  const { data, nextCursor } = await selectPage(
    tx
      .selectFrom("partner_api_keys")
      .select(KEY_COLUMNS)
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("partner_id", "is not distinct from", partnerId),
    page,
    { sorts: { createdAt: { column: "created_at", type: "timestamptz" } }, defaultSort: "-createdAt", idColumn: "id" },
  );
  return { nextCursor, data: data.map((row) => keyOf(row, tx.ctx.now)) };
}

/** Notes that a key is in use, unless that was noted since `notedBefore`. */
export async function touchKey(tx: Tx, { id, notedBefore }: { id: string; notedBefore: Date }): Promise<void> {
  await tx
    .updateTable("partner_api_keys")
    .set({ last_used_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where((where) => where.or([where("last_used_at", "is", null), where("last_used_at", "<=", notedBefore)]))
    .execute();
}

/** The names of a partner's keys that can be used and that one person has made, the oldest first. */
export async function findKeysMadeBy(
  tx: ReadTx,
  { partnerId, userId }: { readonly partnerId: string; readonly userId: string },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("partner_api_keys")
    .select("key_name")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("created_by", "=", userId)
    .where("status", "=", "active")
    .where((where) => where.or([where("expires_at", "is", null), where("expires_at", ">", tx.ctx.now)]))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.key_name);
}

/** What keys are called, by id; what is no key is left out. */
export async function keyNamesOf(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom("partner_api_keys")
    .select(["id", "key_name"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, key_name }) => [id, key_name]));
}
