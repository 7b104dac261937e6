import { Type } from "typebox";
import { Count, Id, Instant, InstantInput, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { AGREEMENT_FORMATS } from "./agreement-file.ts";
import { ACCEPTANCE_SORTS, AGREEMENT_SORTS, OWN_AGREEMENT_SORTS } from "./find-agreements.ts";

const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
// Some thirty pages.
const BODY_MAX = 90_000;
const BODY_EXAMPLE = "## 1. What partners do\n\nPartners tell people of the product.";
const HASH_EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const Hash = (description: string) => Type.String({ pattern: "^[0-9a-f]{64}$", description, examples: [HASH_EXAMPLE] });
const tiers = Type.Array(Type.Enum([...TIERS]), {
  minItems: 1,
  maxItems: TIERS.length,
  description: "Whose partners it is for",
});

const textFields = {
  title: Type.String({ examples: ["Partner agreement"] }),
  body: Type.String({ description: "Markdown", examples: [BODY_EXAMPLE] }),
  textHash: Hash("SHA-256 of the title, a line break and the text"),
};
const versionFields = {
  id: Id("The version"),
  agreementId: Id("The agreement"),
  number: Nullable(Type.Integer({ description: "From 1 on; null of a draft" })),
  status: Type.Enum(["draft", "published"]),
  ...textFields,
  blocksPayouts: Type.Boolean({ description: "Who has not accepted it after the grace is not paid" }),
  blocksApproval: Type.Boolean({ description: "Who has not accepted it is not approved" }),
  graceDays: Type.Integer({ description: "Days after its first day, or after joining, in which nothing is blocked" }),
  effectiveFrom: Nullable(Instant("Its first day")),
  createdAt: Instant("When it was drafted"),
  updatedAt: Instant("When it was last changed"),
  publishedAt: Nullable(Instant("When it was published")),
};
export const AgreementVersion = Type.Object(versionFields, { $id: "AgreementVersion" });
const agreementFields = {
  id: Id("The agreement"),
  name: Type.String({ examples: ["Partner agreement"] }),
  tiers: Type.Array(Type.Enum([...TIERS])),
  createdAt: Instant("When it was made"),
  versions: Type.Array(
    Type.Object({
      ...versionFields,
      isInForce: Type.Boolean(),
      accepted: Count("Partners that have accepted it"),
    }),
    { description: "The newest first, a draft before all" },
  ),
};
export const Agreement = Type.Object(agreementFields, { $id: "Agreement" });
export const AgreementPage = pageOf(Agreement);
export const AgreementQuery = Type.Object(pageQuery(AGREEMENT_SORTS), { additionalProperties: false });
export const AgreementParams = Type.Object({ id: Id("The agreement") });
export const VersionParams = Type.Object({ id: Id("The version") });

const draft = {
  title: Line({ minLength: 1, maxLength: 200, description: "As its heading" }),
  body: Text({ minLength: 1, maxLength: BODY_MAX, description: "Markdown" }),
  blocksPayouts: Type.Boolean({ description: "Whether who has not accepted it after the grace is not paid" }),
  blocksApproval: Type.Boolean({ description: "Whether who has not accepted it is not approved" }),
  graceDays: Type.Integer({ minimum: 0, maximum: 365, description: "Days in which nothing is blocked" }),
};
const example = {
  title: "Partner agreement",
  body: BODY_EXAMPLE,
  blocksPayouts: true,
  blocksApproval: true,
  graceDays: 30,
};
const readHash = Hash("`textHash` of the draft as it was read");
export const CreateAgreementBody = Type.Object(
  { name: Line({ minLength: 1, maxLength: 100, description: "What your team calls it" }), tiers, ...draft },
  { additionalProperties: false, examples: [{ name: "Partner agreement", tiers: ["tier1", "tier2"], ...example }] },
);
export const DraftBody = Type.Object(draft, { additionalProperties: false, examples: [example] });
export const EditDraftBody = Type.Object(
  { readHash, ...draft },
  { additionalProperties: false, examples: [{ readHash: HASH_EXAMPLE, ...example }] },
);
export const PublishVersionBody = Type.Object(
  { readHash, effectiveFrom: Type.Optional(InstantInput("Its first day; at once when not given")) },
  { additionalProperties: false, examples: [{ readHash: HASH_EXAMPLE, effectiveFrom: "2026-06-01T00:00:00Z" }] },
);

export const AgreementAcceptance = Type.Object(
  {
    id: Id("The acceptance"),
    versionId: Id("Of what"),
    partnerId: Id("For whom"),
    userId: Id("By whom"),
    userName: Nullable(Type.String()),
    email: Nullable(Type.String()),
    textHash: Hash("Of what the person accepted"),
    acceptedAt: Instant("When"),
    ip: Nullable(Type.String({ description: "The address it came from" })),
  },
  { $id: "AgreementAcceptance" },
);
export const AcceptancePage = pageOf(AgreementAcceptance);
export const AcceptanceQuery = Type.Object(pageQuery(ACCEPTANCE_SORTS), { additionalProperties: false });

const format = Type.Optional(Type.Enum([...AGREEMENT_FORMATS], { description: "`pdf` when not given" }));
export const OwnFileQuery = Type.Object({ format }, { additionalProperties: false });
export const AgreementFileQuery = Type.Object(
  { format, partnerId: Type.Optional(Id("With the acceptance of this partner")) },
  { additionalProperties: false },
);

const ownFields = {
  id: Id("The version"),
  agreementId: Id("The agreement"),
  name: Type.String({ examples: ["Partner agreement"] }),
  number: Type.Integer({ description: "Of the version", examples: [2] }),
  ...textFields,
  effectiveFrom: Instant("Its first day"),
  blocksPayouts: Type.Boolean({ description: "Without it nothing is paid after `acceptBy`" }),
  status: Type.Enum(["open", "accepted", "replaced"], {
    description: "`open`: to be accepted; `replaced`: accepted once, another is in force",
  }),
  acceptBy: Nullable(Instant("From when on payouts wait for it")),
  acceptedAt: Nullable(Instant("When it was accepted")),
};
export const OwnAgreement = Type.Object(ownFields, { $id: "OwnAgreement" });
export const OwnAgreementPage = pageOf(OwnAgreement);
export const OwnAgreementQuery = Type.Object(pageQuery(OWN_AGREEMENT_SORTS), { additionalProperties: false });
export const AcceptAgreementBody = Type.Object(
  { textHash: Hash("Of the text that was read and is accepted") },
  { additionalProperties: false, examples: [{ textHash: HASH_EXAMPLE }] },
);
