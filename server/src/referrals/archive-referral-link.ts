import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { linkEvent } from "./link-events.ts";
import { archiveLinkRow, findLinkById } from "./link-repository.ts";
import type { LinkView } from "./link-schema.ts";
import { linkView } from "./link-view.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";

/** Takes one of the acting partner's links out of use. What was shared goes on leading where it did. The default link stays. */
export const archiveReferralLink =
  (deps: ReferralDeps) =>
  (ctx: Ctx, { linkId }: { readonly linkId: string }): Promise<LinkView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:referrals:write");
      const partnerId = requirePartner(ctx);
      const archived = await archiveLinkRow(tx, { id: linkId, partnerId });
      if (archived === undefined) {
        const link = await findLinkById(tx, linkId);
        if (link === undefined || link.partnerId !== partnerId) throw referralErrors.link_not_found();
        throw referralErrors.state({ status: link.status, isDefault: link.isDefault });
      }
      await deps.audit.record(tx, "referral_link.archived", { targetType: "referral_link", targetId: archived.id });
      await deps.outbox.publish(tx, [linkEvent("link.archived", archived)]);
      return linkView((await findOwnTenant(tx, deps.publicUrl)).url, archived);
    });
