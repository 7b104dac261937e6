import { DAY_MS } from "../kernel/clock.ts";

/** How a programme chooses among clicks. */
export type AttributionModel = "last" | "first";

/** Manual, then partner API, then an exclusive coupon, then a click (docs/guides/money-rules.md, "Whose customer it is"); a shared coupon only where nothing else is. */
const PRECEDENCE = {
  manual: 4,
  partner_api: 3,
  exclusive_coupon: 2,
  click: 1,
  shared_coupon: 0,
} as const;
export type TouchKind = keyof typeof PRECEDENCE;

/** Something that may tie a customer to a partner. `id` names a click, a coupon, or a referral. */
export type Touch = {
  readonly kind: TouchKind;
  readonly id: string;
  readonly at: Date;
  readonly partnerId: string;
};

/** What the decision needs to know of a touch's partner, at the conversion. */
export type PartnerStanding = {
  /** Takes part: neither rejected nor terminated, and has terms. */
  readonly takesPart: boolean;
  /** The customer is this partner. */
  readonly isSelf: boolean;
  readonly windowDays: number;
};

export const TOUCH_OUTCOMES = [
  "chosen",
  "outranked",
  "out_of_window",
  "after_conversion",
  "partner_inactive",
  "self",
] as const;
/** What became of a touch: `chosen`, `outranked` by the chosen one, or why it could not be chosen. */
export type TouchOutcome = (typeof TOUCH_OUTCOMES)[number];
export type TouchRefusal = Exclude<TouchOutcome, "chosen" | "outranked">;

export type ConsideredTouch = Touch & { readonly outcome: TouchOutcome };

export type AttributionDecision = {
  /** Best first. */
  readonly touches: readonly ConsideredTouch[];
  readonly model: AttributionModel;
} & (
  | { readonly chosen: Touch; readonly refusal: null }
  /** `refusal` is why the touch that would have been chosen was not; null where there is no touch at all. */
  | { readonly chosen: null; readonly refusal: TouchRefusal | null }
);

/**
 * Decides whose a customer is. Touches that cannot count are left aside with their reason; among the others precedence decides, then the
 * programme's model among clicks, then the lower id. What it returns says what became of every touch.
 */
export function decideAttribution(
  touches: readonly Touch[],
  facts: {
    readonly at: Date;
    readonly model: AttributionModel;
    readonly standings: ReadonlyMap<string, PartnerStanding>;
  },
): AttributionDecision {
  const ranked = touches
    .toSorted(byRank(facts.model))
    .map((touch) => ({ touch, refusal: refusalOf(touch, facts.at, facts.standings.get(touch.partnerId)) }));
  const winner = ranked.find((one) => one.refusal === null)?.touch ?? null;
  const considered = ranked.map(({ touch, refusal }) => ({
    ...touch,
    outcome: touch === winner ? ("chosen" as const) : (refusal ?? ("outranked" as const)),
  }));
  const base = { touches: considered, model: facts.model };
  return winner === null
    ? { ...base, chosen: null, refusal: ranked[0]?.refusal ?? null }
    : { ...base, chosen: winner, refusal: null };
}

function refusalOf(touch: Touch, at: Date, standing: PartnerStanding | undefined): TouchRefusal | null {
  if (standing === undefined || !standing.takesPart) return "partner_inactive";
  if (standing.isSelf) return "self";
  if (touch.kind !== "click") return null;
  const ageMs = at.getTime() - touch.at.getTime();
  if (ageMs < 0) return "after_conversion";
  return isInWindow(ageMs, standing.windowDays) ? null : "out_of_window";
}

/** A window of days is days × 24 hours, the limit itself included. */
export const isInWindow = (ageMs: number, windowDays: number): boolean => ageMs <= windowDays * DAY_MS;

const byRank =
  (model: AttributionModel) =>
  (a: Touch, b: Touch): number =>
    PRECEDENCE[b.kind] - PRECEDENCE[a.kind] ||
    (a.kind === "click" && model === "first" ? a.at.getTime() - b.at.getTime() : b.at.getTime() - a.at.getTime()) ||
    (a.id < b.id ? -1 : 1);
