import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { findLinksByIds, redirectPath, referralErrors, validateReferralCode } from "../referrals/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { brandingView, imagePath } from "./branding-view.ts";
import type { LandingPageWords } from "./co-branding.ts";
import { findCoBranding, findLandingPage } from "./co-branding-repository.ts";
import { type CoBrandingView, coBrandingView, type LandingPageView } from "./co-branding-view.ts";
import type { ShownPage } from "./landing-page-html.ts";
import { findShownMark, isIncluded } from "./partner-look.ts";
import { currentBranding } from "./read-branding.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Where landing pages live. */
const LANDING_PATH = "/l";
export const LANDING_ROUTE = `${LANDING_PATH}/:code`;

/** What the acting partner shows of itself, and whether its terms have it. */
export const getCoBranding =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx): Promise<CoBrandingView> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "own:profile:read");
      const partnerId = requirePartner(ctx);
      return coBrandingView(await findCoBranding(tx, partnerId), await isIncluded(deps, tx, partnerId));
    });

/** The page of one of the acting partner's links. Throws `referral.link_not_found`. */
export const getLandingPage =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { linkId }: { readonly linkId: string }): Promise<LandingPageView> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "own:referrals:read");
      const link = await requireOwnLink(tx, { linkId, partnerId: requirePartner(ctx) });
      return landingPageViewOf(deps, tx, link, await findLandingPage(tx, linkId));
    });

/** What a visitor sees at the address of a landing page. Without a page to show it is led on at once, as the link itself does. */
export type Landing = { readonly leadsTo: string; readonly page?: Omit<ShownPage, "leadsTo"> };

/**
 * The page of a link's code: of one that is in use, of an active partner, whose terms have it. Throws `referral.link_not_found` for nobody's
 * code. A change of the link or of its partner's state takes as long to show as it does where the link leads on.
 */
export const showLandingPage =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, text: string): Promise<Landing> => {
    const code = validateReferralCode(text);
    const link = code === undefined ? undefined : await deps.referrals.links.find(ctx, code);
    if (code === undefined || link === undefined) throw referralErrors.link_not_found();
    const leadsTo = redirectPath(code);
    const partnerId = link.partner_id;
    if (link.status !== "active" || link.partner_status !== "active" || link.destination === null) return { leadsTo };
    return deps.db.read(ctx, async (tx) => {
      const words = await findLandingPage(tx, link.id);
      const mark = words && (await findShownMark(deps, tx, partnerId));
      if (words === undefined || mark === undefined) return { leadsTo };
      const { name, images, radius } = brandingView(await currentBranding(deps, tx));
      return {
        leadsTo,
        page: {
          words,
          radius,
          colour: mark.colour,
          operator: { name, logo: images.logo },
          partner: { name: mark.name ?? "", logo: imagePath(mark.logoId) },
        },
      };
    });
  };

type OwnLink = { readonly id: string; readonly code: string; readonly status: string };

/** A link of the partner's; anybody else's is as though it were not there. */
export async function requireOwnLink(
  tx: ReadTx,
  { linkId, partnerId }: { readonly linkId: string; readonly partnerId: string },
): Promise<OwnLink> {
  const link = (await findLinksByIds(tx, [linkId])).get(linkId);
  if (link === undefined || link.partnerId !== partnerId) throw referralErrors.link_not_found();
  return link;
}

export const landingPageViewOf = async (
  { publicUrl }: Pick<WhitelabelDeps, "publicUrl">,
  tx: ReadTx,
  { id, code }: OwnLink,
  words: LandingPageWords | undefined,
): Promise<LandingPageView> => ({
  linkId: id,
  url: `${(await findOwnTenant(tx, publicUrl)).url}${LANDING_PATH}/${code}`,
  title: words?.title ?? null,
  text: words?.text ?? null,
  button: words?.button ?? null,
});
