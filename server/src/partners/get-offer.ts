import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import { planInForce, type Tier, type TierPlan } from "../programs/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { usualApprovalDays } from "./partner-repository.ts";
import { PARTNER_TYPES, type PartnerType, TIER_OF_TYPE } from "./partner-rules.ts";
import { type RegistrationState, registrationOf } from "./registration.ts";
import { earningsView } from "./terms-rules.ts";

/** What a kind of partner is offered: its tier in the plan in force, and how it is approved. */
type OfferedTier = ReturnType<typeof tierView> & {
  readonly partnerType: PartnerType;
  readonly tier: Tier;
  readonly isApprovedAtOnce: boolean;
  /** In which half of the last applications of the tier were approved by a person; null where there are too few to tell. */
  readonly usualDays: number | null;
};

export type Offer = {
  readonly registration: RegistrationState;
  readonly currency: string;
  readonly tiers: OfferedTier[];
};

/** What the programme offers to whoever thinks of becoming a partner: what it publishes anyway, in the plan in force. */
export const getOffer =
  (deps: PartnerDeps) =>
  async (ctx: Ctx): Promise<Offer> => {
    const registration = await registrationOf(deps, ctx);
    return deps.db.read(ctx, async (tx) => {
      const { autoApprovedTiers } = await deps.programs.getProgram(tx);
      const head = planInForce(await deps.programs.findPublishedHeads(tx), ctx.now);
      invariant(head !== undefined, "a programme has a first version from the beginning of time");
      const plan = (await deps.programs.publishedPlans(tx, [head.id])).get(head.id);
      invariant(plan !== undefined, "published versions are read by their ids");
      // Where nobody may register, nothing is offered: what partners earn is theirs to know.
      if (registration === "closed") return { registration, currency: plan.currency, tiers: [] };
      const usual = await usualApprovalDays(tx);
      const tiers = PARTNER_TYPES.map((partnerType) => {
        const tier = TIER_OF_TYPE[partnerType];
        const isApprovedAtOnce = autoApprovedTiers.includes(tier);
        return {
          partnerType,
          tier,
          ...tierView(plan.tiers[tier]),
          isApprovedAtOnce,
          usualDays: isApprovedAtOnce ? null : (usual.get(tier) ?? null),
        };
      });
      return { registration, currency: plan.currency, tiers };
    });
  };

const tierView = (plan: TierPlan) => ({
  ...earningsView(plan),
  setupFee: plan.setupFee,
  monthlyLicense: plan.monthlyLicense,
});
