import { sql } from "kysely";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { asListed, type LineQuery, linesOf } from "./year-repository.ts";

export const FILING_KINDS = ["original", "amount", "void", "identity"] as const;
export type FilingKind = (typeof FILING_KINDS)[number];

/** A return as it was frozen. Amounts in US cents. */
export type FilingRow = {
  readonly id: string;
  readonly year: number;
  readonly partner_id: string;
  readonly number: number;
  readonly run: number;
  readonly kind: FilingKind;
  readonly corrects_id: string | null;
  readonly form_id: string;
  readonly amount: bigint;
  readonly withheld: bigint;
  readonly made_at: Date;
};

const FILING_COLUMNS = [
  "id",
  "year",
  "partner_id",
  "number",
  "run",
  "kind",
  "corrects_id",
  "form_id",
  "amount",
  "withheld",
  "made_at",
] as const;

const selectFilings = (tx: ReadTx) =>
  tx.selectFrom("tax_filings").select(FILING_COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

/** The check of the table makes the cast true. */
const asFiling = (row: object): FilingRow => row as FilingRow;

export async function findFiling(tx: ReadTx, id: string): Promise<FilingRow | undefined> {
  const row = await selectFilings(tx).where("id", "=", id).executeTakeFirst();
  return row && asFiling(row);
}

export const FILING_SORTS = ["madeAt", "-madeAt"] as const;

export type FilingFilters = {
  readonly year?: number;
  readonly run?: number;
  readonly partnerId?: string;
  /** Leaves out what only takes another back. */
  readonly withoutVoid?: boolean;
};

export async function pageOfFilings(
  tx: ReadTx,
  { year, run, partnerId, withoutVoid, ...page }: PageRequest & FilingFilters,
): Promise<Page<FilingRow>> {
  let query = selectFilings(tx);
  if (year !== undefined) query = query.where("year", "=", year);
  if (run !== undefined) query = query.where("run", "=", run);
  if (partnerId !== undefined) query = query.where("partner_id", "=", partnerId);
  if (withoutVoid) query = query.where("kind", "<>", "void");
  const found = await selectPage(query, page, {
    sorts: { madeAt: { column: "made_at", type: "timestamptz" } },
    defaultSort: "-madeAt",
    idColumn: "id",
  });
  return { ...found, data: found.data.map(asFiling) };
}

/** Returns of a run in the order of its file: by partner, then by number. `after` is the last of those before. */
export async function findRunRows(
  tx: ReadTx,
  {
    year,
    run,
    after,
    limit,
  }: {
    readonly year: number;
    readonly run: number;
    readonly after: Pick<FilingRow, "partner_id" | "number"> | undefined;
    readonly limit: number;
  },
): Promise<FilingRow[]> {
  let query = selectFilings(tx).where("year", "=", year).where("run", "=", run);
  if (after !== undefined)
    query = query.where((eb) => eb(eb.refTuple("partner_id", "number"), ">", eb.tuple(after.partner_id, after.number)));
  const rows = await query.orderBy("partner_id").orderBy("number").limit(limit).execute();
  return rows.map(asFiling);
}

/** The last return before the rows of a part of a run's file. */
export async function findBeforePart(
  tx: ReadTx,
  { year, run, rows }: { readonly year: number; readonly run: number; readonly rows: number },
): Promise<FilingRow | undefined> {
  if (rows === 0) return undefined;
  const row = await selectFilings(tx)
    .where("year", "=", year)
    .where("run", "=", run)
    .orderBy("partner_id")
    .orderBy("number")
    .offset(rows - 1)
    .limit(1)
    .executeTakeFirst();
  return row && asFiling(row);
}

export type YearRow = {
  readonly year: number;
  readonly threshold: bigint;
  readonly runs: number;
  readonly closed_at: Date;
};

const YEAR_COLUMNS = ["year", "threshold", "runs", "closed_at"] as const;

export const findClosed = (tx: ReadTx, year: number): Promise<YearRow | undefined> =>
  tx
    .selectFrom("tax_years")
    .select(YEAR_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("year", "=", year)
    .executeTakeFirst();

/** Whoever corrects a year takes its turn here. */
export const lockClosed = (tx: Tx, year: number): Promise<YearRow | undefined> =>
  tx
    .selectFrom("tax_years")
    .select(YEAR_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("year", "=", year)
    .forUpdate()
    .executeTakeFirst();

/** Closes a year; undefined where somebody has closed it. */
export const insertClosed = (tx: Tx, year: number, threshold: bigint): Promise<YearRow | undefined> =>
  tx
    .insertInto("tax_years")
    .values({ tenant_id: tx.ctx.tenantId, year, threshold, runs: 0, closed_at: tx.ctx.now })
    .onConflict((conflict) => conflict.columns(["tenant_id", "year"]).doNothing())
    .returning(YEAR_COLUMNS)
    .executeTakeFirst();

export async function setRuns(tx: Tx, year: number, runs: number): Promise<void> {
  await tx
    .updateTable("tax_years")
    .set({ runs })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("year", "=", year)
    .execute();
}

/** What runs of a year have come to. */
export async function countRuns(
  tx: ReadTx,
  year: number,
): Promise<{ run: number; returns: number; amount: bigint; withheld: bigint; madeAt: Date }[]> {
  const { rows } = await sql<{ run: number; returns: number; amount: bigint; withheld: bigint; madeAt: Date }>`
    select run, count(*)::int as returns, sum(amount)::bigint as amount, sum(withheld)::bigint as withheld, min(made_at) as "madeAt"
      from tax_filings
     where tenant_id = ${tx.ctx.tenantId} and year = ${year}
     group by run
     order by run`.execute(tx);
  return rows;
}

/** Freezes the returns of a year in one statement. Returns how many there are. */
export async function insertOriginals(tx: Tx, of: LineQuery): Promise<number> {
  const result = await sql`
    insert into tax_filings (tenant_id, id, year, partner_id, number, run, kind, form_id, amount, withheld, made_at)
    select ${tx.ctx.tenantId}, gen_random_uuid(), ${of.year}, l.id, 1, 0, 'original', l.form_id, l.amount, l.withheld, ${tx.ctx.now}
      from (${linesOf(tx, of)}) l
     where l.state = 'report'`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** A partner whose year is not what was filed of it. Amounts in US cents. */
export type DifferenceRow = {
  readonly id: string;
  readonly kind: "original" | "amount" | "identity";
  readonly filed_id: string | null;
  readonly number: number;
  readonly filed_form_id: string | null;
  readonly filed_amount: bigint | null;
  readonly filed_withheld: bigint | null;
  readonly form_id: string;
  readonly amount: bigint;
  readonly withheld: bigint;
};

/**
 * A closed year against what it would be filed as today. Who is not reported any more is corrected to what it was paid, where that is less than
 * the threshold, and to nothing where it need not be reported at all.
 */
const differencesOf = (tx: ReadTx, of: LineQuery) => sql<DifferenceRow>`
  select w.id, coalesce(g.number, 0)::int as number, g.id as filed_id, g.form_id as filed_form_id, g.amount as filed_amount,
         g.withheld as filed_withheld, coalesce(w.form_id, g.form_id) as form_id, w.box1 as amount, w.withheld,
         case
           when g.id is null then 'original'
           when w.identity_index <> g.identity_index and (w.box1 <> 0 or w.withheld <> 0) then 'identity'
           else 'amount'
         end as kind
    from (select l.*, case when l.state in ('report', 'below') then l.amount else 0 end as box1 from (${linesOf(tx, of)}) l) w
    left join (
      select distinct on (f.partner_id) f.id, f.partner_id, f.number, f.form_id, f.amount, f.withheld, s.identity_index
        from tax_filings f
        join tax_forms s on (s.tenant_id, s.id) = (f.tenant_id, f.form_id)
       where f.tenant_id = ${tx.ctx.tenantId} and f.year = ${of.year}
       order by f.partner_id, f.number desc) g on g.partner_id = w.id
   where w.state <> 'rate_missing'
     and case
           when g.id is null then w.state = 'report'
           else (g.amount, g.withheld) is distinct from (w.box1, w.withheld)
                or (w.identity_index <> g.identity_index and (w.box1 <> 0 or w.withheld <> 0))
         end`;

export const DIFFERENCE_SORTS = ["amount", "-amount"] as const;

/** Differences by pages. Each page compares the whole year. */
export const pageOfDifferences = (tx: ReadTx, of: LineQuery, page: PageRequest): Promise<Page<DifferenceRow>> =>
  selectPage(
    asListed<DifferenceRow>(
      tx.selectFrom(sql<DifferenceRow>`(${differencesOf(tx, of)})`.as("differences")).selectAll(),
    ),
    page,
    {
      sorts: { amount: { column: "amount", type: "bigint" } },
      defaultSort: "-amount",
      idColumn: "id",
    },
  );

/** Writes the corrections of a year as a run, in one statement. Returns how many returns there are. */
export async function insertCorrections(tx: Tx, of: LineQuery, run: number): Promise<number> {
  const result = await sql`
    insert into tax_filings (tenant_id, id, year, partner_id, number, run, kind, corrects_id, form_id, amount, withheld, made_at)
    select ${tx.ctx.tenantId}, gen_random_uuid(), ${of.year}, d.id, d.number + c.step, ${run}, c.kind, d.filed_id,
           case c.kind when 'void' then d.filed_form_id else d.form_id end,
           case c.kind when 'void' then 0 else d.amount end,
           case c.kind when 'void' then 0 else d.withheld end,
           ${tx.ctx.now}
      from (${differencesOf(tx, of)}) d
     cross join lateral (
       select 1 as step, d.kind as kind where d.kind <> 'identity'
        union all
       select s.step, s.kind from (values (1, 'void'), (2, 'identity')) as s (step, kind) where d.kind = 'identity') c`.execute(
    tx,
  );
  return Number(result.numAffectedRows ?? 0n);
}

/** Takes returns of which nobody was told, oldest first, and notes that somebody is. */
export async function takeUntold(tx: Tx, limit: number): Promise<FilingRow[]> {
  const { rows } = await sql<FilingRow>`
    update tax_filings f
       set told_at = ${tx.ctx.now}
      from (select id from tax_filings
             where tenant_id = ${tx.ctx.tenantId} and told_at is null
             order by made_at, id
             limit ${limit}
               for update skip locked) u
     where f.tenant_id = ${tx.ctx.tenantId} and f.id = u.id
    returning ${sql.join(FILING_COLUMNS.map((column) => sql.ref(`f.${column}`)))}`.execute(tx);
  return rows;
}

/** The last year for which a partner was reported; undefined where it never was. */
export async function lastFiledYear(tx: ReadTx, partnerId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom("tax_filings")
    .select("year")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .orderBy("year", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.year;
}
