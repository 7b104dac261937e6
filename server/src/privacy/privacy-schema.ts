import { Type } from "typebox";
import { Id, Instant, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { ERASURE_SORTS } from "./erasure-repository.ts";
import { ERASURE_STATUSES } from "./erasure-rules.ts";
import { EXPORT_FORMATS } from "./export-subject.ts";
import { HOLD_SORTS } from "./hold-repository.ts";

const PERSON_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";
const strict = { additionalProperties: false };
const Role = Type.Enum(["admin", "finance", "support", "partner", "customer"]);
const Status = Type.Enum([...ERASURE_STATUSES], {
  description:
    "`asked`: the operator is to decide; `deferred`: granted, and hindered; `refused`, `withdrawn`; `done`: for good",
});

export const SubjectQuery = Type.Object(
  {
    userId: Type.Optional(Id("The person")),
    userIds: Type.Optional(
      Type.String({
        maxLength: 7_399,
        pattern: "^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$",
        description: "These people: at most 200 ids, separated by commas",
      }),
    ),
    email: Type.Optional(Type.String({ format: "email", maxLength: 254, description: "Of anybody" })),
    externalId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "The operator's name for a customer" }),
    ),
  },
  strict,
);
export const SubjectParams = Type.Object({ id: Id("The person") });
export const SubjectList = Type.Object({
  data: Type.Array(
    Type.Object({
      userId: Id("The person"),
      role: Role,
      email: Nullable(Type.String()),
      name: Nullable(Type.String()),
      externalId: Nullable(Type.String({ description: "The operator's name for a customer" })),
      partnerId: Nullable(Id("The partner that they are")),
      erasedAt: Nullable(Instant("When they were erased")),
    }),
    { description: "Who came first: 50, and whoever was asked for by id" },
  ),
  isCut: Type.Boolean({ description: "There are more: ask by `externalId` or `userId`" }),
});

export const ExportQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Enum([...EXPORT_FORMATS], { description: "`zip`: JSON of everything, and a CSV for each kind of record" }),
    ),
  },
  strict,
);
/** How routes of exports say what they answer. */
export const EXPORT_RESPONSE = {
  200: {
    description: "The file",
    content: {
      "application/zip": { schema: Type.String({ format: "binary" }) },
      "application/json": { schema: Type.String({ format: "binary" }) },
    },
  },
};
export const CERTIFICATE_RESPONSE = {
  200: {
    description: "The certificate",
    content: { "application/pdf": { schema: Type.String({ format: "binary" }) } },
  },
};

const Hindrance = Type.Object({
  kind: Type.Enum(["account_open", "legal_hold", "money_open"], {
    description: "The account is in use; a legal hold stands; money is open between the person and the operator",
  }),
  account: Type.Optional(
    Type.String({
      description: "The account of the ledger; `bank_file` for payments that stood in no bank file yet",
      examples: ["available"],
    }),
  ),
  currency: Type.Optional(Type.String({ examples: ["USD"] })),
  amount: Type.Optional(Type.Integer({ description: "What is open, in minor units" })),
});
const Columns = Type.Array(Type.String(), { description: "Where, as `table.column`", examples: [["users.email"]] });
const Kept = Type.Object({
  rule: Type.String({ examples: ["books"] }),
  what: Type.String(),
  why: Type.String(),
  howLong: Type.String(),
  columns: Columns,
});
const ownFields = {
  id: Id("The wish"),
  status: Status,
  askedAt: Instant("When it was asked for"),
  dueAt: Instant("By when its person must know what became of it"),
  refusal: Nullable(Type.String({ description: "Why it was refused" })),
  hindrances: Type.Array(Hindrance, { description: "What stood in the way when it was last tried" }),
  erasedAt: Nullable(Instant("When it was carried out")),
};
export const OwnErasureView = Type.Object(ownFields, { description: "A wish to be forgotten" });
export const MaybeErasureView = Type.Object({ erasure: Nullable(OwnErasureView) });
export const ErasureView = Type.Object({
  ...ownFields,
  userId: Id("Whose it is"),
  role: Role,
  origin: Type.Enum(["person", "operator"], { description: "Who asked" }),
  reason: Nullable(Type.String()),
  decidedAt: Nullable(Instant("When it was granted or refused")),
  checkedAt: Nullable(Instant("When it was last tried")),
  certificate: Nullable(
    Type.Object({
      ended: Type.Array(Type.Object({ what: Type.String(), count: Type.Integer({ minimum: 1 }) }), {
        description: "What was closed, revoked and ended with the person",
        examples: [[{ what: "Cards that were ended", count: 2 }]],
      }),
      erased: Type.Array(Type.Object({ source: Type.String(), rows: Type.Integer({ minimum: 0 }), columns: Columns })),
      kept: Type.Array(Kept),
    }),
  ),
});
export const ErasurePage = pageOf(ErasureView);
export const ErasureQuery = Type.Object({ ...pageQuery(ERASURE_SORTS), status: Type.Optional(Status) }, strict);
export const ErasureParams = Type.Object({ id: Id("The wish") });

const Reason = Text({ minLength: 1, maxLength: 1_000, description: "Why" });
export const AskBody = Type.Object(
  { reason: Type.Optional(Reason) },
  { ...strict, examples: [{ reason: "I do not use it any more" }] },
);
export const EraseBody = Type.Object(
  { userId: Id("Who is to be forgotten"), reason: Type.Optional(Reason) },
  { ...strict, examples: [{ userId: PERSON_EXAMPLE, reason: "Asked for in our app" }] },
);
export const RefuseBody = Type.Object(
  { reason: Reason },
  { ...strict, examples: [{ reason: "A dispute about your earnings is open" }] },
);

export const HoldBody = Type.Object(
  { userId: Id("Whose data is held"), reason: Reason },
  { ...strict, examples: [{ userId: PERSON_EXAMPLE, reason: "Order of the regional court, 12 O 34/26" }] },
);
export const HoldView = Type.Object({
  id: Id("The hold"),
  userId: Id("Whose data is held"),
  reason: Type.String(),
  placedAt: Instant("When it was placed"),
  liftedAt: Nullable(Instant("When it was lifted")),
});
export const HoldPage = pageOf(HoldView);
export const HoldQuery = Type.Object({ ...pageQuery(HOLD_SORTS), userId: Type.Optional(Id("One person's")) }, strict);
export const HoldParams = Type.Object({ id: Id("The hold") });

export const RetentionView = Type.Object({
  rules: Type.Array(Kept, { description: "What outlives an erasure, why, and for how long" }),
  erased: Columns,
});
