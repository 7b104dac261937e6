import { type CalendarDate } from "../kernel/calendar.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import { periodOf } from "./decide-payouts.ts";
import { findFigures } from "./figures-repository.ts";
import { countRuns, findClosed } from "./filing-repository.ts";
import { type PaymentRow, pageOfPayments } from "./payment-repository.ts";
import { findTaxSettings } from "./settings-repository.ts";
import { dueOn, figuresOf } from "./statutory-figures.ts";
import { type TaxDeps, todayOf, zoneOf } from "./tax-deps.ts";
import { figuresView, type YearFiguresView } from "./tax-settings.ts";
import { maskedTin } from "./tin-rules.ts";
import {
  currenciesWithoutRate,
  findLine,
  type LineQuery,
  type LineRow,
  type LineState,
  pageOfLines,
  sumLines,
  type YearSums,
} from "./year-repository.ts";

/** What a year is summed by. */
export async function lineQuery(
  deps: TaxDeps,
  tx: ReadTx,
  year: number,
): Promise<LineQuery & { readonly isFinal: boolean }> {
  const { methodsReportedElsewhere } = await findTaxSettings(tx);
  const closed = await findClosed(tx, year);
  const figures = figuresOf(year, await findFigures(tx, year));
  return {
    ...periodOf(year, await zoneOf(deps, tx)),
    // A closed year is compared by the threshold that it was closed with.
    threshold: closed?.threshold ?? figures.threshold,
    isFinal: figures.isFinal,
    elsewhere: methodsReportedElsewhere,
  };
}

export type TaxYearView = YearFiguresView & {
  readonly status: "running" | "over" | "closed";
  readonly closedAt: Date | null;
  readonly dueOn: CalendarDate;
  readonly states: YearSums[];
  readonly currenciesWithoutRate: string[];
  readonly runs: {
    readonly run: number;
    readonly returns: number;
    readonly amount: bigint;
    readonly withheld: bigint;
    readonly madeAt: Date;
  }[];
};

/** A tax year: its figures, how partners stand in it, and what has been filed. */
export const getTaxYear =
  (deps: TaxDeps) =>
  (ctx: Ctx, { year }: { readonly year: number }): Promise<TaxYearView> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, (tx) => yearView(deps, tx, year));
  };

/** Joins a transaction. */
export async function yearView(deps: TaxDeps, tx: ReadTx, year: number): Promise<TaxYearView> {
  const query = await lineQuery(deps, tx, year);
  const closed = await findClosed(tx, year);
  const isOver = Number((await todayOf(deps, tx)).slice(0, 4)) > year;
  return {
    ...(await figuresView(tx, year)),
    status: closed !== undefined ? "closed" : isOver ? "over" : "running",
    closedAt: closed?.closed_at ?? null,
    dueOn: dueOn(year),
    states: await sumLines(tx, query),
    currenciesWithoutRate: await currenciesWithoutRate(tx, query),
    runs: await countRuns(tx, year),
  };
}

export type TaxLine = {
  readonly partnerId: string;
  readonly amount: bigint;
  readonly withheld: bigint;
  readonly transfers: number;
  readonly form: string | null;
  readonly tin: string | null;
  readonly state: LineState;
  readonly hasConsented: boolean;
  readonly askedAt: Date | null;
};

const lineView = (row: LineRow): TaxLine => ({
  partnerId: row.id,
  amount: row.amount,
  withheld: row.withheld,
  transfers: row.transfers,
  form: row.form_kind,
  tin: row.tin_type !== null && row.tin_last4 !== null ? maskedTin(row.tin_type, row.tin_last4) : null,
  state: row.state,
  hasConsented: row.consented_at !== null,
  askedAt: row.asked_at,
});

/** Partners of a tax year, by what they were paid. */
export const findTaxLines =
  (deps: TaxDeps) =>
  (
    ctx: Ctx,
    { year, ...filters }: PageRequest & { readonly year: number; readonly state?: LineState },
  ): Promise<Page<TaxLine>> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, async (tx) => {
      const page = await pageOfLines(tx, await lineQuery(deps, tx, year), filters);
      return { nextCursor: page.nextCursor, data: page.data.map(lineView) };
    });
  };

export type TaxPayment = {
  readonly payoutId: string;
  readonly act: PaymentRow["act"];
  readonly paidAt: Date;
  readonly recordedAt: Date;
  readonly method: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly withheld: bigint;
};

/** Each transfer that a partner's year is made of; what came back is a line of its own. */
export const findTaxPayments =
  (deps: TaxDeps) =>
  (
    ctx: Ctx,
    { year, partnerId, ...page }: PageRequest & { readonly year: number; readonly partnerId: string },
  ): Promise<Page<TaxPayment> & { readonly line: TaxLine | null }> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, async (tx) => {
      await deps.partners.getPartner(tx, partnerId);
      const query = await lineQuery(deps, tx, year);
      const line = await findLine(tx, query, partnerId);
      const found = await pageOfPayments(tx, partnerId, query, page);
      return {
        line: line === undefined ? null : lineView(line),
        nextCursor: found.nextCursor,
        data: found.data.map(({ payout_id, paid_at, recorded_at, id: _, ...row }) => ({
          ...row,
          payoutId: payout_id,
          paidAt: paid_at,
          recordedAt: recorded_at,
        })),
      };
    });
  };
