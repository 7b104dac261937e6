import { addDays, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { GateAnswer, PayoutGate, Withholding } from "../payouts/index.ts";
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

const FREE = { allowed: true } as const;
/** It counts all of the partner's payouts, and holds them all. */
const wait = (reason: string): GateAnswer => ({ allowed: false, reason, about: "partner", isLasting: false });

/**
 * May payouts leave as far as taxes go? Where the operator has it so, those of a partner without a valid form wait: always, or from the
 * threshold of the year on. What is on its way counts as paid, whatever becomes first of two payouts that leave at once.
 */
export const payoutGate =
  (deps: TaxDeps): PayoutGate =>
  async (tx, payouts) => {
    const waiting = await findWaiting(deps, tx, [...new Set(payouts.map(({ partnerId }) => partnerId))]);
    return new Map(payouts.map(({ payoutId, partnerId }) => [payoutId, waiting.get(partnerId) ?? FREE]));
  };

/** Which of these partners have to wait, and for what. */
async function findWaiting(
  deps: TaxDeps,
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, GateAnswer>> {
  const { payoutsWait } = await findTaxSettings(tx);
  if (payoutsWait === "never") return new Map();
  const zone = await zoneOf(deps, tx);
  const today = dateInZone(tx.ctx.now, zone);
  const payees = await findPayees(tx, partnerIds);
  const asked = partnerIds.flatMap((partnerId) => {
    const state = formOf(payees.get(partnerId), today);
    return isGood(state) ? [] : [{ partnerId, refused: wait(`tax_form_${state}`) }];
  });
  if (payoutsWait === "always") return new Map(asked.map(({ partnerId, refused }) => [partnerId, refused]));
  const period = periodOf(Number(today.slice(0, 4)), zone);
  const reached = await findReached(
    deps,
    tx,
    asked.map(({ partnerId }) => partnerId),
    period,
  );
  return new Map(
    asked.flatMap(({ partnerId, refused }) => {
      const isReached = reached.get(partnerId);
      if (isReached === "unknown") return [[partnerId, wait("tax_rate_missing")] as const];
      return isReached === "yes" ? [[partnerId, refused] as const] : [];
    }),
  );
}

/** Whether what partners have been paid in a year and what is on its way come to its threshold; unknown where a rate is missing. */
async function findReached(
  deps: TaxDeps,
  tx: ReadTx,
  partnerIds: readonly string[],
  period: YearPeriod,
): Promise<ReadonlyMap<string, "yes" | "no" | "unknown">> {
  if (partnerIds.length === 0) return new Map();
  const rates = await findRates(tx, period.year);
  const { threshold } = figuresOf(period.year, await findFigures(tx, period.year));
  const sums = [...(await sumPaid(tx, partnerIds, period)), ...(await deps.payouts.sumOpen(tx, partnerIds))];
  const byPartner = Map.groupBy(sums, ({ partnerId }) => partnerId);
  return new Map(
    partnerIds.map((partnerId) => {
      let cents = 0n;
      for (const { currency, amount } of byPartner.get(partnerId) ?? []) {
        const part = inCents(amount, currency, rates.get(currency));
        if (part === undefined) return [partnerId, "unknown"];
        cents += part;
      }
      return [partnerId, cents < threshold ? "no" : "yes"];
    }),
  );
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
