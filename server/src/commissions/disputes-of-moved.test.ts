import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROVEN } from "../../test/kit/assessment.ts";
import { type ReattributionWorld, reattributionWorld } from "../../test/kit/reattribution.ts";
import { newId } from "../kernel/id.ts";

let world: ReattributionWorld;
beforeAll(async () => {
  world = await reattributionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("a sale that has gone to another partner with its customer", () => {
  it("is granted to the former one no more: it earns once, and refunds of it fall at the new one", async () => {
    const [from, to] = [await world.newEarner("tier1"), await world.newEarner("tier2")];
    const customer = await world.newCustomer(from);
    const reference = newId();
    await world.record(customer, { externalId: reference, amount: 10_000n });
    const { id: disputeId } = await world.commissions.reportMissing(world.partner(from.partnerId), {
      missing: { kind: "transaction", reference },
      reason: "It was more",
    });
    await world.give(customer, to.partnerId);
    await expect(
      world.commissions.resolveDispute(world.operator(), {
        disputeId,
        outcome: "adjust",
        amount: 400,
        resolution: "It was more",
      }),
    ).rejects.toMatchObject({ code: "commission.dispute_sale_unknown" });
    expect(await world.prove(from.partnerId, to.partnerId)).toEqual(PROVEN);
  });
});
