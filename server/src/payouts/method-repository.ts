import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { DISCONNECTED } from "./transfer-provider.ts";

/** `test`: of a twin, whose partners have no other; nobody else has it (payout_methods_mode). */
export type MethodKind = "stripe_connect" | "bank_file" | "test";
/** By what an earlier programme has paid: no partner is paid by it now. */
export const ELSEWHERE = "elsewhere";
export type MethodStatus = "incomplete" | "payable" | "restricted" | "replaced";

export type MethodRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly kind: MethodKind;
  readonly provider_account_id: string | null;
  readonly details_encrypted: Buffer | null;
  readonly summary: string;
  readonly status: MethodStatus;
  readonly status_reason: string | null;
  readonly updated_at: Date;
  /** Until then nothing is paid to it; null: at once. */
  readonly usable_at: Date | null;
  /** The number of the question to the provider whose answer is written here. */
  readonly seen: number;
};

const METHOD_COLUMNS = [
  "id",
  "partner_id",
  "kind",
  "provider_account_id",
  "details_encrypted",
  "summary",
  "status",
  "status_reason",
  "updated_at",
  "usable_at",
  "seen",
] as const;

/** `kind` and `status` hold what their check constraints admit. */
const asMethod = (row: Omit<MethodRow, "kind" | "status"> & { kind: string; status: string }): MethodRow =>
  row as MethodRow;

/** The method that payouts of this partner use now. */
export async function findCurrentMethod(tx: ReadTx, partnerId: string): Promise<MethodRow | undefined> {
  return (await findCurrentMethods(tx, [partnerId])).get(partnerId);
}

