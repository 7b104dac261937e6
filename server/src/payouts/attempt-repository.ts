import { sql } from "kysely";
import { isId } from "../kernel/id.ts";
import { bigintArray, integerArray, type ReadTx, type Tx, textArray, uuidArray } from "../platform/database/index.ts";

export type AttemptStatus = "created" | "sending" | "unknown" | "succeeded" | "failed" | "returned";

/** Attempts of which nobody has said yet what became of the money. */
export const isOpen = ({ status }: Pick<AttemptRow, "status">): boolean =>
  status === "created" || status === "sending" || status === "unknown";

export type AttemptRow = {
  readonly payout_id: string;
  readonly attempt: number;
  readonly provider: string;
  readonly idempotency_key: string;
  readonly request: string;
  readonly status: AttemptStatus;
  readonly provider_transfer_id: string | null;
  readonly error_code: string | null;
  readonly created_at: Date;
  readonly first_sent_at: Date | null;
  readonly last_sent_at: Date | null;
  readonly sends: number;
  /** The method that the request pays to, and what it keeps back for the tax authority. */
  readonly method_id: string;
  readonly tax_withheld: bigint;
};

const ATTEMPT_COLUMNS = [
  "payout_id",
  "attempt",
  "provider",
  "idempotency_key",
  "request",
  "status",
  "provider_transfer_id",
  "error_code",
  "created_at",
  "first_sent_at",
  "last_sent_at",
  "sends",
  "method_id",
  "tax_withheld",
] as const;

/** The `status` column holds what its check constraint admits. */
const asAttempt = (row: Omit<AttemptRow, "status"> & { status: string }): AttemptRow => row as AttemptRow;

/** Requests are stored, bytes and key, before anything is sent. The unique index lets one attempt of a payout be open. */
export async function insertAttempts(
  tx: Tx,
  attempts: readonly Pick<
    AttemptRow,
    "payout_id" | "attempt" | "provider" | "idempotency_key" | "request" | "method_id" | "tax_withheld"
  >[],
): Promise<void> {
  await sql`
    insert into transfer_attempts (tenant_id, payout_id, attempt, provider, idempotency_key, request, method_id, tax_withheld, created_at)
    select ${tx.ctx.tenantId}, a.payout_id, a.attempt, a.provider, a.idempotency_key, a.request, a.method_id, a.tax_withheld, ${tx.ctx.now}
      from unnest(
        ${uuidArray(attempts.map((row) => row.payout_id))}::uuid[],
        ${integerArray(attempts.map((row) => row.attempt))}::integer[],
        ${textArray(attempts.map((row) => row.provider))}::text[],
        ${textArray(attempts.map((row) => row.idempotency_key))}::text[],
        ${textArray(attempts.map((row) => row.request))}::text[],
        ${uuidArray(attempts.map((row) => row.method_id))}::uuid[],
        ${bigintArray(attempts.map((row) => row.tax_withheld))}::bigint[]
      ) as a (payout_id, attempt, provider, idempotency_key, request, method_id, tax_withheld)`.execute(tx);
}

/** How many attempts payouts have had; those that have had none are left out. */
export async function countAttempts(tx: ReadTx, payoutIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ payout_id: string; count: number }>`
    select payout_id, count(*)::integer as count
      from transfer_attempts
     where tenant_id = ${tx.ctx.tenantId}
       and payout_id = any (${[...payoutIds]}::uuid[])
     group by payout_id`.execute(tx);
  return new Map(rows.map((row) => [row.payout_id, row.count]));
}

