import { Type } from "typebox";
import { Amount, Count, CurrencyCode, Id, Instant, Nullable } from "../platform/http/index.ts";
import { TIERS } from "../programs/index.ts";

/** What events tell of what the operator alone sees: its team, its settings, what it has set up. Nothing in them says who a person is. */

export const UserData = Type.Object({
  id: Id("The person"),
  role: Type.Enum(["admin", "finance", "support", "partner"]),
  status: Type.Enum(["active", "disabled"]),
});

export const InvitationData = Type.Object({
  id: Id("The invitation to register"),
  status: Type.Enum(["sent", "withdrawn", "accepted"]),
});

export const SignInSettingsData = Type.Object({
  requiredRoles: Type.Array(Type.String(), { description: "Who must have a second factor", examples: [["admin"]] }),
  graceDays: Type.Integer({ description: "So long whoever has none may do without", examples: [7] }),
});

export const FeatureData = Type.Object({
  key: Type.String({ description: "The feature", examples: ["partner-program"] }),
  isEnabled: Type.Boolean({ description: "Whether it is on" }),
});

export const PartnerNoteData = Type.Object({
  partnerId: Id("Whom it is about"),
  noteId: Id("The note; what it says stays with the team"),
});

export const TierReviewData = Type.Object({
  id: Id("The review"),
  partnerId: Id("Whom it is about"),
  tier: Type.Enum([...TIERS], { description: "The tier that it was counted for" }),
  minimum: Type.Integer({ description: "Qualified referrals that the tier asks for", examples: [10] }),
  days: Type.Integer({ description: "In so many days", examples: [365] }),
  counted: Type.Integer({ description: "Those that there were when it was last counted", examples: [9] }),
  status: Type.Enum(["open", "met", "moot", "kept", "moved"]),
  toTier: Nullable(Type.Enum([...TIERS], { description: "Where a person has decided: the partner's tier since then" })),
});

export const SpendLimitData = Type.Object({
  currency: CurrencyCode(),
  monthly: Nullable(Amount("What may be earned in a month; null: no limit")),
});

export const DisputeSettingsData = Type.Object({
  answerDays: Type.Integer({ description: "The team has to decide within", examples: [5] }),
  partnerDays: Type.Integer({ description: "The partner has to answer within", examples: [10] }),
  reminderDays: Type.Integer({ description: "So long before that whoever is to act is reminded", examples: [2] }),
});

export const SettlementData = Type.Object({
  id: Id("What a person has said became of a payout"),
  payoutId: Id("The payout"),
  outcome: Type.String({ description: "What became of it", examples: ["paid"] }),
  status: Type.Enum(["waiting", "done", "refused", "replaced"], {
    description: "`waiting`: a second person has to say the same",
  }),
});

export const BankFileData = Type.Object({
  payoutIds: Type.Array(Id("A payout"), { description: "What the file hands out to be paid by hand" }),
});

export const TaxSettingsData = Type.Object({
  payoutsWait: Type.String({ description: "Which payouts wait for a tax form", examples: ["never"] }),
  withholdsWithoutForm: Type.Boolean({ description: "Whether tax is kept back where there is no form" }),
  timeZone: Nullable(Type.String({ description: "In which tax years are counted; null: the programme's" })),
  methodsReportedElsewhere: Type.Array(Type.String(), {
    description: "Payout methods whose provider reports by itself",
    examples: [["stripe_connect"]],
  }),
});

const Year = Type.Integer({ description: "The tax year", examples: [2026] });
export const TaxFiguresData = Type.Object({
  year: Year,
  threshold: Amount("From which on payments are reported, in US cents"),
  withholdingRate: Type.Number({ description: "What is kept back, a decimal fraction", examples: [0.24] }),
  rates: Type.Array(
    Type.Object({
      currency: CurrencyCode(),
      unitsPerDollar: Type.Number({ description: "Average of the year", examples: [0.92] }),
    }),
  ),
});
export const TaxYearData = Type.Object({
  year: Year,
  run: Count("How often it was corrected"),
  returns: Count("Returns that were frozen"),
});

export const ScreeningSettingsData = Type.Object({
  isEnabled: Type.Boolean({ description: "Whether partners are compared with sanctions lists" }),
  listMaxAgeDays: Type.Integer({ description: "So old a list may be", examples: [7] }),
  alertAt: Type.Number({ description: "How alike names must be", examples: [0.9] }),
  blockedCountries: Type.Array(Type.String(), { description: "Nobody is paid there", examples: [["KP"]] }),
});

