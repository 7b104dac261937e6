import { Type } from "typebox";
import { Count, Id, Instant, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { BIRTH_FITS } from "./birth-dates.ts";
import { CASE_SORTS } from "./find-cases.ts";
import { LIST_SORTS } from "./list-repository.ts";
import { SCREENING_SORTS } from "./screening-repository.ts";
import { CASE_STATUSES, SUBJECT_KINDS, SUBJECT_SOURCES, VERDICTS } from "./screening-rules.ts";

const Version = (description: string) =>
  Type.Unsafe<bigint>({ type: "integer", minimum: 1, description, examples: [12] });
const Country = Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166 code", examples: ["GB"] });
const Score = Type.Number({ minimum: 0, maximum: 1, description: "How alike the names are", examples: [0.94] });

const settings = {
  isEnabled: Type.Boolean({ description: "Partners are screened; nobody is approved or paid without" }),
  listMaxAgeDays: Type.Integer({
    minimum: 1,
    maximum: 90,
    description: "Days after which a list that was not confirmed again clears nobody",
  }),
  alertAt: Type.Number({
    minimum: 0.8,
    maximum: 1,
    multipleOf: 0.001,
    description: "How alike two names are from which on people look at them",
  }),
  blockedCountries: Type.Array(Country, {
    maxItems: 60,
    description: "Partners of these are neither approved nor paid",
    examples: [["CU", "IR", "KP"]],
  }),
};

const listFields = {
  version: Version("Its number here"),
  source: Type.Enum(["ofac", "watchman"], { description: "Files of the US Treasury, or a screening service" }),
  contentHash: Type.String({ description: "SHA-256 of the files, or of what the service calls its lists" }),
  asOf: Instant("Of when the files are"),
  confirmedAt: Instant("When the source last had nothing newer"),
  entries: Count("Who is on it"),
  added: Count("New against the version before"),
  changed: Count("Other than in the version before"),
  removed: Count("No longer on it"),
  importedAt: Instant("When it came"),
};
export const SanctionsList = Type.Object(listFields, { $id: "SanctionsList", description: "A version of the list" });
export const SanctionsListPage = pageOf(SanctionsList);
export const SanctionsListQuery = Type.Object(
  {
    ...pageQuery(LIST_SORTS),
    source: Type.Optional(Type.Enum(["ofac", "watchman"], { description: "Of one source" })),
  },
  { additionalProperties: false },
);

export const Screening = Type.Object(
  {
    settings: Type.Object(settings),
    list: Nullable(
      Type.Object({
        ...listFields,
        staleFrom: Instant("From when on it clears nobody unless it is confirmed again"),
        isStale: Type.Boolean({ description: "It clears nobody" }),
      }),
    ),
    cases: Type.Object({
      waiting: Count("Cases that wait for people"),
      confirmed: Count("Cases in which a match was confirmed"),
    }),
  },
  { $id: "Screening" },
);
export const ChangeScreeningBody = Type.Object(
  {
    isEnabled: Type.Optional(settings.isEnabled),
    listMaxAgeDays: Type.Optional(settings.listMaxAgeDays),
    alertAt: Type.Optional(settings.alertAt),
    blockedCountries: Type.Optional(settings.blockedCountries),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ isEnabled: true, listMaxAgeDays: 7 }] },
);

