import { type Static, Type } from "typebox";
import { EXTERNAL_ID_PATTERN } from "../kernel/external-id.ts";
import { Count, Id, Instant, InstantInput, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { TOUCH_OUTCOMES } from "./attribution-rules.ts";
import { DeviceId } from "./click-schema.ts";
import { SubIdsView } from "./link-schema.ts";
import { REFERRAL_SOURCES, REFERRAL_STATUSES } from "./referral.ts";

const ExternalId = Type.String({
  pattern: EXTERNAL_ID_PATTERN,
  description: "Your name for the customer",
  examples: ["user_77"],
});
const Email = Type.String({ format: "email", maxLength: 254, description: "The customer's address" });
const Reason = (description: string) => Type.String({ minLength: 1, maxLength: 500, pattern: "\\S", description });

const customer = {
  externalId: ExternalId,
  email: Type.Optional(Email),
  emailVerified: Type.Optional(Type.Boolean({ description: "You have seen the customer read mail at this address" })),
};

/** A sign-up or a conversion: the customer, and at least one thing that ties it to a partner (a conversion may rest on its sign-up). */
export const ClaimBody = Type.Object(
  {
    ...customer,
    clickId: Type.Optional(Id("`tid` of the visit")),
    couponCode: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: "The coupon that was used" })),
    referralCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: "Stands for the latest click on that link by the same `deviceId`",
      }),
    ),
    deviceId: Type.Optional(DeviceId),
    ip: Type.Optional(
      Type.Union([Type.String({ format: "ipv4" }), Type.String({ format: "ipv6" })], {
        description: "The visitor's address; only its network is kept",
      }),
    ),
    paymentAccount: Type.Optional(
      Line({
        minLength: 4,
        maxLength: 100,
        description:
          "What the customer pays with: an IBAN, or your billing system's fingerprint of it; only a keyed hash is kept",
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        externalId: "user_77",
        email: "grace@example.com",
        emailVerified: true,
        clickId: "0190f1a2-8d40-7e33-9c1b-52c7be7d1a90",
        ip: "203.0.113.7",
      },
      { externalId: "user_78", couponCode: "ADA20" },
    ],
  },
);

export const VerifyBody = Type.Object(
  { externalId: ExternalId, email: Type.Optional(Email) },
  { additionalProperties: false, examples: [{ externalId: "user_77", email: "grace@example.com" }] },
);

export const RejectBody = Type.Object(
  {
    reason: Reason("Why. The partner reads it"),
    takesBackApproved: Type.Optional(
      Type.Boolean({ default: false, description: "Also take back what is approved or paid" }),
    ),
  },
  { additionalProperties: false, examples: [{ reason: "The same person under another name" }] },
);

export const AssignBody = Type.Object(
  { ...customer, partnerId: Id("Whose the customer is to be"), reason: Reason("Why. Kept in the audit trail") },
  {
    additionalProperties: false,
    examples: [
      {
        externalId: "user_77",
        partnerId: "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
        reason: "The partner introduced them by telephone",
      },
    ],
  },
);

export const ReattributeBody = Type.Object(
  {
    partner: Type.String({
      minLength: 2,
      maxLength: 50,
      description: "Whose the customer is to be: the id or a referral code of a partner",
      examples: ["ada"],
    }),
    reason: Reason("Why. Kept in the audit trail; the partner who had the customer reads it"),
  },
  {
    additionalProperties: false,
    examples: [{ partner: "ada", reason: "The click came from a forged link; Ada's newsletter brought the customer" }],
  },
);

const Status = Type.Enum([...REFERRAL_STATUSES], {
  description:
    "`pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more.",
});
const Source = Type.Enum([...REFERRAL_SOURCES], { description: "What tied the customer to the partner" });

const common = {
  id: Id("Of the referral"),
  status: Status,
  source: Source,
  referralCode: Type.String({ description: "The code of the link or coupon that it came through" }),
  createdAt: Instant("When the customer signed up, or was converted without a sign-up"),
  convertedAt: Nullable(Instant("When the attribution was fixed")),
  qualifiedAt: Nullable(Instant("Of the payment that qualified it")),
  rejectedAt: Nullable(Instant("When it was rejected")),
  rejectionReason: Nullable(Type.String()),
  verificationRequired: Type.Boolean({ description: "Its bonus waits for the customer's verified e-mail" }),
  verifiedAt: Nullable(Instant("When the e-mail was verified")),
  reattributedAt: Nullable(Instant("When the customer went to another partner; the referral is `rejected` since")),
};

export const PartnerReferral = Type.Object(
  {
    ...common,
    customer: Nullable(Type.String({ description: "The customer's address, masked", examples: ["a…@e….com"] })),
  },
  { title: "PartnerReferral" },
);
export type PartnerReferral = Static<typeof PartnerReferral>;

