import { isTimeZone } from "../kernel/calendar.ts";
import { exponentOf } from "../kernel/currency.ts";
import { fractionFromPpm, ppmFromFraction } from "../kernel/rate.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { findFigures, findRates, upsertFigures, upsertRate } from "./figures-repository.ts";
import { faultOf, latinOf } from "./form-rules.ts";
import { checkHeader } from "./iris-template.ts";
import { findTaxSettings, type PayoutsWait, type TaxSettings, upsertTaxSettings } from "./settings-repository.ts";
import { figuresOf } from "./statutory-figures.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { taxSettingsEvent, yearFiguresEvent } from "./tax-events.ts";
import { isPossibleTin, tinDigits } from "./tin-rules.ts";

/** Who pays, as returns name it. */
export type Payer = {
  readonly name: string;
  readonly name2: string | null;
  readonly ein: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly phone: string;
  readonly email: string;
};

export type TaxSettingsView = Omit<TaxSettings, "payerSealed"> & { readonly payer: Payer | null };
export type ChangeTaxSettings = {
  readonly payoutsWait?: PayoutsWait;
  readonly withholdsWithoutForm?: boolean;
  readonly timeZone?: string | null;
  readonly methodsReportedElsewhere?: TaxSettings["methodsReportedElsewhere"];
  readonly payer?: Payer;
};

const contextOf = (tenantId: string): string => `tax_settings:${tenantId}`;

/** Who pays; undefined until it has been said. */
export function openPayer(deps: Pick<TaxDeps, "sealer">, tx: ReadTx, { payerSealed }: TaxSettings): Payer | undefined {
  if (payerSealed === null) return undefined;
  // Written by `changeTaxSettings` alone.
  return JSON.parse(deps.sealer.open(payerSealed, contextOf(tx.ctx.tenantId))) as Payer;
}

const view = (deps: TaxDeps, tx: ReadTx, settings: TaxSettings): TaxSettingsView => {
  const { payerSealed: _, ...rest } = settings;
  return { ...rest, payer: openPayer(deps, tx, settings) ?? null };
};

/** How the programme deals with taxes. */
export const getTaxSettings =
  (deps: TaxDeps) =>
  (ctx: Ctx): Promise<TaxSettingsView> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, async (tx) => view(deps, tx, await findTaxSettings(tx)));
  };

/** Changes what is given of it. */
export const changeTaxSettings =
  (deps: TaxDeps) =>
  (ctx: Ctx, { payer, ...change }: ChangeTaxSettings): Promise<TaxSettingsView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      if (change.timeZone && !isTimeZone(change.timeZone)) throw taxErrors.time_zone_unknown({ field: "timeZone" });
      const before = await findTaxSettings(tx);
      const after: TaxSettings = {
        ...before,
        ...change,
        ...(payer && {
          payerSealed: deps.sealer.seal(JSON.stringify(checkedPayer(payer)), contextOf(ctx.tenantId)),
        }),
      };
      await upsertTaxSettings(tx, after);
      const told = ({ payerSealed: _, ...rest }: TaxSettings) => rest;
      await deps.audit.record(tx, "tax_settings.changed", {
        targetType: "program",
        targetId: null,
        before: told(before),
        after: { ...told(after), isPayerChanged: payer !== undefined },
      });
      await deps.outbox.publish(tx, [taxSettingsEvent(ctx.tenantId, after)]);
      return view(deps, tx, after);
    });

function checkedPayer(payer: Payer): Payer {
  const ein = tinDigits(payer.ein);
  if (ein === undefined || !isPossibleTin("ein", ein)) throw taxErrors.payer_invalid({ field: "payer.ein" });
  const fields = ["name", "name2", "line1", "line2", "city"] as const;
  for (const field of fields) {
    const text = payer[field];
    if (text !== null && latinOf(text) === undefined) throw taxErrors.payer_invalid({ field: `payer.${field}` });
  }
  const fault = faultOf({
    kind: "w9",
    name: payer.name,
    classification: "other",
    address: { ...payer, country: "US" },
    tinType: "ein",
    tin: ein,
    isSubjectToWithholding: false,
  });
  if (fault !== undefined) throw taxErrors.payer_invalid({ field: fault.field.replace("address", "payer") });
  return { ...payer, ein };
}

