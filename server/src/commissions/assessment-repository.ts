import { type RawBuilder, sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { CommissionRow } from "./commission-repository.ts";
import type { CommissionStatus, CommissionType } from "./commission-rules.ts";
import type { Receipt } from "./engine/receipt.ts";
import {
  type Closing,
  type CommissionStanding,
  EARNING_RULES,
  type EarningRule,
  type Original,
  type Reversal,
} from "./engine/standing.ts";

/** An earned commission as the engine and as the books see it. */
export type KeptCommission = {
  readonly standing: CommissionStanding;
  readonly status: CommissionStatus;
  readonly approvedAt: Date | null;
};

/** Which commissions a batch may touch. */
export type CommissionReach =
  | { readonly commissionIds: readonly string[] }
  | { readonly transactionIds: readonly string[] }
  | { readonly referralIds: readonly string[] }
  | { readonly partnerIds: readonly string[] }
  /** Those of partners that have never left their hold. */
  | { readonly heldOfPartnerIds: readonly string[] }
  /** The true-ups of partners. */
  | { readonly truedUpOfPartnerIds: readonly string[] };

/** Earned commissions with what their families come to. What people granted is not the engine's. */
export async function findKeptCommissions(tx: ReadTx, reach: CommissionReach): Promise<KeptCommission[]> {
  const { column, ids, held } = reachOf(reach);
  if (ids.length === 0) return [];
  const rules = "truedUpOfPartnerIds" in reach ? ["true_up"] : EARNING_RULES;
  const isOfIds = sql<boolean>`c.${sql.ref(column)} = any (${[...ids]}::uuid[])
       and (not ${held}::boolean or (c.approved_at is null and c.status <> 'cancelled'))`;
  return selectKept(tx, isOfIds, rules);
}

/** The recurring commissions of a partner that are dated in a time of days, whatever the time zone: a day more at both ends. */
export function findVolumeCommissions(
  tx: ReadTx,
  { partnerId, from, to }: { readonly partnerId: string; readonly from: string; readonly to: string },
): Promise<KeptCommission[]> {
  const isInTime = sql<boolean>`c.partner_id = ${partnerId}
       and c.occurred_at >= ${from}::date - interval '1 day' and c.occurred_at < ${to}::date + interval '2 days'`;
  return selectKept(tx, isInTime, ["recurring"]);
}

async function selectKept(
  tx: ReadTx,
  condition: RawBuilder<boolean>,
  rules: readonly string[],
): Promise<KeptCommission[]> {
  const { rows } = await sql<KeptRow>`
    select c.id, c.partner_id, c.referral_id, c.transaction_id, c.event_id, c.rule, c.act, c.commission_type, c.amount, c.currency, c.rate_ppm, c.sale_number,
           c.status, c.occurred_at, c.hold_until, c.approved_at, c.period_start, c.period_end,
           coalesce(r.number, 0) as number,
           coalesce(f.adjusted, 0)::bigint as adjusted, coalesce(f.reversed, 0)::bigint as reversed,
           c.closed_by
      from commissions c
      left join commission_receipts r
        on r.tenant_id = c.tenant_id and r.event_id = c.event_id and r.referral_id is not distinct from c.referral_id
      left join lateral (
           select sum(amount) filter (where rule like '%.adjustment') as adjusted,
                  -sum(amount) filter (where rule like '%.reversal' or rule like '%.restoration') as reversed
             from commissions
            where tenant_id = c.tenant_id
              and reverses_id = c.id
           ) f on true
     where c.tenant_id = ${tx.ctx.tenantId}
       and ${condition}
       and c.reverses_id is null
       and c.rule = any (${[...rules]}::text[])
     order by number, c.id`.execute(tx);
  return rows.map(keptOf);
}

function reachOf(reach: CommissionReach): { column: string; ids: readonly string[]; held: boolean } {
  if ("commissionIds" in reach) return { column: "id", ids: reach.commissionIds, held: false };
  if ("transactionIds" in reach) return { column: "transaction_id", ids: reach.transactionIds, held: false };
  if ("referralIds" in reach) return { column: "referral_id", ids: reach.referralIds, held: false };
  if ("partnerIds" in reach) return { column: "partner_id", ids: reach.partnerIds, held: false };
  if ("truedUpOfPartnerIds" in reach) return { column: "partner_id", ids: reach.truedUpOfPartnerIds, held: false };
  return { column: "partner_id", ids: reach.heldOfPartnerIds, held: true };
}

type KeptRow = Omit<AssessedRow, "reverses_id" | "calculated_at" | "paid_at"> & {
  readonly number: bigint;
  readonly adjusted: bigint;
  readonly reversed: bigint;
  readonly closed_by: string | null;
};

/** The check constraints on type, status and closed_by, and the rules in the statement, make the casts true. */
function keptOf(row: KeptRow): KeptCommission {
  return {
    standing: {
      id: row.id,
      partnerId: row.partner_id,
      referralId: row.referral_id,
      transactionId: row.transaction_id,
      eventId: row.event_id,
      number: row.number,
      saleNumber: row.sale_number,
      rule: row.rule as EarningRule,
      type: row.commission_type as CommissionType,
      act: row.act,
      amount: row.amount + row.adjusted,
      currency: row.currency,
      ratePpm: row.rate_ppm,
      occurredAt: row.occurred_at,
      holdUntil: row.hold_until,
      ...(row.period_start === null || row.period_end === null
        ? {}
        : { period: { start: row.period_start, end: row.period_end } }),
      reversed: row.reversed,
      closedBy: row.closed_by as Closing | null,
    },
    status: row.status as CommissionStatus,
    approvedAt: row.approved_at,
  };
}

/** Payment and card events, as they were assessed, with what reverses them. `ids` are theirs, or those of chargebacks of them. */
export async function findOriginals(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Original>> {
  if (ids.length === 0) return new Map();
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{
    event_id: string;
    kind: string;
    referral_id: string;
    amount: bigint;
    tax: bigint | null;
    occurred_at: Date;
    original_id: string | null;
  }>`
    with originals as (
      select distinct coalesce(original_id, event_id) as id
        from commission_receipts
       where tenant_id = ${tenantId} and event_id = any (${[...ids]}::uuid[]) and act = ''
    ), reversals as (
      select r.* from commission_receipts r join originals o on r.original_id = o.id where r.tenant_id = ${tenantId} and r.act = ''
    ), won as (
      select w.* from commission_receipts w join reversals r on w.original_id = r.event_id where w.tenant_id = ${tenantId} and w.act = ''
    )
    select *
      from (
    select r.event_id, r.kind, r.referral_id, r.amount, (r.receipt ->> 'tax')::bigint as tax, r.occurred_at, r.original_id, r.number
      from commission_receipts r join originals o on r.event_id = o.id where r.tenant_id = ${tenantId} and r.act = ''
     union all
    select event_id, kind, referral_id, amount, null, occurred_at, original_id, number from reversals
     union all
    select event_id, kind, referral_id, amount, null, occurred_at, original_id, number from won) events
     order by ${rankOfKind}, number`.execute(tx);
  return originalsOf(rows);
}

/** Numbers of two partners cannot be compared: what is reversed comes before what reverses it by its kind. */
const rankOfKind = sql`case kind when 'chargeback_won' then 2 when 'chargeback' then 1 when 'refund' then 1 else 0 end`;

type EventRow = {
  readonly event_id: string;
  readonly kind: string;
  readonly referral_id: string;
  readonly amount: bigint;
  readonly tax: bigint | null;
  readonly occurred_at: Date;
  readonly original_id: string | null;
};

function originalsOf(rows: readonly EventRow[]): Map<string, Original> {
  const chargedBack = new Map<string, string>();
  const originals = new Map<string, Original & { readonly reversals: Reversal[] }>();
  for (const row of rows) {
    const { event_id: id, kind, referral_id: referralId, amount, tax, occurred_at: occurredAt, original_id } = row;
    if (original_id === null) {
      originals.set(id, { id, amount, tax: tax ?? 0n, occurredAt, referralId, reversals: [] });
    } else {
      if (kind === "chargeback") chargedBack.set(id, original_id);
      const original = originals.get(chargedBack.get(original_id) ?? original_id);
      invariant(original, "what is reversed was assessed before");
      original.reversals.push({ id, kind: kind as Reversal["kind"], amount, occurredAt, namesId: original_id });
    }
  }
  return originals;
}

/** The latest date on which each partner, and each referral, has earned something: one look into an index each. */
export async function findLatestEarnings(
  tx: ReadTx,
  of: { readonly partnerIds: readonly string[]; readonly referralIds: readonly string[] },
): Promise<Map<string, Date>> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{ id: string; latest: Date }>`
    select p.id, c.occurred_at as latest
      from unnest(${[...of.partnerIds]}::uuid[]) as p (id)
     cross join lateral (
           select occurred_at from commissions
            where tenant_id = ${tenantId} and partner_id = p.id and reverses_id is null and rule in ('signup', 'recurring', 'transaction', 'share')
            order by occurred_at desc limit 1) c
     union all
    select c.referral_id, max(c.occurred_at)
      from commissions c
     where c.tenant_id = ${tenantId} and c.referral_id = any (${[...of.referralIds]}::uuid[])
       and c.reverses_id is null and c.rule in ('signup', 'recurring', 'transaction', 'share')
     group by c.referral_id`.execute(tx);
  return new Map(rows.map(({ id, latest }) => [id, latest]));
}

/** A row that the engine made. */
export type AssessedRow = CommissionRow & { readonly sale_number: bigint | null };

/** One statement for any number of rows. A derived id that is there already is refused by the primary key: nothing is earned twice. */
export async function insertAssessed(tx: Tx, rows: readonly AssessedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { tenantId, now } = tx.ctx;
  await sql`
    insert into commissions (
           tenant_id, id, partner_id, referral_id, transaction_id, event_id, rule, act, commission_type, amount, currency, rate_ppm, sale_number,
           status, reverses_id, occurred_at, hold_until, approved_at, period_start, period_end, calculated_at, created_at)
    select ${tenantId}, c.*, ${now}::timestamptz, ${now}::timestamptz
      from unnest(
        ${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.partner_id)}::uuid[],
        ${rows.map((row) => row.referral_id)}::uuid[],
        ${rows.map((row) => row.transaction_id)}::uuid[],
        ${rows.map((row) => row.event_id)}::uuid[],
        ${rows.map((row) => row.rule)}::text[],
        ${rows.map((row) => row.act)}::text[],
        ${rows.map((row) => row.commission_type)}::text[],
        ${rows.map((row) => String(row.amount))}::bigint[],
        ${rows.map((row) => row.currency)}::text[],
        ${rows.map((row) => row.rate_ppm?.toString() ?? null)}::bigint[],
        ${rows.map((row) => row.sale_number?.toString() ?? null)}::bigint[],
        ${rows.map((row) => row.status)}::text[],
        ${rows.map((row) => row.reverses_id)}::uuid[],
        ${rows.map((row) => row.occurred_at)}::timestamptz[],
        ${rows.map((row) => row.hold_until)}::timestamptz[],
        ${rows.map((row) => row.approved_at)}::timestamptz[],
        ${rows.map((row) => row.period_start)}::date[],
        ${rows.map((row) => row.period_end)}::date[]
      ) as c`.execute(tx);
}

/** The ids of commissions that are still in hold, or disputed out of it, with their families: what can be cancelled. */
export async function findFamilyIds(tx: ReadTx, rootIds: readonly string[]): Promise<string[]> {
  if (rootIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from commissions
     where tenant_id = ${tx.ctx.tenantId}
       and (id = any (${[...rootIds]}::uuid[]) or reverses_id = any (${[...rootIds]}::uuid[]))`.execute(tx);
  return rows.map(({ id }) => id);
}

/** One statement; an event that has been assessed before is refused by the primary key. */
export async function insertReceipts(tx: Tx, receipts: readonly Receipt[]): Promise<void> {
  if (receipts.length === 0) return;
  await sql`
    insert into commission_receipts (
           tenant_id, event_id, act, partner_id, number, kind, referral_id, amount, original_id, occurred_at, receipt, assessed_at)
    select ${tx.ctx.tenantId}, r.*, ${tx.ctx.now}::timestamptz
      from unnest(
        ${receipts.map((one) => one.eventId)}::uuid[],
        ${receipts.map((one) => one.act)}::text[],
        ${receipts.map((one) => one.partnerId)}::uuid[],
        ${receipts.map((one) => String(one.number))}::bigint[],
        ${receipts.map((one) => one.kind)}::text[],
        ${receipts.map((one) => one.referralId)}::uuid[],
        ${receipts.map((one) => one.amount?.toString() ?? null)}::bigint[],
        ${receipts.map((one) => one.originalId)}::uuid[],
        ${receipts.map((one) => one.occurredAt)}::timestamptz[],
        ${receipts.map(explanationOf)}::jsonb[]
      ) as r`.execute(tx);
}

/** What the columns do not say already. */
const explanationOf = ({ terms, currency, tax, revenue, clauses, late }: Receipt): string =>
  toWire({ terms, currency, tax, revenue, clauses, late });

/** Receipts by event, of the events' own assessments and of re-assessments. */
export async function findReceipts(tx: ReadTx, eventIds: readonly string[]) {
  const rows = await tx
    .selectFrom("commission_receipts")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("event_id", "=", sql<string>`any (${[...eventIds]}::uuid[])`)
    .orderBy("number")
    .orderBy("act")
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    act: row.act,
    partnerId: row.partner_id,
    referralId: row.referral_id,
    number: row.number,
    kind: row.kind,
    amount: row.amount,
    originalId: row.original_id,
    occurredAt: row.occurred_at,
    assessedAt: row.assessed_at,
    ...(row.receipt as object),
  }));
}
