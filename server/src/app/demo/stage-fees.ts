import { DAY_MS } from "../../kernel/clock.ts";
import { asPartner, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

const RESELLER = "Northgate Accounting";
const PROOF = { name: "invoice.txt", content: Buffer.from("Invoice 2041: stand at the trade fair").toString("base64") };

/** What a partner owes and what it may spend: fees with an invoice of each kind, a budget with claims that were decided and one that waits. */
export async function stageFees(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  const partner = cast.find((one) => one.cast.company === RESELLER);
  if (partner === undefined) return;
  const at = (days: number) => stage.at(new Date(end.getTime() - days * DAY_MS));
  const { data: before } = await app.fees.findBudgets(at(0), { partnerId: partner.id, limit: 1 });
  if (before.length > 0) return;

  const agreement = { endsOn: null, supportFrom: null, maySetOff: true, dueDays: 14 };
  const startsOn = end.toISOString().slice(0, 10);
  await app.fees.agreeFees(at(0), { partnerId: partner.id, startsOn, ...agreement });
  for (const [days, description, unitAmount] of [
    [40, "Training of two days", 240_000],
    [20, "Booth at the partner day", 90_000],
    [2, "Printed guides", 35_000],
  ] as const) {
    const lines = [{ description, quantity: 1, unitAmount }];
    const { id } = await app.fees.issueInvoice(at(days), { partnerId: partner.id, currency: "USD", lines });
    if (days === 40) await app.fees.recordInvoicePayment(at(30), { invoiceId: id, reference: "Wire 4711" });
  }

  const grant = { partnerId: partner.id, period: "quarter", currency: "USD", reason: "Launch in the north" } as const;
  const budget = await app.fees.grantBudget(at(0), { ...grant, amount: 500_000 });
  const spentOn = at(0).now.toISOString().slice(0, 10);
  const claim = (amount: number, description: string) =>
    unlessRefused(() =>
      app.fees.claimBudget(asPartner(stage, partner, end), {
        budgetId: budget.id,
        amount,
        spentOn,
        description,
        files: [PROOF],
      }),
    );
  const stand = await claim(180_000, "Stand at the trade fair");
  if (stand) await app.fees.approveClaim(at(0), { claimId: stand.id, amount: 150_000, reason: "Without travel" });
  const wine = await claim(60_000, "Wine for the stand");
  if (wine) await app.fees.rejectClaim(at(0), { claimId: wine.id, reason: "Drinks are not marketing" });
  await claim(75_000, "Newsletter of the chamber of commerce");
}
