import { Type } from "typebox";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import {
  Amount,
  CurrencyCode,
  Id,
  Instant,
  InstantInput,
  Line,
  Nullable,
  pageOf,
  pageQuery,
  Text,
} from "../platform/http/index.ts";
import { LEAD_SORTS } from "./find-leads.ts";
import { LEAD_STAGES, LEAD_STATUSES } from "./lead-rules.ts";

const NOTE_MAX = 5_000;

const Status = Type.Enum([...LEAD_STATUSES], {
  description:
    "`submitted`: free, held while the operator looks at it; `conflict`: another's deal or a customer, not held; `accepted`, `contacted`, `qualified`, `proposal`: protected until `endsAt`; `won`, `lost`, `declined`, `expired`: how it ended",
});
const TieWord = Type.Enum(["own", "elsewhere"], {
  description: "A customer of the deal has come: through its partner, or otherwise",
});
const Company = { description: "What the company is called", examples: ["Acme Widgets Ltd"] };

const leadFields = {
  id: Id("The lead"),
  partnerId: Id("Whose it is"),
  company: Type.String(Company),
  domain: Nullable(Type.String({ description: "The company's, without www", examples: ["acme.example"] })),
  contactName: Nullable(Type.String({ description: "Who is talked to", examples: ["Grace Hopper"] })),
  contactEmail: Nullable(
    Type.String({
      description: "Their address; null once they have asked to be forgotten",
      examples: ["grace@acme.example"],
    }),
  ),
  expectedValue: Nullable(Amount("What the partner expects the deal to be worth")),
  currency: Nullable(CurrencyCode()),
  status: Status,
  endsAt: Nullable(
    Instant(
      "When it ends by itself: the protection of a deal that is held, the wait of a conflict; null for what is over",
    ),
  ),
  renewals: Type.Integer({ description: "How often its partner has renewed it" }),
  tie: Nullable(TieWord),
  referralId: Nullable(Id("The referral of that customer; to a partner only its own")),
  tiedAt: Nullable(Instant("When that customer came")),
  registeredAt: Instant("When it was registered"),
  decidedAt: Nullable(Instant("When it was accepted or declined")),
  updatedAt: Instant("When something of it last changed that the partner sees"),
  closedAt: Nullable(Instant("When it was lost, declined or expired")),
};
const conflict = Nullable(
  Type.Object(
    {
      kind: Type.Enum(["email", "domain", "company", "customer"], { description: "By what it met the other" }),
      leadId: Nullable(Id("The lead that held the deal; null where it is a customer's")),
    },
    { description: "What stood against it when it was registered" },
  ),
);

const entryFields = {
  id: Id("The entry"),
  kind: Type.Enum(["note", "status", "renewal", "tie"], {
    description:
      "`status`: it was moved; `renewal`: its protection was prolonged; `tie`: a customer of the deal has come",
  }),
  status: Nullable(Status),
  body: Nullable(Type.String({ description: "The note, or the reason", examples: ["They decide in May."] })),
  author: Type.Enum(["partner", "operator", "program"], { description: "Which side did it" }),
  at: Instant("When"),
};
const operatorEntryFields = {
  ...entryFields,
  authorId: Nullable(Id("The person or API key")),
  isInternal: Type.Boolean({ description: "A note of the team, which no partner sees" }),
};

export const Lead = Type.Object(leadFields, { $id: "Lead", description: "A deal that a partner has registered" });
export const OperatorLead = Type.Object({ ...leadFields, conflict }, { $id: "OperatorLead" });
export const LeadPage = pageOf(Lead);
export const OperatorLeadPage = pageOf(OperatorLead);
export const LeadNote = Type.Object(entryFields, { $id: "LeadEntry" });
export const OperatorLeadNote = Type.Object(operatorEntryFields, { $id: "OperatorLeadEntry" });
const entries = { description: "The latest 500, oldest first" };
export const LeadDetail = Type.Object(
  { ...leadFields, entries: Type.Array(Type.Object(entryFields), entries) },
  { $id: "LeadDetail" },
);
export const OperatorLeadDetail = Type.Object(
  { ...leadFields, conflict, entries: Type.Array(Type.Object(operatorEntryFields), entries) },
  { $id: "OperatorLeadDetail" },
);
export const RegisteredLead = Type.Object(
  {
    outcome: Type.Enum(["free", "conflict", "yours"], {
      description:
        "`free`: held for you; `conflict`: another's deal or a customer, which of them is not told; `yours`: it was yours already",
    }),
    lead: Nullable(Lead),
  },
  { $id: "RegisteredLead", description: "What became of a registration; no lead where the customer is yours already" },
);

