import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newWaitingPayout } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("what schedules have asked for", () => {
  it("is asked about once by who makes its batch and releases it, and once more before it is sent", async () => {
    const { partnerId, payoutId } = await newWaitingPayout(world, "CAD");
    await asOwner(world.clone, "update partner_payouts set requested_by = 'schedule' where id = $1", [payoutId]);
    const asked: string[] = [];
    world.said.gate = async (_tx, { payoutId: of }) => {
      asked.push(of);
      return { allowed: true };
    };
    await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: true });
    await world.payouts.releaseScheduled(world.system());
    await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: false });
    expect([(await world.story(payoutId)).status, asked]).toEqual(["processing", [payoutId]]);
    await world.send(payoutId);
    expect(asked).toEqual([payoutId, payoutId]);
    await world.expectProven(partnerId);
  });
});
