import { imagePath } from "./branding-view.ts";
import type { CoBranding, LandingPageWords } from "./co-branding.ts";

/** What a partner shows of itself, as it reads it. */
export type CoBrandingView = {
  /** Whether its terms have it. */
  readonly isIncluded: boolean;
  readonly colour: string | null;
  readonly logo: string | null;
};

export const coBrandingView = (kept: CoBranding | undefined, isIncluded: boolean): CoBrandingView => ({
  isIncluded,
  colour: kept?.colour ?? null,
  logo: kept === undefined ? null : imagePath(kept.logoId),
});

/** The page of a link, as its partner reads it; words are null where there is none. */
export type LandingPageView = { readonly linkId: string; readonly url: string } & {
  readonly [Part in keyof LandingPageWords]: string | null;
};
