import { DAY_MS } from "../../kernel/clock.ts";
import { asPartner, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";
import { stageFraud } from "./stage-fraud.ts";

const byName = (cast: readonly StagedPartner[], company: string): StagedPartner | undefined =>
  cast.find((partner) => partner.cast.company === company);

const NEWCOMER = "hello@newcomer.example";

/** What an operator finds on a Monday: disputes, an application, a wish for another tier, somebody suspended. */
export async function stageTrouble(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  const recently = new Date(end.getTime() - 2 * DAY_MS);
  const [writer, reseller, suspended] = [
    byName(cast, "Ada Writes"),
    byName(cast, "Northgate Accounting"),
    byName(cast, "Copper Kettle"),
  ];

  if (reseller !== undefined) {
    const open = await disputeOne(
      stage,
      reseller,
      recently,
      "The rate should have been ours from the first of the month.",
    );
    if (open !== undefined)
      await app.commissions.resolveDispute(stage.at(end), {
        disputeId: open.id,
        outcome: "uphold",
        resolution: "The receipt shows the rate that was in force at the conversion; it stands.",
      });
  }
  if (writer !== undefined) {
    await disputeOne(stage, writer, recently, "This customer came twice; I think an earlier purchase is missing.");
    await unlessRefused(() => app.partners.upgradeTier(asPartner(stage, writer, recently), { tier: "tier2" }));
  }
  if (suspended !== undefined)
    await unlessRefused(() =>
      app.partners.suspendPartner(stage.at(recently), {
        partnerId: suspended.id,
        reason: "Bids on our name in search ads",
      }),
    );
  const buyer = byName(cast, "Lantern Reviews");
  if (buyer !== undefined) await stageFraud(stage, buyer, end);
  const [newcomer] = (await app.partners.findPartnerPage(stage.at(end), { q: NEWCOMER })).data;
  if (newcomer !== undefined) return;
  await app.partners.registerPartner(
    { ...stage.at(recently), actor: { type: "anonymous" } },
    {
      email: NEWCOMER,
      password: `${crypto.randomUUID()}`,
      name: "Newcomer & Co",
      companyName: "Newcomer & Co",
      partnerType: "reseller",
      country: "US",
    },
  );
}

/** An open dispute of the partner: that of an earlier build, or a new one. Nothing, where an earlier one was resolved. */
async function disputeOne(stage: Stage, partner: StagedPartner, at: Date, reason: string) {
  const ctx = asPartner(stage, partner, at);
  const [before] = (await stage.app.commissions.getDisputes(ctx, { limit: 1 })).data;
  if (before !== undefined) return before.status === "open" ? before : undefined;
  const { data } = await stage.app.commissions.getCommissions(ctx, { status: "pending", type: "recurring", limit: 1 });
  const [commission] = data;
  if (commission === undefined) return undefined;
  return unlessRefused(() => stage.app.commissions.disputeCommission(ctx, { commissionId: commission.id, reason }));
}