const filters = {
  status: Type.Optional(Status),
  tie: Type.Optional(TieWord),
  q: Type.Optional(
    Line({ minLength: 1, maxLength: 100, description: "Part of a company's name, or a whole domain or e-mail" }),
  ),
  endsBefore: Type.Optional(InstantInput("What ends by itself before")),
};
const partnerId = Type.Optional(Id("One partner's"));
export const LeadQuery = Type.Object({ ...pageQuery(LEAD_SORTS), ...filters }, { additionalProperties: false });
export const OperatorLeadQuery = Type.Object(
  { ...pageQuery(LEAD_SORTS), ...filters, partnerId },
  { additionalProperties: false },
);
const { limit: _, cursor: __, ...order } = pageQuery(LEAD_SORTS);
export const LeadFileQuery = Type.Object({ ...order, ...filters }, { additionalProperties: false });
export const OperatorLeadFileQuery = Type.Object({ ...order, ...filters, partnerId }, { additionalProperties: false });
export const LeadParams = Type.Object({ id: Id("The lead") });

const ExpectedValue = Type.Integer({
  minimum: 0,
  maximum: Number(AMOUNT_MAX_MINOR),
  description: "What the deal is expected to be worth, in minor units of `currency`",
  examples: [1_200_000],
});
const value = { expectedValue: Type.Optional(ExpectedValue), currency: Type.Optional(CurrencyCode()) };
const Reason = (description: string) => Text({ minLength: 1, maxLength: NOTE_MAX, description });

export const RegisterLeadBody = Type.Object(
  {
    company: Line({ minLength: 1, maxLength: 200, ...Company }),
    domain: Type.Optional(
      Line({
        minLength: 1,
        maxLength: 255,
        description: "The company's; taken from the contact's address when not given",
      }),
    ),
    contactName: Type.Optional(Line({ minLength: 1, maxLength: 200, description: "Who is talked to" })),
    contactEmail: Type.String({ format: "email", maxLength: 254, description: "Their address" }),
    ...value,
    note: Type.Optional(Reason("What the operator should know")),
  },
  {
    additionalProperties: false,
    examples: [
      {
        company: "Acme Widgets Ltd",
        domain: "acme.example",
        contactName: "Grace Hopper",
        contactEmail: "grace@acme.example",
        expectedValue: 1_200_000,
        currency: "USD",
      },
    ],
  },
);
export const ChangeLeadBody = Type.Object(
  {
    status: Type.Optional(Type.Enum([...LEAD_STAGES], { description: "How far it is; a lost deal is let go" })),
    reason: Type.Optional(Reason("Why it is lost; what else is to be said")),
    contactName: Type.Optional(Nullable(Line({ minLength: 1, maxLength: 200, description: "Who is talked to" }))),
    ...value,
  },
  { additionalProperties: false, minProperties: 1, examples: [{ status: "proposal", reason: "They decide in May." }] },
);
export const LeadNoteBody = Type.Object(
  { body: Reason("Plain text") },
  { additionalProperties: false, examples: [{ body: "They decide in May." }] },
);
export const OperatorLeadNoteBody = Type.Object(
  {
    body: Reason("Plain text"),
    isInternal: Type.Optional(Type.Boolean({ description: "The partner never sees it; so when not given" })),
  },
  { additionalProperties: false, examples: [{ body: "Asked sales about it.", isInternal: true }] },
);
export const RenewLeadBody = Type.Object(
  { note: Type.Optional(Reason("What has happened since")) },
  { additionalProperties: false, examples: [{ note: "The trial goes on." }] },
);
export const AcceptLeadBody = Type.Object(
  { note: Type.Optional(Reason("The partner reads it")) },
  { additionalProperties: false, examples: [{ note: "Good luck." }] },
);
export const DeclineLeadBody = Type.Object(
  { reason: Reason("The partner reads it") },
  { additionalProperties: false, examples: [{ reason: "We talk to them ourselves since January." }] },
);

const settingFields = {
  protectionDays: Type.Integer({
    minimum: 1,
    maximum: 730,
    description: "Days of 24 hours for which an accepted deal is held, and by which a renewal prolongs that",
  }),
  renewalsMax: Type.Integer({ minimum: 0, maximum: 10, description: "How often a partner may renew" }),
  reminderDays: Type.Integer({ minimum: 0, maximum: 60, description: "Reminds so many days before the end; 0: never" }),
  acceptsAtOnce: Type.Boolean({ description: "A free deal is accepted when it is registered" }),
};
export const LeadSettings = Type.Object(settingFields, { $id: "LeadSettings" });
export const LeadSettingsBody = Type.Partial(Type.Object(settingFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ protectionDays: 120, renewalsMax: 2 }],
});
export const LeadRules = Type.Object(
  {
    protectionDays: settingFields.protectionDays,
    renewalsMax: settingFields.renewalsMax,
    isIncluded: Type.Boolean({ description: "Whether your terms include registering deals" }),
  },
  { $id: "LeadRules", description: "For how long and how often a deal is protected" },
);
