import { Type } from "typebox";
import { Id, Instant, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { DOMAIN_SORTS } from "./domain-repository.ts";
import { DOMAIN_PROBLEMS, DOMAIN_STATES } from "./domain-rules.ts";

const DnsRecord = Type.Object(
  {
    type: Type.Enum(["TXT", "CNAME"], { type: "string", examples: ["TXT"] }),
    name: Type.String({ examples: ["_tributary.partners.example.com"] }),
    value: Type.String({ examples: ["tributary-domain=3q2-7wCqL0bN5yJvR8mXkQ"] }),
  },
  { description: "A record to set. In place of the CNAME, addresses of the same host may stand" },
);

const DomainProblem = Type.Object(
  {
    code: Type.Enum([...DOMAIN_PROBLEMS], {
      type: "string",
      description:
        "`txt_missing`: the TXT record is not there; `txt_other`: it names another entry; `points_nowhere`, `points_elsewhere`: where the name leads; `taken`: another programme is served on it; `unanswered`: DNS gave no answer, which counts for nothing",
    }),
    found: Type.Array(Type.String(), { description: "What is there instead" }),
    expected: Type.Array(Type.String(), { description: "What would be right" }),
  },
  { description: "What the last check found missing" },
);

export const DomainView = Type.Object(
  {
    id: Id("The entry"),
    domain: Type.String({ description: "As DNS knows it", examples: ["partners.example.com"] }),
    unicode: Type.String({ description: "As people read it", examples: ["partners.example.com"] }),
    state: Type.Enum([...DOMAIN_STATES], {
      type: "string",
      description:
        "`pending` until its records are there; `active`; `failing`, in the three days in which it is served without them; `broken` after that; `lapsed` where they were never there",
    }),
    isServed: Type.Boolean({ description: "Whether the programme answers on it" }),
    records: Type.Array(DnsRecord),
    problems: Type.Array(DomainProblem),
    checkedAt: Nullable(Instant("When DNS was last asked")),
    nextCheckAt: Nullable(Instant("When it will be asked again; null where only a wish has it asked")),
    since: Instant("When it came into its state"),
    endsAt: Nullable(Instant("When the state ends without its records")),
    createdAt: Instant("When it was entered"),
  },
  { $id: "CustomDomain", description: "A domain of the programme's own" },
);

export const DomainPage = pageOf(DomainView);
export const DomainQuery = Type.Object(
  {
    ...pageQuery(DOMAIN_SORTS),
    state: Type.Optional(Type.Enum([...DOMAIN_STATES], { description: "In one state" })),
  },
  { additionalProperties: false },
);

export const EnterDomainBody = Type.Object(
  {
    domain: Type.String({
      minLength: 1,
      maxLength: 500,
      description: "Its bare name, in any script: no address, no wildcard",
      examples: ["partners.acme-cards.com"],
    }),
  },
  { additionalProperties: false },
);

export const DomainParams = Type.Object({ id: Id("The entry") });
