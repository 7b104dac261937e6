import { type Static, type TSchema, Type } from "typebox";
import { Amount, Count, CurrencyCode, Id, Instant, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { TransactionKindSchema } from "../sales/index.ts";
import { TEST_NEWS } from "./card-rules.ts";

const NAME_LENGTH_MAX = 40;
const TOKEN_LENGTH_MAX = 200;
/** What one purchase, a day or a month of a card may take at most: far more than any card does, and exact in JSON. */
const LIMIT_MAX = 100_000_000_000;

const Strict = <Fields extends Record<string, TSchema>>(fields: Fields, example: object) =>
  Type.Object(fields, { additionalProperties: false, examples: [example] });
const LimitInput = (description: string) =>
  Type.Optional(
    Nullable(
      Type.Integer({ minimum: 1, maximum: LIMIT_MAX, description: `${description}, in minor units; null: none` }),
    ),
  );
const LimitsInput = Type.Object(
  {
    perAuthorization: LimitInput("The most that one purchase may take"),
    daily: LimitInput("The most in a day of UTC"),
    monthly: LimitInput("The most in a month of UTC"),
  },
  { additionalProperties: false, description: "Of a card: narrower than its product's, or null for those" },
);
export type LimitsInput = Static<typeof LimitsInput>;
const Limits = Type.Object({
  perAuthorization: Nullable(Amount("The most that one purchase may take")),
  daily: Nullable(Amount("The most in a day of UTC")),
  monthly: Nullable(Amount("The most in a month of UTC")),
});

const CARD_STATES = ["requested", "unactivated", "active", "suspended", "terminated", "refused"] as const;
const CardState = Type.Enum([...CARD_STATES], {
  description:
    "`requested`: the issuer has not answered yet. `unactivated`: made, and pays nothing until it is activated. `terminated` and `refused` are final.",
});
const UserStatus = Type.Enum(["active", "suspended", "closed"], {
  description: "`suspended`: its cards pay nothing. `closed`: for good, and its cards with it",
});
const WantedState = Type.Enum(["active", "suspended", "terminated"], { description: "What it is to be" });

export const ByIdParams = Type.Object({ id: Id("From the list") });
export const ProgramParams = Type.Object({ programId: Id("Of the card programme") });

export const ConnectProgramBody = Strict(
  {
    name: Line({ minLength: 1, maxLength: NAME_LENGTH_MAX, description: "What you call it" }),
    partnerId: Type.Optional(Id("Of the partner whose own programme it is; left out, it is shared")),
    baseUrl: Type.String({
      maxLength: TOKEN_LENGTH_MAX,
      description: "Of the programme at Marqeta, with the version; `https://issuer.test` in test mode",
    }),
    currency: CurrencyCode("Of its cards"),
    applicationToken: Type.String({ minLength: 1, maxLength: TOKEN_LENGTH_MAX, pattern: "^[\\x21-\\x7e]+$" }),
    adminToken: Type.String({ minLength: 1, maxLength: TOKEN_LENGTH_MAX, pattern: "^[\\x21-\\x7e]+$" }),
  },
  {
    name: "Sandbox",
    baseUrl: "https://sandbox-api.marqeta.com/v3",
    currency: "USD",
    applicationToken: "an-application-token",
    adminToken: "an-admin-access-token",
  },
);
export const SwitchProgramBody = Strict(
  { isEnabled: Type.Boolean({ description: "False: nothing is approved in it, and nothing made" }) },
  { isEnabled: false },
);
export const ProgramView = Type.Object({
  id: Id("Of the programme"),
  name: Type.String(),
  partnerId: Nullable(Id("Of the partner whose own it is")),
  mode: Type.Enum(["shared", "dedicated"]),
  baseUrl: Type.String(),
  currency: CurrencyCode(),
  status: Type.Enum(["connecting", "active", "disabled", "refused"], {
    description: "`connecting`: the issuer is being told where to ask. `refused`: it would not be",
  }),
  path: Type.String({ description: "Where the issuer tells its news, below your address" }),
  createdAt: Instant("When it was connected"),
});
const byCreation = pageQuery(["createdAt", "-createdAt"]);
export const ByCreationQuery = Type.Object(byCreation, { additionalProperties: false });
export const ProgramPage = pageOf(ProgramView);

export const CreateProductBody = Strict(
  {
    partnerId: Id("Whose cards they are"),
    programId: Id("Where they are made"),
    name: Line({ minLength: 1, maxLength: NAME_LENGTH_MAX, description: "What the product is called" }),
    limits: Type.Optional(LimitsInput),
    revenueRate: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: "Your own revenue from what is spent, as a decimal fraction: what a revenue share is a share of",
      }),
    ),
  },
  {
    partnerId: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a44",
    programId: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a45",
    name: "Northwind Card",
    limits: { perAuthorization: 50_000, daily: 100_000, monthly: 500_000 },
    revenueRate: 0.012,
  },
);
export const ChangeProductBody = Strict(
  { status: Type.Enum(["closed"], { description: "No card of it pays, or is made, any more" }) },
  { status: "closed" },
);
export const ProductView = Type.Object({
  id: Id("Of the product"),
  programId: Id("Of its programme"),
  partnerId: Id("Whose it is"),
  name: Type.String(),
  status: Type.Enum(["requested", "active", "refused", "closed"]),
  currency: CurrencyCode(),
  limits: Limits,
  revenueRate: Type.Number({ description: "The operator's own revenue from what is spent" }),
  createdAt: Instant("When it was asked for"),
});
export const ProductPage = pageOf(ProductView);
export const ProductQuery = Type.Object(
  { ...byCreation, partnerId: Type.Optional(Id("Of a partner")) },
  { additionalProperties: false },
);
const { revenueRate: _, ...ownProduct } = ProductView.properties;
export const OwnProductPage = pageOf(Type.Object(ownProduct));

