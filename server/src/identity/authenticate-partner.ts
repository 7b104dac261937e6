import { accessErrors, type Ctx, type PartnerTier } from "../platform/context.ts";
import { authErrors } from "./identity-errors.ts";

/** Whose plan includes the partner API (docs/guides/money-rules.md, `features`). Asked with every call: who leaves the tier loses it. */
export const API_TIERS: readonly PartnerTier[] = ["tier3", "tier4"];

/** Admits a person who acts for their own partner. */
export function authenticatePartner(ctx: Ctx): void {
  const { actor } = ctx;
  if (actor.type !== "user") throw accessErrors.unauthenticated();
  if (actor.role !== "partner" || actor.partnerId === null) throw accessErrors.partner_required();
}

/** Admits an API key of a partner whose tier includes the API. */
export function authenticatePartnerAPI(ctx: Ctx): void {
  const { actor } = ctx;
  if (actor.type !== "key") throw accessErrors.unauthenticated();
  if (actor.partnerId === null) throw accessErrors.partner_required();
  requirePartnerTier(ctx, API_TIERS);
}

/** Admits an actor whose partner has one of these tiers. */
export function requirePartnerTier(ctx: Ctx, tiers: readonly PartnerTier[]): void {
  const { actor } = ctx;
  const tier = actor.type === "user" || actor.type === "key" ? (actor.partnerTier ?? null) : null;
  if (tier === null || !tiers.includes(tier)) throw authErrors.tier_required({ tier, tiers });
}
