import { sql } from "kysely";
import { invariant } from "../../kernel/invariant.ts";
import { booleanArray, jsonbArray, textArray, timestamptzArray, uuidArray } from "./binary-arrays.ts";
import type { Database } from "./database.ts";
import type { ReadTx, Tx } from "./tx.ts";

/**
 * The only ways across the wall between tenants: each calls one `security definer` function of a migration, and each has its attack
 * test in `server/test/isolation`.
 */

export type TenantRow = {
  readonly id: string;
  readonly parent_id: string | null;
  readonly name: string;
  /** What was asked for, where it is the tenant's own. */
  readonly host: string | null;
  readonly mode: "live" | "test";
  readonly status: "active" | "suspended" | "removed";
  readonly clock_offset_ms: bigint;
};

/** By host, the tenant that answers on it: its own, or the operator for a host that is nobody else's. None before set-up. */
export async function tenantsForHosts(db: Database, hosts: readonly string[]): Promise<Map<string, TenantRow>> {
  const { rows } = await sql<TenantRow & { asked: string }>`
    select asked.host as asked, t.*
      from unnest(${[...hosts]}::text[]) as asked (host)
     cross join lateral tenant_for_host(asked.host) t`.execute(db.unscoped);
  return new Map(rows.map(({ asked, ...row }) => [asked, row]));
}

/** Whose a domain is that some tenant is served on; undefined where nobody is. */
export async function domainHolder(tx: ReadTx, domain: string): Promise<string | undefined> {
  const { rows } = await sql<{ tenant_id: string }>`select * from domain_holder(${domain})`.execute(tx);
  return rows[0]?.tenant_id;
}

/** Every tenant's id, mode, status and clock: for jobs that wake the same work in each. */
export async function listTenants(
  db: Database,
): Promise<Pick<TenantRow, "id" | "mode" | "status" | "clock_offset_ms">[]> {
  const { rows } = await sql<Pick<TenantRow, "id" | "mode" | "status" | "clock_offset_ms">>`
    select * from list_tenants()`.execute(db.unscoped);
  return rows;
}

/** Makes the operator where there is none; otherwise finds it. */
export async function createOperator(
  db: Database,
  { id, name, at }: { id: string; name: string; at: Date },
): Promise<{ id: string; isNew: boolean }> {
  const { rows } = await sql<{
    id: string;
    is_new: boolean;
  }>`select * from create_operator(${id}, ${name}, ${at})`.execute(db.unscoped);
  const [operator] = rows;
  invariant(operator !== undefined, "create_operator returns the operator that it made or found");
  return { id: operator.id, isNew: operator.is_new };
}

export type SessionRow = {
  readonly user_id: string;
  readonly role: "admin" | "finance" | "support" | "partner" | "customer";
  readonly user_status: "active" | "disabled";
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly partner_id: string | null;
  readonly partner_tier: string | null;
  /** What they are on the partner's team. */
  readonly team_role: "owner" | "manager" | "finance" | "viewer" | null;
  readonly proven_at: Date;
  /** Null where they need no second factor, or have one. */
  readonly factor_due_at: Date | null;
};

/** A session of one tenant with its person as they are now, and the partner that they act for. */
export async function findSession(db: Database, tenantId: string, sessionId: string): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`select * from find_session(${tenantId}, ${sessionId})`.execute(db.unscoped);
  return rows[0];
}

export type ApiKeyRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly partner_id: string | null;
  readonly partner_tier: string | null;
  readonly partner_status: string | null;
  readonly api_secret_hash: string;
  readonly permissions: unknown;
  readonly ip_allow_list: unknown;
  readonly expires_at: Date | null;
  readonly status: "active" | "revoked" | "expired";
  readonly last_used_at: Date | null;
  readonly tenant_status: TenantRow["status"];
  readonly clock_offset_ms: bigint;
  /** Whose twin its tenant is; null of a live key. */
  readonly live_id: string | null;
};

/** The key with this public id, in whichever tenant it is. */
export async function findApiKey(db: Database, publicId: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`select * from find_api_key(${publicId})`.execute(db.unscoped);
  return rows[0];
}

/** What decides what a session or a key may do now, as one text, and when it ends by itself. */
export type CallerState = { readonly state: string; readonly expires_at: Date | null };

/** The states of sessions and keys of any tenants, by id. One that was ended or revoked is left out. */
export async function readCallerStates(
  db: Database,
  callers: readonly { readonly tenantId: string; readonly id: string }[],
): Promise<Map<string, CallerState>> {
  const { rows } = await sql<CallerState & { id: string }>`
    select *
      from caller_states(${callers.map(({ tenantId }) => tenantId)}::uuid[], ${callers.map(({ id }) => id)}::uuid[])`.execute(
    db.unscoped,
  );
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

export type LinkRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly partner_status: string;
  readonly destination_url: string | null;
  readonly campaign: string | null;
  readonly sub_ids: Record<string, string>;
  readonly status: "active" | "archived";
};

