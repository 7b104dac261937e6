import { addDays, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { PayoutGate, Withholding } from "../payouts/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { inCents } from "./dollar-rules.ts";
import { findFigures, findRates } from "./figures-repository.ts";
import { EXPIRING_DAYS, type FormState, stateOf } from "./form-rules.ts";
import { sumPaid, type YearPeriod } from "./payment-repository.ts";
import { findTaxSettings } from "./settings-repository.ts";
import { findPayees, type PayeeRow } from "./standing-repository.ts";
import { figuresOf } from "./statutory-figures.ts";
import { type TaxDeps, zoneOf } from "./tax-deps.ts";

/** A tax year in a time zone. */
export const periodOf = (year: number, zone: string): YearPeriod => ({
  year,
  from: startOfDay(`${year}-01-01`, zone),
  to: startOfDay(`${year + 1}-01-01`, zone),
});

const formOf = (payee: PayeeRow | undefined, today: string): FormState =>
  stateOf(payee?.kind ? payee : undefined, { today, expiringFrom: addDays(today, EXPIRING_DAYS) });

const isGood = (state: FormState): boolean => state === "valid" || state === "expiring";

/**
 * May a payout leave as far as taxes go? Where the operator has it so, those of a partner without a valid form wait: always, or from the
 * threshold of the year on. What is on its way counts as paid, whatever becomes first of two payouts that leave at once.
 */
export const payoutGate =
  (deps: TaxDeps): PayoutGate =>
  async (tx, { partnerId }) => {
    const { payoutsWait } = await findTaxSettings(tx);
    if (payoutsWait === "never") return { allowed: true };
    const zone = await zoneOf(deps, tx);
    const today = dateInZone(tx.ctx.now, zone);
    const state = formOf((await findPayees(tx, [partnerId])).get(partnerId), today);
    if (isGood(state)) return { allowed: true };
    // It counts all of the partner's payouts, and holds them all.
    const wait = (reason: string) => ({ allowed: false, reason, about: "partner", isLasting: false }) as const;
    const refused = wait(`tax_form_${state}`);
    if (payoutsWait === "always") return refused;
    const total = await totalOf(deps, tx, partnerId, periodOf(Number(today.slice(0, 4)), zone));
    if (total === undefined) return wait("tax_rate_missing");
    return total.cents < total.threshold ? { allowed: true } : refused;
  };

/** What a partner has been paid in a year and what is on its way, in US cents, beside the year's threshold; undefined where a rate is missing. */
async function totalOf(
  deps: TaxDeps,
  tx: ReadTx,
  partnerId: string,
  period: YearPeriod,
): Promise<{ readonly cents: bigint; readonly threshold: bigint } | undefined> {
  const rates = await findRates(tx, period.year);
  const sums = [
    ...(await sumPaid(tx, partnerId, period)).entries(),
    ...(await deps.payouts.sumOpen(tx, partnerId)).entries(),
  ];
  let cents = 0n;
  for (const [currency, amount] of sums) {
    const part = inCents(amount, currency, rates.get(currency));
    if (part === undefined) return undefined;
    cents += part;
  }
  return { cents, threshold: figuresOf(period.year, await findFigures(tx, period.year)).threshold };
}

/**
 * What backup withholding keeps back of payouts: of a partner for whom it was ordered, who has said that it is subject to it, or, where the
 * operator has it so, who has no valid form. Rounded once, a half away from zero.
 */
export const withholding =
  (deps: TaxDeps): Withholding =>
  async (tx, payouts) => {
    const payees = await findPayees(tx, [...new Set(payouts.map((payout) => payout.partner_id))]);
    const { withholdsWithoutForm } = await findTaxSettings(tx);
    const isNamed = (payee: PayeeRow | undefined): boolean =>
      payee !== undefined && (payee.withholding_since !== null || payee.is_subject_to_withholding === true);
    // Nearly always nothing is kept back, and nothing more is asked.
    if (!withholdsWithoutForm && ![...payees.values()].some(isNamed)) return new Map();
    const today = dateInZone(tx.ctx.now, await zoneOf(deps, tx));
    const year = Number(today.slice(0, 4));
    const { withholdingPpm } = figuresOf(year, await findFigures(tx, year));
    const isKept = (payee: PayeeRow | undefined): boolean =>
      isNamed(payee) || (withholdsWithoutForm && !isGood(formOf(payee, today)));
    return new Map(
      payouts
        .filter((payout) => isKept(payees.get(payout.partner_id)))
        .map(({ id, amount }) => [id, roundHalfAwayFromZero(amount * withholdingPpm, PPM)]),
    );
  };
