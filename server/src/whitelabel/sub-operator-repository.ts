import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { RevenueMode } from "../programs/index.ts";
import type { TenantLimits } from "../tenants/index.ts";
import type { BookedShare, Contract, NewShare, SubOperatorState } from "./sub-operator-rules.ts";

/** A sub-operator as its parent keeps it; `id` is its tenant. */
export type SubOperator = {
  readonly id: string;
  readonly partnerId: string;
  readonly name: string;
  readonly host: string;
  readonly limits: TenantLimits;
  readonly status: SubOperatorState;
  readonly statusReason: string | null;
  readonly createdAt: Date;
  readonly openedAt: Date | null;
  readonly removedAt: Date | null;
};

const COLUMNS = [
  "id",
  "partner_id",
  "name",
  "host",
  "limits",
  "status",
  "status_reason",
  "created_at",
  "opened_at",
  "removed_at",
] as const;

/** The check on `status`, and that limits are written by this module alone, make the casts true. */
const subOperatorOf = (row: Pick<Selectable<DB["sub_operators"]>, (typeof COLUMNS)[number]>): SubOperator => ({
  id: row.id,
  partnerId: row.partner_id,
  name: row.name,
  host: row.host,
  limits: row.limits as TenantLimits,
  status: row.status as SubOperatorState,
  statusReason: row.status_reason,
  createdAt: row.created_at,
  openedAt: row.opened_at,
  removedAt: row.removed_at,
});

const selectSubOperators = (tx: ReadTx) =>
  tx.selectFrom("sub_operators").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findSubOperator(tx: ReadTx, id: string): Promise<SubOperator | undefined> {
  const row = await selectSubOperators(tx).where("id", "=", id).executeTakeFirst();
  return row && subOperatorOf(row);
}

/** The same for whoever changes it. */
export async function lockSubOperator(tx: Tx, id: string): Promise<SubOperator | undefined> {
  const row = await selectSubOperators(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && subOperatorOf(row);
}

/** What a partner runs; none that was removed. */
export async function findSubOperatorOf(tx: ReadTx, partnerId: string): Promise<SubOperator | undefined> {
  const row = await selectSubOperators(tx)
    .where("partner_id", "=", partnerId)
    .where("status", "<>", "removed")
    .executeTakeFirst();
  return row && subOperatorOf(row);
}

/** All that a partner has been, also what was removed, the latest first. */
export async function findSubOperatorsOf(tx: ReadTx, partnerId: string): Promise<SubOperator[]> {
  const rows = await selectSubOperators(tx)
    .where("partner_id", "=", partnerId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return rows.map(subOperatorOf);
}

export const SUB_OPERATOR_SORTS = ["createdAt", "-createdAt"] as const;

export async function findSubOperatorPage(
  tx: ReadTx,
  page: PageRequest & { readonly status?: SubOperatorState },
): Promise<Page<SubOperator>> {
  let query = selectSubOperators(tx);
  if (page.status !== undefined) query = query.where("status", "=", page.status);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
    defaultSort: "createdAt",
    idColumn: "id",
  });
  return { data: data.map(subOperatorOf), nextCursor };
}

/** Every sub-operator, also those that were removed, by id. */
export async function findAllSubOperators(tx: ReadTx): Promise<SubOperator[]> {
  return (await selectSubOperators(tx).orderBy("id").execute()).map(subOperatorOf);
}

/** Who is invited as the first admin of a sub-operator. */
export type FirstAdmin = { readonly email: string; readonly name: string };

/** Whom a sub-operator that is not open yet waits for. */
export async function findFirstAdmin(tx: ReadTx, id: string): Promise<FirstAdmin | undefined> {
  const row = await tx
    .selectFrom("sub_operators")
    .select(["admin_email as email", "admin_name as name"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && row.email !== null && row.name !== null ? { email: row.email, name: row.name } : undefined;
}

/** Undefined where the partner is one already. */
export async function insertSubOperator(
  tx: Tx,
  made: Pick<SubOperator, "id" | "partnerId" | "name" | "host" | "limits">,
  admin: FirstAdmin,
): Promise<SubOperator | undefined> {
  const row = await tx
    .insertInto("sub_operators")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: made.id,
      partner_id: made.partnerId,
      name: made.name,
      host: made.host,
      limits: JSON.stringify(made.limits),
      status: "opening",
      admin_email: admin.email,
      admin_name: admin.name,
      created_at: tx.ctx.now,
    })
    // Said in the statement, not beside it: a plan that is made once for all values finds the index by it.
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "partner_id"]).where(sql<boolean>`status <> 'removed'`).doNothing(),
    )
    .returning([...COLUMNS])
    .executeTakeFirst();
  return row && subOperatorOf(row);
}