/** The link behind a code of one tenant. */
export async function findLink(db: Database, tenantId: string, code: string): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`select * from find_link(${tenantId}, ${code})`.execute(db.unscoped);
  return rows[0];
}

/** A click to be stored; columns as in the table. */
export type ClickRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly link_id: string;
  readonly partner_id: string;
  readonly clicked_at: Date;
  readonly visitor_id: string | null;
  readonly device_id: string | null;
  readonly is_repeat: boolean;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly referrer: string | null;
  readonly campaign: string | null;
  readonly sub_ids: Readonly<Record<string, string>>;
  readonly paid_by: string | null;
  readonly consent: "unknown" | "granted" | "denied";
};

const INSERT_CLICKS = {
  // Prepared in each connection: to read the statement anew costs Postgres as much as ten clicks (measured).
  name: "insert_clicks",
  text: "select insert_clicks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
};

/**
 * Commits clicks of any tenants in one statement. The hottest write of the product goes past the query builder, and in binary: half the work of
 * texts on this side, and a fifth of a click on the other (measured, docs/adr/0058).
 */
export async function insertClicks(db: Database, clicks: readonly ClickRow[]): Promise<void> {
  const values = [
    uuidArray(clicks.map((click) => click.tenant_id)),
    uuidArray(clicks.map((click) => click.id)),
    uuidArray(clicks.map((click) => click.link_id)),
    uuidArray(clicks.map((click) => click.partner_id)),
    timestamptzArray(clicks.map((click) => click.clicked_at)),
    uuidArray(clicks.map((click) => click.visitor_id)),
    textArray(clicks.map((click) => click.device_id)),
    booleanArray(clicks.map((click) => click.is_repeat)),
    // As text, which needs no quoting: Postgres reads the forms of an address better than we would.
    `{${clicks.map((click) => click.ip ?? "null").join()}}`,
    textArray(clicks.map((click) => click.user_agent)),
    textArray(clicks.map((click) => click.referrer)),
    textArray(clicks.map((click) => click.campaign)),
    jsonbArray(clicks.map((click) => JSON.stringify(click.sub_ids))),
    textArray(clicks.map((click) => click.paid_by)),
    textArray(clicks.map((click) => click.consent)),
  ];
  await db.pool.query({ ...INSERT_CLICKS, values });
}

export type OutboxRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly position: bigint;
  readonly type: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly data: unknown;
  readonly occurred_at: Date;
  /** How often a listener could not take it. */
  readonly attempts: number;
};

/** The oldest events to be told at `at`: none that waits to be told again, and none of an object whose earlier event does. */
export async function claimOutboxEvents(db: Database, batchSize: number, at: Date): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`select * from claim_outbox_events(${batchSize}, ${at})`.execute(db.unscoped);
  return rows;
}

/** Marks events as told. */
export async function settleOutboxEvents(db: Database, positions: readonly bigint[], at: Date): Promise<void> {
  await sql`select settle_outbox_events(${positions.map(String)}::bigint[], ${at})`.execute(db.unscoped);
}

/** Notes that a listener could not take an event: it is told again at `retryAt`, or was given up at `givenUpAt`. */
export async function postponeOutboxEvent(
  db: Database,
  position: bigint,
  failure: { readonly error: string; readonly retryAt: Date | null; readonly givenUpAt: Date | null },
): Promise<void> {
  const { error, retryAt, givenUpAt } = failure;
  await sql`select postpone_outbox_event(${position}, ${error}, ${retryAt}, ${givenUpAt})`.execute(db.unscoped);
}

/** Has the events that were given up, in every tenant, told again; says how many. */
export async function retryOutboxEvents(db: Database): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`select retry_outbox_events() as count`.execute(db.unscoped);
  return rows[0]?.count ?? 0n;
}

/** Deletes the oldest events of the transaction's tenant that were told before `before`; says how many. */
export async function forgetOutboxEvents(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`select forget_outbox_events(${before}, ${limit}) as count`.execute(tx);
  return Number(rows[0]?.count ?? 0n);
}

/** What of all tenants' events has not been told: how many wait, how many were given up, and since when the oldest waits. */
export type OutboxFigures = { readonly waiting: bigint; readonly given_up: bigint; readonly oldest: Date | null };

export async function readOutboxFigures(db: Database): Promise<OutboxFigures> {
  const { rows } = await sql<OutboxFigures>`select * from outbox_figures()`.execute(db.unscoped);
  return rows[0] ?? { waiting: 0n, given_up: 0n, oldest: null };
}

/** A job's figures over all tenants: the oldest of their last successes (null where one has none), the longest of their last runs, all failures. */
export type JobFigures = {
  readonly name: string;
  readonly succeeded_at: Date | null;
  readonly duration_ms: bigint | null;
  readonly failures: bigint;
};

export async function readJobFigures(db: Database): Promise<JobFigures[]> {
  const { rows } = await sql<JobFigures>`select * from job_run_figures()`.execute(db.unscoped);
  return rows;
}

