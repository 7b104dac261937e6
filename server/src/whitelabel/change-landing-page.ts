import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { LandingPageWords } from "./co-branding.ts";
import { deleteLandingPage, findCoBranding, writeLandingPage } from "./co-branding-repository.ts";
import type { LandingPageView } from "./co-branding-view.ts";
import { landingPageViewOf, requireOwnLink } from "./find-landing-pages.ts";
import { landingPageEvent } from "./look-events.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";
import { landingPageErrors } from "./whitelabel-errors.ts";

/**
 * Puts a page in front of where one of the acting partner's links leads, or other words on it. Throws `referral.link_not_found`,
 * `landing_page.blank`, `landing_page.link_archived`, `landing_page.co_branding_missing`, `feature.not_included`.
 */
export const saveLandingPage =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { linkId, ...input }: LandingPageWords & { readonly linkId: string }): Promise<LandingPageView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:referrals:write");
      const partnerId = requirePartner(ctx);
      const after = cleanWords(input);
      const link = await requireOwnLink(tx, { linkId, partnerId });
      await deps.partners.requireFeature(tx, partnerId, "co_branding");
      if (link.status === "archived") throw landingPageErrors.link_archived();
      if ((await findCoBranding(tx, partnerId)) === undefined) throw landingPageErrors.co_branding_missing();
      await writeLandingPage(tx, { linkId, partnerId }, after);
      // Without the words: they can be erased, and the trail cannot.
      await deps.audit.record(tx, "landing_page.changed", { targetType: "referral_link", targetId: linkId });
      await deps.outbox.publish(tx, [landingPageEvent({ linkId, partnerId }, after)]);
      return landingPageViewOf(deps, tx, link, after);
    });

/** Takes the page of one of the acting partner's links away: who comes by its address is led on at once. Throws `referral.link_not_found`. */
export const removeLandingPage =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { linkId }: { readonly linkId: string }): Promise<LandingPageView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:referrals:write");
      const partnerId = requirePartner(ctx);
      const link = await requireOwnLink(tx, { linkId, partnerId });
      if (await deleteLandingPage(tx, linkId)) {
        await deps.audit.record(tx, "landing_page.removed", { targetType: "referral_link", targetId: linkId });
        await deps.outbox.publish(tx, [landingPageEvent({ linkId, partnerId }, undefined)]);
      }
      return landingPageViewOf(deps, tx, link, undefined);
    });

/** Words without the space around them. Throws `landing_page.blank` with the field that holds nothing else. */
function cleanWords({ title, text, button }: LandingPageWords): LandingPageWords {
  const words = { title: title.trim(), text: text.trim(), button: button.trim() };
  const blank = Object.entries(words).find(([, word]) => word === "");
  if (blank !== undefined) throw landingPageErrors.blank({ field: blank[0] });
  return words;
}
