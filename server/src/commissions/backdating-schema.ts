import { Type } from "typebox";
import { Amount, Count, CurrencyCode, Id, Instant, InstantInput } from "../platform/http/index.ts";

const DIGEST_EXAMPLE = "9f2c1d7e0b5a4c3d8e6f7a1b2c3d4e5f60718293a4b5c6d7e8f9012345678abc";
const effectiveFrom = InstantInput("In the past: what is dated from then on is assessed under the draft");

export const BackdatingPreviewBody = Type.Object(
  { effectiveFrom },
  { additionalProperties: false, examples: [{ effectiveFrom: "2026-01-01T00:00:00Z" }] },
);

export const BackdatingBody = Type.Object(
  {
    effectiveFrom,
    digest: Type.String({
      minLength: 1,
      maxLength: 100,
      description: "Of the difference that was shown: refused where it would be another by now",
    }),
    reason: Type.String({ minLength: 1, maxLength: 2_000, description: "Why; kept in the audit trail" }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        effectiveFrom: "2026-01-01T00:00:00Z",
        digest: DIGEST_EXAMPLE,
        reason: "The new rates were promised from January",
      },
    ],
  },
);

const cost = {
  currency: CurrencyCode(),
  corrections: Count("Entries that correct what is unpaid"),
  difference: Amount("What they come to; below zero where partners lose"),
  paid: Count("Commissions that differ and stay as they are: paid, or in a payout"),
  paidDifference: Amount("What these would come to"),
};

export const Backdating = Type.Object(
  {
    planId: Id("The draft"),
    version: Count("The number that it is published under"),
    effectiveFrom: Instant("From when on it holds"),
    partners: Type.Array(Type.Object({ partnerId: Id("The partner"), ...cost }), {
      description: "By partner and currency, where anything differs; the first 10,000",
    }),
    totals: Type.Array(Type.Object({ partners: Count("Partners of whom something differs"), ...cost }), {
      description: "Of all partners, by currency",
    }),
    leftAsPaid: Type.Array(
      Type.Object({
        partnerId: Id("The partner"),
        commissionId: Id("The commission"),
        amount: Amount("What it would earn more; below zero where less"),
        currency: CurrencyCode(),
      }),
      { description: "Commissions that differ and stay as they are; the first 10,000" },
    ),
    digest: Type.String({ description: "Names this difference; whoever publishes sends it along" }),
  },
  { $id: "PlanBackdating", description: "What a plan version changes that holds from a date in the past" },
);