const caseFields = {
  id: Id("The case"),
  partnerId: Id("Whom it holds"),
  status: Type.Enum([...CASE_STATUSES], {
    description:
      "`open`: two people have to say the same; `escalated`: they differ; `cleared`: somebody else is on the list; `confirmed`: it is them",
  }),
  round: Type.Integer({ description: "Grows with new evidence: send it with a decision", examples: [1] }),
  listVersion: Version("The newest version that said something of it"),
  openedAt: Instant("When it was opened"),
  updatedAt: Instant("When it last changed"),
  decidedAt: Nullable(Instant("When two people had said the same")),
};
const Kind = Type.Enum([...SUBJECT_KINDS], {
  description: "`either`: whose account it is does not say whether it is a person",
});
const Entry = Type.Object(
  {
    id: Type.String({ examples: ["ofac_sdn:306"] }),
    kind: Type.Enum(["person", "organisation", "vessel", "aircraft"]),
    name: Type.String(),
    aliases: Type.Array(Type.String()),
    programs: Type.Array(Type.String(), { description: "Why it is on the list" }),
    countries: Type.Array(Type.String()),
    addresses: Type.Array(Type.String()),
    birthDates: Type.Array(Type.String(), { description: "As the list writes them" }),
    remarks: Nullable(Type.String()),
  },
  { description: "The entry as it was when the match was found" },
);
export const ScreeningCase = Type.Object(caseFields, { $id: "ScreeningCase" });
export const ScreeningCasePage = pageOf(ScreeningCase);
export const ScreeningCaseDetail = Type.Object(
  {
    ...caseFields,
    partner: Type.Object(
      {
        name: Nullable(Type.String({ description: "Of the person who signs in" })),
        companyName: Nullable(Type.String()),
        country: Nullable(Type.String()),
      },
      { description: "What the partner says of itself now" },
    ),
    hits: Type.Array(
      Type.Object({
        entryId: Type.String({ description: "`unreadable`: the name could not be compared" }),
        subject: Type.Object({
          kind: Kind,
          name: Type.String(),
          country: Nullable(Type.String()),
          source: Type.Enum([...SUBJECT_SOURCES], { description: "Where the partner has given the name" }),
        }),
        entry: Nullable(Entry),
        matchedName: Nullable(Type.String({ description: "That of the entry's names which is most alike" })),
        score: Nullable(Score),
        rank: Nullable(
          Type.Number({
            minimum: 0,
            maximum: 1,
            description: "The score with what else is known: the order in which to look. Nothing is cleared by it.",
            examples: [0.99],
          }),
        ),
        countryDiffers: Type.Boolean({ description: "The entry is of other countries" }),
        countryAgrees: Type.Boolean({ description: "It is of one of the partner's" }),
        birthDate: Type.Enum([...BIRTH_FITS], {
          description:
            "How the date of birth on the partner's tax form fits those of the entry: `agrees` to the day, `fits` within the month, years or `circa` that the list says, `near` within a year",
        }),
        numberAgrees: Type.Boolean({ description: "A number on the partner's tax form is one of the entry" }),
        kindDiffers: Type.Boolean({ description: "A person against an organisation" }),
        isNew: Type.Boolean({ description: "It came after an earlier decision" }),
        foundAt: Instant("When"),
      }),
      { description: "At most 200, those first for which most speaks" },
    ),
    votes: Type.Array(
      Type.Object({
        userId: Id("Who"),
        name: Nullable(Type.String()),
        verdict: Type.Enum([...VERDICTS]),
        reason: Type.String(),
        isCurrent: Type.Boolean({ description: "It was given on the evidence as it is now" }),
        votedAt: Instant("When"),
      }),
      { description: "In the order in which they were given" },
    ),
  },
  { $id: "ScreeningCaseDetail" },
);
export const CaseQuery = Type.Object(
  {
    ...pageQuery(CASE_SORTS),
    status: Type.Optional(Type.Enum([...CASE_STATUSES])),
    partnerId: Type.Optional(Id("One partner's")),
  },
  { additionalProperties: false },
);
export const CaseParams = Type.Object({ id: Id("The case") });
const reason = Text({ minLength: 1, maxLength: 2_000, description: "Kept with the case and in the audit trail" });
export const TestDecisionBody = Type.Object(
  { verdict: Type.Enum([...VERDICTS], { description: "As though two people had said so" }) },
  { additionalProperties: false, examples: [{ verdict: "clear" }] },
);
export const VoteBody = Type.Object(
  {
    verdict: Type.Enum([...VERDICTS], { description: "`clear`: somebody else is on the list; `confirm`: it is them" }),
    reason,
    round: Type.Integer({ minimum: 1, maximum: 1_000_000, description: "The case's `round` as it was read" }),
  },
  {
    additionalProperties: false,
    examples: [{ verdict: "clear", reason: "Born 1991 in Leeds; the entry was born 1957.", round: 1 }],
  },
);
export const ReopenBody = Type.Object(
  { reason },
  { additionalProperties: false, examples: [{ reason: "The entry was taken off the list." }] },
);

export const ScreenedPartnerParams = Type.Object({ partnerId: Id("The partner") });
export const PartnerScreeningQuery = Type.Object(pageQuery(SCREENING_SORTS), { additionalProperties: false });
export const PartnerScreeningPage = pageOf(
  Type.Object(
    {
      names: Type.Array(
        Type.Object({
          kind: Kind,
          source: Nullable(
            Type.Enum([...SUBJECT_SOURCES], {
              description: "Where the partner had given the name; null where that was not noted yet",
            }),
          ),
          name: Nullable(Type.String({ description: "Null where the partner no longer says it" })),
        }),
      ),
      country: Nullable(Type.String()),
      sinceVersion: Version("The first version that they were compared with"),
      throughVersion: Version("The last"),
      firstScreenedAt: Instant("When first"),
      screenedAt: Instant("When last"),
    },
    { $id: "PartnerScreening", description: "Names of a partner that were compared" },
  ),
);