export async function updateSubOperator(
  tx: Tx,
  { id, limits, status, statusReason, openedAt, removedAt }: SubOperator,
): Promise<void> {
  await tx
    .updateTable("sub_operators")
    .set({
      limits: JSON.stringify(limits),
      status,
      status_reason: statusReason,
      opened_at: openedAt,
      removed_at: removedAt,
      // Whoever was to be invited has been.
      ...(status === "opening" ? {} : { admin_email: null, admin_name: null }),
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

export type KeptContract = Contract & { readonly reason: string; readonly createdAt: Date };

/** The contracts of sub-operators, by sub-operator, in the order in which they were agreed on. One has few. */
export async function findContracts(
  tx: ReadTx,
  subOperatorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptContract[]>> {
  const rows = await tx
    .selectFrom("sub_operator_contracts")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("sub_operator_id", "in", subOperatorIds.length > 0 ? [...subOperatorIds] : [tx.ctx.tenantId])
    .orderBy("number")
    .execute();
  const contracts = rows.map((row) => ({
    subOperatorId: row.sub_operator_id,
    number: row.number,
    // The check on `mode` makes the cast true.
    mode: row.mode as RevenueMode,
    parentSharePpm: BigInt(row.parent_share_ppm),
    effectiveFrom: row.effective_from,
    reason: row.reason,
    createdAt: row.created_at,
  }));
  return Map.groupBy(contracts, ({ subOperatorId }) => subOperatorId);
}

export async function insertContract(
  tx: Tx,
  { id, contract, reason }: { readonly id: string; readonly contract: Contract; readonly reason: string },
): Promise<void> {
  await tx
    .insertInto("sub_operator_contracts")
    .values({
      tenant_id: tx.ctx.tenantId,
      sub_operator_id: id,
      number: contract.number,
      mode: contract.mode,
      parent_share_ppm: Number(contract.parentSharePpm),
      effective_from: contract.effectiveFrom,
      reason,
      agreed_by: tx.ctx.actor.type,
      created_at: tx.ctx.now,
    })
    .execute();
}

export type ShareOfRoot = BookedShare & { readonly rootId: string; readonly contractNumber: number | null };

/** What is booked of sales and of what reverses them. */
export async function findShares(tx: ReadTx, id: string, rootIds: readonly string[]): Promise<ShareOfRoot[]> {
  const { rows } = await sql<ShareOfRoot>`
    select transaction_id as "transactionId", root_id as "rootId", contract_number as "contractNumber", base, amount
      from sub_operator_shares
     where tenant_id = ${tx.ctx.tenantId}
       and sub_operator_id = ${id}
       and root_id = any (${[...rootIds]}::uuid[])`.execute(tx);
  return rows;
}

/** Inserts shares, sales before what reverses them. */
export async function insertShares(
  tx: Tx,
  id: string,
  shares: readonly (NewShare & { readonly contractNumber: number | null })[],
): Promise<void> {
  if (shares.length === 0) return;
  await sql`
    insert into sub_operator_shares (tenant_id, sub_operator_id, transaction_id, root_id, contract_number, kind, currency, base, amount, occurred_at, booked_at)
    select ${tx.ctx.tenantId}, ${id}, s.transaction_id, s.root_id, s.contract_number, s.kind, s.currency, s.base, s.amount, s.occurred_at, ${tx.ctx.now}
      from unnest(
        ${shares.map(({ transactionId }) => transactionId)}::uuid[],
        ${shares.map(({ sale }) => sale.root_id)}::uuid[],
        ${shares.map(({ contractNumber }) => contractNumber)}::integer[],
        ${shares.map(({ sale }) => sale.kind)}::text[],
        ${shares.map(({ sale }) => sale.currency)}::text[],
        ${shares.map(({ base }) => String(base))}::bigint[],
        ${shares.map(({ amount }) => String(amount))}::bigint[],
        ${shares.map(({ sale }) => sale.occurred_at.toISOString())}::timestamptz[]
      ) as s (transaction_id, root_id, contract_number, kind, currency, base, amount, occurred_at)`.execute(tx);
}

export type ShareSums = {
  readonly id: string;
  readonly currency: string;
  readonly revenue: bigint;
  readonly share: bigint;
};

/** What sub-operators have sold and the share of it, by currency. */
export async function sumShares(tx: ReadTx, ids: readonly string[]): Promise<ShareSums[]> {
  const { rows } = await sql<ShareSums>`
    select sub_operator_id as id, currency, sum(base)::bigint as revenue, sum(amount)::bigint as share
      from sub_operator_shares
     where tenant_id = ${tx.ctx.tenantId}
       and sub_operator_id = any (${[...ids]}::uuid[])
     group by sub_operator_id, currency
     order by sub_operator_id, currency`.execute(tx);
  return rows;
}

export const SHARE_SORTS = ["bookedAt", "-bookedAt"] as const;

export type ListedShare = {
  readonly id: string;
  readonly saleId: string;
  readonly kind: string;
  readonly currency: string;
  readonly revenue: bigint;
  readonly share: bigint;
  readonly contract: number | null;
  readonly occurredAt: Date;
  readonly bookedAt: Date;
};

export const findSharePage = (tx: ReadTx, id: string, page: PageRequest): Promise<Page<ListedShare>> =>
  selectPage(
    tx
      .selectFrom("sub_operator_shares")
      .select([
        "transaction_id as id",
        "root_id as saleId",
        "kind",
        "currency",
        "base as revenue",
        "amount as share",
        "contract_number as contract",
        "occurred_at as occurredAt",
        "booked_at as bookedAt",
      ])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("sub_operator_id", "=", id),
    page,
    {
      sorts: { bookedAt: { column: "booked_at", type: "timestamptz" } },
      defaultSort: "-bookedAt",
      idColumn: "transaction_id",
    },
  );

export const SETTLEMENT_KINDS = ["payment", "repayment"] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

export type NewSettlement = {
  readonly subOperatorId: string;
  readonly kind: SettlementKind;
  readonly currency: string;
  readonly amount: bigint;
  readonly reference: string;
};

/** Keeps a settlement; undefined where the reference is known. */
export async function insertSettlement(tx: Tx, settlement: NewSettlement): Promise<string | undefined> {
  const { subOperatorId, kind, currency, amount, reference } = settlement;
  const row = await tx
    .insertInto("sub_operator_settlements")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      sub_operator_id: subOperatorId,
      kind,
      currency,
      amount,
      reference,
      recorded_by: tx.ctx.actor.type,
      recorded_at: tx.ctx.now,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "sub_operator_id", "reference"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}
