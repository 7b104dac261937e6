import { Type } from "typebox";
import { Amount, Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import {
  EarningCapsDocument,
  FEATURES,
  RateRuleDocument,
  TermsOverrides,
  TIERS,
  VolumeTrueUpDocument,
} from "../programs/index.ts";
import { PARTNER_SORTS, UPGRADE_SORTS } from "./find-partners.ts";
import { INVITATION_SORTS } from "./invite-partners.ts";
import { PARTNER_STATUSES, PARTNER_TYPES } from "./partner-rules.ts";
import { TIER_CHANGE_STATUSES } from "./tier-change-repository.ts";

const Status = Type.Enum([...PARTNER_STATUSES], {
  description: "`pending` waits for approval; `suspended` earns, held; `terminated` is final",
});
const Tier = Type.Enum([...TIERS]);
const PartnerType = Type.Enum([...PARTNER_TYPES], {
  description: "What the partner is; its tier is what it is paid by",
});
const Email = Type.String({ format: "email", maxLength: 254 });
const Country = Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166 code" });
const CompanyName = Line({ minLength: 1, maxLength: 255 });
const Rate = (description: string) =>
  Type.Number({ description: `${description}, as a decimal fraction (0.25 is 25 %)` });
const Reason = Text({
  minLength: 1,
  maxLength: 1_000,
  description: "Kept with the act; partners do not see it",
});

const Settings = Type.Record(
  Type.String({ pattern: "^[a-zA-Z][a-zA-Z0-9_.]{0,63}$" }),
  Type.Union([Text({ maxLength: 1_000 }), Type.Number(), Type.Boolean()]),
  { additionalProperties: false, maxProperties: 50, description: "What the partner's own programs keep here" },
);

export const RegisterBody = Type.Object(
  {
    email: Email,
    password: Type.String({ minLength: 1, maxLength: 200, description: "Twelve characters or more, hard to guess" }),
    name: Line({ minLength: 1, maxLength: 200 }),
    partnerType: Type.Optional(PartnerType),
    companyName: Type.Optional(CompanyName),
    country: Type.Optional(Country),
    referralCode: Type.Optional(
      Type.String({
        minLength: 3,
        maxLength: 50,
        description:
          "Wished for; given once the e-mail is verified, if it is free then. Letters of either case are the same.",
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ email: "ada@example.com", password: "seven silver herons", name: "Ada", partnerType: "affiliate" }],
  },
);

export const Registration = Type.Object(
  { status: Type.Literal("verification_sent", { description: "A mail is on its way; it says how to go on" }) },
  { $id: "Registration", description: "The same whether or not the e-mail is known" },
);

const OfferedTier = Type.Object({
  partnerType: PartnerType,
  tier: Tier,
  signupBonus: Amount("Once for each qualified referral"),
  recurringRate: Rate("Of each payment"),
  recurringDuration: Nullable(Type.Integer({ description: "Months; null has no end" })),
  transactionRate: Rate("Of card and crypto volume"),
  revenueShare: Rate("Of revenue, in mode `share`"),
  mode: Type.String({ description: "`share` or `licence`" }),
  tierMultiplier: Rate("What rates are multiplied by"),
  volumeBonuses: Type.Array(Type.Object({ threshold: Type.Integer(), bonus: Rate("What it adds") })),
  holdDays: Type.Integer({ description: "Days that a commission is pending" }),
  attributionWindowDays: Type.Integer({ description: "Days that a click counts for" }),
  minimumPayout: Type.Record(Type.String(), Amount("Least payout"), { description: "By currency" }),
  setupFee: Amount("Once"),
  monthlyLicense: Amount("Each month"),
  isApprovedAtOnce: Type.Boolean({
    description: "When the e-mail is proved, where no screening holds it; otherwise a person decides",
  }),
  usualDays: Nullable(
    Type.Integer({
      description: "In which half of the last applications were approved by a person; null where there are too few",
    }),
  ),
});

export const Offer = Type.Object(
  {
    registration: Type.Enum(["open", "invited", "closed"], {
      description: "Who may register: anybody, whose e-mail is invited, or nobody",
    }),
    currency: Type.String({ description: "Of fixed amounts" }),
    tiers: Type.Array(OfferedTier, {
      description: "One for each kind of partner, as the plan in force has it; none where nobody may register",
    }),
  },
  { $id: "Offer", description: "What the programme offers to whoever thinks of becoming a partner" },
);

export const TermsView = Type.Object(
  {
    id: Id("The terms"),
    planId: Id("The plan version"),
    planVersion: Type.Integer(),
    tier: Tier,
    currency: Type.String({ description: "Of fixed amounts" }),
    timeZone: Type.String(),
    signupBonus: Amount("Once for each qualified referral"),
    recurringRate: Rate("Of each payment"),
    recurringDuration: Nullable(Type.Integer({ description: "Months; null has no end" })),
    rateRules: Type.Array(RateRuleDocument, { description: "What pays otherwise; the narrowest that fits decides" }),
    caps: EarningCapsDocument,
    transactionRate: Rate("Of card and crypto volume"),
    volumeBonuses: Type.Array(Type.Object({ threshold: Type.Integer(), bonus: Rate("What it adds") })),
    volumeBonusMode: Type.String({ description: "`multiplicative` or `points`" }),
    volumeTrueUp: Nullable(VolumeTrueUpDocument),
    revenueShare: Rate("Of revenue, in mode `share`"),
    mode: Type.String({ description: "`share` or `licence`" }),
    tierMultiplier: Rate("What rates are multiplied by"),
    qualifyingMinimum: Amount("Least first payment that qualifies"),
    holdDays: Type.Integer(),
    attributionWindowDays: Type.Integer(),
    minimumPayout: Type.Record(Type.String(), Amount("Least payout"), { description: "By currency" }),
    features: Type.Array(Type.Enum([...FEATURES])),
  },
  { $id: "Terms", description: "A tier of a plan version, with what was agreed otherwise" },
);

const Criterion = Type.Object({
  name: Type.String(),
  minimum: Nullable(Type.Integer()),
  maximum: Nullable(Type.Integer()),
  actual: Nullable(Type.Integer()),
  isMet: Nullable(Type.Boolean({ description: "Null where it is for the operator to tell" })),
});

export const TierChange = Type.Object(
  {
    id: Id("The request"),
    partnerId: Id("Who asks"),
    fromTier: Tier,
    toTier: Tier,
    status: Type.Enum([...TIER_CHANGE_STATUSES]),
    eligibility: Type.Object({ isEligible: Nullable(Type.Boolean()), criteria: Type.Array(Criterion) }),
    reason: Nullable(Type.String()),
    requestedAt: Instant("When it was asked for"),
    decidedAt: Nullable(Instant("When it was decided")),
  },
  { $id: "TierChange", description: "A request for another tier" },
);
export const TierChangePage = pageOf(TierChange);

const profileFields = {
  id: Id("The partner"),
  email: Nullable(Type.String()),
  name: Nullable(Type.String()),
  isEmailVerified: Type.Boolean(),
  partnerType: PartnerType,
  tier: Tier,
  companyName: Nullable(Type.String()),
  referralCode: Type.String(),
  commissionRate: Nullable(Type.Number({ description: "The rate of the terms in force, in per cent, for display" })),
  status: Status,
  toldReason: Nullable(Type.String({ description: "What a refused applicant is told of why" })),
  country: Nullable(Type.String()),
  settings: Type.Record(Type.String(), Type.Unknown()),
  joinedAt: Instant("When it joined"),
  approvedAt: Nullable(Instant("When it was approved")),
  suspendedAt: Nullable(Instant("Since when it is suspended")),
  terminatedAt: Nullable(Instant("When it ended")),
  createdAt: Instant("When it was entered"),
  updatedAt: Instant("Last change"),
};
const termsFields = { terms: TermsView, openUpgrade: Nullable(TierChange) };
const operatorFields = {
  externalId: Nullable(Type.String({ description: "Its name in another system" })),
  userId: Id("The person"),
  statusReason: Nullable(Type.String({ description: "Why it is in this state" })),
};

export const Profile = Type.Object(
  {
    ...profileFields,
    ...termsFields,
    timeZone: Type.String({ description: "Of the programme: its days begin there", examples: ["Europe/Berlin"] }),
    hasFees: Type.Boolean({ description: "Whether there is, or was, anything of fees or budgets with it" }),
  },
  { $id: "PartnerProfile" },
);
export const PartnerRecord = Type.Object({ ...profileFields, ...operatorFields }, { $id: "Partner" });
export const PartnerPage = pageOf(PartnerRecord);
export const PartnerDetail = Type.Object(
  {
    ...profileFields,
    ...operatorFields,
    ...termsFields,
    ownTerms: TermsOverrides,
    termsHistory: Type.Array(
      Type.Object({
        ...TermsView.properties,
        effectiveFrom: Nullable(Instant("From when on; null is the beginning of time")),
        isOwn: Type.Boolean({ description: "Agreed with this partner; otherwise it follows the plan" }),
        reason: Nullable(Type.String()),
      }),
      { description: "Newest first; of those in force the first counts" },
    ),
  },
  { $id: "PartnerDetail" },
);

export const UpdateProfileBody = Type.Object(
  {
    companyName: Type.Optional(Nullable(CompanyName)),
    country: Type.Optional(Nullable(Country)),
    settings: Type.Optional(Settings),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ companyName: "Ada Analytics Ltd", country: "GB" }] },
);

