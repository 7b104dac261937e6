import { type Static, Type } from "typebox";
import { DEFAULT_ACCENT } from "../platform/default-look.ts";
import { FileInput } from "../platform/files/index.ts";
import { Id, Instant, Line, Nullable, Text } from "../platform/http/index.ts";
import { FONTS } from "./branding.ts";

const Colour = (description: string, example: string) =>
  Type.String({ pattern: "^#[0-9a-f]{6}$", description, examples: [example] });
const Link = (description: string) =>
  Nullable(
    Type.String({
      pattern: '^https://[^\\s"<>]+$',
      maxLength: 500,
      description,
      examples: ["https://acme.example/terms"],
    }),
  );

const settings = {
  name: Line({ minLength: 1, maxLength: 80, description: "What it is called, in the portal and in mails" }),
  accent: Colour("The brand's one colour; what is read is derived from it", DEFAULT_ACCENT),
  radius: Type.Integer({ minimum: 0, maximum: 16, description: "Of buttons and fields, in pixels", examples: [6] }),
  font: Type.Enum([...FONTS], { type: "string", description: "Of everything" }),
  welcome: Nullable(Text({ maxLength: 500, description: "Shown where people sign in" })),
  links: Type.Object(
    {
      terms: Link("Terms of the programme"),
      privacy: Link("Privacy notice"),
      imprint: Link("Who runs it"),
      help: Link("Help"),
    },
    { additionalProperties: false, description: "Pages of its own, shown where people sign in" },
  ),
  mail: Type.Object(
    {
      ground: Colour("Ground", "#ffffff"),
      text: Colour("Text, on the ground", "#161a1f"),
      button: Colour("Buttons", DEFAULT_ACCENT),
      buttonText: Colour("Text on buttons", "#ffffff"),
    },
    { additionalProperties: false, description: "The look of its mails; each text is readable on its ground" },
  ),
};
const version = Type.Integer({ minimum: 0, maximum: 1_000_000, description: "Its number; 0 before anything is saved" });
const image = (description: string) =>
  Nullable(Type.String({ description, examples: ["/api/v1/brand/images/0190b6a4-8a6e-7c3e-9d55-6f0b6a1c2d3e"] }));

const shown = {
  ...settings,
  version,
  images: Type.Object({
    logo: image("Path of the logo"),
    logoDark: image("Path of the logo on dark grounds; null where the other serves"),
    favicon: image("Path of the icon"),
  }),
};

export const Brand = Type.Object(shown, { $id: "Brand", description: "How a programme looks" });

const saved = {
  ...shown,
  restores: Nullable(Type.Integer({ description: "The version that this one brought back" })),
  savedAt: Nullable(Instant("When it was saved; null of the look before any was")),
  savedBy: Nullable(Id("Who of the team saved it")),
};
export const BrandVersion = Type.Object(saved, { $id: "BrandVersion", description: "One version of a branding" });
export const BrandWithVersions = Type.Object(
  { ...saved, earlier: Type.Array(BrandVersion, { description: "The versions before, the latest first" }) },
  { $id: "BrandWithVersions", description: "The branding that is shown, and those before it" },
);

export const SaveBrandBody = Type.Object(
  {
    ...settings,
    version: Type.Integer({ minimum: 0, maximum: 1_000_000, description: "The version that was looked at" }),
    logo: Type.Optional(Nullable(FileInput)),
    logoDark: Type.Optional(Nullable(FileInput)),
    favicon: Type.Optional(Nullable(FileInput)),
  },
  { additionalProperties: false, description: "The whole look. A picture that is not named stays, null takes it away" },
);
export type SaveBrandBody = Static<typeof SaveBrandBody>;

export const RestoreBrandBody = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: 1_000_000, description: "The version that is shown" }),
    restores: Type.Integer({ minimum: 1, maximum: 1_000_000, description: "The version to bring back" }),
  },
  { additionalProperties: false },
);

export const BrandImageParams = Type.Object({ id: Id("The picture") });
