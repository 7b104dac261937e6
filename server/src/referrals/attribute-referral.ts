import { DAY_MS } from "../kernel/clock.ts";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type AttributionDecision, decideAttribution, type PartnerStanding, type Touch } from "./attribution-rules.ts";
import { type Click, findClicks, findClicksOf, findLatestClick } from "./click-repository.ts";
import { validateCouponCode, validateReferralCode } from "./click-rules.ts";
import { type Coupon, findActiveCoupon, findCoupon } from "./coupon-repository.ts";
import { findLinksByCode, findLinksByIds } from "./link-repository.ts";
import type { Claim, RecordedDecision, Referral, ReferralSource } from "./referral.ts";
import type { PartnerFacts, ProgramFacts, ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { canBeAttributed, isSelfReferral } from "./referral-rules.ts";

/** The longest attribution window that a plan may have: older clicks decide nothing. */
const WINDOW_DAYS_MAX = 90;
/** Touches that are looked at. Who clicks more often than that is decided by the nearest ones. */
const TOUCHES_MAX = 100;

export type AttributedCustomer = {
  readonly id: string;
  readonly emails: readonly string[];
  /** The browsers in which it was seen. */
  readonly visitorIds?: readonly string[];
};

/** Whose a customer is, and through what. */
export type Attribution = {
  readonly partnerId: string;
  readonly source: ReferralSource;
  readonly referralCode: string;
  readonly clickId: string | null;
  readonly couponId: string | null;
  readonly linkId: string | null;
  readonly termsId: string;
  readonly decision: RecordedDecision;
};

/** The touches of a customer, and what they name. */
type Gathered = {
  readonly touches: readonly Touch[];
  readonly clicks: ReadonlyMap<string, Click>;
  readonly coupons: ReadonlyMap<string, Coupon>;
};

/**
 * Finds whose a customer is, from what the caller claims, from what the server saw of the same visitor and device, and from the sign-up.
 * Throws the error that says why it is nobody's.
 */
export async function attributeReferral(
  deps: ReferralDeps,
  tx: Tx,
  input: {
    readonly claim: Claim;
    readonly customer: AttributedCustomer;
    readonly signUp: Referral | undefined;
    readonly program: ProgramFacts;
  },
): Promise<Attribution> {
  const gathered = await gatherTouches(tx, input);
  const { partners, standings, termsIds } = await standingsOf(deps, tx, gathered.touches, {
    ...input.customer,
    visitorIds: present([...gathered.clicks.values()].map((click) => click.visitorId)),
  });
  const decision = decideAttribution(gathered.touches, {
    at: tx.ctx.now,
    model: input.program.attributionModel,
    standings,
  });
  const { chosen } = decision;
  if (chosen === null) throw errorOf(decision, standings);
  const partner = partners.get(chosen.partnerId);
  const termsId = termsIds.get(chosen.partnerId);
  invariant(partner !== undefined && termsId !== undefined, "a chosen touch is of a partner that has terms");

  const recorded = { partnerId: chosen.partnerId, termsId, decision: recordedDecision(decision) };
  const nothing = { clickId: null, couponId: null, linkId: null };
  const click = gathered.clicks.get(chosen.id);
  if (click !== undefined) {
    const link = (await findLinksByIds(tx, [click.linkId])).get(click.linkId);
    invariant(link !== undefined, "links are never deleted");
    return { ...recorded, ...nothing, source: "click", referralCode: link.code, clickId: click.id, linkId: link.id };
  }
  const coupon = gathered.coupons.get(chosen.id);
  if (coupon !== undefined) {
    return { ...recorded, ...nothing, source: "coupon", referralCode: coupon.code, couponId: coupon.id };
  }
  const source = chosen.kind === "manual" ? "manual" : "partner_api";
  return { ...recorded, ...nothing, source, referralCode: partner.referralCode };
}

async function gatherTouches(
  tx: Tx,
  input: { readonly claim: Claim; readonly signUp: Referral | undefined; readonly program: ProgramFacts },
): Promise<Gathered> {
  const at = tx.ctx.now;
  const named = await findNamed(tx, input.claim, input.signUp);
  const made = touchOfSignUp(input.signUp);
  if (named.clicks.length === 0 && named.coupons.length === 0 && made === undefined) throw referralErrors.no_click();
  const related = await findClicksOf(tx, {
    visitorIds: present(named.clicks.map((click) => click.visitorId)),
    deviceIds: present([input.claim.deviceId, ...named.clicks.map((click) => click.deviceId)]),
    from: new Date(at.getTime() - WINDOW_DAYS_MAX * DAY_MS),
    to: at,
    order: input.program.attributionModel,
    limit: TOUCHES_MAX,
  });
  const clicks = new Map([...related, ...named.clicks].map((click) => [click.id, click]));
  const coupons = new Map(named.coupons.map((coupon) => [coupon.id, coupon]));
  const touches = [
    ...[...clicks.values()].map((click) => touchOfClick(click, at)),
    ...[...coupons.values()].map(
      (coupon): Touch => ({
        kind: coupon.isExclusive ? "exclusive_coupon" : "shared_coupon",
        id: coupon.id,
        at,
        partnerId: coupon.partnerId,
      }),
    ),
    ...(made === undefined ? [] : [made]),
  ];
  return { touches, clicks, coupons };
}

/** The browsers in which a customer was seen: those of the click and of the device that it was converted with. */
export async function findVisitors(
  tx: ReadTx,
  { clickId, deviceId }: Pick<Claim, "clickId" | "deviceId">,
): Promise<string[]> {
  const clicks = clickId === null ? [] : await findClicks(tx, [clickId]);
  const at = tx.ctx.now;
  const related = await findClicksOf(tx, {
    visitorIds: present(clicks.map((click) => click.visitorId)),
    deviceIds: present([deviceId, ...clicks.map((click) => click.deviceId)]),
    from: new Date(at.getTime() - WINDOW_DAYS_MAX * DAY_MS),
    to: at,
    order: "last",
    limit: TOUCHES_MAX,
  });
  return [...new Set(present([...clicks, ...related].map((click) => click.visitorId)))];
}

/** What the claim names, and what the sign-up came through. Throws where the claim names nothing that is there. */
async function findNamed(tx: Tx, claim: Claim, signUp: Referral | undefined) {
  const clicks: Click[] = [];
  const coupons: Coupon[] = [];
  if (claim.clickId !== null) {
    const [click] = await findClicks(tx, [claim.clickId]);
    if (click === undefined) throw referralErrors.no_click({ field: "clickId" });
    clicks.push(click);
  }
  if (claim.referralCode !== null) {
    const link = (await findLinksByCode(tx, [claim.referralCode])).get(claim.referralCode);
    if (link === undefined) throw referralErrors.code_unknown({ field: "referralCode" });
    const click =
      claim.deviceId === null
        ? undefined
        : await findLatestClick(tx, { linkId: link.id, deviceId: claim.deviceId, at: tx.ctx.now });
    if (click === undefined) throw referralErrors.no_click({ field: "deviceId" });
    clicks.push(click);
  }
  if (claim.couponCode !== null) {
    const coupon = await findActiveCoupon(tx, claim.couponCode);
    if (coupon === undefined || !isCurrent(coupon, tx.ctx.now))
      throw referralErrors.coupon_invalid({ field: "couponCode" });
    coupons.push(coupon);
  }
  if (signUp !== undefined && signUp.clickId !== null) clicks.push(...(await findClicks(tx, [signUp.clickId])));
  if (signUp !== undefined && signUp.couponId !== null)
    coupons.push(...present([await findCoupon(tx, signUp.couponId)]));
  return { clicks, coupons };
}

/** Whether a coupon is valid at an instant: from its start, up to and not including its end. */
export const isCurrent = (coupon: Pick<Coupon, "startsAt" | "endsAt">, at: Date): boolean =>
  (coupon.startsAt === null || coupon.startsAt <= at) && (coupon.endsAt === null || at < coupon.endsAt);

/** Two servers' clocks differ by a little: a click that is there already was before the conversion, whatever its server's clock said. */
const touchOfClick = (click: Click, at: Date): Touch => ({
  kind: "click",
  id: click.id,
  at: click.clickedAt > at ? at : click.clickedAt,
  partnerId: click.partnerId,
});

/** A sign-up that a partner made, or that was assigned, is a touch of its own; one through a click or coupon is that click or coupon. */
const touchOfSignUp = (signUp: Referral | undefined): Touch | undefined =>
  signUp?.source === "partner_api" || signUp?.source === "manual"
    ? { kind: signUp.source, id: signUp.id, at: signUp.createdAt, partnerId: signUp.partnerId }
    : undefined;

/** How the partners of some touches stand towards a customer, now. */
export async function standingsOf(
  deps: ReferralDeps,
  tx: Tx,
  touches: readonly Pick<Touch, "partnerId">[],
  customer: AttributedCustomer,
): Promise<{
  readonly partners: ReadonlyMap<string, PartnerFacts>;
  readonly standings: ReadonlyMap<string, PartnerStanding>;
  readonly termsIds: ReadonlyMap<string, string>;
}> {
  const ids = [...new Set(touches.map((touch) => touch.partnerId))];
  const partners = await deps.partners.findPartners(tx, ids);
  const terms = await deps.partners.currentTerms(tx, ids, tx.ctx.now);
  const people = await deps.partners.peopleOf(tx, partners);
  const seen = await deps.people.findUsersOfVisitors(tx, customer.visitorIds ?? []);
  const standings = new Map<string, PartnerStanding>();
  for (const partner of partners.values()) {
    const ofPartner = terms.get(partner.id);
    standings.set(partner.id, {
      takesPart: canBeAttributed(partner.status) && ofPartner !== undefined,
      // Whoever works for a partner is no more brought by it than its owner.
      isSelf: (people.get(partner.id) ?? []).some((one) => seen.has(one.userId) || isSelfReferral(one, customer)),
      windowDays: ofPartner?.attributionWindowDays ?? 0,
    });
  }
  return { partners, standings, termsIds: new Map([...terms].map(([id, one]) => [id, one.id])) };
}

/** Why the touch that would have been chosen was not. */
function errorOf({ touches: [first], refusal }: AttributionDecision, standings: ReadonlyMap<string, PartnerStanding>) {
  switch (refusal) {
    case "out_of_window":
      return referralErrors.out_of_window({
        clickedAt: first?.at.toISOString(),
        windowDays: standings.get(first?.partnerId ?? "")?.windowDays,
      });
    case "partner_inactive":
      return referralErrors.partner_inactive();
    case "self":
      return referralErrors.self();
    case "after_conversion":
    case null:
      return referralErrors.no_click();
  }
}

export const recordedDecision = (decision: AttributionDecision): RecordedDecision => ({
  model: decision.model,
  rule: decision.chosen?.kind ?? "none",
  touches: decision.touches.map(({ kind, id, at, partnerId, outcome }) => ({
    kind,
    id,
    at: at.toISOString(),
    partnerId,
    outcome,
  })),
});

/** A claim in the form in which it is kept and compared. Throws where a code can be none. */
export function readClaim(input: {
  readonly clickId?: string;
  readonly couponCode?: string;
  readonly referralCode?: string;
  readonly deviceId?: string;
}): Claim {
  const couponCode = input.couponCode === undefined ? null : validateCouponCode(input.couponCode);
  const referralCode = input.referralCode === undefined ? null : validateReferralCode(input.referralCode);
  if (couponCode === undefined) throw referralErrors.coupon_invalid({ field: "couponCode" });
  if (referralCode === undefined) throw referralErrors.code_unknown({ field: "referralCode" });
  return { clickId: input.clickId ?? null, couponCode, referralCode, deviceId: input.deviceId ?? null };
}

/** Whether two claims say the same: then it is the same call again. */
export const isSameClaim = (kept: Claim | undefined, claim: Claim): boolean =>
  kept !== undefined &&
  kept.clickId === claim.clickId &&
  kept.couponCode === claim.couponCode &&
  kept.referralCode === claim.referralCode &&
  kept.deviceId === claim.deviceId;

const present = <Value>(values: readonly (Value | null | undefined)[]): Value[] =>
  values.filter((value) => value !== null && value !== undefined);
