import { contrast, TEXT_CONTRAST_MIN } from "../platform/colours.ts";
import type { BrandingSettings } from "./branding.ts";

/** Two colours of which one is read on the other. */
export type Unreadable = {
  /** The names of the text's colour and of its ground's. */
  readonly pair: readonly [string, string];
  /** Two decimals, rounded down. */
  readonly contrast: number;
  readonly minimum: number;
};

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
    return found >= TEXT_CONTRAST_MIN
      ? []
      : [{ pair: names, contrast: Math.floor(found * 100) / 100, minimum: TEXT_CONTRAST_MIN }];
  });
