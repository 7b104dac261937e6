import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { eraseFiles, insertFiles, type SentFile } from "../platform/files/index.ts";
import { unreadableButton } from "./branding-rules.ts";
import { checkImage } from "./check-image.ts";
import { findCoBranding, writeCoBranding } from "./co-branding-repository.ts";
import { type CoBrandingView, coBrandingView } from "./co-branding-view.ts";
import { coBrandingEvent } from "./look-events.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";
import { brandingErrors, coBrandingErrors } from "./whitelabel-errors.ts";

/** A logo that is not named stays. */
export type SaveCoBranding = { readonly colour: string; readonly logo?: SentFile };

/**
 * Sets what the acting partner shows of itself. Of two who do it at once the second's holds. A logo that is replaced is kept nowhere. Throws
 * `branding.unreadable`, `co_branding.logo_missing`, `feature.not_included`, and what is wrong with the picture.
 */
export const saveCoBranding =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { colour, logo }: SaveCoBranding): Promise<CoBrandingView> => {
    requireScope(ctx, "own:profile:write");
    const partnerId = requirePartner(ctx);
    const [unreadable] = unreadableButton(colour);
    if (unreadable !== undefined) throw brandingErrors.unreadable({ field: "colour", ...unreadable });
    const file = logo && (await checkImage(logo, "logo"));
    return deps.db.transaction(ctx, async (tx) => {
      await deps.partners.requireFeature(tx, partnerId, "co_branding");
      // One after the other, so that each sees the logo that it replaces.
      await deps.partners.lockSequences(tx, [partnerId]);
      const before = await findCoBranding(tx, partnerId);
      const [kept] = file === undefined ? [] : await insertFiles(tx, [file]);
      const logoId = kept?.id ?? before?.logoId;
      if (logoId === undefined) throw coBrandingErrors.logo_missing({ field: "logo" });
      const after = { colour, logoId };
      await writeCoBranding(tx, partnerId, after);
      if (before !== undefined && before.logoId !== logoId) await eraseFiles(tx, [before.logoId]);
      await deps.audit.record(tx, "co_branding.changed", {
        targetType: "partner",
        targetId: partnerId,
        ...(before && { before }),
        after,
      });
      await deps.outbox.publish(tx, [coBrandingEvent(partnerId, after)]);
      return coBrandingView(after, true);
    });
  };
