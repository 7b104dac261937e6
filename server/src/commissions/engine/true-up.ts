import { addDays, dateInZone, startOfDay } from "../../kernel/calendar.ts";
import { invariant } from "../../kernel/invariant.ts";
import { fractionFromPpm } from "../../kernel/rate.ts";
import type { Terms } from "../../programs/index.ts";
import { holdEnd } from "../commission-rules.ts";
import { inactiveAt } from "./earning-window.ts";
import type { EventOf } from "./engine-event.ts";
import { addToFamily, bookEarned, type Fold, inOrder, partnerOf, termsOf } from "./fold.ts";
import { exactText, proRata, rounded } from "./product.ts";
import type { Clause } from "./receipt.ts";
import { refundedSoFar } from "./refunded.ts";
import type { CommissionStanding, Original } from "./standing.ts";
import { slicesOf, trueUpProduct, type Volume } from "./true-up-product.ts";

type TrueUp = EventOf<"true_up">;

/**
 * What a period's volume earns when the period has ended, less what it has been given already: the first time all of it, later what refunds, late
 * payments and rejections have changed. So it can be told as often as one likes: where nothing has changed, nothing follows. More is a commission of
 * its own with its own hold; less is taken back from those that are there, the latest first. What a person or a termination closed counts as given, and
 * nothing is taken from it.
 */
export function trueUp(fold: Fold, event: TrueUp): Clause[] {
  const { data, partnerId } = event;
  const terms = termsOf(fold, data.termsId);
  const rule = terms.volumeTrueUp;
  if (rule === null) return [{ clause: "true_up", outcome: "nothing", reason: "no_true_up" }];

  const volume = volumeOf(fold, event, terms);
  const slices = slicesOf(rule, volume);
  const product = trueUpProduct(slices, terms.tierMultiplierPpm);
  const last = new Date(startOfDay(addDays(data.periodEnd, 1), terms.timeZone).getTime() - 1);
  const inactivity = inactiveAt(partnerOf(fold, partnerId), last);
  const due = inactivity === undefined ? rounded(product) : 0n;
  const given = givenFor(fold, event);
  const already = given.reduce((sum, { amount, reversed }) => sum + amount - reversed, 0n);
  const figures = {
    periodStart: data.periodStart,
    periodEnd: data.periodEnd,
    windowStart: data.windowStart,
    mode: rule.mode,
    payments: volume.bases.length,
    base: volume.bases.reduce((sum, base) => sum + base, 0n),
    baseBefore: volume.before,
    slices: slices.map(({ step, base }) => ({ from: step.from, rate: fractionFromPpm(step.ratePpm), base })),
    tierMultiplier: fractionFromPpm(terms.tierMultiplierPpm),
    product: exactText(product),
    rounding: "half_away_from_zero",
    due,
    already,
    currency: terms.currency,
  } as const;

  if (due > already) {
    const commissionId = earnMore(fold, event, { terms, amount: due - already });
    const reason = already === 0n ? "volume" : "volume_grew";
    return [{ clause: "true_up", outcome: "earned", reason, ...figures, commissionId, amount: due - already }];
  }
  const taken = takeBack(fold, event, { given, by: already - due });
  if (taken.length > 0) {
    const amount = taken.reduce((sum, one) => sum + (one.amount ?? 0n), 0n);
    return [
      { clause: "true_up", outcome: "reversed", reason: inactivity ?? "volume_fell", ...figures, amount },
      ...taken,
    ];
  }
  const reason = inactivity ?? (due < already ? "closed" : due > 0n ? "unchanged" : "below_first_step");
  return [{ clause: "true_up", outcome: "nothing", reason, ...figures }];
}

/** The base of each payment of the period that earned a recurring commission which stands, less what was taken back of the payment. */
function volumeOf(fold: Fold, { partnerId, data }: TrueUp, terms: Terms): Volume {
  const payments = new Map<string, Original>();
  for (const one of fold.commissions.values()) {
    const isCounted =
      one.partnerId === partnerId && one.rule === "recurring" && one.closedBy === null && one.amount > 0n;
    // Nothing is converted: steps are amounts of the plan's currency, so payments in another do not add up to them.
    if (!isCounted || one.currency !== terms.currency || one.transactionId === null) continue;
    const day = dateInZone(one.occurredAt, terms.timeZone);
    if (day < data.windowStart || day > data.periodEnd) continue;
    const original = fold.originals.get(one.transactionId);
    invariant(original, "the payments of a period are among the facts");
    payments.set(original.id, original);
  }
  const inOrderOfDates = [...payments.values()].toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const isBefore = ({ occurredAt }: Original) => dateInZone(occurredAt, terms.timeZone) < data.periodStart;
  return {
    before: inOrderOfDates.filter(isBefore).reduce((sum, original) => sum + baseLeftOf(original), 0n),
    bases: inOrderOfDates.filter((original) => !isBefore(original)).map(baseLeftOf),
  };
}

/** What is left of a payment's base, rounded once: a refund names a gross amount. */
function baseLeftOf(original: Original): bigint {
  const base = original.amount - original.tax;
  return base - rounded(proRata(base, refundedSoFar(original), original.amount));
}

/** The true-ups of the same period that were earned before, the latest first. */
const givenFor = (fold: Fold, { partnerId, data }: TrueUp): CommissionStanding[] =>
  [...fold.commissions.values()]
    .filter(
      (one) =>
        one.partnerId === partnerId &&
        one.rule === "true_up" &&
        one.period?.start === data.periodStart &&
        one.period.end === data.periodEnd,
    )
    .toSorted(inOrder)
    .toReversed();

function earnMore(
  fold: Fold,
  event: TrueUp,
  { terms, amount }: { readonly terms: Terms; readonly amount: bigint },
): string {
  const { id: eventId, partnerId, number, occurredAt, data } = event;
  const { id } = bookEarned(fold, {
    eventId,
    partnerId,
    referralId: null,
    transactionId: null,
    number,
    rule: "true_up",
    type: "bonus",
    act: "",
    amount,
    currency: terms.currency,
    ratePpm: null,
    occurredAt,
    holdUntil: holdEnd(occurredAt, terms.holdDays),
    period: { start: data.periodStart, end: data.periodEnd },
  });
  return id;
}

function takeBack(
  fold: Fold,
  event: TrueUp,
  { given, by }: { readonly given: readonly CommissionStanding[]; readonly by: bigint },
): Clause[] {
  let rest = by;
  return given.flatMap((commission): Clause[] => {
    const left = commission.amount - commission.reversed;
    const part = rest < left ? rest : left;
    if (part <= 0n || commission.closedBy !== null) return [];
    rest -= part;
    fold.commissions.set(commission.id, { ...commission, reversed: commission.reversed + part });
    const commissionId = addToFamily(fold, commission, {
      rule: "true_up.reversal",
      amount: -part,
      act: "",
      by: event,
      transactionId: null,
    });
    const { rule, currency, amount, reversed } = commission;
    return [
      {
        clause: "reversal",
        outcome: "reversed",
        reason: "taken_back",
        rule,
        currency,
        commissionId,
        amount: -part,
        commission: amount,
        alreadyReversed: reversed,
      },
    ];
  });
}
