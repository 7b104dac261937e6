import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { planInForce, resolveTerms, type Terms, type TermsOverrides, type Tier } from "../programs/index.ts";
import { currentTerms } from "./find-terms.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews } from "./partner-events.ts";
import { getPartner, type Partner } from "./partner-repository.ts";
import { recordTerms } from "./record-terms.ts";
import { showRates } from "./register-partner.ts";
import { lockSequences } from "./sequence-repository.ts";
import { findCurrentTermsRows } from "./terms-repository.ts";
import { followingTerms, type TermsView, termsView } from "./terms-rules.ts";

export type ChangeTerms = {
  readonly partnerId: string;
  /** What differs from the tier of the version in force; nothing: the partner follows the plan. */
  readonly overrides: TermsOverrides;
  /** Existing customers earn by them too, from now on. */
  readonly isRetroactive?: boolean;
  readonly reason: string;
};

/** Gives a partner terms of its own, inside the range that its tier allows, or lets it follow the plan again. */
export const changeTerms =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, overrides, isRetroactive = false, reason }: ChangeTerms): Promise<TermsView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      await deps.programs.holdProgram(tx);
      await lockSequences(tx, [partnerId]);
      const partner = await getPartner(tx, partnerId);
      if (partner.status === "terminated") throw partnerErrors.wrong_state({ status: partner.status });
      const before = await termsOf(deps, tx, partnerId);
      const after = await giveTerms(deps, tx, { partner, tier: partner.tier, overrides, isRetroactive, reason });
      await deps.audit.record(tx, "partner.terms_changed", {
        targetType: "partner",
        targetId: partnerId,
        before: termsView(before),
        after: { ...termsView(after), isRetroactive },
        reason,
      });
      await deps.outbox.publish(tx, [partnerNews("partner.terms_changed", partner)]);
      return termsView(after);
    });

type Given = {
  readonly partner: Partner;
  readonly tier: Tier;
  readonly overrides: TermsOverrides;
  readonly isRetroactive: boolean;
  readonly reason: string;
};

/** Joins a transaction that holds the programme and the partner's sequence: from now on these terms count. */
export async function giveTerms(
  deps: PartnerDeps,
  tx: Tx,
  { partner, tier, overrides, isRetroactive, reason }: Given,
): Promise<Terms> {
  const { now } = tx.ctx;
  const heads = await deps.programs.findPublishedHeads(tx);
  const plan = planInForce(heads, now);
  invariant(plan !== undefined, "the first version is in force from the beginning of time");
  const isPlain = Object.keys(overrides).length === 0;
  // What was published stays for whoever follows it; terms of their own are new.
  if (!isPlain) await requireSound(deps, tx, { planId: plan.id, tier, overrides });
  const following = followingTerms({ partnerId: partner.id, tier, from: now, reason }, { heads, since: now });
  const own = { partnerId: partner.id, tier, planId: plan.id, overrides, reason, effectiveFrom: now, isRetroactive };
  await recordTerms(
    deps.outbox,
    tx,
    isPlain ? following.map((row, index) => ({ ...row, isRetroactive: isRetroactive && index === 0 })) : [own],
  );
  await showRates(deps, tx, [partner.id]);
  return termsOf(deps, tx, partner.id);
}

export type AgreeTerms = {
  readonly partnerId: string;
  /** What differs from the terms that are in force then. */
  readonly differences: TermsOverrides;
  /** Not in the past. */
  readonly from: Date;
  readonly reason: string;
};

/** Joins a transaction of a module above whose contract says so: from a date on an active partner's own terms differ in this, too. */
export const agreeTerms =
  (deps: PartnerDeps) =>
  async (tx: Tx, { partnerId, differences, from, reason }: AgreeTerms): Promise<void> => {
    await deps.programs.holdProgram(tx);
    await lockSequences(tx, [partnerId]);
    const partner = await getPartner(tx, partnerId);
    if (partner.status !== "active") throw partnerErrors.wrong_state({ status: partner.status });
    const plan = planInForce(await deps.programs.findPublishedHeads(tx), from);
    const [before] = await findCurrentTermsRows(tx, [partnerId], from);
    invariant(plan !== undefined && before !== undefined, "a partner has terms from the beginning of time");
    const { tier } = before;
    const overrides = { ...before.overrides, ...differences };
    await requireSound(deps, tx, { planId: plan.id, tier, overrides });
    await recordTerms(deps.outbox, tx, [
      { partnerId, tier, planId: plan.id, overrides, reason, effectiveFrom: from, isRetroactive: false },
    ]);
    await showRates(deps, tx, [partnerId]);
    await deps.outbox.publish(tx, [partnerNews("partner.terms_changed", partner)]);
  };

/** Refuses terms outside what the tier, or anybody who is asked, allows. */
async function requireSound(
  deps: PartnerDeps,
  tx: Tx,
  { planId, tier, overrides }: { readonly planId: string; readonly tier: Tier; readonly overrides: TermsOverrides },
): Promise<void> {
  const published = (await deps.programs.publishedPlans(tx, [planId])).get(planId);
  invariant(published !== undefined, "the version in force is published");
  const plan = resolveTerms(published.documents[tier], overrides);
  await deps.programs.requireAllowed(tx, { currency: published.currency, terms: [{ field: "overrides", plan }] });
}

async function termsOf(deps: PartnerDeps, tx: Tx, partnerId: string): Promise<Terms> {
  const terms = (await currentTerms(deps)(tx, [partnerId], tx.ctx.now)).get(partnerId);
  invariant(terms !== undefined, "a partner has terms from the beginning of time");
  return terms;
}
