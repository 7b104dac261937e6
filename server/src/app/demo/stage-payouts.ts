import { composeIBAN } from "ibantools";
import { HOUR_MS } from "../../kernel/clock.ts";
import { asPartner, forEach, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

/** An account of its own for each partner, at the bank of the IBAN registry's example: valid in form. */
const exampleIban = (index: number): string =>
  composeIBAN({ countryCode: "DE", bban: `37040044${String(index).padStart(10, "0")}` }) ?? "";
/** Partners of less weight have not said how they are to be paid. */
const PAID_WEIGHT_MIN = 3;
const PLATFORM_FUNDS = 500_000_00;

/** Chooses how partners are paid: the leads by the stand-in of Stripe, whose forms they have completed, others into a bank account. */
export async function stageMethods(stage: Stage, cast: readonly StagedPartner[], start: Date): Promise<void> {
  const { app, sandbox } = stage;
  const isFunded = sandbox.stripe.balance().available.some(({ amount }) => amount > 0);
  if (!isFunded) sandbox.stripe.addFunds({ amount: PLATFORM_FUNDS, currency: "usd" });
  await forEach(stage, [...cast.entries()], async ([index, partner]) => {
    const ctx = asPartner(stage, partner, start);
    if ((await app.payouts.getPaymentMethod(ctx))?.status === "payable") return;
    if (partner.cast.isLead) {
      const choice = { kind: "stripe_connect", country: "US" } as const;
      await app.payouts.updatePaymentMethod(ctx, choice);
      for (const { id, metadata } of sandbox.stripe.accounts())
        if (metadata?.["partner_id"] === partner.id) sandbox.stripe.setStanding(id, "active");
      await app.payouts.updatePaymentMethod(ctx, choice);
    } else if (partner.cast.weight >= PAID_WEIGHT_MIN) {
      await app.payouts.updatePaymentMethod(ctx, {
        kind: "bank_file",
        holder: partner.cast.company,
        iban: exampleIban(index),
      });
    }
  });
}

/**
 * The month is over: what left its hold is approved, and whoever reaches the minimum asks for a payout and gets it. A payout that an earlier
 * build asked for is led on.
 */
export async function stagePayouts(
  stage: Stage,
  cast: readonly StagedPartner[],
  monthEnd: Date,
  options: { readonly refused?: StagedPartner } = {},
): Promise<void> {
  const { app, sandbox } = stage;
  const at = (hours: number) => new Date(monthEnd.getTime() + hours * HOUR_MS);
  await app.commissions.approveDue(stage.at(monthEnd));
  const pay = async (partner: StagedPartner): Promise<void> => {
    const ctx = asPartner(stage, partner, at(1));
    const [newest] = (await app.payouts.getPayoutHistory(ctx, { currency: "USD", limit: 1 })).data;
    const isBegun = newest?.requestedAt.getTime() === at(1).getTime();
    const payout = isBegun ? newest : await unlessRefused(() => app.payouts.requestPayout(ctx, { currency: "USD" }));
    if (payout === undefined || !["pending", "processing"].includes(payout.status)) return;
    if (partner === options.refused)
      sandbox.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    await unlessRefused(() => app.payouts.processPayout(stage.at(at(2)), { payoutId: payout.id }));
    await app.payouts.sendTransfer(stage.at(at(3)), { payoutId: payout.id, attempt: 1 });
  };
  const paid = cast.filter(({ cast: { isLead, weight } }) => isLead || weight >= PAID_WEIGHT_MIN);
  await forEach(
    stage,
    paid.filter((partner) => partner !== options.refused),
    pay,
  );
  // Last and alone: what is refused is the next transfer, whosever it is.
  await forEach(
    stage,
    paid.filter((partner) => partner === options.refused),
    pay,
  );
}

/** Takes to the bank what goes there; whoever asks for the next file has not been handed these payments. */
export const stageBankFile = ({ app, at }: Stage, monthEnd: Date) =>
  app.payouts.exportBankFile(at(new Date(monthEnd.getTime() + 4 * HOUR_MS)), {});
