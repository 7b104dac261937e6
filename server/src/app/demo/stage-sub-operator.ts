import { DAY_MS } from "../../kernel/clock.ts";
import { systemContext } from "../../platform/context.ts";
import { type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

const BANK = "Castellan Pay";

/** Sales of a month: days before its end, minor units without tax. */
const SALES = [
  [27, 18_900],
  [19, 4_500],
  [11, 26_000],
  [4, 7_750],
] as const;

/** A white-label partner has a programme of its own, has sold, and has given one sale back in part. */
export async function stageSubOperator(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  const bank = cast.find((one) => one.cast.company === BANK);
  if (bank === undefined) return;
  const at = (days: number) => stage.at(new Date(end.getTime() - days * DAY_MS));
  const made = await unlessRefused(() =>
    app.whitelabel.createWhiteLabelPartner(at(30), {
      partnerId: bank.id,
      name: bank.cast.company,
      // Browsers lead every name under localhost to the machine itself.
      host: "castellan.localhost",
      admin: { email: "admin@castellan.example", name: "Robin Castellan" },
      limits: { maxPartners: 200, maxRate: 0.3, currencies: null, countries: null },
    }),
  );
  if (made === undefined) return;
  const { id } = made;
  await app.whitelabel.openSubOperator(at(30), { id, currency: "USD" });
  const inside = (days: number) => systemContext({ tenantId: id, job: "demo", now: at(days).now });
  const sale = { customerExternalId: "bank-customer-1", currency: "USD", tax: 0n, revenue: 0n, createCustomer: true };
  for (const [days, amount] of SALES)
    await app.sales.recordTransactions(inside(days), [
      {
        ...sale,
        externalId: `bank-sale-${days}`,
        kind: "payment",
        amount: BigInt(amount),
        occurredAt: at(days).now,
        originalExternalId: null,
      },
    ]);
  await app.sales.recordTransactions(inside(2), [
    {
      ...sale,
      externalId: "bank-refund",
      kind: "refund",
      amount: 6_500n,
      occurredAt: at(2).now,
      originalExternalId: "bank-sale-11",
    },
  ]);
}