/** A tenant under the transaction's own, as it is made. */
export type NewSubOperator = {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly limits: object;
};

/** Makes a tenant under the transaction's. `nested`: that one is itself under another. */
export async function createSubOperator(
  tx: Tx,
  { id, name, host, limits }: NewSubOperator,
): Promise<"made" | "host_taken" | "nested"> {
  const { rows } = await sql<{ outcome: "made" | "host_taken" | "nested" }>`
    select create_sub_operator(${id}, ${name}, ${host}, ${JSON.stringify(limits)}, ${tx.ctx.now}) as outcome`.execute(
    tx,
  );
  const [made] = rows;
  invariant(made !== undefined, "create_sub_operator says what it did");
  return made.outcome;
}

/** Sets how a tenant under the transaction's stands. */
export async function setSubOperator(
  tx: Tx,
  child: { readonly id: string; readonly status: TenantRow["status"]; readonly reason: string | null; limits: object },
): Promise<void> {
  const { rows } = await sql<{ is_set: boolean }>`
    select set_sub_operator(${child.id}, ${child.status}, ${child.reason}, ${JSON.stringify(child.limits)}) as is_set`.execute(
    tx,
  );
  invariant(rows[0]?.is_set, "a sub-operator's tenant is under its parent");
}

/** A transaction of a tenant under the transaction's; `root_id` is the sale that it is or reverses. */
export type SubOperatorSale = {
  readonly root_id: string;
  readonly id: string;
  readonly kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
  readonly currency: string;
  readonly amount: bigint;
  readonly tax: bigint;
  readonly revenue: bigint;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly original_id: string | null;
};

/** Sales of a tenant under the transaction's, each with all that reverses it: by the ids of any of them. A sale comes before what reverses it. */
export async function findSubOperatorSales(
  tx: ReadTx,
  childId: string,
  transactionIds: readonly string[],
): Promise<SubOperatorSale[]> {
  const { rows } = await sql<SubOperatorSale>`
    select * from sub_operator_sales(${childId}, ${[...transactionIds]}::uuid[])`.execute(tx);
  return rows;
}

/** Ids of the sales of a tenant under the transaction's, in order, after the one given. */
export async function findSubOperatorRoots(
  tx: ReadTx,
  childId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select sub_operator_roots(${childId}, ${after}, ${limit}) as id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Transactions of a tenant under the transaction's that the parent has not been told of; given up is what nobody tells by itself any more. */
export async function findSubOperatorUntold(
  tx: ReadTx,
  childId: string,
): Promise<{ readonly transaction_id: string; readonly is_given_up: boolean }[]> {
  const { rows } = await sql<{
    transaction_id: string;
    is_given_up: boolean;
  }>`select * from sub_operator_untold(${childId})`.execute(tx);
  return rows;
}

/** Card products made in a tenant under the transaction's that the parent has not been told of. */
export async function findSubOperatorUntoldProducts(tx: ReadTx, childId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sub_operator_card_products(${childId}) where told <> 'yes'`.execute(tx);
  return rows.map(({ id }) => id);
}

/** What a tenant under the transaction's owes its own partners, by currency. */
export async function findSubOperatorDebts(
  tx: ReadTx,
  childId: string,
): Promise<{ readonly currency: string; readonly amount: bigint }[]> {
  const { rows } = await sql<{
    currency: string;
    amount: bigint;
  }>`select * from sub_operator_debts(${childId})`.execute(tx);
  return rows;
}

/** How many partners each tenant under the transaction's has that count against its limit, by tenant. */
export async function countSubOperatorPartners(tx: ReadTx): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ child_id: string; partners: bigint }>`select * from sub_operator_partners()`.execute(tx);
  return new Map(rows.map(({ child_id, partners }) => [child_id, partners]));
}

/** The test twin of a tenant. */
export type TwinRow = {
  readonly id: string;
  readonly name: string;
  readonly clock_offset_ms: bigint;
  /** Where its clock is being moved to. */
  readonly clock_target: Date | null;
  readonly created_at: Date;
  readonly refreshed_at: Date | null;
};

/** The twin of a live tenant, where it has one. */
export async function findTwin(db: Database, liveId: string): Promise<TwinRow | undefined> {
  const { rows } = await sql<TwinRow>`select * from find_twin(${liveId})`.execute(db.unscoped);
  return rows[0];
}

/** Makes the twin of the transaction's tenant, where it has none and may have one. */
export async function createTwin(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ is_made: boolean }>`select create_twin(${id}, ${tx.ctx.now}) as is_made`.execute(tx);
  return rows[0]?.is_made === true;
}

/** Gives the twin of the transaction's tenant that one's settings. */
export async function copyToTwin(tx: Tx): Promise<void> {
  await sql`select copy_to_twin(${tx.ctx.now})`.execute(tx);
}

/** Ends the twin of the transaction's tenant; false where it has none. */
export async function removeTwin(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ is_removed: boolean }>`select remove_twin() as is_removed`.execute(tx);
  return rows[0]?.is_removed === true;
}
