import { onColour } from "../platform/colours.ts";
import { DEFAULT_ACCENT } from "../platform/default-look.ts";
import { type MailLook, PLAIN_LOOK } from "../platform/mail/index.ts";

export const FONTS = ["inter", "system", "serif"] as const;
export const IMAGE_PLACES = ["logo", "logoDark", "favicon"] as const;
/** Where a mark of the brand stands. */
export type ImagePlace = (typeof IMAGE_PLACES)[number];

/** How a tenant looks, as its team sets it. Colours are `#rrggbb`. */
export type BrandingSettings = {
  readonly name: string;
  /** One colour: the portal derives from it what can be read in light and dark. */
  readonly accent: string;
  /** Of buttons and fields, in pixels. */
  readonly radius: number;
  readonly font: (typeof FONTS)[number];
  /** Shown where people sign in. */
  readonly welcome: string | null;
  readonly links: Readonly<Record<"terms" | "privacy" | "imprint" | "help", string | null>>;
  readonly mail: Pick<MailLook, "ground" | "text" | "button" | "buttonText">;
};

/** One version of a branding; its images are files. */
export type Branding = BrandingSettings & {
  readonly version: number;
  readonly imageIds: Readonly<Record<ImagePlace, string | null>>;
  /** The version that this one brings back. */
  readonly restores: number | null;
  /** Null of the look that an installation begins with. */
  readonly savedAt: Date | null;
  readonly savedBy: string | null;
};

const { ground, text, button, buttonText } = PLAIN_LOOK;
const PLAIN_MAIL = { ground, text, button, buttonText };

/** The colours of a brand's mails: a button of which nobody has chosen the colour has the brand's. */
export const mailColours = ({ accent, mail }: Pick<BrandingSettings, "accent" | "mail">): BrandingSettings["mail"] =>
  mail.button === PLAIN_MAIL.button && mail.buttonText === PLAIN_MAIL.buttonText
    ? { ...mail, button: accent, buttonText: onColour(accent) }
    : mail;

/** Until a tenant has a branding of its own. */
export const plainBranding = (name: string): Branding => ({
  version: 0,
  name,
  accent: DEFAULT_ACCENT,
  radius: 6,
  font: "inter",
  welcome: null,
  links: { terms: null, privacy: null, imprint: null, help: null },
  mail: PLAIN_MAIL,
  imageIds: { logo: null, logoDark: null, favicon: null },
  restores: null,
  savedAt: null,
  savedBy: null,
});