export const CreateUserBody = Strict(
  {
    externalId: Line({ minLength: 1, maxLength: 200, description: "Your name for the user" }),
    email: Type.Optional(Type.String({ format: "email", maxLength: 254, description: "Of the user" })),
  },
  { externalId: "user_77", email: "ana@example.com" },
);
export const ChangeUserBody = Strict(
  { status: Type.Enum(["active", "suspended"], { description: "`suspended`: its cards pay nothing" }) },
  { status: "suspended" },
);
export const UserView = Type.Object({
  id: Id("Of the user"),
  externalId: Type.String({ description: "Your name for it" }),
  customerId: Id("The customer that it is to the operator"),
  referralId: Id("What ties it to you"),
  status: UserStatus,
  cards: Count("Cards that were asked for"),
  createdAt: Instant("When it was made"),
  updatedAt: Instant("When it last changed"),
});
export const UserPage = pageOf(UserView);
export const UserQuery = Type.Object(
  {
    ...byCreation,
    status: Type.Optional(UserStatus),
    externalId: Type.Optional(Type.String({ maxLength: 255, description: "Your name for it" })),
  },
  { additionalProperties: false },
);

const PersonName = (description: string) => Line({ minLength: 1, maxLength: 40, description });
const CardholderInput = Type.Object(
  {
    firstName: PersonName("First name"),
    lastName: PersonName("Last name"),
    email: Type.Optional(Type.String({ format: "email", maxLength: 254 })),
    birthDate: Type.Optional(Type.String({ format: "date", description: "YYYY-MM-DD" })),
    address: Type.Optional(
      Type.Object(
        {
          line1: Line({ minLength: 1, maxLength: 255 }),
          city: Line({ minLength: 1, maxLength: 40 }),
          state: Type.Optional(Line({ minLength: 1, maxLength: 32 })),
          postalCode: Line({ minLength: 1, maxLength: 10 }),
          country: Type.String({ pattern: "^[A-Z]{2,3}$", description: "ISO 3166-1" }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      "Who the user is: with its first card in a programme. It goes to the issuer, and is forgotten here once it has arrived",
  },
);
export const IssueCardBody = Strict(
  {
    userId: Id("Of your user"),
    productId: Id("Of your card product"),
    cardholder: Type.Optional(CardholderInput),
    limits: Type.Optional(LimitsInput),
  },
  {
    userId: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a46",
    productId: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a47",
    cardholder: { firstName: "Ana", lastName: "Novak", email: "ana@example.com" },
    limits: { daily: 20_000 },
  },
);
export const ChangeCardBody = Type.Object(
  { state: Type.Optional(WantedState), limits: Type.Optional(LimitsInput) },
  { additionalProperties: false, minProperties: 1, examples: [{ state: "active" }] },
);
export const ChangeAnyCardBody = Type.Object(
  {
    state: Type.Optional(WantedState),
    limits: Type.Optional(LimitsInput),
    isHeld: Type.Optional(
      Type.Boolean({
        description:
          "Whether the partner is kept from making it active. Left out, `suspended` holds it and `active` lets go of it",
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ state: "suspended" }] },
);
export const CardView = Type.Object({
  id: Id("Of the card: its token at the issuer too"),
  partnerId: Id("Whose it is"),
  userId: Id("Of the user who carries it"),
  userExternalId: Type.String({ description: "The partner's name for the user" }),
  productId: Id("Of its product"),
  state: CardState,
  refusal: Nullable(Type.String({ description: "Why the issuer did not make it: its code" })),
  lastFour: Nullable(Type.String({ description: "The last four digits; there is no more of the number here" })),
  expiresOn: Nullable(Type.String({ description: "The month, YYYY-MM" })),
  currency: CurrencyCode(),
  limits: Limits,
  isHeld: Type.Boolean({ description: "The operator has suspended it: the partner cannot make it active" }),
  operatorLimits: Limits,
  spentThisMonth: Amount("What counts against its limits in this month of UTC"),
  createdAt: Instant("When it was asked for"),
  updatedAt: Instant("When it last changed"),
});
export const CardPage = pageOf(CardView);
const cardFilters = {
  ...byCreation,
  state: Type.Optional(CardState),
  userId: Type.Optional(Id("Of a user")),
};
export const OwnCardQuery = Type.Object(cardFilters, { additionalProperties: false });
export const CardQuery = Type.Object(
  { ...cardFilters, partnerId: Type.Optional(Id("Of a partner")) },
  { additionalProperties: false },
);

export const AuthorizationQuery = Type.Object(pageQuery(["decidedAt", "-decidedAt"]), { additionalProperties: false });
const merchant = Nullable(Type.String({ description: "As the merchant calls itself" }));
const mcc = Nullable(Type.String({ description: "The merchant's category, ISO 18245" }));
export const AuthorizationView = Type.Object({
  id: Id("Of the answer"),
  cardId: Id("Of the card"),
  amount: Amount("What was asked for, or released"),
  currency: CurrencyCode(),
  decision: Type.Enum(["approved", "declined", "released"]),
  reason: Nullable(Type.String({ description: "Why it was declined" })),
  merchant,
  mcc,
  decidedAt: Instant("When"),
});
export const AuthorizationPage = pageOf(AuthorizationView);

export const TestPurchaseBody = Strict(
  {
    amount: Type.Integer({ minimum: 1, maximum: LIMIT_MAX, description: "Of the purchase, in minor units" }),
    currency: Type.Optional(CurrencyCode("The card's where it is left out; another is declined")),
    merchant: Type.Optional(Line({ minLength: 1, maxLength: 40, description: "As the merchant calls itself" })),
    mcc: Type.Optional(Type.String({ pattern: "^\\d{4}$", description: "The merchant's category, ISO 18245" })),
    isCleared: Type.Optional(
      Type.Boolean({ default: true, description: "Whether it is cleared as well; false leaves it authorised" }),
    ),
  },
  { amount: 12_500, merchant: "Corner Shop", mcc: "5411" },
);
export const TestNewsBody = Strict(
  {
    authorizationId: Id("Of a purchase with this card that was approved"),
    kind: Type.Enum([...TEST_NEWS], { description: "What comes of it" }),
    amount: Type.Optional(
      Type.Integer({ minimum: 1, maximum: LIMIT_MAX, description: "In minor units; all of it where it is left out" }),
    ),
  },
  { authorizationId: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a48", kind: "refund", amount: 2_500 },
);
export const TestNewsView = Type.Object({
  authorizationId: Id("Of the purchase"),
  kind: Type.Enum([...TEST_NEWS]),
  amount: Amount("Of it"),
  currency: CurrencyCode(),
  occurredAt: Instant("When it happened, by the clock of the test twin"),
});

const { isRefused, partnerId, ...spendFilters } = {
  ...pageQuery(["occurredAt", "-occurredAt"]),
  cardId: Type.Optional(Id("Of a card")),
  partnerId: Type.Optional(Id("Of a partner")),
  isRefused: Type.Optional(Type.Boolean({ description: "What is no transaction alone, or what is" })),
};
export const OwnSpendQuery = Type.Object(spendFilters, { additionalProperties: false });
export const SpendQuery = Type.Object({ ...spendFilters, partnerId, isRefused }, { additionalProperties: false });
export const SpendPage = pageOf(
  Type.Object({
    id: Id("Of this entry"),
    cardId: Id("Of the card"),
    partnerId: Id("Whose card it is"),
    kind: TransactionKindSchema,
    amount: Amount("Gross amount"),
    currency: CurrencyCode(),
    merchant,
    mcc,
    transactionId: Nullable(Id("The transaction that it became")),
    refusal: Nullable(Type.String({ description: "The code of why it is no transaction" })),
    occurredAt: Instant("When it happened"),
  }),
);

const JitFunding = Type.Object({
  token: Type.String(),
  method: Type.String(),
  user_token: Type.String(),
  amount: Type.Number({ description: "Major units, as it was asked for" }),
  decline_reason: Type.Optional(Type.String({ description: "Of a no: why" })),
});
export const AuthorizationAnswer = Type.Object({ jit_funding: JitFunding });

/** Limits off the wire: what is left out is no limit of its own. */
export const limitsFrom = (input: LimitsInput = {}) => ({
  perAuthorization: limit(input.perAuthorization),
  daily: limit(input.daily),
  monthly: limit(input.monthly),
});

/** Those that are named, and no others. */
export const namedLimitsFrom = (input: LimitsInput) =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, limit(value)]));

const limit = (value: number | null | undefined): bigint | null => (value == null ? null : BigInt(value));
