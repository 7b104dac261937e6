import { Type } from "typebox";
import { FileInput, fileFields } from "../platform/files/index.ts";
import { Count, Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { TIERS } from "../programs/index.ts";
import { MATERIAL_SORTS } from "./find-materials.ts";
import { MATERIAL_KINDS, MATERIAL_STATUSES } from "./material-rules.ts";

const TEXT_MAX = 20_000;
const PICTURE_EXAMPLE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const Kind = Type.Enum([...MATERIAL_KINDS], {
  description:
    "`banner`: a picture that leads to the partner's link; `text`: words with the link in them; `file`: something to hand on",
});
const Status = Type.Enum([...MATERIAL_STATUSES], {
  description: "`archived`: withdrawn; no partner sees it, and its picture is no longer served",
});
const Tiers = Type.Array(Type.Enum([...TIERS], { type: "string" }), {
  minItems: 1,
  maxItems: TIERS.length,
  uniqueItems: true,
  description: "The tiers whose partners see it; null: those whose terms include marketing tools",
});
const File = Nullable(Type.Object(fileFields, { description: "Of a banner or a file" }));
const Pixels = (what: string) =>
  Nullable(Type.Integer({ description: `Of a banner: ${what} in pixels`, examples: [300] }));

const commonFields = {
  id: Id("The material"),
  kind: Kind,
  title: Type.String({ description: "What it is called", examples: ["Spring banner"] }),
  description: Nullable(Type.String({ description: "What it is for", examples: ["For the side of a page"] })),
  version: Type.Integer({ description: "The number of what it holds now" }),
  file: File,
  imageUrl: Nullable(
    Type.String({
      description: "Of a banner: where anybody can fetch its picture, always the latest",
      examples: ["https://partners.example.com/m/0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42"],
    }),
  ),
  alt: Nullable(Type.String({ description: "Of a banner: what it says", examples: ["Cards for your company"] })),
  width: Pixels("its width"),
  height: Pixels("its height"),
  createdAt: Instant("When it was made"),
  updatedAt: Instant("When it last changed"),
};

const offeredFields = { ...commonFields, downloads: Count("How often you have downloaded it") };
export const Material = Type.Object(offeredFields, { $id: "Material", description: "What a partner may publish" });
export const MaterialPage = pageOf(Material);
export const MaterialDetail = Type.Object(
  {
    ...offeredFields,
    link: Type.String({
      description: "Your own link, leading where the material says",
      examples: ["https://partners.example.com/r/ada-writes"],
    }),
    text: Nullable(Type.String({ description: "Of a text: what to publish, your link inside" })),
    embedCode: Nullable(
      Type.String({
        description: "HTML to paste into a page, your link inside; null for a file",
        examples: ['<a href="https://partners.example.com/r/ada-writes" rel="sponsored noopener">…</a>'],
      }),
    ),
  },
  { $id: "MaterialDetail" },
);

const operatorFields = {
  ...commonFields,
  tiers: Nullable(Tiers),
  destinationUrl: Nullable(
    Type.String({
      description: "Where its link leads; null: where the partner's link leads",
      examples: ["https://shop.example.com/spring"],
    }),
  ),
  body: Nullable(Type.String({ description: "Of a text, with its places", examples: ["Try it at {{link}}."] })),
  status: Status,
  archivedAt: Nullable(Instant("When it was withdrawn")),
  downloads: Type.Object({ count: Count("How often it was downloaded"), partners: Count("By how many partners") }),
};
export const OperatorMaterial = Type.Object(operatorFields, { $id: "OperatorMaterial" });
export const OperatorMaterialPage = pageOf(OperatorMaterial);
export const OperatorMaterialDetail = Type.Object(
  {
    ...operatorFields,
    versions: Type.Array(
      Type.Object({
        number: Type.Integer({ description: "From 1 on" }),
        file: File,
        body: operatorFields.body,
        alt: commonFields.alt,
        width: commonFields.width,
        height: commonFields.height,
        createdBy: Nullable(Id("The person or API key")),
        createdAt: Instant("When it came"),
      }),
      { description: "The latest 100, the latest first" },
    ),
  },
  { $id: "OperatorMaterialDetail" },
);

const filters = {
  ...pageQuery(MATERIAL_SORTS),
  kind: Type.Optional(Kind),
  q: Type.Optional(Line({ minLength: 1, maxLength: 100, description: "Part of the title or the description" })),
};
export const MaterialQuery = Type.Object(filters, { additionalProperties: false });
export const OperatorMaterialQuery = Type.Object(
  {
    ...filters,
    status: Type.Optional(Status),
    tier: Type.Optional(Type.Enum([...TIERS], { description: "Those that name this tier" })),
  },
  { additionalProperties: false },
);
export const MaterialParams = Type.Object({ id: Id("The material") });
export const MaterialVersionParams = Type.Object({
  id: Id("The material"),
  number: Type.Integer({ minimum: 1, maximum: 1_000_000, description: "Of the version" }),
});
export const EmbedQuery = Type.Object(
  { linkId: Type.Optional(Id("One of your active links; your first when not given")) },
  { additionalProperties: false },
);

const content = {
  file: Type.Optional(FileInput),
  text: Type.Optional(
    Text({
      minLength: 1,
      maxLength: TEXT_MAX,
      description:
        "Of a text: with `{{link}}` where the partner's link belongs; `{{code}}` and `{{company}}` are filled too",
    }),
  ),
  alt: Type.Optional(Line({ minLength: 1, maxLength: 300, description: "Of a banner: what it says" })),
};
const Title = Line({ minLength: 1, maxLength: 200, description: "What it is called" });
const Description = Text({ minLength: 1, maxLength: 2_000, description: "What it is for" });
const Destination = Line({
  minLength: 1,
  maxLength: 2_000,
  description: "Where its link leads, on a host of the programme",
});

export const CreateMaterialBody = Type.Object(
  {
    kind: Kind,
    title: Title,
    description: Type.Optional(Description),
    tiers: Type.Optional(Nullable(Tiers)),
    destinationUrl: Type.Optional(Nullable(Destination)),
    ...content,
  },
  {
    additionalProperties: false,
    examples: [
      {
        kind: "banner",
        title: "Spring banner",
        alt: "Cards for your company",
        tiers: ["tier1", "tier2"],
        file: { name: "spring.png", content: PICTURE_EXAMPLE },
      },
    ],
  },
);
export const ChangeMaterialBody = Type.Object(
  {
    title: Type.Optional(Title),
    description: Type.Optional(Nullable(Description)),
    tiers: Type.Optional(Nullable(Tiers)),
    destinationUrl: Type.Optional(Nullable(Destination)),
    status: Type.Optional(Status),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ status: "archived" }] },
);
export const MaterialVersionBody = Type.Object(content, {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ alt: "Cards for your company", file: { name: "spring-2.png", content: PICTURE_EXAMPLE } }],
});