export async function findAttempts(tx: ReadTx, payoutId: string): Promise<AttemptRow[]> {
  const rows = await tx
    .selectFrom("transfer_attempts")
    .select(ATTEMPT_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", payoutId)
    .orderBy("attempt")
    .execute();
  return rows.map(asAttempt);
}

/** Takes an open attempt to send it (again): counts the sending and remembers when the first was. Undefined where it is settled. */
export async function beginSending(tx: Tx, payoutId: string, attempt: number): Promise<AttemptRow | undefined> {
  const { now } = tx.ctx;
  const row = await tx
    .updateTable("transfer_attempts")
    .set((eb) => ({
      status: "sending",
      first_sent_at: eb.fn.coalesce("first_sent_at", eb.val(now)),
      last_sent_at: now,
      sends: eb("sends", "+", 1),
    }))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", payoutId)
    .where("attempt", "=", attempt)
    .where("status", "in", ["created", "sending", "unknown"])
    .returning(ATTEMPT_COLUMNS)
    .executeTakeFirst();
  return row && asAttempt(row);
}

/**
 * Takes back an attempt that was never sent; false where it was. The one statement settles the race with its sending. Of one that is paid by hand
 * nothing has left while it is open, sent or not.
 */
export async function withdrawAttempt(
  tx: Tx,
  key: { readonly payoutId: string; readonly attempt: number },
  { errorCode, isByHand }: { readonly errorCode: string; readonly isByHand: boolean },
): Promise<boolean> {
  let query = tx
    .updateTable("transfer_attempts")
    .set({ status: "failed", error_code: errorCode, answered_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", key.payoutId)
    .where("attempt", "=", key.attempt)
    .where("status", "in", ["created", "sending", "unknown"]);
  if (!isByHand) query = query.where("status", "=", "created").where("sends", "=", 0);
  return (await query.returning("attempt").executeTakeFirst()) !== undefined;
}

/** Opens an attempt anew that was sent and taken for failed, of a payout that waits again; false where there is none. */
export async function reopenAttempt(
  tx: Tx,
  key: { readonly payoutId: string; readonly attempt: number },
): Promise<boolean> {
  const reopened = await tx
    .updateTable("transfer_attempts as a")
    .set({ status: "unknown" })
    .where("a.tenant_id", "=", tx.ctx.tenantId)
    .where("a.payout_id", "=", key.payoutId)
    .where("a.attempt", "=", key.attempt)
    .where("a.status", "=", "failed")
    .where("a.sends", ">", 0)
    .where(
      sql<boolean>`exists (
        select from partner_payouts p where (p.tenant_id, p.id) = (a.tenant_id, a.payout_id) and p.status = 'pending')`,
    )
    .returning("a.attempt")
    .executeTakeFirst();
  return reopened !== undefined;
}

/** Attempts whose fate is open: what of them has been quiet since `sendingBefore` or `restBefore`, those at work longest first. */
export async function findQuietAttempts(
  tx: ReadTx,
  since: { readonly sendingBefore: Date; readonly restBefore: Date; readonly limit: number },
): Promise<Pick<AttemptRow, "payout_id" | "attempt">[]> {
  return tx
    .selectFrom("transfer_attempts")
    .select(["payout_id", "attempt"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where((eb) => {
      const quietSince = eb.fn.coalesce("last_sent_at", "created_at");
      return eb.or([
        eb.and([eb("status", "=", "sending"), eb(quietSince, "<=", since.sendingBefore)]),
        eb.and([eb("status", "in", ["created", "unknown"]), eb(quietSince, "<=", since.restBefore)]),
      ]);
    })
    .orderBy("created_at")
    .orderBy("payout_id")
    .limit(since.limit)
    .execute();
}

/** Attempts that wait to be sent for the first time, after another that failed for want of money. */
export const findWaitingAttempts = (
  tx: ReadTx,
  provider: string,
  limit: number,
): Promise<Pick<AttemptRow, "payout_id" | "attempt">[]> =>
  tx
    .selectFrom("transfer_attempts")
    .select(["payout_id", "attempt"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("provider", "=", provider)
    .where("status", "=", "created")
    .where("attempt", ">", 1)
    .orderBy("created_at")
    .orderBy("payout_id")
    .limit(limit)
    .execute();

const ATTEMPT_STATES_BEFORE = {
  unknown: ["sending"],
  succeeded: ["created", "sending", "unknown"],
  failed: ["created", "sending", "unknown"],
  returned: ["succeeded"],
} as const satisfies Partial<Record<AttemptStatus, readonly AttemptStatus[]>>;

/**
 * Writes down what became of an attempt; false where another worker or a webhook has settled it already, or where it was sent again since the sending
 * of which this is said, if that is named by its number.
 */
export async function settleAttempt(
  tx: Tx,
  key: { readonly payoutId: string; readonly attempt: number },
  to: keyof typeof ATTEMPT_STATES_BEFORE,
  facts: { readonly transferId?: string; readonly errorCode?: string; readonly sends?: number } = {},
): Promise<boolean> {
  let query = tx
    .updateTable("transfer_attempts")
    .set({
      status: to,
      answered_at: tx.ctx.now,
      ...(facts.transferId === undefined ? {} : { provider_transfer_id: facts.transferId }),
      ...(facts.errorCode === undefined ? {} : { error_code: facts.errorCode }),
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", key.payoutId)
    .where("attempt", "=", key.attempt)
    .where("status", "in", [...ATTEMPT_STATES_BEFORE[to]]);
  if (facts.sends !== undefined) query = query.where("sends", "=", facts.sends);
  return (await query.returning("attempt").executeTakeFirst()) !== undefined;
}

/** Of payouts the attempts whose fate is open, as `payout:attempt`. What is no id of ours is left out. */
export async function findOpenAttempts(tx: ReadTx, payoutIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select payout_id || ':' || attempt as key
      from transfer_attempts
     where tenant_id = ${tx.ctx.tenantId}
       and payout_id = any (${payoutIds.filter(isId)}::uuid[])
       and status in ('created', 'sending', 'unknown')`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

/** Attempts that ended in a transfer and were first sent in a period, and those that ended in one of these, whenever they were sent. */
export const findTransferred = (
  tx: ReadTx,
  range: {
    readonly provider: string;
    readonly from: Date;
    readonly to: Date;
    readonly transferIds: readonly string[];
    readonly limit: number;
  },
) =>
  tx
    .selectFrom("transfer_attempts as a")
    .innerJoin("partner_payouts as p", (join) =>
      join.onRef("p.tenant_id", "=", "a.tenant_id").onRef("p.id", "=", "a.payout_id"),
    )
    .select([
      "a.payout_id",
      "a.attempt",
      "a.status",
      "a.provider_transfer_id",
      "a.first_sent_at",
      "p.amount",
      "p.fee",
      "p.tax_withheld",
      "p.currency",
    ])
    .where("a.tenant_id", "=", tx.ctx.tenantId)
    .where("a.provider", "=", range.provider)
    .where("a.provider_transfer_id", "is not", null)
    .where((row) =>
      row.or([
        row.and([row("a.first_sent_at", ">=", range.from), row("a.first_sent_at", "<", range.to)]),
        sql<boolean>`a.provider_transfer_id = any (${range.transferIds}::text[])`,
      ]),
    )
    .orderBy("a.first_sent_at")
    .limit(range.limit)
    .execute();

/** The attempt that made a transfer, by the provider's name for it. */
export async function findAttemptByTransfer(
  tx: ReadTx,
  provider: string,
  transferId: string,
): Promise<AttemptRow | undefined> {
  const row = await tx
    .selectFrom("transfer_attempts")
    .select(ATTEMPT_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("provider", "=", provider)
    .where("provider_transfer_id", "=", transferId)
    .executeTakeFirst();
  return row && asAttempt(row);
}
