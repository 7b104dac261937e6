import type { BrandingSettings } from "./branding.ts";

/** Two colours of which one is read on the other. */
export type Unreadable = {
  /** The names of the text's colour and of its ground's. */
  readonly pair: readonly [string, string];
  /** Two decimals, rounded down. */
  readonly contrast: number;
  readonly minimum: number;
};

/** Of ordinary text: WCAG 2.2, success criterion 1.4.3. */
const TEXT_MIN = 4.5;

/** The pairs of a brand that its owner chooses both colours of, and that cannot be read. */
export const unreadablePairs = ({ mail }: Pick<BrandingSettings, "mail">): Unreadable[] =>
  unreadableOf([
    { names: ["mail.text", "mail.ground"], colours: [mail.text, mail.ground] },
    { names: ["mail.buttonText", "mail.button"], colours: [mail.buttonText, mail.button] },
  ]);

/** Of words on the button of a landing page: the partner chooses the ground of it alone. */
export const BUTTON_TEXT = "#ffffff";

/** The same of a partner's colour, beside the operator's mark. */
export const unreadableButton = (colour: string): Unreadable[] =>
  unreadableOf([{ names: ["buttonText", "colour"], colours: [BUTTON_TEXT, colour] }]);

type Pair = { readonly names: Unreadable["pair"]; readonly colours: readonly [string, string] };

const unreadableOf = (pairs: readonly Pair[]): Unreadable[] =>
  pairs.flatMap(({ names, colours }) => {
    const found = contrast(...colours);
    return found >= TEXT_MIN ? [] : [{ pair: names, contrast: Math.floor(found * 100) / 100, minimum: TEXT_MIN }];
  });

/** Contrast of two colours (`#rrggbb`), 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
