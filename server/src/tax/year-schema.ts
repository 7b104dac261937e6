import { Type } from "typebox";
import { Amount, CurrencyCode, Id, Instant, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { DIFFERENCE_SORTS, FILING_SORTS } from "./filing-repository.ts";
import { Day } from "./form-schema.ts";
import { PAYMENT_SORTS } from "./payment-repository.ts";
import { PAYOUTS_WAIT } from "./settings-repository.ts";
import { LINE_SORTS, LINE_STATES } from "./year-repository.ts";

const closed = { additionalProperties: false } as const;
const Name = (description: string) => Line({ minLength: 1, maxLength: 80, description });
const YEAR = { minimum: 2000, maximum: 2200 } as const;
const yearParam = { year: Type.Integer({ ...YEAR, description: "The tax year", examples: [2026] }) };

const Payer = Type.Object(
  {
    name: Name("As the IRS knows it"),
    name2: Nullable(Name("Second line")),
    ein: Line({ minLength: 9, maxLength: 12, description: "Employer identification number" }),
    line1: Name("Street and number"),
    line2: Nullable(Name("Second line")),
    city: Name("City"),
    region: Line({ minLength: 2, maxLength: 2, description: "State, two letters" }),
    postalCode: Line({ minLength: 5, maxLength: 10, description: "ZIP code" }),
    phone: Type.String({ pattern: "^\\+?[0-9]{10,15}$", description: "Digits alone", examples: ["5125550123"] }),
    email: Type.String({ format: "email", maxLength: 200 }),
  },
  {
    ...closed,
    examples: [
      {
        name: "Acme Partners Inc",
        name2: null,
        ein: "12-3456789",
        line1: "2 Market St",
        line2: null,
        city: "Austin",
        region: "TX",
        postalCode: "78701",
        phone: "5125550123",
        email: "tax@example.com",
      },
    ],
  },
);
const settingsFields = {
  payoutsWait: Type.Enum([...PAYOUTS_WAIT], {
    description:
      "Whether payouts to a partner without a valid form wait: never, from the year's threshold on, or always",
  }),
  withholdsWithoutForm: Type.Boolean({
    description: "Whether backup withholding is kept back of payouts to a partner without a valid form",
  }),
  timeZone: Nullable(
    Line({
      minLength: 1,
      maxLength: 60,
      description: "In which a payout falls into a tax year; null: the programme's",
    }),
  ),
  methodsReportedElsewhere: Type.Array(Type.Enum(["stripe_connect", "bank_file", "elsewhere"]), {
    maxItems: 3,
    description:
      "Payout methods whose provider reports what it pays (1099-K); `elsewhere`: what was imported, where the earlier programme reports it",
  }),
};
export const TaxSettings = Type.Object(
  { ...settingsFields, payer: Nullable(Payer) },
  { $id: "TaxSettings", description: "How the programme deals with taxes of partners" },
);
export const TaxSettingsBody = Type.Object(
  {
    payoutsWait: Type.Optional(settingsFields.payoutsWait),
    withholdsWithoutForm: Type.Optional(settingsFields.withholdsWithoutForm),
    timeZone: Type.Optional(settingsFields.timeZone),
    methodsReportedElsewhere: Type.Optional(settingsFields.methodsReportedElsewhere),
    payer: Type.Optional(Payer),
  },
  { ...closed, examples: [{ payoutsWait: "at_threshold", withholdsWithoutForm: false }] },
);

const figureFields = {
  year: Type.Integer({ description: "The tax year" }),
  threshold: Amount("From which on a year is reported, in US dollars"),
  isThresholdFinal: Type.Boolean({ description: "False until the value of an indexed year has been entered" }),
  withholdingRate: Type.Number({ description: "Backup withholding as decimal fraction", examples: [0.24] }),
  irisHeader: Nullable(Type.String({ description: "Entered first line of the year's CSV template" })),
  columnsLeftEmpty: Type.Array(Type.String(), {
    description: "Columns of that template that the program leaves empty",
  }),
  rates: Type.Array(
    Type.Object({
      currency: CurrencyCode(),
      unitsPerDollar: Type.Number({ description: "Average of the year: units for one US dollar" }),
    }),
  ),
};
export const TaxFigures = Type.Object(figureFields, { $id: "TaxFigures", description: "The figures of a tax year" });
export const TaxFiguresBody = Type.Object(
  {
    threshold: Type.Optional(
      Nullable(
        Type.Integer({ minimum: 1, maximum: 100_000_000, description: "US cents; null: what the program knows" }),
      ),
    ),
    withholdingRate: Type.Optional(
      Nullable(Type.Number({ minimum: 0, maximum: 1, description: "Decimal fraction; null: what the program knows" })),
    ),
    irisHeader: Type.Optional(
      Nullable(
        Line({
          minLength: 1,
          maxLength: 10_000,
          description: "First line of the IRS's CSV template; null: the program's",
        }),
      ),
    ),
  },
  { ...closed, examples: [{ threshold: 210_000 }] },
);
export const TaxRateBody = Type.Object(
  {
    currency: CurrencyCode(),
    unitsPerDollar: Type.Number({
      exclusiveMinimum: 0,
      maximum: 999_999_999,
      description: "Average of the year: units for one US dollar",
    }),
  },
  { ...closed, examples: [{ currency: "EUR", unitsPerDollar: 0.924 }] },
);

export const TaxYear = Type.Object(
  {
    ...figureFields,
    status: Type.Enum(["running", "over", "closed"]),
    closedAt: Nullable(Instant("When it was closed")),
    dueOn: Day("By when returns are due"),
    states: Type.Array(
      Type.Object({
        state: Type.Enum([...LINE_STATES]),
        partners: Type.Integer(),
        amount: Amount("Paid, in US dollars"),
        withheld: Amount("Kept back, in US dollars"),
      }),
    ),
    currenciesWithoutRate: Type.Array(CurrencyCode()),
    runs: Type.Array(
      Type.Object({
        run: Type.Integer({ description: "0 is the close, others are corrections" }),
        returns: Type.Integer(),
        amount: Amount("Box 1, in US dollars"),
        withheld: Amount("Box 4, in US dollars"),
        madeAt: Instant("When"),
      }),
    ),
  },
  { $id: "TaxYear", description: "A tax year: figures, how partners stand in it, what has been filed" },
);

const lineFields = {
  partnerId: Id("The partner"),
  amount: Amount("Paid, in US dollars, gross of fee and tax"),
  withheld: Amount("Kept back, in US dollars"),
  transfers: Type.Integer({ description: "Transfers that stand" }),
  form: Nullable(Type.String({ description: "w9, w8ben, w8bene" })),
  tin: Nullable(Type.String({ description: "Its last four digits" })),
  state: Type.Enum([...LINE_STATES], {
    description:
      "`foreign_review`: foreign, with work in the United States or tax kept back: Form 1042-S, which is not filed from here",
  }),
  hasConsented: Type.Boolean({ description: "It has its documents electronically" }),
  askedAt: Nullable(Instant("When a form was asked for")),
};
export const TaxLine = Type.Object(lineFields, {
  $id: "TaxLine",
  description: "What a partner was paid in a tax year",
});
export const TaxLinePage = pageOf(TaxLine);
export const TaxLineQuery = Type.Object(
  { ...pageQuery(LINE_SORTS), state: Type.Optional(Type.Enum([...LINE_STATES])) },
  closed,
);

export const TaxPaymentPage = Type.Object(
  {
    ...pageOf(
      Type.Object({
        payoutId: Id("The payout"),
        act: Type.Enum(["paid", "taken_back"]),
        paidAt: Instant("When the transfer was made"),
        recordedAt: Instant("When it was noted"),
        method: Type.String({ description: "How it was paid" }),
        currency: CurrencyCode(),
        amount: Amount("Gross; negative where it came back"),
        withheld: Amount("Kept back of it"),
      }),
    ).properties,
    line: Nullable(Type.Object(lineFields)),
  },
  { $id: "TaxPaymentPage", description: "The transfers of a partner's year, and what they come to" },
);
export const TaxPaymentQuery = Type.Object(pageQuery(PAYMENT_SORTS), closed);

export const TaxDifference = Type.Object(
  {
    partnerId: Id("The partner"),
    kind: Type.Enum(["original", "amount", "identity"], {
      description: "Left out so far, other figures, or another name or number",
    }),
    filedAmount: Nullable(Amount("Box 1 as filed, in US dollars")),
    filedWithheld: Nullable(Amount("Box 4 as filed, in US dollars")),
    amount: Amount("Box 1 as it is now, in US dollars"),
    withheld: Amount("Box 4 as it is now, in US dollars"),
  },
  { $id: "TaxDifference", description: "What would be corrected" },
);
export const TaxDifferencePage = pageOf(TaxDifference);
export const TaxDifferenceQuery = Type.Object(pageQuery(DIFFERENCE_SORTS), closed);

export const YearParams = Type.Object(yearParam);
export const YearPartnerParams = Type.Object({ ...yearParam, partnerId: Id("The partner") });
export const TaxPartnerParams = Type.Object({ partnerId: Id("The partner") });
export const CloseYearBody = Type.Object(
  {
    leaveOutMissing: Type.Optional(
      Type.Boolean({ description: "Partners without a form are left out, knowingly; a correction files them later" }),
    ),
  },
  { ...closed, examples: [{ leaveOutMissing: false }] },
);
const run = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 10_000, description: "0 is the close, others are corrections" }),
);
export const FiledQuery = Type.Object(
  { ...pageQuery(FILING_SORTS), run, partnerId: Type.Optional(Id("One partner's")) },
  closed,
);
export const ReturnsQuery = Type.Object(
  {
    run,
    part: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: "Of 100 rows, as one upload takes; all when not given",
      }),
    ),
  },
  closed,
);
export const FormRequestBody = Type.Object(
  { partnerIds: Type.Array(Id("A partner"), { minItems: 1, maxItems: 200, uniqueItems: true }) },
  { ...closed, examples: [{ partnerIds: ["0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42"] }] },
);
export const FormsAsked = Type.Object(
  { asked: Type.Integer({ description: "Who was written to" }) },
  { $id: "TaxFormsAsked" },
);
export const WithholdingBody = Type.Object(
  { isOrdered: Type.Boolean(), reason: Line({ minLength: 1, maxLength: 500, description: "As a notice of the IRS" }) },
  { ...closed, examples: [{ isOrdered: true, reason: "First B notice of 1 October" }] },
);
