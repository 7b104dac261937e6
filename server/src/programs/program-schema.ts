import { type Static, Type } from "typebox";
import { CurrencyCode, Id, Instant, Line, Nullable } from "../platform/http/index.ts";
import { TIERS } from "./tier-plan.ts";

export const ATTRIBUTION_MODELS = ["last", "first"] as const;
export type AttributionModel = (typeof ATTRIBUTION_MODELS)[number];

const HOSTS_MAX = 100;

const settings = {
  name: Line({ minLength: 1, maxLength: 200, description: "Shown to partners" }),
  currency: CurrencyCode("Currency of fixed amounts; stays as it is once money has been booked"),
  timeZone: Type.String({
    minLength: 1,
    maxLength: 64,
    description: "IANA name; a change is a new plan version",
    examples: ["Europe/Berlin"],
  }),
  destinationHosts: Type.Array(Type.String({ minLength: 1, maxLength: 260 }), {
    maxItems: HOSTS_MAX,
    uniqueItems: true,
    description: "Hosts that links may lead to, with a port where it is not the usual one",
    examples: [["shop.example.com"]],
  }),
  defaultDestination: Nullable(
    Line({
      maxLength: 2_000,
      description: "Where a link leads that names nothing else",
    }),
  ),
  attributionModel: Type.Enum([...ATTRIBUTION_MODELS], { description: "Which click of several counts" }),
  requiresVerifiedEmail: Type.Boolean({
    description: "A referral qualifies only when the customer's e-mail is verified",
  }),
  autoApprovedTiers: Type.Array(Type.Enum([...TIERS], { type: "string" }), {
    maxItems: TIERS.length,
    uniqueItems: true,
    description: "Tiers whose partners are approved when their e-mail is verified",
  }),
};

export const Program = Type.Object(
  { id: Id("The programme"), ...settings, createdAt: Instant("When it was made"), updatedAt: Instant("Last change") },
  { $id: "Program", description: "The partner programme of an operator" },
);
export type Program = Static<typeof Program>;

export const UpdateProgramBody = Type.Partial(Type.Object(settings), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ destinationHosts: ["shop.example.com"], defaultDestination: "https://shop.example.com/" }],
});
export type UpdateProgram = Static<typeof UpdateProgramBody>;
