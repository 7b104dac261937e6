import type { PartnerTier } from "../platform/context.ts";

/** Where a partner can go from each state, by the verb that takes it there. `terminated` is final. */
export const PARTNER_TRANSITIONS = {
  pending: { approve: "active", reject: "rejected", terminate: "terminated" },
  active: { suspend: "suspended", terminate: "terminated" },
  suspended: { reinstate: "active", terminate: "terminated" },
  rejected: { approve: "active", reapply: "pending", terminate: "terminated" },
  terminated: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type PartnerStatus = keyof typeof PARTNER_TRANSITIONS;
export type PartnerAct = "approve" | "reject" | "reapply" | "suspend" | "reinstate" | "terminate";

export const PARTNER_STATUSES = Object.keys(PARTNER_TRANSITIONS) as PartnerStatus[];

/** Where an act takes a partner; undefined where its state forbids it. */
export const statusAfter = (status: PartnerStatus, act: PartnerAct): PartnerStatus | undefined =>
  (PARTNER_TRANSITIONS[status] as Partial<Record<PartnerAct, PartnerStatus>>)[act];

export const PARTNER_TYPES = ["affiliate", "reseller", "whitelabel", "technology"] as const;
export type PartnerType = (typeof PARTNER_TYPES)[number];

/** The plan gives each kind of partner its tier. A kind is what a partner is; a tier, what it is paid by: an upgrade changes the tier alone. */
export const TIER_OF_TYPE: Readonly<Record<PartnerType, PartnerTier>> = {
  affiliate: "tier1",
  reseller: "tier2",
  whitelabel: "tier3",
  technology: "tier4",
};

type Decision =
  | { readonly allowed: true; readonly to: PartnerStatus }
  | { readonly allowed: false; readonly facts: { readonly status: PartnerStatus; readonly act: PartnerAct } };

/** Whether an act may be done to a partner in this state, and where it takes it. */
export function decideAct(status: PartnerStatus, act: PartnerAct): Decision {
  const to = statusAfter(status, act);
  return to === undefined ? { allowed: false, facts: { status, act } } : { allowed: true, to };
}
