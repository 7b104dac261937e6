import { Type } from "typebox";
import { Amount, CurrencyCode, Id, Instant, Nullable } from "../platform/http/index.ts";

/** What events tell of what partners and the operator both see; `event-schemas.ts` has money, people and cases. */

const toOperator = (description: string) => `${description}. The operator alone is told`;

export const TransactionData = Type.Object({
  id: Id("The transaction"),
  externalId: Type.Optional(
    Type.String({ description: toOperator("The billing system's name for it"), examples: ["in_1042"] }),
  ),
  kind: Type.Enum(["payment", "card", "refund", "chargeback", "chargeback_won"]),
  customerId: Id("The customer"),
  partnerId: Nullable(Id("Who earns on it; null where the customer is nobody's")),
  referralId: Nullable(Id("The customer's referral")),
  number: Type.Optional(
    Nullable(
      Type.Integer({ description: toOperator("Its place in the partner's recorded sequence"), examples: [1042] }),
    ),
  ),
  amount: Amount("Gross amount"),
  currency: CurrencyCode(),
  tax: Amount("Tax contained in the amount"),
  revenue: Type.Optional(Amount(toOperator("The operator's own revenue from a card event"))),
  product: Nullable(Type.String({ description: "What was sold", examples: ["checkout"] })),
  planCode: Nullable(Type.String({ description: "The plan that was paid for", examples: ["pro"] })),
  country: Nullable(Type.String({ description: "Where the customer is" })),
  occurredAt: Instant("When it happened"),
  originalId: Nullable(Id("What it reverses")),
  originalExternalId: Type.Optional(
    Nullable(
      Type.String({ description: toOperator("The billing system's name for what it reverses"), examples: ["in_1041"] }),
    ),
  ),
});
/** What of it is the operator's alone. */
export const TRANSACTION_OPERATOR_FIELDS = ["externalId", "number", "revenue", "originalExternalId"] as const;

/** It names no e-mail. */
export const MemberData = Type.Object({
  id: Id("The member of the team"),
  partnerId: Id("Whose team it is"),
  role: Type.Enum(["manager", "finance", "viewer"]),
  status: Type.Enum(["invited", "joined", "removed"]),
});

/** Never its secret. */
export const KeyData = Type.Object({
  id: Id("The key"),
  partnerId: Nullable(Id("Whose it is; null for the operator's")),
  name: Type.String({ description: "What it is called", examples: ["Billing"] }),
  mode: Type.Enum(["live", "test"]),
  scopes: Type.Array(Type.String(), { description: "What it may do", examples: [["own:profile:read"]] }),
  status: Type.Enum(["active", "revoked"]),
  expiresAt: Nullable(Instant("When it ends by itself")),
});

export const CoBrandingData = Type.Object({
  partnerId: Id("Whose it is"),
  colour: Type.String({ description: "Its colour", examples: ["#1d4ed8"] }),
  logoId: Id("The file of its logo"),
});

const Words = (description: string, examples: string[]) => Nullable(Type.String({ description, examples }));
export const LandingPageData = Type.Object({
  linkId: Id("The link that it stands in front of"),
  partnerId: Id("Whose it is"),
  title: Words("Its heading; null where there is no page any more", ["Ada recommends Fernbill"]),
  text: Words("What it says", ["Try it for a month."]),
  button: Words("What stands on its button", ["Try it"]),
});

export const UsageData = Type.Object({
  partnerId: Id("Who is charged"),
  reference: Type.String({ description: "What it is for: told twice it is charged once", examples: ["Gold card"] }),
  quantity: Type.Integer({ description: "How many card products", examples: [1] }),
});

export const TaxDeliveryData = Type.Object({
  partnerId: Id("Whose tax documents"),
  isElectronic: Type.Boolean({ description: "Whether they come electronically; otherwise on paper" }),
});

export const PartnerUserData = Type.Object({
  id: Id("The user"),
  partnerId: Id("Who has made it"),
  externalId: Type.String({ description: "The partner's name for it", examples: ["user_77"] }),
  referralId: Id("Its referral"),
  status: Type.Enum(["active", "suspended", "closed"]),
});

export const Limits = Type.Object(
  {
    perAuthorization: Nullable(Amount("Of one purchase")),
    daily: Nullable(Amount("Of a day")),
    monthly: Nullable(Amount("Of a month")),
  },
  { description: "Null: no limit" },
);

export const CardProductData = Type.Object({
  id: Id("The card product"),
  partnerId: Id("Whose it is"),
  programId: Id("The card programme that it is in"),
  name: Type.String({ description: "What it is called", examples: ["Gold"] }),
  currency: CurrencyCode(),
  status: Type.Enum(["requested", "active", "refused", "closed"]),
  limits: Limits,
});

export const CardProgramData = Type.Object({
  id: Id("The card programme"),
  partnerId: Nullable(Id("The partner whose own it is; null where any partner may have products in it")),
  name: Type.String({ description: "What it is called", examples: ["Cards"] }),
  currency: CurrencyCode(),
  status: Type.Enum(["connecting", "active", "disabled", "refused"]),
});

export const ExportScheduleData = Type.Object({
  id: Id("The schedule"),
  partnerId: Nullable(Id("Whose it is; null of the programme's")),
  report: Type.String({ description: "What is exported", examples: ["commissions"] }),
  format: Type.String({ description: "As what", examples: ["csv"] }),
  rhythm: Type.String({ description: "How often", examples: ["monthly"] }),
  delivery: Type.String({ description: "Where to", examples: ["mail"] }),
  isEnded: Type.Boolean({ description: "Nothing is sent any more", examples: [false] }),
});