/** The same of many partners, by partner; who has none is left out. */
export async function findCurrentMethods(tx: ReadTx, partnerIds: readonly string[]): Promise<Map<string, MethodRow>> {
  const rows = await tx
    .selectFrom("payout_methods")
    .select(METHOD_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    // A literal: the index holds the current ones alone, and a prepared plan does not look into parameters.
    .where(sql<boolean>`status <> 'replaced'`)
    .execute();
  return new Map(rows.map((row) => [row.partner_id, asMethod(row)]));
}

export async function findMethod(tx: ReadTx, id: string): Promise<MethodRow | undefined> {
  const row = await tx
    .selectFrom("payout_methods")
    .select(METHOD_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && asMethod(row);
}

/**
 * Makes a method the partner's current one; the one before stays, replaced, for the payouts that used it. One that replaces another is not paid
 * to before `coolingOffMs` have passed.
 */
export async function replaceMethod(
  tx: Tx,
  method: Pick<MethodRow, "id" | "partner_id" | "kind" | "summary" | "status" | "details_encrypted">,
  { coolingOffMs }: { readonly coolingOffMs: number },
): Promise<MethodRow> {
  const { tenantId, now } = tx.ctx;
  const replaced = await tx
    .updateTable("payout_methods")
    .set({ status: "replaced", updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("partner_id", "=", method.partner_id)
    .where("status", "<>", "replaced")
    .returning("id")
    .executeTakeFirst();
  const usableAt = replaced === undefined || coolingOffMs === 0 ? null : new Date(now.getTime() + coolingOffMs);
  const row = await tx
    .insertInto("payout_methods")
    .values({ ...method, tenant_id: tenantId, created_at: now, updated_at: now, usable_at: usableAt })
    .returning(METHOD_COLUMNS)
    .executeTakeFirstOrThrow();
  return asMethod(row);
}

/** Ties a method to the provider's account, once. */
export async function setProviderAccount(tx: Tx, methodId: string, accountId: string): Promise<void> {
  await tx
    .updateTable("payout_methods")
    .set({ provider_account_id: accountId, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", methodId)
    .where("provider_account_id", "is", null)
    .execute();
}

/** One change of a partner's method at a time: two at once would each make one, and the second would be refused by the database. */
export async function lockMethods(tx: Tx, partnerId: string): Promise<void> {
  const name = `payout methods ${tx.ctx.tenantId} ${partnerId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}

/** The current method that a provider's account is of, locked. */
export async function lockMethodAt(tx: Tx, accountId: string): Promise<MethodRow | undefined> {
  const row = await tx
    .selectFrom("payout_methods")
    .select(METHOD_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("provider_account_id", "=", accountId)
    .where("status", "<>", "replaced")
    .forUpdate()
    .executeTakeFirst();
  return row && asMethod(row);
}

/** Takes the number of a question to the provider about the current method at its account; 0 where none is there any more. */
export async function takeLook(tx: Tx, accountId: string): Promise<number> {
  const row = await tx
    .updateTable("payout_methods")
    .set((eb) => ({ looks: eb("looks", "+", 1) }))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("provider_account_id", "=", accountId)
    .where("status", "<>", "replaced")
    .returning("looks")
    .executeTakeFirst();
  return row?.looks ?? 0;
}

/** Writes which question was answered of a method that the caller has locked. */
export async function setSeen(tx: Tx, methodId: string, seen: number): Promise<void> {
  await tx
    .updateTable("payout_methods")
    .set({ seen })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", methodId)
    .execute();
}

/** Writes what lies behind a method that the caller has locked; null where nothing does any more. */
export async function setDetails(tx: Tx, methodId: string, sealed: Buffer | null): Promise<void> {
  await tx
    .updateTable("payout_methods")
    .set({ details_encrypted: sealed, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", methodId)
    .execute();
}

/** Current accounts at Stripe of which nobody knows all that lies behind them, by id. */
export async function findUnknownAccounts(
  tx: ReadTx,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<{ readonly id: string; readonly accountId: string }[]> {
  const { rows } = await sql<{ id: string; accountId: string }>`
    select id, provider_account_id as "accountId"
      from payout_methods
     where tenant_id = ${tx.ctx.tenantId}
       and kind = 'stripe_connect'
       and status <> 'replaced'
       and provider_account_id is not null
       and (seen = 0 or details_encrypted is null)
       and (${after ?? null}::uuid is null or id > ${after ?? null})
     order by id
     limit ${limit}`.execute(tx);
  return rows;
}

/**
 * Whether a current account at Stripe is written down as gone, and others to be asked for instead: not gone, and made before anything was last written
 * of it; those first of which something was written last.
 */
export async function findWitnesses(
  tx: ReadTx,
  accountId: string,
  limit: number,
): Promise<{ readonly isKnownGone: boolean; readonly witnesses: readonly string[] }> {
  const { rows } = await sql<{ isKnownGone: boolean; witnesses: string[] }>`
    select m.status_reason is not distinct from ${DISCONNECTED} as "isKnownGone",
           array(select w.provider_account_id
                   from payout_methods w
                  where w.tenant_id = m.tenant_id
                    and w.kind = 'stripe_connect'
                    and w.status <> 'replaced'
                    and w.provider_account_id <> m.provider_account_id
                    and w.status_reason is distinct from ${DISCONNECTED}
                    and w.created_at < m.updated_at
                  order by w.status = 'payable' desc, w.updated_at desc, w.id
                  limit ${limit}) as witnesses
      from payout_methods m
     where m.tenant_id = ${tx.ctx.tenantId}
       and m.provider_account_id = ${accountId}
       and m.status <> 'replaced'`.execute(tx);
  // Nothing is written of an account that nobody has any more.
  return rows[0] ?? { isKnownGone: true, witnesses: [] };
}

/** Records what the provider says of an account; undefined where that is no news, or the method has been replaced. */
export async function setMethodStatus(
  tx: Tx,
  accountId: string,
  status: Exclude<MethodStatus, "replaced">,
  reason: string | null,
): Promise<MethodRow | undefined> {
  const row = await tx
    .updateTable("payout_methods")
    .set({ status, status_reason: reason, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("provider_account_id", "=", accountId)
    .where("status", "<>", "replaced")
    .where((eb) => eb.or([eb("status", "<>", status), eb("status_reason", "is distinct from", reason)]))
    .returning(METHOD_COLUMNS)
    .executeTakeFirst();
  return row && asMethod(row);
}

/** Whether the partner's method has replaced another. */
export async function hasReplaced(tx: ReadTx, partnerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("payout_methods")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("status", "=", "replaced")
    .where("kind", "<>", ELSEWHERE)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What stands behind the payouts that an earlier programme has made to a partner: made under `id` where there is none yet. The caller has locked an account. */
export async function methodElsewhere(tx: Tx, partnerId: string, id: string): Promise<string> {
  const { tenantId, now } = tx.ctx;
  const known = await tx
    .selectFrom("payout_methods")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("partner_id", "=", partnerId)
    .where("kind", "=", ELSEWHERE)
    .orderBy("id")
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const summary = "Paid by an earlier programme";
  const row = {
    id,
    partner_id: partnerId,
    kind: ELSEWHERE,
    summary,
    status: "replaced",
    created_at: now,
    updated_at: now,
  };
  await tx
    .insertInto("payout_methods")
    .values({ ...row, tenant_id: tenantId })
    .execute();
  return id;
}
