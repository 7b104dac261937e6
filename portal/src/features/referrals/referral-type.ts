import type { components } from "@tributary/sdk";

/** A referral as its partner sees it, or as the operator does. */
export type Referral = components["schemas"]["PartnerReferral"] | components["schemas"]["OperatorReferral"];
