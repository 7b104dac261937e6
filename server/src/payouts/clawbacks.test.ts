import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";

let world: Awaited<ReturnType<typeof payoutWorld>>;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** News of a partner's debt, in order: what changed, by how much, and what is owed then. */
const clawbacksOf = (partnerId: string) =>
  asOwner<{ type: string; amount: string; debt: string }>(
    world.clone,
    `select type, data ->> 'amount' as amount, data ->> 'debt' as debt from outbox_events
      where type like 'clawback.%' and data ->> 'partnerId' = $1 order by position`,
    [partnerId],
  );

/** A payout of 100.00 that is on its way while the commission it is of is taken back: 100.00 are owed. */
async function owing(): Promise<{ partnerId: string; payoutId: string }> {
  const partnerId = await world.newPartner();
  const commissionId = await world.earn(partnerId, 10_000n);
  const payoutId = await world.request(partnerId);
  await world.commissions.cancelCommission(world.operator(), { commissionId, reason: "Void" });
  expect(await clawbacksOf(partnerId)).toEqual([{ type: "clawback.created", amount: "10000", debt: "10000" }]);
  return { partnerId, payoutId };
}

const RECOVERED = { type: "clawback.recovered", amount: "10000", debt: "0" };

describe("a debt", () => {
  it("is told to be recovered by a payout that fails: what comes back repays it first", async () => {
    const { partnerId, payoutId } = await owing();
    await world.payouts.processPayout(world.operator(), { payoutId });
    world.stripe.setStanding(await world.accountOf(partnerId), "restricted");
    world.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ status: "failed" });
    expect((await clawbacksOf(partnerId)).slice(1)).toEqual([RECOVERED]);
    await world.expectProven(partnerId);
  });

  it("is told to be recovered by a payout that is taken back, once", async () => {
    const { partnerId, payoutId } = await owing();
    await Promise.allSettled([1, 2].map(() => world.payouts.cancelPayoutFor(world.operator(), { payoutId })));
    expect((await clawbacksOf(partnerId)).slice(1)).toEqual([RECOVERED]);
    await world.expectProven(partnerId);
  });

  it("is told to be recovered by a transfer that came back", async () => {
    const { partnerId, payoutId } = await owing();
    await world.payouts.processPayout(world.operator(), { payoutId });
    await world.send(payoutId);
    expect(await clawbacksOf(partnerId)).toHaveLength(1);
    const [transfer] = world.transfersOf(payoutId);
    await world.reverse(transfer?.id ?? "");
    await world.hear("transfer.reversed", { ...world.transfersOf(payoutId)[0], reversed: true });
    expect((await clawbacksOf(partnerId)).slice(1)).toEqual([RECOVERED]);
    await world.expectProven(partnerId);
  });
});
