import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPayer, newWaitingPayout, type Payer } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";

let world: PayoutWorld;
let payer: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  payer = await newPayer(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const waiting = (currency: string, partnerId?: string) => newWaitingPayout(world, currency, partnerId);

describe("a payout that is cancelled", () => {
  it("while its batch is released and a gate holds it, waits for nothing", async () => {
    const [first, other] = [await waiting("USD"), await waiting("USD")];
    const payoutIds = [first.payoutId, other.payoutId];
    const { id: batchId } = await world.payouts.makeBatch(payer.ctx(), { currency: "USD", payoutIds });
    world.said.gate = async (_tx, { payoutId }) => {
      if (payoutId !== first.payoutId) return { allowed: true };
      await world.payouts.cancelPayoutFor(payer.ctx(), { payoutId });
      return { allowed: false, reason: "under review", about: "payout", isLasting: false };
    };
    await world.payouts.releaseBatch(payer.ctx(), { batchId }).finally(() => {
      world.said.gate = async () => ({ allowed: true });
    });
    expect(
      await asOwner(world.clone, "select status, held_code, held_at from partner_payouts where id = $1", [
        first.payoutId,
      ]),
    ).toEqual([{ status: "cancelled", held_code: null, held_at: null }]);
    await world.expectProven(first.partnerId, other.partnerId);
  });
});
