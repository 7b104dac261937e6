import { type Static, Type } from "typebox";
import { Id, Instant, InstantInput, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { DESTINATION_LENGTH_MAX } from "./destination-rules.ts";

const Text = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });

const PARTNER_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";

const SubIdsInput = Type.Object(
  {
    sub1: Type.Optional(Text("Yours to use")),
    sub2: Type.Optional(Text("Yours to use")),
    sub3: Type.Optional(Text("Yours to use")),
    sub4: Type.Optional(Text("Yours to use")),
    sub5: Type.Optional(Text("Yours to use")),
  },
  { additionalProperties: false, description: "Kept with every click; the same names in a link's query outrank them" },
);
export const SubIdsView = Type.Record(Type.String(), Type.String(), { description: "`sub1` to `sub5`" });

export const GenerateLinkBody = Type.Object(
  {
    campaign: Type.Optional(Text("What the link is for; kept with every click")),
    destination: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: DESTINATION_LENGTH_MAX,
        description: "Where it leads: an address on one of the programme's hosts. By default where the programme leads",
        examples: ["https://shop.example.com/pricing"],
      }),
    ),
    subIds: Type.Optional(SubIdsInput),
  },
  {
    additionalProperties: false,
    examples: [{ campaign: "spring", destination: "https://shop.example.com/pricing", subIds: { sub1: "newsletter" } }],
  },
);
export type GenerateLink = Static<typeof GenerateLinkBody>;

export const LinkView = Type.Object({
  id: Id("Of the link"),
  code: Type.String({ description: "The last part of the address" }),
  url: Type.String({ description: "What to share" }),
  campaign: Nullable(Type.String()),
  destination: Nullable(Type.String({ description: "Null: where the programme leads" })),
  subIds: SubIdsView,
  isDefault: Type.Boolean({ description: "The partner's own referral code" }),
  status: Type.Enum(["active", "archived"], {
    description: "An archived link goes on leading where it did; its clicks are not recorded",
  }),
  createdAt: Instant("When it was made"),
});
export type LinkView = Static<typeof LinkView>;

export const LinkQuery = Type.Object(
  {
    ...pageQuery(["createdAt", "-createdAt"]),
    status: Type.Optional(Type.Enum(["active", "archived"])),
    campaign: Type.Optional(Type.String({ maxLength: 100 })),
    isDefault: Type.Optional(Type.Boolean({ description: "The link of the partner's own code, or all but it" })),
  },
  { additionalProperties: false },
);
export type LinkQuery = Static<typeof LinkQuery>;
export const LinkPage = pageOf(LinkView);

export const CreateCouponBody = Type.Object(
  {
    partnerId: Id("Whose it is"),
    code: Type.String({
      pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{1,49}$",
      description: "What customers type; capitals and small letters are the same",
      examples: ["ADA20"],
    }),
    isExclusive: Type.Optional(
      Type.Boolean({
        default: true,
        description: "It outranks any click. A shared coupon counts only for a customer who clicked on nothing",
      }),
    ),
    startsAt: Type.Optional(InstantInput("Valid from then on; at once if not given")),
    endsAt: Type.Optional(InstantInput("No longer valid from then on; without end if not given")),
  },
  { additionalProperties: false, examples: [{ partnerId: PARTNER_EXAMPLE, code: "ADA20" }] },
);
export type CreateCoupon = Static<typeof CreateCouponBody>;

export const CouponView = Type.Object({
  id: Id("Of the coupon"),
  partnerId: Id("Whose it is"),
  code: Type.String(),
  isExclusive: Type.Boolean(),
  startsAt: Nullable(Instant("Valid from then on")),
  endsAt: Nullable(Instant("No longer valid from then on")),
  status: Type.Enum(["active", "archived"]),
  createdAt: Instant("When it was made"),
});

export const CouponQuery = Type.Object(
  {
    ...pageQuery(["createdAt", "-createdAt"]),
    partnerId: Type.Optional(Id("Of a partner")),
    status: Type.Optional(Type.Enum(["active", "archived"])),
    code: Type.Optional(Type.String({ maxLength: 50 })),
  },
  { additionalProperties: false },
);
export type CouponQuery = Static<typeof CouponQuery>;
export const CouponPage = pageOf(CouponView);

export const ValidateBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 100, description: "A referral code or a coupon code" }) },
  { additionalProperties: false, examples: [{ code: "ada-writes" }] },
);
export const ValidityView = Type.Object({
  isValid: Type.Boolean({ description: "Whether a customer who comes with it now is tied to a partner" }),
  kind: Nullable(Type.Enum(["link", "coupon"])),
  reason: Nullable(Type.String({ description: "Why it is not valid: a code of the error catalogue" })),
});
export type ValidityView = Static<typeof ValidityView>;
