import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { sumByStatus, sumUpcoming } from "./summary-repository.ts";

export type SummaryPeriod = {
  /** Occurred at or after. */
  readonly from?: string;
  /** Occurred before. */
  readonly to?: string;
};

export type CurrencySummary = {
  readonly currency: string;
  /** Sums of commissions of the period by state, reversals included. */
  readonly pending: bigint;
  readonly approved: bigint;
  readonly paid: bigint;
  readonly disputed: bigint;
  /** Commissions of the period, reversals not counted. */
  readonly commissions: bigint;
  /** As the ledger has them now, whatever the period. */
  readonly balances: {
    readonly pending: bigint;
    readonly available: bigint;
    readonly disputed: bigint;
    readonly inTransit: bigint;
    readonly debt: bigint;
    /** By payouts that have arrived, in part of a commission too. */
    readonly paidOut: bigint;
  };
  /** What becomes available next, by date in the programme's time zone, unless something holds it. */
  readonly upcoming: { readonly date: string; readonly amount: bigint }[];
};

/** More dates than a hold of thirty days has; what comes later is left out. */
const UPCOMING_DATES_MAX = 60;

type Summary = { readonly currencies: CurrencySummary[] };

/** The acting partner's commissions and balances at a glance, by currency. */
export const getCommissionSummary =
  (deps: CommissionDeps) =>
  (ctx: Ctx, period: SummaryPeriod): Promise<Summary> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => summarise(deps, tx, { ...period, partnerId }));
  };

/** The same of any partner, for the operator. */
export const getCommissionSummaryFor =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { partnerId, ...period }: SummaryPeriod & { readonly partnerId: string }): Promise<Summary> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, async (tx) => {
      await deps.partners.getPartner(tx, partnerId);
      return summarise(deps, tx, { ...period, partnerId });
    });
  };

async function summarise(
  deps: CommissionDeps,
  tx: ReadTx,
  { partnerId, from, to }: SummaryPeriod & { readonly partnerId: string },
): Promise<Summary> {
  const { timeZone } = await deps.programs.getProgram(tx);
  const sums = await sumByStatus(tx, { partnerId, from: instantOf(from), to: instantOf(to) });
  const upcoming = await sumUpcoming(tx, { partnerId, timeZone, datesMax: UPCOMING_DATES_MAX });
  const paidOut = await deps.payouts.sumCompleted(tx, partnerId);
  const currencies: CurrencySummary[] = [];
  for (const currency of await deps.ledger.currencies(tx, partnerId)) {
    const ofCurrency = sums.filter((sum) => sum.currency === currency);
    const amountOf = (status: string): bigint => ofCurrency.find((sum) => sum.status === status)?.amount ?? 0n;
    const balances = await deps.ledger.balances(tx, { partnerId, currency });
    currencies.push({
      currency,
      pending: amountOf("pending"),
      approved: amountOf("approved"),
      paid: amountOf("paid"),
      disputed: amountOf("disputed"),
      commissions: ofCurrency.reduce((sum, { count }) => sum + count, 0n),
      balances: {
        pending: balances.pending,
        available: balances.available,
        disputed: balances.disputed,
        inTransit: balances.payout_in_transit,
        debt: balances.clawback_receivable,
        paidOut: paidOut.get(currency) ?? 0n,
      },
      upcoming: upcoming.filter((sum) => sum.currency === currency).map(({ date, amount }) => ({ date, amount })),
    });
  }
  return { currencies };
}

const instantOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