export type YearFiguresView = {
  readonly year: number;
  /** US cents. */
  readonly threshold: bigint;
  readonly isThresholdFinal: boolean;
  readonly withholdingRate: number;
  readonly irisHeader: string | null;
  /** Columns of the entered template that are left empty: the program has nothing for them. */
  readonly columnsLeftEmpty: string[];
  readonly rates: { readonly currency: string; readonly unitsPerDollar: number }[];
};

/** Joins a transaction. */
export async function figuresView(tx: ReadTx, year: number): Promise<YearFiguresView> {
  const entered = await findFigures(tx, year);
  const figures = figuresOf(year, entered);
  const rates = await findRates(tx, year);
  return {
    year,
    threshold: figures.threshold,
    isThresholdFinal: figures.isFinal,
    withholdingRate: fractionFromPpm(figures.withholdingPpm),
    irisHeader: entered?.iris_header ?? null,
    columnsLeftEmpty: entered?.iris_header ? checkHeader(entered.iris_header) : [],
    rates: [...rates.values()].map((rate) => ({
      currency: rate.currency,
      unitsPerDollar: fractionFromPpm(rate.units_ppm),
    })),
  };
}

export type EnterFigures = {
  readonly year: number;
  readonly threshold?: number | null;
  readonly withholdingRate?: number | null;
  readonly irisHeader?: string | null;
};

/** Enters what the law says of a year, or the columns of its template; null takes an entry back. */
export const enterYearFigures =
  (deps: TaxDeps) =>
  (ctx: Ctx, { year, threshold, withholdingRate, irisHeader }: EnterFigures): Promise<YearFiguresView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      const before = await findFigures(tx, year);
      if (irisHeader) checkHeader(irisHeader);
      const after = {
        year,
        threshold:
          threshold === undefined ? (before?.threshold ?? null) : threshold === null ? null : BigInt(threshold),
        withholding_ppm:
          withholdingRate === undefined
            ? (before?.withholding_ppm ?? null)
            : withholdingRate === null
              ? null
              : exactPpm(withholdingRate, "withholdingRate"),
        iris_header: irisHeader === undefined ? (before?.iris_header ?? null) : irisHeader,
      };
      await upsertFigures(tx, after);
      await deps.audit.record(tx, "tax_year.figures_entered", {
        targetType: "program",
        targetId: null,
        ...(before && { before }),
        after,
      });
      return tellFigures(deps, tx, year);
    });

export type EnterRate = { readonly year: number; readonly currency: string; readonly unitsPerDollar: number };

/** Enters the average rate of a year, as units of the currency for one US dollar. */
export const enterExchangeRate =
  (deps: TaxDeps) =>
  (ctx: Ctx, { year, currency, unitsPerDollar }: EnterRate): Promise<YearFiguresView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      const exponent = exponentOf(currency);
      if (exponent === undefined || currency === "USD") throw taxErrors.currency_unknown({ field: "currency" });
      const units = exactPpm(unitsPerDollar, "unitsPerDollar");
      if (units === 0n) throw taxErrors.rate_invalid({ field: "unitsPerDollar" });
      await upsertRate(tx, year, { currency, exponent, units_ppm: units });
      await deps.audit.record(tx, "tax_year.rate_entered", {
        targetType: "program",
        targetId: null,
        after: { year, currency, unitsPerDollar },
      });
      return tellFigures(deps, tx, year);
    });

async function tellFigures(deps: TaxDeps, tx: Tx, year: number): Promise<YearFiguresView> {
  const figures = await figuresView(tx, year);
  await deps.outbox.publish(tx, [yearFiguresEvent(tx.ctx.tenantId, figures)]);
  return figures;
}

function exactPpm(fraction: number, field: string): bigint {
  try {
    return ppmFromFraction(fraction);
  } catch (error) {
    throw taxErrors.rate_invalid({ field }, error);
  }
}
