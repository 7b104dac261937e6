import { sql } from "kysely";
import { invariant } from "../../kernel/invariant.ts";
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
  readonly status: "active" | "suspended";
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
export async function domainHolder(
  db: Database["unscoped"] | ReadTx,
  domain: string,
): Promise<{ readonly tenant_id: string; readonly is_active: boolean } | undefined> {
  const { rows } = await sql<{ tenant_id: string; is_active: boolean }>`select * from domain_holder(${domain})`.execute(
    db,
  );
  return rows[0];
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
  readonly tenant_status: "active" | "suspended";
  readonly clock_offset_ms: bigint;
};

/** The key with this public id, in whichever tenant it is. */
export async function findApiKey(db: Database, publicId: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`select * from find_api_key(${publicId})`.execute(db.unscoped);
  return rows[0];
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
 * Commits clicks of any tenants in one statement. The hottest write of the product goes past
 * the query builder, and columns that need no quoting go as array literals: half the CPU of a click on this side (measured).
 */
export async function insertClicks(db: Database, clicks: readonly ClickRow[]): Promise<void> {
  const texts = (value: (click: ClickRow) => string | null): string =>
    `{${clicks.map((click) => elementOf(value(click))).join()}}`;
  const plain = (value: (click: ClickRow) => string | boolean | null): string =>
    `{${clicks.map((click) => value(click) ?? "null").join()}}`;
  const values = [
    plain((click) => click.tenant_id),
    plain((click) => click.id),
    plain((click) => click.link_id),
    plain((click) => click.partner_id),
    plain((click) => click.clicked_at.toISOString()),
    plain((click) => click.visitor_id),
    texts((click) => click.device_id),
    plain((click) => click.is_repeat),
    plain((click) => click.ip),
    texts((click) => click.user_agent),
    texts((click) => click.referrer),
    texts((click) => click.campaign),
    texts((click) => JSON.stringify(click.sub_ids)),
    plain((click) => click.paid_by),
    plain((click) => click.consent),
  ];
  await db.pool.query({ ...INSERT_CLICKS, values });
}

/** A text in an array literal. Most hold nothing to escape; to look is cheaper than to replace. */
function elementOf(text: string | null): string {
  if (text === null) return "null";
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, "\\$&") : text}"`;
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