export const PartnerReferralDetail = Type.Object({
  ...PartnerReferral.properties,
  click: Nullable(
    Type.Object({
      id: Id("Of the click"),
      clickedAt: Instant("When it was"),
      campaign: Nullable(Type.String()),
      subIds: SubIdsView,
    }),
  ),
});
export type PartnerReferralDetail = Static<typeof PartnerReferralDetail>;

export const OperatorReferral = Type.Object(
  {
    ...common,
    externalId: Nullable(Type.String({ description: "Your name for the customer" })),
    customerId: Nullable(Id("Of the customer")),
    partnerId: Id("Whose the customer is"),
    clickId: Nullable(Id("Of the click that decided")),
    couponId: Nullable(Id("Of the coupon that decided")),
    linkId: Nullable(Id("Of the link that was clicked")),
    termsId: Nullable(Id("Of the terms that hold for this customer")),
    reattributedFrom: Nullable(Id("Of the referral that this one took the place of")),
  },
  { title: "OperatorReferral" },
);
export type OperatorReferral = Static<typeof OperatorReferral>;

const filters = {
  ...pageQuery(["createdAt", "-createdAt"]),
  status: Type.Optional(Status),
  source: Type.Optional(Source),
  createdFrom: Type.Optional(InstantInput("At or after")),
  createdBefore: Type.Optional(InstantInput("Before")),
};
export const PartnerReferralQuery = Type.Object(filters, { additionalProperties: false });
export type PartnerReferralQuery = Static<typeof PartnerReferralQuery>;
export const PartnerReferralPage = pageOf(PartnerReferral);

export const OperatorReferralQuery = Type.Object(
  {
    ...filters,
    partnerId: Type.Optional(Id("Of a partner")),
    externalId: Type.Optional(Type.String({ maxLength: 255, description: "Of a customer" })),
  },
  { additionalProperties: false },
);
export type OperatorReferralQuery = Static<typeof OperatorReferralQuery>;
export const OperatorReferralPage = pageOf(OperatorReferral);

export const ReferralParams = Type.Object({ id: Id("Of the referral") });

export const StatsQuery = Type.Object(
  { from: InstantInput("At or after"), to: InstantInput("Before; a year later at most") },
  { additionalProperties: false },
);
export const ReferralStats = Type.Object({
  from: Instant("At or after"),
  to: Instant("Before"),
  clicks: Count("Clicks"),
  uniqueClicks: Count("Clicks that were not repeated within an hour"),
  signups: Count("Customers who signed up, or were converted without a sign-up"),
  conversions: Count("Customers tied to the partner"),
  qualified: Count("Customers whose qualifying payment was in the period"),
  rejected: Count("Referrals rejected"),
});
export type ReferralStats = Static<typeof ReferralStats>;

export const ExplainQuery = Type.Object(
  {
    clickId: Type.Optional(Id("Of a click")),
    customer: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "External id of a customer" })),
    transaction: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, description: "External id of a transaction" }),
    ),
  },
  { additionalProperties: false, description: "Exactly one of them" },
);

export const Explanation = Type.Object({
  subject: Type.Object({
    kind: Type.Enum(["click", "customer", "transaction"]),
    id: Type.String({ examples: ["0190f1a2-8d40-7e33-9c1b-52c7be7d1a90"] }),
  }),
  customer: Nullable(Type.Object({ id: Id("Of the customer"), externalId: Nullable(Type.String()) })),
  referral: Nullable(OperatorReferral),
  model: Nullable(Type.Enum(["last", "first"], { description: "How the programme chose among clicks" })),
  rule: Nullable(
    Type.String({ description: "What decided: the kind of the touch that was chosen, `import` or `reattribution`" }),
  ),
  touches: Type.Array(
    Type.Object({
      kind: Type.String({ examples: ["click"] }),
      id: Type.String({
        description: "Of the click, coupon or referral",
        examples: ["0190f1a2-8d40-7e33-9c1b-52c7be7d1a90"],
      }),
      at: Instant("When it was"),
      partnerId: Id("Whose it was"),
      outcome: Nullable(Type.Enum([...TOUCH_OUTCOMES], { description: "Null before a conversion has decided" })),
    }),
    { description: "Every touch that the server saw" },
  ),
  former: Type.Array(OperatorReferral, {
    description: "What the customer was before it was re-attributed, the first referral first",
    examples: [[]],
  }),
  missing: Type.Array(Type.String(), {
    description: "What would have to happen for more to be earned, or known",
    examples: [[]],
  }),
  transaction: Nullable(Type.Unknown({ description: "What became of the transaction" })),
});
export type Explanation = Static<typeof Explanation>;
