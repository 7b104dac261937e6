import { dateInZone } from "../../kernel/calendar.ts";
import type { Terms } from "../../programs/index.ts";
import type { TransactionEvent } from "./engine-event.ts";
import type { Fold } from "./fold.ts";
import type { TriedCap } from "./receipt.ts";
import type { CapStanding } from "./standing.ts";

/** What caps leave of a commission. */
export type Capped = {
  readonly amount: bigint;
  readonly tried: readonly TriedCap[];
  /** What counts the commission when it is earned. */
  readonly counted: readonly CapStanding[];
};

type Capping = { readonly fold: Fold; readonly event: TransactionEvent; readonly terms: Terms };

/**
 * Cuts a commission to what every cap of the terms leaves. Caps count what was earned under terms that have such a cap, as it was earned: a refund frees no
 * room, since a chargeback that is won afterwards would lift what stands above the cap.
 */
export function cutToCaps({ fold, event, terms }: Capping, wanted: bigint): Capped {
  const { currency } = event;
  const counted = countedUnder(fold, event, terms);
  const limits = [{ cap: "commission", earned: 0n } as const, ...counted];
  const tried = limits.flatMap(({ cap, earned }): TriedCap[] => {
    const limit = terms.caps[cap].get(currency);
    if (limit === undefined) return [];
    return [{ cap, limit, earned, left: limit > earned ? limit - earned : 0n }];
  });
  const amount = tried.reduce((least, { left }) => (left < least ? left : least), wanted);
  return { amount, tried, counted };
}

/** Counts what was earned under caps. */
export function countEarned(fold: Fold, counted: readonly CapStanding[], amount: bigint): void {
  if (amount > 0n) for (const one of counted) keepCap(fold, { ...one, earned: one.earned + amount });
}

type Dated = Pick<TransactionEvent, "partnerId" | "referralId" | "currency" | "occurredAt">;

/** The caps of the terms under which something of a customer counts, as they stand. */
function countedUnder(fold: Pick<Fold, "caps">, { partnerId, referralId, currency, occurredAt }: Dated, terms: Terms) {
  const month = () => `${dateInZone(occurredAt, terms.timeZone).slice(0, 7)}-01`;
  return [
    ...(terms.caps.customer.has(currency) ? [standingOf(fold, partnerId, "customer", referralId, currency)] : []),
    ...(terms.caps.month.has(currency) ? [standingOf(fold, partnerId, "month", month(), currency)] : []),
  ];
}

/** Counts what stands as it is before anything is assessed around it. */
export function countKept(fold: Pick<Fold, "caps">, earned: Dated, amount: bigint, terms: Terms): void {
  for (const one of countedUnder(fold, earned, terms)) keepCap(fold, { ...one, earned: one.earned + amount });
}

/** After a re-assessment caps count what it has come to. */
export function replaceCaps(fold: Fold, partnerId: string, ideal: Pick<Fold, "caps">): void {
  for (const one of fold.caps.values()) if (one.partnerId === partnerId) keepCap(fold, { ...one, earned: 0n });
  for (const one of ideal.caps.values()) keepCap(fold, one);
}

/** Under which name a cap's standing is kept. */
export const capKey = ({ partnerId, cap, scope, currency }: Omit<CapStanding, "earned">): string =>
  `${partnerId} ${cap} ${scope} ${currency}`;

const keepCap = (fold: Pick<Fold, "caps">, standing: CapStanding): unknown => fold.caps.set(capKey(standing), standing);

function standingOf(
  fold: Pick<Fold, "caps">,
  partnerId: string,
  cap: CapStanding["cap"],
  scope: string,
  currency: string,
) {
  const none: CapStanding = { partnerId, cap, scope, currency, earned: 0n };
  return fold.caps.get(capKey(none)) ?? none;
}