export const UpgradeBody = Type.Object({ tier: Tier }, { additionalProperties: false, examples: [{ tier: "tier2" }] });
const reasonExamples = [{ reason: "Answers no mail since January" }];
/** Of who decides by a page: two who have the same case open are told of each other. */
const seen = {
  from: Type.Optional(
    Type.Enum([...PARTNER_STATUSES], {
      description: "The state that whoever decides has seen; `partner.wrong_state` where it is another by now",
    }),
  ),
};
export const ReasonBody = Type.Object(
  { reason: Reason, ...seen },
  { additionalProperties: false, examples: reasonExamples },
);
export const RejectBody = Type.Object(
  {
    reason: Reason,
    ...seen,
    tell: Type.Optional(
      Text({
        minLength: 1,
        maxLength: 1_000,
        description: "What the applicant reads of why; nothing where it is left out",
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      { reason: "No such company", tell: "We could not find your company: give its address, and apply again." },
    ],
  },
);
export const ApplyAgainBody = Type.Object(
  { message: Text({ minLength: 1, maxLength: 1_000, description: "What has changed, for whoever decides" }) },
  { additionalProperties: false, examples: [{ message: "The company is entered under 12345 by now." }] },
);
export const OptionalReasonBody = Type.Object(
  { reason: Type.Optional(Reason), ...seen },
  { additionalProperties: false, examples: reasonExamples },
);

export const ChangeTermsBody = Type.Object(
  {
    overrides: TermsOverrides,
    isRetroactive: Type.Optional(Type.Boolean({ description: "Existing customers earn by them too, from now on" })),
    reason: Reason,
  },
  { additionalProperties: false, examples: [{ overrides: { recurringRate: 0.3 }, reason: "Agreed in March" }] },
);

export const PartnerQuery = Type.Object(
  {
    ...pageQuery(PARTNER_SORTS),
    status: Type.Optional(Status),
    tier: Type.Optional(Tier),
    type: Type.Optional(PartnerType),
    q: Type.Optional(
      Line({
        minLength: 1,
        maxLength: 200,
        description: "Part of a company's name or code, or a whole external id or e-mail",
      }),
    ),
    ids: Type.Optional(
      Type.String({
        pattern: "^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$",
        description: "Of these partners alone, parted by commas",
        examples: ["99e9ab67-6d87-7212-800c-ecfb003f5bbc"],
      }),
    ),
  },
  { additionalProperties: false },
);

export const UpgradeQuery = Type.Object(
  {
    ...pageQuery(UPGRADE_SORTS),
    status: Type.Optional(Type.Enum([...TIER_CHANGE_STATUSES])),
    partnerId: Type.Optional(Id("One partner's")),
  },
  { additionalProperties: false },
);

const INVITATIONS_MAX = 200;
export const Invitation = Type.Object(
  {
    id: Id("The invitation"),
    email: Type.String(),
    createdAt: Instant("When it was sent first"),
    hasRegistered: Type.Boolean({ description: "Whether somebody has registered with this e-mail" }),
  },
  { $id: "PartnerInvitation" },
);
export const InvitationPage = pageOf(Invitation);
export const InvitationQuery = Type.Object(pageQuery(INVITATION_SORTS), { additionalProperties: false });
export const InviteBody = Type.Object(
  { emails: Type.Array(Email, { minItems: 1, maxItems: INVITATIONS_MAX }) },
  { additionalProperties: false, examples: [{ emails: ["ada@example.com"] }] },
);
export const Invited = Type.Object(
  { invited: Type.Array(Invitation, { description: "Those that had no invitation yet" }) },
  { $id: "InvitedPartners" },
);

export const PartnerParams = Type.Object({ id: Id("The partner") });
export const UpgradeParams = Type.Object({ id: Id("The request") });
export const InvitationParams = Type.Object({ id: Id("The invitation") });
