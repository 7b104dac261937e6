import { Type } from "typebox";
import { FileInput } from "../platform/files/index.ts";
import { Id, Line, Nullable, Text } from "../platform/http/index.ts";

const LINK_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";

export const CoBranding = Type.Object(
  {
    isIncluded: Type.Boolean({ description: "Whether your terms have it" }),
    colour: Nullable(Type.String({ description: "Of buttons; null before anything is saved", examples: ["#1f5c4d"] })),
    logo: Nullable(
      Type.String({ description: "Path of the logo", examples: [`/api/v1/brand/images/${LINK_EXAMPLE}`] }),
    ),
  },
  { $id: "CoBranding", description: "What a partner shows of itself beside the operator's mark" },
);

export const SaveCoBrandingBody = Type.Object(
  {
    colour: Type.String({
      pattern: "^#[0-9a-f]{6}$",
      description: "Of buttons: white has to be readable on it",
      examples: ["#1f5c4d"],
    }),
    logo: Type.Optional(FileInput),
  },
  {
    additionalProperties: false,
    description: "A logo that is not named stays",
    examples: [
      {
        colour: "#1f5c4d",
        logo: {
          name: "logo.svg",
          content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9"/></svg>').toString("base64"),
        },
      },
    ],
  },
);

export const LandingPageBody = Type.Object(
  {
    title: Line({ minLength: 1, maxLength: 120, description: "What it is about" }),
    text: Text({ minLength: 1, maxLength: 1_000, description: "Plain text, of any number of lines" }),
    button: Line({ minLength: 1, maxLength: 40, description: "On the button that leads on" }),
  },
  {
    additionalProperties: false,
    examples: [{ title: "Cards for small firms", text: "Order one in five minutes.", button: "Have a look" }],
  },
);

export const LandingPageParams = Type.Object({ id: Id("Of the link") });

export const LandingPageView = Type.Object(
  {
    linkId: Id("Of the link"),
    url: Type.String({ description: "What to share in the place of the link's own address" }),
    title: Nullable(Type.String({ description: "Null, as the others, where the link has no page" })),
    text: Nullable(Type.String()),
    button: Nullable(Type.String()),
  },
  { $id: "LandingPage", description: "The page in front of where a link leads" },
);

export const LandingCodeParams = Type.Object({ code: Type.String({ maxLength: 100, description: "Of the link" }) });

export const LANDING_RESPONSE = {
  200: { description: "The page", content: { "text/html": { schema: Type.String() } } },
  302: Type.Null({ description: "There is no page to show: on to the link itself" }),
};
