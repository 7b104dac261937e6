import { Readable } from "node:stream";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { findFigures } from "./figures-repository.ts";
import { type FilingRow, findBeforePart, findClosed, findRunRows } from "./filing-repository.ts";
import { openForm } from "./form-content.ts";
import { findForms } from "./form-repository.ts";
import { IRIS_ROWS_MAX, irisHeader, irisRows, type Return } from "./iris-csv.ts";
import { columnsOf, IRIS_COLUMNS } from "./iris-template.ts";
import { findTaxSettings } from "./settings-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { openPayer, type Payer } from "./tax-settings.ts";

export type ExportReturns = {
  readonly year: number;
  /** 0 is the close, others are corrections. */
  readonly run?: number;
  /** From 1: as many rows as one upload takes. All of them when not given. */
  readonly part?: number;
};

export type ReturnsFile = { readonly name: string; readonly content: Readable };

/** Rows that are read and written at a time: a year of any size takes no more memory than they do. */
const ROWS_AT_ONCE = 500;

/** The returns of a run as the IRS takes them (IRIS CSV), with whole numbers: each export is noted in the audit trail. */
export const exportReturns =
  (deps: TaxDeps) =>
  async (given: Ctx, { year, run = 0, part }: ExportReturns): Promise<ReturnsFile> => {
    const ctx = withoutIdempotency(given);
    requireScope(ctx, "tax:export");
    const begun = await deps.db.transaction(ctx, async (tx) => {
      const closed = await findClosed(tx, year);
      if (closed === undefined) throw taxErrors.year_open();
      const skipped = part === undefined ? 0 : (part - 1) * IRIS_ROWS_MAX;
      const before = await findBeforePart(tx, { year, run, rows: skipped });
      const [first] = await findRunRows(tx, { year, run, after: before, limit: 1 });
      if (run > closed.runs || first === undefined || (skipped > 0 && before === undefined))
        throw taxErrors.run_not_found();
      const payer = openPayer(deps, tx, await findTaxSettings(tx));
      if (payer === undefined) throw taxErrors.payer_missing();
      const header = (await findFigures(tx, year))?.iris_header;
      await deps.audit.record(tx, "tax_returns.exported", {
        targetType: "tax_year",
        targetId: null,
        after: { year, run, part: part ?? null },
      });
      return { payer, before, columns: header ? columnsOf(header) : IRIS_COLUMNS };
    });
    const limit = part === undefined ? Number.POSITIVE_INFINITY : IRIS_ROWS_MAX;
    const name = `1099-nec-${year}-run-${run}${part === undefined ? "" : `-part-${part}`}.csv`;
    return {
      name,
      content: Readable.from(rowsOf(deps, ctx, { year, run, limit, ...begun }), { objectMode: false }),
    };
  };

type Written = {
  readonly year: number;
  readonly run: number;
  readonly limit: number;
  readonly payer: Payer;
  readonly before: FilingRow | undefined;
  readonly columns: readonly string[];
};

/** Returns never change, so that each page may be a read of its own. */
async function* rowsOf(
  deps: TaxDeps,
  ctx: Ctx,
  { year, run, limit, payer, before, columns }: Written,
): AsyncGenerator<string> {
  yield irisHeader(columns);
  let after = before;
  let left = limit;
  while (left > 0) {
    const asked = Math.min(left, ROWS_AT_ONCE);
    const returns = await deps.db.read(ctx, async (tx) =>
      returnsOf(deps, tx, await findRunRows(tx, { year, run, after, limit: asked })),
    );
    if (returns.length > 0) yield irisRows(columns, payer, returns);
    if (returns.length < asked) return;
    left -= returns.length;
    after = returns.at(-1)?.filing;
  }
}

/** Returns with the forms that they are written from. */
export async function returnsOf(
  deps: TaxDeps,
  tx: ReadTx,
  filings: readonly FilingRow[],
): Promise<(Return & { readonly filing: FilingRow })[]> {
  const forms = await findForms(tx, [...new Set(filings.map(({ form_id }) => form_id))]);
  return filings.map((filing) => {
    const form = forms.get(filing.form_id);
    if (form === undefined) throw taxErrors.form_forgotten();
    return { filing, form: openForm(deps, form) };
  });
}

/** How many uploads a run is. */
export const partsOf = (returns: number): number => Math.ceil(returns / IRIS_ROWS_MAX);
