import type { IssuedCard } from "./card-issuer.ts";

export type CardState = "requested" | "unactivated" | "active" | "suspended" | "terminated" | "refused";
export type UserStatus = "active" | "suspended" | "closed";
export type ProductStatus = "requested" | "active" | "refused" | "closed";
export type ProgramStatus = "connecting" | "active" | "disabled" | "refused";

/** What a caller can make of a card. */
export type WantedState = "active" | "suspended" | "terminated";

/** Where a caller can take a card from each state. What the issuer has not made yet, or never made, cannot be changed. */
const NEXT: Readonly<Record<CardState, readonly WantedState[]>> = {
  requested: [],
  unactivated: ["active", "terminated"],
  active: ["suspended", "terminated"],
  suspended: ["active", "terminated"],
  terminated: [],
  refused: [],
};

export const canBecome = (from: CardState, to: WantedState): boolean => NEXT[from].includes(to);

/** What may come of a purchase that is made up in a twin, as the issuer would tell it. */
export const TEST_NEWS = ["clearing", "release", "refund", "chargeback", "chargeback_won"] as const;
export type TestNewsKind = (typeof TEST_NEWS)[number];

/** Minor units of the programme's currency; null: no limit. */
export type SpendingLimits = {
  readonly perAuthorization: bigint | null;
  readonly daily: bigint | null;
  readonly monthly: bigint | null;
};

export const LIMIT_NAMES = ["perAuthorization", "daily", "monthly"] as const;

/** What holds of limits that several have set (the product, the operator, the partner): of each the narrowest. */
export function effectiveLimits(...limits: readonly SpendingLimits[]): SpendingLimits {
  const of = (name: (typeof LIMIT_NAMES)[number]): bigint | null =>
    limits.reduce<bigint | null>((narrowest, { [name]: limit }) => {
      if (narrowest === null || limit === null) return narrowest ?? limit;
      return limit < narrowest ? limit : narrowest;
    }, null);
  return { perAuthorization: of("perAuthorization"), daily: of("daily"), monthly: of("monthly") };
}

/** Who asks for a change of a card. What the operator has restricted no partner loosens. */
export type ChangedBy = "partner" | "operator";

/** Whether a change is kept from a partner while the operator holds the card. Stricter than the hold it may always be. */
export const isKeptBack = (by: ChangedBy, to: WantedState | undefined, isHeld: boolean): boolean =>
  by === "partner" && to === "active" && isHeld;

/**
 * Whether the operator holds the card after a change: it holds what it suspends, and lets go of what it makes active, unless it says so by itself.
 * A partner changes nothing of it.
 */
export const heldAfter = (
  before: boolean,
  by: ChangedBy,
  { state, isHeld }: { readonly state?: WantedState; readonly isHeld?: boolean },
): boolean => {
  if (by === "partner") return before;
  if (isHeld !== undefined) return isHeld;
  return state === "suspended" ? true : state === "active" ? false : before;
};

export type AuthorizationFacts = {
  readonly cardState: CardState;
  readonly userStatus: UserStatus;
  readonly productStatus: ProductStatus;
  readonly programStatus: ProgramStatus;
  readonly partnerStatus: string | null;
  readonly currency: string;
  readonly limits: SpendingLimits;
  /** What counts already in this day and in this month. */
  readonly spent: { readonly day: bigint; readonly month: bigint };
};

export type AskedFunds = { readonly amount: bigint; readonly currency: string };

export type DeclineReason =
  | "program_inactive"
  | "product_inactive"
  | "partner_inactive"
  | "user_inactive"
  | "card_inactive"
  | "currency_mismatch"
  | "over_authorization_limit"
  | "over_daily_limit"
  | "over_monthly_limit";

/**
 * Whether a purchase is funded; null is a yes. Everybody it depends on must be active, and what counts already must leave room for all of it:
 * a part of it is not given.
 */
export function declineOf({ amount, currency }: AskedFunds, facts: AuthorizationFacts): DeclineReason | null {
  if (facts.programStatus !== "active") return "program_inactive";
  if (facts.productStatus !== "active") return "product_inactive";
  if (facts.partnerStatus !== "active") return "partner_inactive";
  if (facts.userStatus !== "active") return "user_inactive";
  if (facts.cardState !== "active") return "card_inactive";
  if (currency !== facts.currency) return "currency_mismatch";
  const { limits, spent } = facts;
  if (isOver(amount, limits.perAuthorization)) return "over_authorization_limit";
  if (isOver(spent.day + amount, limits.daily)) return "over_daily_limit";
  if (isOver(spent.month + amount, limits.monthly)) return "over_monthly_limit";
  return null;
}

const isOver = (amount: bigint, limit: bigint | null): boolean => limit !== null && amount > limit;

/** The days and months of limits are those of UTC: a card has no time zone. */
export const windowsAt = (at: Date): { readonly day: Date; readonly month: Date } => ({
  day: new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())),
  month: new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)),
});

/** How much of a hold a release gives back: never more than is left of it. */
export const releasable = (hold: { readonly approved: bigint; readonly released: bigint }, asked: bigint): bigint => {
  const left = hold.approved - hold.released;
  return asked < left ? asked : left;
};

/**
 * Divides what a reversal takes over what it may fall on: all of it on the one that it names, otherwise on each what is left of it, the first
 * first. What is too much for all of them has no part.
 */
export function allot(
  amount: bigint,
  targets: readonly { readonly isNamed: boolean; readonly room: bigint }[],
): bigint[] {
  if (targets.length === 1 && targets[0]?.isNamed) return [amount];
  let left = amount;
  return targets.map(({ room }) => {
    const most = room > 0n ? room : 0n;
    const part = left < most ? left : most;
    left -= part;
    return part;
  });
}

/**
 * The state that a card has once the issuer said something; null where that changes nothing. What is older than what was told before is late
 * news; a card that has ended stays ended; and while a change of ours is on its way, what we want holds.
 */
export function stateAfterNews(
  card: { readonly state: CardState; readonly toldAt: Date | null; readonly isChanging: boolean },
  told: IssuedCard,
): CardState | null {
  const isEnded = card.state === "terminated" || card.state === "refused";
  const isLate = card.toldAt !== null && told.at !== null && new Date(told.at) <= card.toldAt;
  if (isEnded || isLate) return null;
  if (card.isChanging && told.state !== "terminated") return null;
  return told.state;
}
