import { type Static, Type } from "typebox";
import { Amount, Count, CurrencyCode, Id, InstantInput, Nullable } from "../platform/http/index.ts";
import { DEFAULT_TIERS, PlanDocument } from "../programs/index.ts";

const PARTNER_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";
const FINGERPRINT_EXAMPLE = "5b0f2c1e-8d7a-5c44-9a3b-6e1d2f708c95";

const scope = {
  partnerId: Id("Whose history is assessed again"),
  termsId: Type.Optional(
    Id("Terms of this partner under which all of the past is assessed; those in force at each event when not given"),
  ),
};

export const ReassessmentPreviewBody = Type.Object(scope, {
  additionalProperties: false,
  examples: [{ partnerId: PARTNER_EXAMPLE }],
});

export const ReassessmentBody = Type.Object(
  {
    ...scope,
    reason: Type.String({ minLength: 1, maxLength: 2_000, description: "Why; kept in the audit trail" }),
    fingerprint: Type.String({
      minLength: 1,
      maxLength: 100,
      description: "Of the difference that was shown: refused where it would be another by now",
    }),
  },
  {
    additionalProperties: false,
    examples: [
      { partnerId: PARTNER_EXAMPLE, reason: "January arrived after February", fingerprint: FINGERPRINT_EXAMPLE },
    ],
  },
);

export const Reassessment = Type.Object(
  {
    corrections: Type.Array(
      Type.Object({
        kind: Type.Enum(["earned", "reversed", "restored", "cancelled"], { description: "What the entry does" }),
        referralId: Nullable(Id("The referral")),
        transactionId: Nullable(Id("The transaction")),
        rule: Nullable(Type.String({ description: "The rule of the row; null where a commission is cancelled" })),
        amount: Amount("What it adds; negative where it takes back"),
        currency: CurrencyCode(),
      }),
      { description: "The entries, in the order in which they are booked; the first 1,000" },
    ),
    correctionCount: Count("How many entries there are in all"),
    totals: Type.Array(Type.Object({ currency: CurrencyCode(), amount: Amount("What all of them come to") }), {
      description: "By currency",
    }),
    fingerprint: Type.String({ description: "Names this difference; whoever books it sends it along" }),
  },
  {
    $id: "Reassessment",
    description:
      "The difference between what is booked and what the recorded events come to in the order of their dates",
  },
);

export const SimulationBody = Type.Object(
  {
    plan: PlanDocument,
    from: InstantInput("Count what is earned and taken back at or after"),
    to: InstantInput("Count what is earned and taken back before"),
  },
  {
    additionalProperties: false,
    examples: [{ plan: { tiers: DEFAULT_TIERS }, from: "2026-01-01T00:00:00Z", to: "2026-07-01T00:00:00Z" }],
  },
);
export type SimulationBody = Static<typeof SimulationBody>;

const cost = {
  currency: CurrencyCode(),
  recorded: Amount("Under the terms that were in force"),
  simulated: Amount("Under the draft"),
  difference: Amount("What the draft pays more; below zero where it pays less"),
};

export const Simulation = Type.Object(
  {
    partners: Type.Array(Type.Object({ partnerId: Id("The partner"), ...cost }), {
      description: "By partner and currency; the first 10,000",
    }),
    totals: Type.Array(
      Type.Object({
        ...cost,
        winners: Count("Partners who would have more"),
        losers: Count("Partners who would have less"),
      }),
      { description: "Of all partners, by currency" },
    ),
  },
  {
    $id: "PlanSimulation",
    description: "What commissions would have cost, approved by their dates alone, without the limit of the programme",
  },
);
