import type { Stripe } from "stripe";

type Standing = {
  readonly capability: "active" | "inactive" | "pending";
  readonly payoutsEnabled: boolean;
  readonly detailsSubmitted: boolean;
  readonly currentlyDue: readonly string[];
  readonly pendingVerification: readonly string[];
  readonly disabledReason: Stripe.Account.Requirements["disabled_reason"];
};

const FIRST_DETAILS = [
  "business_type",
  "external_account",
  "individual.dob.day",
  "individual.dob.month",
  "individual.dob.year",
  "individual.first_name",
  "individual.last_name",
  "tos_acceptance.date",
  "tos_acceptance.ip",
] as const;

/** The states of a connected account that a platform can meet: https://docs.stripe.com/connect/handling-api-verification. */
const STANDINGS = {
  /** Created, not onboarded. */
  new: {
    capability: "inactive",
    payoutsEnabled: false,
    detailsSubmitted: false,
    currentlyDue: FIRST_DETAILS,
    pendingVerification: [],
    disabledReason: "requirements.past_due",
  },
  active: {
    capability: "active",
    payoutsEnabled: true,
    detailsSubmitted: true,
    currentlyDue: [],
    pendingVerification: [],
    disabledReason: null,
  },
  /** Onboarded, and Stripe is still checking. */
  verifying: {
    capability: "pending",
    payoutsEnabled: false,
    detailsSubmitted: true,
    currentlyDue: [],
    pendingVerification: ["individual.verification.document"],
    disabledReason: "requirements.pending_verification",
  },
  /** Was active; Stripe asks for more and has stopped it until then. */
  restricted: {
    capability: "inactive",
    payoutsEnabled: false,
    detailsSubmitted: true,
    currentlyDue: ["individual.verification.document"],
    pendingVerification: [],
    disabledReason: "requirements.past_due",
  },
  /** Can be transferred to, but its bank has refused a payout and no other is given. */
  bank_refused: {
    capability: "active",
    payoutsEnabled: false,
    detailsSubmitted: true,
    currentlyDue: ["external_account"],
    pendingVerification: [],
    disabledReason: null,
  },
  rejected: {
    capability: "inactive",
    payoutsEnabled: false,
    detailsSubmitted: true,
    currentlyDue: [],
    pendingVerification: [],
    disabledReason: "rejected.fraud",
  },
} as const satisfies Record<string, Standing>;

export type StandingName = keyof typeof STANDINGS;

export const STANDING_NAMES = Object.keys(STANDINGS) as readonly StandingName[];

type StandingFields = Required<
  Pick<Stripe.Account, "capabilities" | "charges_enabled" | "payouts_enabled" | "details_submitted" | "requirements">
>;

/** The fields of an account object that its standing decides. */
export function standingFields(name: StandingName, capabilities: readonly string[]): StandingFields {
  const standing: Standing = STANDINGS[name];
  const isDue = standing.disabledReason === "requirements.past_due";
  return {
    capabilities: Object.fromEntries(capabilities.map((capability) => [capability, standing.capability])),
    charges_enabled: standing.capability === "active" && capabilities.includes("card_payments"),
    payouts_enabled: standing.payoutsEnabled,
    details_submitted: standing.detailsSubmitted,
    requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: [...standing.currentlyDue],
      disabled_reason: standing.disabledReason,
      errors: [],
      eventually_due: [...standing.currentlyDue],
      past_due: isDue ? [...standing.currentlyDue] : [],
      pending_verification: [...standing.pendingVerification],
    },
  };
}

export const capabilityStatus = (account: Stripe.Account, capability: string): string | undefined =>
  (account.capabilities as Record<string, string> | undefined)?.[capability];
