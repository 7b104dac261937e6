export const PARTNER_TYPES = ["affiliate", "reseller", "whitelabel", "technology"] as const;
export type PartnerType = (typeof PARTNER_TYPES)[number];
