import { DAY_MS } from "../kernel/clock.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { planInForce, type Tier } from "../programs/index.ts";
import { giveTerms } from "./change-terms.ts";
import { type Eligibility, eligibilityFor } from "./eligibility.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews } from "./partner-events.ts";
import { getPartner, updatePartnerIn } from "./partner-repository.ts";
import { lockSequences } from "./sequence-repository.ts";
import { decideTierChange, findTierChange, insertTierChange, type TierChange } from "./tier-change-repository.ts";

/** The acting partner asks for another tier. It is shown how it stands to what the tier asks for; an operator decides. */
export const upgradeTier =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { tier }: { readonly tier: Tier }): Promise<TierChange> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:profile:write");
      const partnerId = requirePartner(ctx);
      await lockSequences(tx, [partnerId]);
      const partner = await getPartner(tx, partnerId);
      if (partner.status !== "active") throw partnerErrors.wrong_state({ status: partner.status });
      if (partner.tier === tier) throw partnerErrors.tier_unchanged({ tier });
      const eligibility = await standingOf(deps, tx, { partnerId, tier });
      const change = await insertTierChange(tx, { partnerId, fromTier: partner.tier, toTier: tier, eligibility });
      await deps.audit.record(tx, "partner.upgrade_requested", {
        targetType: "partner",
        targetId: partnerId,
        after: change,
      });
      await deps.outbox.publish(tx, [partnerNews("partner.upgrade_requested", partner)]);
      return change;
    });

async function standingOf(
  { programs, referrals }: PartnerDeps,
  tx: Tx,
  { partnerId, tier }: { readonly partnerId: string; readonly tier: Tier },
): Promise<Eligibility> {
  const { now } = tx.ctx;
  const plan = planInForce(await programs.findPublishedHeads(tx), now);
  invariant(plan !== undefined, "the first version is in force from the beginning of time");
  const asked = (await programs.publishedPlans(tx, [plan.id])).get(plan.id)?.tiers[tier].eligibility ?? {};
  const days = asked.qualifiedReferrals?.days;
  const qualifiedReferrals =
    days === undefined
      ? 0
      : await referrals.countQualified(tx, { partnerId, since: new Date(now.getTime() - days * DAY_MS) });
  return eligibilityFor(asked, { qualifiedReferrals });
}

export type DecideUpgrade = {
  readonly changeId: string;
  readonly decision: "approved" | "rejected";
  readonly reason?: string;
};

/** Decides a request for another tier. Later conversions earn by its terms; earlier customers keep theirs. */
export const decideUpgrade =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { changeId, decision, reason }: DecideUpgrade): Promise<TierChange> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const asked = await findTierChange(tx, changeId);
      if (asked === undefined) throw partnerErrors.upgrade_not_found();
      await deps.programs.holdProgram(tx);
      await lockSequences(tx, [asked.partnerId]);
      const partner = await getPartner(tx, asked.partnerId);
      const decided = await decideTierChange(tx, changeId, {
        status: decision,
        reason: reason ?? null,
        decidedBy: ctx.actor.type === "user" ? ctx.actor.userId : null,
      });
      if (decided === undefined) throw partnerErrors.upgrade_decided({ status: asked.status });
      const after = decision === "approved" ? await moveToTier(deps, tx, decided) : partner;
      const news = decision === "approved" ? "partner.tier_changed" : "partner.upgrade_rejected";
      await deps.audit.record(tx, news, {
        targetType: "partner",
        targetId: partner.id,
        before: { tier: partner.tier },
        after: { tier: after.tier, changeId },
        ...(reason === undefined ? {} : { reason }),
      });
      await deps.outbox.publish(tx, [partnerNews(news, after)]);
      return decided;
    });

/** Joins a transaction that has the partner's sequence: puts an active partner into another tier, under the terms that it has now. */
export async function moveToTier(
  deps: PartnerDeps,
  tx: Tx,
  { partnerId, toTier }: Pick<TierChange, "partnerId" | "toTier">,
) {
  const partner = await getPartner(tx, partnerId);
  if (partner.status !== "active") throw partnerErrors.wrong_state({ status: partner.status });
  const reason = `Moved to ${toTier}`;
  await giveTerms(deps, tx, { partner, tier: toTier, overrides: {}, isRetroactive: false, reason });
  const after = await updatePartnerIn(tx, partner, { tier: toTier });
  invariant(after !== undefined, "the partner's sequence is locked");
  return after;
}
