import { Type } from "typebox";
import { Amount, Id, Instant, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { FILING_KINDS, FILING_SORTS } from "./filing-repository.ts";
import { CLASSIFICATIONS, FORM_KINDS, SERVICE_PLACES } from "./form-rules.ts";
import { PAYOUTS_WAIT } from "./settings-repository.ts";
import { TIN_TYPES } from "./tin-rules.ts";

const closed = { additionalProperties: false } as const;
const Name = (description: string) => Line({ minLength: 1, maxLength: 200, description });
const Short = (description: string) => Line({ minLength: 1, maxLength: 60, description });
const Country = (description: string) =>
  Type.String({ pattern: "^[A-Z]{2}$", description: `${description}, ISO 3166`, examples: ["GB"] });
export const Day = (description: string) => Type.String({ format: "date", description, examples: ["2029-12-31"] });
const orNone = <Schema extends Parameters<typeof Nullable>[0]>(schema: Schema) => Type.Optional(Nullable(schema));

const addressFields = {
  line1: Name("Street and number"),
  line2: orNone(Name("Second line")),
  city: Short("City"),
  region: orNone(Short("State or region: in the United States the two letters of the Post Office")),
  postalCode: orNone(Short("ZIP or postal code")),
  country: Country("Country"),
};
const Address = Type.Object(addressFields, closed);
const common = {
  name: Name("As on the tax return"),
  businessName: orNone(Name("Other name of the business")),
  address: Address,
};
const tinFields = {
  tinType: Type.Enum([...TIN_TYPES]),
  tin: Line({ minLength: 9, maxLength: 15, description: "Nine digits, with or without hyphens" }),
};

const W9Body = Type.Object(
  {
    kind: Type.Literal("w9"),
    ...common,
    classification: Type.Enum([...CLASSIFICATIONS], { description: "Line 3a" }),
    exemptCode: orNone(Line({ minLength: 1, maxLength: 2, description: "Exempt payee code, line 4" })),
    fatcaCode: orNone(Line({ minLength: 1, maxLength: 1, description: "FATCA code, line 4" })),
    hasForeignOwners: Type.Optional(Type.Boolean({ description: "Line 3b" })),
    ...tinFields,
    isSubjectToWithholding: Type.Boolean({ description: "Statement 2 of the certification is struck out" }),
  },
  closed,
);
const w8Fields = {
  ...common,
  countryOfOrigin: Country("Of citizenship, or of incorporation"),
  foreignTin: orNone(Short("Tax number of the country of residence")),
  tinType: orNone(tinFields.tinType),
  tin: orNone(tinFields.tin),
  treatyCountry: orNone(Country("Residence under a tax treaty")),
  services: Type.Enum([...SERVICE_PLACES], { description: "Where the partner works for the programme" }),
};
const W8BenBody = Type.Object(
  { kind: Type.Literal("w8ben"), ...w8Fields, birthDate: orNone(Day("Date of birth")) },
  closed,
);
const W8BenEBody = Type.Object(
  {
    kind: Type.Literal("w8bene"),
    ...w8Fields,
    entityType: orNone(Short("Chapter 3 status, line 4")),
    chapter4Status: orNone(Short("Chapter 4 (FATCA) status, line 5")),
  },
  closed,
);

export const SignFormBody = Type.Object(
  {
    form: Type.Union([W9Body, W8BenBody, W8BenEBody]),
    signature: Type.Object(
      {
        name: Name("The signer's name, as it signs"),
        certification: Short("Version of the text that was read (`certifications`)"),
      },
      closed,
    ),
  },
  {
    ...closed,
    examples: [
      {
        form: {
          kind: "w9",
          name: "Ada Lovelace",
          classification: "individual",
          address: { line1: "1 Main St", city: "Austin", region: "TX", postalCode: "78701", country: "US" },
          tinType: "ssn",
          tin: "123-45-6789",
          isSubjectToWithholding: false,
        },
        signature: { name: "Ada Lovelace", certification: "w9-2024-03" },
      },
    ],
  },
);

export const TestFormBody = Type.Object(
  { kind: Type.Enum([...FORM_KINDS], { description: "Which form is signed" }) },
  { ...closed, examples: [{ kind: "w9" }] },
);

export const SignedReceipt = Type.Object(
  {
    id: Id("The form"),
    version: Type.Integer({ description: "Of the partner's forms, from 1" }),
    kind: Type.Enum([...FORM_KINDS]),
    signedAt: Instant("When"),
    validUntil: Nullable(Day("The last day on which it holds; null: until another is signed")),
  },
  { $id: "SignedTaxForm", description: "A signed form, without what stands in it" },
);

const TaxFormView = Type.Object({
  id: Id("The form"),
  kind: Type.Enum([...FORM_KINDS]),
  version: Type.Integer({ description: "Of the partner's forms, from 1" }),
  signedAt: Instant("When it was signed"),
  validUntil: Nullable(Day("The last day on which it holds; null: until another is signed")),
  certification: Type.String({ description: "Version of the text that was signed" }),
  name: Nullable(Type.String({ description: "Null, as what follows, once it was erased" })),
  businessName: Nullable(Type.String()),
  classification: Nullable(Type.Enum([...CLASSIFICATIONS])),
  address: Nullable(Type.Object(addressFields)),
  signatureName: Nullable(Type.String()),
  signatureIp: Nullable(Type.String({ description: "Address of the network from which it was signed" })),
  tin: Nullable(Type.String({ description: "Its last four digits", examples: ["XXX-XX-6789"] })),
  services: Nullable(Type.Enum([...SERVICE_PLACES])),
});

const standingFields = {
  state: Type.Enum(["missing", "valid", "expiring", "expired"], { description: "What the form in force is worth" }),
  form: Nullable(TaxFormView),
  askedAt: Nullable(Instant("When the team asked for a form; null once it has come")),
  payoutsWait: Type.Enum([...PAYOUTS_WAIT], { description: "Whether payouts wait for a form" }),
  threshold: Amount("From which on a year is reported, in US dollars"),
  withholding: Nullable(
    Type.Object({
      rate: Type.Number({ description: "Decimal fraction of a payout", examples: [0.24] }),
      reason: Type.Enum(["ordered", "certified", "form_missing"], {
        description: "By the team, by the signer's own statement, or for want of a form",
      }),
    }),
  ),
  consentedAt: Nullable(Instant("When the partner agreed to have its documents electronically; null: on paper")),
};
const SignedText = Type.Object({ version: Type.String(), text: Type.String() });

export const OwnTax = Type.Object(
  {
    ...standingFields,
    certifications: Type.Object({ w9: SignedText, w8ben: SignedText, w8bene: SignedText }),
    consent: SignedText,
  },
  { $id: "OwnTax", description: "How the partner stands with its taxes, and the texts that it would sign" },
);

export const PartnerTax = Type.Object(
  {
    partnerId: Id("The partner"),
    ...standingFields,
    withholdingReason: Nullable(Type.String({ description: "Why the team has ordered it" })),
    partnersWithNumber: Type.Integer({ description: "Other partners who have signed with the same number" }),
  },
  { $id: "PartnerTax", description: "How a partner stands with its taxes" },
);

export const DeliveryBody = Type.Object(
  {
    isElectronic: Type.Boolean({ description: "Documents here in place of paper" }),
    consent: Type.Optional(Short("Version of the disclosure that was read; needed to agree")),
  },
  { ...closed, examples: [{ isElectronic: true, consent: "consent-2026-12" }] },
);
export const Delivery = Type.Object(
  { consentedAt: Nullable(Instant("Since when; null: on paper")) },
  { $id: "TaxDelivery" },
);

export const TaxDocument = Type.Object(
  {
    id: Id("The document"),
    year: Type.Integer(),
    partnerId: Id("Whose it is"),
    form: Type.Literal("1099-NEC"),
    number: Type.Integer({ description: "Of the partner's returns for the year, from 1" }),
    kind: Type.Enum([...FILING_KINDS], {
      description:
        "`amount` corrects figures; `void` takes one under a wrong name or number back, and `identity` is the one under the right",
    }),
    run: Type.Integer({ description: "0 is the close of the year, others are corrections" }),
    correctsId: Nullable(Id("What it corrects")),
    amount: Amount("Box 1, in US dollars"),
    withheld: Amount("Box 4, in US dollars"),
    madeAt: Instant("When it was frozen"),
  },
  { $id: "TaxDocument", description: "A return, or a correction of one" },
);
export const TaxDocumentPage = pageOf(TaxDocument);
export const TaxDocumentQuery = Type.Object(pageQuery(FILING_SORTS), closed);
export const TaxDocumentParams = Type.Object({ id: Id("The document") });
