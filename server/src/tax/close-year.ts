import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest, Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import {
  type DifferenceRow,
  insertClosed,
  insertCorrections,
  insertOriginals,
  lockClosed,
  pageOfDifferences,
  setRuns,
} from "./filing-repository.ts";
import { lineQuery, type TaxYearView, yearView } from "./find-year.ts";
import { findTaxSettings } from "./settings-repository.ts";
import { type TaxDeps, todayOf } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { yearEvent } from "./tax-events.ts";
import { TELL_DOCUMENTS_JOB } from "./tell-documents.ts";
import { currenciesWithoutRate, sumLines } from "./year-repository.ts";

/**
 * Freezes the returns of a tax year that is over. What is not known stands against it: the threshold, a rate, who pays. Partners who are to be
 * reported and have given no form are left out where the caller says that it knows; once they sign, a correction files them.
 */
export const closeTaxYear =
  (deps: TaxDeps) =>
  (
    ctx: Ctx,
    { year, leaveOutMissing = false }: { readonly year: number; readonly leaveOutMissing?: boolean },
  ): Promise<TaxYearView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      if (Number((await todayOf(deps, tx)).slice(0, 4)) <= year) throw taxErrors.year_running();
      const query = await lineQuery(deps, tx, year);
      if (!query.isFinal) throw taxErrors.threshold_missing({ year });
      if ((await findTaxSettings(tx)).payerSealed === null) throw taxErrors.payer_missing();
      const currencies = await currenciesWithoutRate(tx, query);
      if (currencies.length > 0) throw taxErrors.rates_missing({ currencies });
      const missing = (await sumLines(tx, query)).find(({ state }) => state === "form_missing")?.partners ?? 0;
      if (missing > 0 && !leaveOutMissing) throw taxErrors.forms_missing({ partners: missing });
      if ((await insertClosed(tx, year, query.threshold)) === undefined) throw taxErrors.year_closed();
      const returns = await insertOriginals(tx, query);
      await noteRun(deps, tx, "tax_year.closed", { year, run: 0, returns, leftOut: missing });
      return yearView(deps, tx, year);
    });

export type TaxDifference = {
  readonly partnerId: string;
  readonly kind: DifferenceRow["kind"];
  readonly filedAmount: bigint | null;
  readonly filedWithheld: bigint | null;
  readonly amount: bigint;
  readonly withheld: bigint;
};

/** What of a closed year differs from what was filed, by partner. Changes nothing. */
export const findTaxDifferences =
  (deps: TaxDeps) =>
  (ctx: Ctx, { year, ...page }: PageRequest & { readonly year: number }): Promise<Page<TaxDifference>> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, async (tx) => {
      const found = await pageOfDifferences(tx, await lineQuery(deps, tx, year), page);
      return {
        nextCursor: found.nextCursor,
        data: found.data.map((row) => ({
          partnerId: row.id,
          kind: row.kind,
          filedAmount: row.filed_amount,
          filedWithheld: row.filed_withheld,
          amount: row.amount,
          withheld: row.withheld,
        })),
      };
    });
  };

/**
 * Files corrections of a closed year by comparing it with what was filed: other amounts are one return, another name or number is two (the
 * one that was wrong, with nothing, and the right one), and who was left out is filed late. Two at once take turns, and the second finds nothing.
 */
export const correctTaxYear =
  (deps: TaxDeps) =>
  (ctx: Ctx, { year }: { readonly year: number }): Promise<TaxYearView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      const closed = await lockClosed(tx, year);
      if (closed === undefined) throw taxErrors.year_open();
      const query = await lineQuery(deps, tx, year);
      const currencies = await currenciesWithoutRate(tx, query);
      if (currencies.length > 0) throw taxErrors.rates_missing({ currencies });
      const run = closed.runs + 1;
      const returns = await insertCorrections(tx, query, run);
      if (returns === 0) throw taxErrors.nothing_changed();
      await setRuns(tx, year, run);
      await noteRun(deps, tx, "tax_year.corrected", { year, run, returns });
      return yearView(deps, tx, year);
    });

async function noteRun(
  deps: TaxDeps,
  tx: Tx,
  action: "tax_year.closed" | "tax_year.corrected",
  after: { readonly year: number; readonly run: number; readonly returns: number; readonly leftOut?: number },
): Promise<void> {
  await deps.audit.record(tx, action, { targetType: "tax_year", targetId: null, after });
  await deps.outbox.publish(tx, [yearEvent(tx.ctx.tenantId, action, after)]);
  await enqueue(tx, TELL_DOCUMENTS_JOB, {});
}
