import { type RawBuilder, sql } from "kysely";
import { type Clock, instantOf } from "../../kernel/clock.ts";
import { type Ctx, systemContext } from "../../platform/context.ts";
import { type Database, listTenants, type ReadTx } from "../../platform/database/index.ts";
import type { Composition } from "../compose.ts";

/** Nobody waits longer for a graph: what takes longer is left out of this scrape. */
const STATEMENT_TIMEOUT = "5s";
/** Of which days the programme's figures are: the last thirty, today included. */
export const FIGURES_PERIOD = "30d";

/** A partner is pointed at, without a name, where a day shows this much of what honest traffic shows little of. */
export const SUSPICIOUS = {
  /** Sign-ups that were turned down, at least, and their least share among the day's sign-ups. */
  rejected: 5,
  rejectedShare: 0.2,
  /** Clicks of the day, at least, and the least share of repeats among them. */
  clicks: 500,
  repeatShare: 0.6,
} as const;

type Open = { readonly status: string; readonly count: bigint; readonly oldest: Date | null };

/** What stands in the books of a tenant now. */
export type Standing = {
  readonly now: Date;
  readonly partners: readonly { readonly tier: string; readonly status: string; readonly count: bigint }[];
  /** Partners with an event in their recorded sequence that the engine has not assessed. */
  readonly unassessed: bigint;
  readonly payouts: readonly Open[];
  readonly disputes: Open;
  /** Null where partners are not screened. */
  readonly screening: { readonly confirmed_at: Date | null; readonly max_age_days: number } | null;
  /** Possible matches with a sanctions list that wait for people. */
  readonly screeningCases: Open;
  /** Fraud cases that wait for a decision of the team. */
  readonly fraudCases: Open;
  /** Invoices over fees of which something is open, by currency. */
  readonly invoices: readonly {
    readonly status: "open" | "overdue";
    readonly currency: string;
    readonly count: bigint;
    /** Minor units. */
    readonly amount: bigint;
    /** The first day on which one of them was due. */
    readonly due_on: string;
  }[];
  /** Partners whose last two days look like `SUSPICIOUS`. */
  readonly suspicious: bigint;
};

/** A tenant's figures: what stands now, and the programme's last thirty days as the operator's analytics have them. */
export type ProgramFigures = {
  readonly tenant: string;
  readonly standing: Standing;
  readonly period: Awaited<ReturnType<Composition["analytics"]["getProgramAnalytics"]>>["program"];
};

type Parts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly analytics: Pick<Composition["analytics"], "getProgramAnalytics">;
};

/** As many tenants as one reading asks, some twenty questions each: a scrape costs no more, however many tenants there are. */
const TENANTS_AT_ONCE = 50;

/**
 * Reads the figures of every tenant that is active and live, one after the other, each at its own time. Of more than `atOnce` tenants those that were read
 * longest ago are read anew, and the others are told as they were.
 */
export function createFiguresReader(parts: Parts, atOnce = TENANTS_AT_ONCE): () => Promise<ProgramFigures[]> {
  /** In the order in which they were read. */
  const known = new Map<string, ProgramFigures>();
  return async () => {
    const tenants = (await listTenants(parts.db)).filter(({ mode, status }) => mode === "live" && status === "active");
    const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    for (const id of known.keys()) if (!byId.has(id)) known.delete(id);
    const unread = tenants.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    for (const id of [...unread, ...known.keys()].slice(0, atOnce)) {
      const figures = await readFigures(parts, id, Number(byId.get(id)?.clock_offset_ms ?? 0));
      known.delete(id);
      known.set(id, figures);
    }
    return [...known.values()];
  };
}

async function readFigures(
  { db, clock, analytics }: Parts,
  tenantId: string,
  offsetMs: number,
): Promise<ProgramFigures> {
  const ctx = systemContext({ tenantId, job: "metrics", now: instantOf(clock, offsetMs) });
  const { program } = await analytics.getProgramAnalytics(ctx, { period: FIGURES_PERIOD, limit: 1 });
  return { tenant: tenantId, standing: await readStanding(db, ctx), period: program };
}

