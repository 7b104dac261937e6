import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { profileOf } from "./find-partners.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews } from "./partner-events.ts";
import { getPartner, type Partner, updatePartnerIn } from "./partner-repository.ts";
import type { OwnProfile } from "./partner-view.ts";
import { lockSequences } from "./sequence-repository.ts";

export type UpdatePartner = {
  readonly companyName?: string | null;
  readonly country?: string | null;
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
};

/** The acting partner changes what it says of itself; what is not given stays. */
export const updatePartner =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { companyName, country, settings }: UpdatePartner): Promise<OwnProfile> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:profile:write");
      const partnerId = requirePartner(ctx);
      await lockSequences(tx, [partnerId]);
      const before = await getPartner(tx, partnerId);
      if (before.status === "terminated") throw partnerErrors.wrong_state({ status: before.status });
      const after = await updatePartnerIn(tx, before, {
        ...(companyName === undefined ? {} : { company_name: companyName }),
        ...(country === undefined ? {} : { country }),
        ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
      });
      if (after === undefined) throw partnerErrors.wrong_state();
      await deps.audit.record(tx, "partner.updated", {
        targetType: "partner",
        targetId: partnerId,
        before: auditedProfile(before),
        after: { ...auditedProfile(after), isRenamed: after.companyName !== before.companyName },
      });
      await deps.outbox.publish(tx, [partnerNews("partner.updated", after)]);
      return profileOf(deps, tx, after);
    });

/** What the trail keeps of a profile: it outlives an erasure, so it holds neither the name nor what a partner may write into its settings. */
const auditedProfile = ({ country, settings }: Partner) => ({
  country,
  settings: Object.keys(settings),
});
