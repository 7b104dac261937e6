import { DAY_MS } from "../../kernel/clock.ts";
import { type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

/** What the team has on its desk: a note about a partner, a coupon, and a draft of other rules. */
export async function stageDesk(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  const ctx = stage.at(new Date(end.getTime() - DAY_MS));
  const bank = cast.find((partner) => partner.cast.company === "Nordbank");
  if (bank === undefined) return;
  const partnerId = bank.id;
  await unlessRefused(() => app.referrals.createCoupon(ctx, { partnerId, code: "NORD-AUTUMN" }));
  const { data: notes } = await app.partners.findNotes(ctx, { partnerId, limit: 1 });
  if (notes.length > 0) return;
  await app.partners.writeNote(ctx, {
    partnerId,
    body: "Called on Friday: wants its own card product in spring.\nSend the draft of the new terms before that.",
  });
  const draft = await app.programs.draftPlan(ctx, {});
  await app.programs.editPlan(ctx, {
    planId: draft.id,
    tiers: { ...draft.tiers, tier1: { ...draft.tiers.tier1, recurringRate: 0.12, recurringDuration: 24 } },
  });
}
