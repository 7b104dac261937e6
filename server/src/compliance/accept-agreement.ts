import { newId } from "../kernel/id.ts";
import { accessErrors, type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { acceptedEvent } from "./agreement-events.ts";
import { findAcceptancesOf, getAgreementRow, getVersion, insertAcceptance } from "./agreement-repository.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { agreementErrors } from "./compliance-errors.ts";
import { type OwnAgreement, ownVersions } from "./find-agreements.ts";
import { letGoOn } from "./screen-partners.ts";
import { currentPartners } from "./screened-partners.ts";

/**
 * A person accepts a text for the partner that they act for. `textHash` is of the text that they were shown. To accept it twice changes
 * nothing. Throws `agreement.text_differs`, and `agreement.version_not_found` of what does not concern the partner: a draft, a text for other tiers or one
 * that another has replaced.
 */
export const acceptAgreement =
  (deps: ComplianceDeps) =>
  (
    ctx: Ctx,
    { versionId, textHash }: { readonly versionId: string; readonly textHash: string },
  ): Promise<OwnAgreement> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:agreements:accept");
      if (ctx.actor.type !== "user") throw accessErrors.person_required();
      const partnerId = requirePartner(ctx);
      // An acceptance may approve the partner: its sequence comes before every other lock.
      await deps.partners.lockSequences(tx, [partnerId]);
      const partner = await deps.partners.getPartner(tx, partnerId);
      const version = await getVersion(tx, versionId);
      const agreement = await getAgreementRow(tx, version.agreementId);
      const own = (await ownVersions(tx, partner)).find(({ id }) => id === versionId);
      if (own === undefined) throw agreementErrors.version_not_found();
      if (textHash !== version.textHash) throw agreementErrors.text_differs({ field: "textHash" });

      const acceptance = await insertAcceptance(tx, {
        id: newId(),
        versionId,
        partnerId,
        userId: ctx.actor.userId,
        textHash,
        acceptedAt: ctx.now,
        ip: ctx.ip,
      });
      if (acceptance === undefined) return own;
      await deps.audit.record(tx, "agreement.accepted", {
        targetType: "agreement_version",
        targetId: versionId,
        after: { agreementId: agreement.id, partnerId, number: version.number, textHash },
      });
      await deps.outbox.publish(tx, [acceptedEvent(agreement, version, acceptance)]);
      const waiting = (await currentPartners(deps, tx, [partnerId])).get(partnerId);
      if (waiting !== undefined) await letGoOn(deps, tx, waiting);
      return {
        ...own,
        status: "accepted",
        acceptBy: null,
        acceptedAt: (await findAcceptancesOf(tx, [partnerId])).get(partnerId)?.get(versionId)?.acceptedAt ?? ctx.now,
      };
    });
