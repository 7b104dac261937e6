import { newId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { cleanText, readSubIds } from "./click-rules.ts";
import { allowedDestination } from "./destination-rules.ts";
import { linkEvent } from "./link-events.ts";
import { countActiveLinks, insertLinks, type Link } from "./link-repository.ts";
import { drawCode, LINKS_MAX } from "./link-rules.ts";
import type { GenerateLink, LinkView } from "./link-schema.ts";
import { linkView } from "./link-view.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";

/** Makes a link of the acting partner, to somewhere on the programme's hosts and nowhere else. */
export const generateReferralLink =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: GenerateLink): Promise<LinkView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:referrals:write");
      const partnerId = requirePartner(ctx);
      const partner = await deps.partners.getPartner(tx, partnerId);
      if (partner.status !== "active") throw referralErrors.partner_inactive({ status: partner.status });
      const program = await deps.programs.getProgram(tx);
      const destinationUrl =
        input.destination === undefined ? null : allowedDestination(input.destination, program.destinationHosts);
      if (destinationUrl === undefined)
        throw referralErrors.destination_invalid({ field: "destination", hosts: program.destinationHosts });
      if (destinationUrl === null && program.defaultDestination === null) throw referralErrors.destination_missing();
      if ((await countActiveLinks(tx, partnerId)) >= LINKS_MAX)
        throw referralErrors.too_many_links({ maximum: LINKS_MAX });

      const link: Link = {
        id: newId(),
        partnerId,
        code: drawCode(),
        campaign: input.campaign === undefined ? null : cleanText(input.campaign),
        destinationUrl,
        subIds: readSubIds(input.subIds ?? {}),
        isDefault: false,
        status: "active",
        createdAt: ctx.now,
      };
      const added = await insertLinks(tx, [link]);
      // One draw in a great many meets a code that is taken; drawing again is the caller's to ask for.
      if (!added.has(link.code)) throw referralErrors.code_taken();
      await deps.audit.record(tx, "referral_link.created", {
        targetType: "referral_link",
        targetId: link.id,
        after: { code: link.code, destination: destinationUrl },
      });
      await deps.outbox.publish(tx, [linkEvent("link.created", link)]);
      return linkView((await findOwnTenant(tx, deps.publicUrl)).url, link);
    });
