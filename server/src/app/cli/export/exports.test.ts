import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../../../test/kit/commissions.ts";
import { setOffEarnings } from "../../../commissions/set-off-earnings.ts";
import { invariant } from "../../../kernel/invariant.ts";
import { createOutbox } from "../../../platform/outbox/index.ts";
import { commissionsExport } from "./exports.ts";

let world: CommissionWorld;
beforeAll(async () => {
  world = await commissionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

it("exported commissions are what was earned, as reports count it: no debt written off, and no fee set off", async () => {
  const partnerId = await world.newPartner();
  const { id } = await world.seedCommission(partnerId, 1_000n);
  await world.commissions.approveCommission(world.operator(), { commissionId: id });
  await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
  const reversal = await world.seedRefund(id, 400n);
  invariant(reversal, "something of it is left");
  await world.commissions.writeOffDebt(world.operator(), { partnerId, currency: "USD", reason: "Bankrupt" });
  await world.db.transaction(world.system(), (tx) =>
    setOffEarnings({ outbox: createOutbox(() => ({})) })(tx, {
      partnerId,
      currency: "USD",
      amount: 5n,
      reason: "Invoice 1",
    }),
  );
  const { rows } = await world.db.read(world.system(), (tx) => commissionsExport.query(world.tenantId).execute(tx));
  expect(rows.map(({ amount }) => amount).toSorted((a, b) => Number(b - a))).toEqual([1_000n, -400n]);
});