const readStanding = (db: Database, ctx: Ctx): Promise<Standing> =>
  db.read(ctx, async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(STATEMENT_TIMEOUT)}`.execute(tx);
    const { tenantId } = ctx;
    return {
      now: ctx.now,
      partners: await rowsOf<Standing["partners"][number]>(
        tx,
        sql`select tier, status, count(*) as count from partners where tenant_id = ${tenantId} group by tier, status`,
      ),
      unassessed: await countOf(
        tx,
        sql`
          select count(*) as count
            from partner_sequences s
           where s.tenant_id = ${tenantId}
             and s.last_number > coalesce((select max(r.number)
                                             from commission_receipts r
                                            where r.tenant_id = s.tenant_id and r.partner_id = s.partner_id), 0)`,
      ),
      // What has been completed is not counted one by one: it grows for ever, and the period's figures have it.
      payouts: await rowsOf<Open>(
        tx,
        sql`
          select status, count(*) as count, min(created_at) as oldest
            from partner_payouts
           where tenant_id = ${tenantId} and status in ('pending', 'processing', 'failed')
           group by status`,
      ),
      disputes: await openOf(tx, "commission_disputes", ["open", "escalated"]),
      screening:
        (
          await rowsOf<NonNullable<Standing["screening"]>>(
            tx,
            sql`
              select s.list_max_age_days as max_age_days,
                     (select l.confirmed_at from sanctions_lists l where l.tenant_id = s.tenant_id order by l.version desc limit 1) as confirmed_at
                from screening_settings s
               where s.tenant_id = ${tenantId} and s.is_enabled`,
          )
        )[0] ?? null,
      screeningCases: await openOf(tx, "screening_cases", ["open", "escalated"]),
      fraudCases: await openOf(tx, "fraud_cases", ["open", "appealed"]),
      invoices: await rowsOf<Standing["invoices"][number]>(
        tx,
        sql`
          select case when i.due_on < ${ctx.now}::timestamptz::date then 'overdue' else 'open' end as status, i.currency,
                 count(*) as count, sum(i.total - s.amount)::bigint as amount, min(i.due_on)::text as due_on
            from partner_invoices i
           cross join lateral (select coalesce(sum(amount), 0) as amount from partner_invoice_settlements
                                where (tenant_id, invoice_id) = (i.tenant_id, i.id)) s
           where i.tenant_id = ${tenantId} and i.total > s.amount
           group by 1, 2`,
      ),
      suspicious: await countOf(
        tx,
        sql`
          select count(*) as count
            from (
              select partner_id
                from partner_funnel_days
               where tenant_id = ${tenantId} and metric_date >= (${ctx.now}::timestamptz - interval '1 day')::date
               group by partner_id
              having (sum(rejected) >= ${SUSPICIOUS.rejected} and sum(rejected) >= ${SUSPICIOUS.rejectedShare} * greatest(sum(signups), sum(rejected)))
                  or (sum(clicks + repeat_clicks) >= ${SUSPICIOUS.clicks} and sum(repeat_clicks) >= ${SUSPICIOUS.repeatShare} * sum(clicks + repeat_clicks))
            ) partners`,
      ),
    };
  });

async function rowsOf<Row>(tx: ReadTx, query: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await query.execute(tx);
  return rows as Row[];
}

/** How many wait in a queue for a decision, and since when the first. */
async function openOf(tx: ReadTx, queue: string, states: readonly string[]): Promise<Open> {
  const [row] = await rowsOf<Open>(
    tx,
    sql`
      select 'open' as status, count(*) as count, min(opened_at) as oldest
        from ${sql.table(queue)}
       where tenant_id = ${tx.ctx.tenantId} and status in (${sql.join(states.map((state) => sql.lit(state)))})`,
  );
  return row ?? { status: "open", count: 0n, oldest: null };
}

async function countOf(tx: ReadTx, query: RawBuilder<unknown>): Promise<bigint> {
  const [row] = await rowsOf<{ count: bigint }>(tx, query);
  return row?.count ?? 0n;
}