export const ErasureData = Type.Object({
  id: Id("The wish to be forgotten"),
  userId: Id("The person"),
  role: Type.Enum(["admin", "finance", "support", "partner", "customer"]),
  origin: Type.Enum(["person", "operator"]),
  status: Type.Enum(["asked", "deferred", "refused", "withdrawn", "done"]),
  askedAt: Instant("When it was asked for"),
  dueAt: Instant("By when the person must know what became of it"),
});

export const LegalHoldData = Type.Object({
  id: Id("The legal hold"),
  userId: Id("Whose data is kept"),
  placedAt: Instant("Since when"),
  liftedAt: Nullable(Instant("Until when")),
});

/** Never its secret. */
export const SourceData = Type.Object({
  id: Id("The billing system"),
  kind: Type.Enum(["stripe", "generic"]),
  name: Type.String({ description: "What it is called", examples: ["Stripe"] }),
  isEnabled: Type.Boolean({ description: "Whether it is listened to" }),
  hasSecret: Type.Boolean({ description: "Whether its signing secret is known" }),
  previousSecretUntil: Nullable(Instant("Until then the secret before is good as well")),
});

export const LeadSettingsData = Type.Object({
  protectionDays: Type.Integer({ description: "So long a deal is protected", examples: [90] }),
  renewalsMax: Type.Integer({ description: "So often its partner may renew it", examples: [1] }),
  reminderDays: Type.Integer({ description: "So long before the end the partner is reminded", examples: [14] }),
  acceptsAtOnce: Type.Boolean({ description: "Whether deals without a conflict are accepted by themselves" }),
});

export const BrandingData = Type.Object({
  version: Type.Integer({ description: "Its number", examples: [2] }),
  name: Type.String({ description: "What the programme is called", examples: ["Fernbill Partners"] }),
  accent: Type.String({ description: "Its colour", examples: ["#1d4ed8"] }),
  radius: Type.Integer({ description: "Of buttons and fields, in pixels", examples: [6] }),
  font: Type.String({ examples: ["inter"] }),
  welcome: Nullable(Type.String({ description: "Shown where people sign in", examples: ["Good to see you"] })),
  links: Type.Record(Type.String(), Nullable(Type.String()), {
    description: "Where terms, privacy, imprint and help are",
    examples: [{ terms: "https://app.example.com/terms", privacy: null, imprint: null, help: null }],
  }),
  mail: Type.Record(Type.String(), Type.String(), {
    description: "Colours of mails",
    examples: [{ ground: "#ffffff", text: "#111111", button: "#1d4ed8", buttonText: "#ffffff" }],
  }),
  imageIds: Type.Record(Type.String(), Nullable(Type.String()), {
    description: "The files of its marks",
    examples: [{ logo: null, logoDark: null, favicon: null }],
  }),
  restores: Nullable(Type.Integer({ description: "The earlier look that it brings back" })),
});

/** Never the token that its record has to show. */
export const DomainData = Type.Object({
  id: Id("The domain"),
  domain: Type.String({ description: "Its name", examples: ["partners.example.com"] }),
  state: Type.Enum(["pending", "active", "failing", "broken", "lapsed", "removed"]),
});

export const MaterialData = Type.Object({
  id: Id("The material"),
  kind: Type.Enum(["banner", "text", "file"]),
  title: Type.String({ description: "What it is called", examples: ["Spring banner"] }),
  description: Nullable(Type.String({ description: "What is said of it", examples: ["For the spring campaign"] })),
  tiers: Nullable(Type.Array(Type.String(), { description: "Whose partners see it", examples: [["tier1"]] })),
  destinationUrl: Nullable(Type.String({ description: "Where it leads instead of where the link does" })),
  status: Type.Enum(["active", "archived"]),
  version: Type.Integer({ description: "Of what it holds", examples: [2] }),
});

export const NoticeTemplateData = Type.Object({
  name: Type.String({ description: "Which mail", examples: ["payout_completed"] }),
  language: Type.String({ description: "Of whoever gets the mail so", examples: ["en"] }),
  version: Type.Integer({ description: "Its number", examples: [2] }),
  isDefault: Type.Boolean({ description: "Whether it says what the program brings along", examples: [false] }),
  subject: Type.String({ examples: ["You were paid"] }),
  text: Type.String({ examples: ["{{amount}} are on their way."] }),
});

export const TestTwinData = Type.Object({ isThere: Type.Boolean({ description: "Whether there is one" }) });
export const TestClockData = Type.Object({ movingTo: Instant("Where the clock is moved, day by day") });
