import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { createSendingPace } from "./sending-pace.ts";
import { createStripeTransfers } from "./stripe-connect.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A pace on a clock that the test moves. */
function paceAt() {
  const at = { ms: 1_000_000 };
  return { at, pace: createSendingPace(() => at.ms) };
}

describe("a provider that was asked too often", () => {
  it("is left alone as long as it asks for, by all; then a thousand ask one behind the other", () => {
    const { at, pace } = paceAt();
    expect(pace.waitMs()).toBe(0);
    pace.holdOff(30_000);
    const waits = Array.from({ length: 1_000 }, () => pace.waitMs());
    expect(waits[0]).toBe(30_000);
    expect(waits.every((wait, index) => index === 0 || wait - (waits[index - 1] ?? 0) === 50)).toBe(true);
    at.ms += 29_999;
    expect(pace.waitMs()).toBeGreaterThan(0);
    at.ms += 1;
    expect(pace.waitMs()).toBe(0);
  });

  it("and does not say how long is left alone longer each time that it was too soon, and anew once it has answered", () => {
    const { at, pace } = paceAt();
    const paused = (): number => {
      pace.holdOff();
      // Of the same burst: it says nothing new.
      pace.holdOff();
      const before = at.ms;
      while (pace.waitMs() > 0) at.ms += 500;
      return at.ms - before;
    };
    expect([paused(), paused(), paused()]).toEqual([1_000, 2_000, 4_000]);
    pace.ease();
    expect(paused()).toBe(1_000);
    pace.holdOff(7 * 24 * HOUR_MS);
    at.ms += HOUR_MS;
    expect(pace.waitMs()).toBe(0);
  });
});

describe("Stripe's 429", () => {
  const refusing = (headers: Record<string, string>) => {
    const refuse = async () => {
      throw new Stripe.errors.StripeRateLimitError({ statusCode: 429, message: "slow", headers } as never);
    };
    return { transfers: { create: refuse, list: () => ({ autoPagingToArray: refuse }) } } as never;
  };

  it.each([
    ["with a Retry-After, when it says", { "retry-after": "30" }, 30_000],
    ["without one, after a pause", {}, 1_000],
    ["with one that is no number, after a pause", { "retry-after": "soon" }, 1_000],
  ])("%s, to a transfer and to a look for one alike, has all ask again", async (_what, headers, wait) => {
    const sent = paceAt();
    expect(await createStripeTransfers(refusing(headers), sent.pace).send("{}", "key")).toEqual({
      kind: "unknown",
      code: "rate_limited",
    });
    expect(sent.pace.waitMs()).toBe(wait);
    const looked = paceAt();
    await expect(createStripeTransfers(refusing(headers), looked.pace).find("payout")).rejects.toThrow("slow");
    expect(looked.pace.waitMs()).toBe(wait);
  });
});

describe("a transfer", () => {
  it.each(["rate_limit", "lock_timeout"] as const)(
    "after 429 (%s) is put off with every other of its batch, and none asks before its time; then each is made once",
    async (kind) => {
      const payouts = [await world.released(), await world.released(), await world.released()];
      const [first] = payouts;
      world.stripe.faults.inject({ kind }, { on: "POST /v1/transfers" });
      const before = world.stripe.requests().length;
      for (const { payoutId } of payouts) expect(await world.send(payoutId)).toBe("put_off");
      // However often the jobs run.
      for (const { payoutId } of payouts) expect(await world.send(payoutId)).toBe("put_off");
      expect(world.stripe.requests().slice(before)).toMatchObject([{ method: "POST", path: "/v1/transfers" }]);
      expect(await world.story(first?.payoutId ?? "")).toMatchObject({ attempts: ["unknown rate_limited"] });
      expect(await world.waitingJobs(first?.payoutId ?? "")).toEqual([1]);
      await world.advance(2_000);
      for (const { payoutId } of payouts) expect(await world.send(payoutId)).toBeUndefined();
      for (const { partnerId, payoutId } of payouts) {
        expect(world.transfersOf(payoutId)).toMatchObject([{ amount: 10_000, reversed: false }]);
        expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
        await world.expectProven(partnerId);
      }
    },
  );

  it("that Stripe asks to be left alone for is enqueued for no moment before", async () => {
    const { payoutId } = await world.released();
    world.pace.holdOff(600_000);
    expect(await world.send(payoutId)).toBe("put_off");
    const [job] = await asOwner<{ isAsLate: boolean }>(
      world.clone,
      `select run_at >= updated_at + interval '600 seconds' as "isAsLate" from tributary_jobs._private_jobs
        where payload -> 'payload' ->> 'payoutId' = $1`,
      [payoutId],
    );
    expect(job).toEqual({ isAsLate: true });
    await world.advance(600_000);
  });

  it("that is put off for half a day fails from then on as any other, keeps its count, and is paid once when Stripe answers", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "rate_limit" }, { on: "POST /v1/transfers" });
    expect(await world.send(payoutId)).toBe("put_off");
    await world.advance(12 * HOUR_MS);
    const jobs = (statement: string) =>
      asOwner<{ attempts: number }>(
        world.clone,
        `${statement} where payload -> 'payload' ->> 'payoutId' = '${payoutId}'`,
      );
    await jobs("update tributary_jobs._private_jobs set attempts = 5");
    for (const _turn of [1, 2]) {
      world.stripe.faults.inject({ kind: "rate_limit" }, { on: "POST /v1/transfers" });
      expect(await world.send(payoutId)).toBe("rate_limited");
      expect(world.pace.waitMs()).toBeGreaterThan(0);
    }
    expect(await jobs("select attempts from tributary_jobs._private_jobs")).toEqual([{ attempts: 5 }]);
    await world.payouts.wakeTransfers(world.system());
    expect(await jobs("select attempts from tributary_jobs._private_jobs")).toEqual([{ attempts: 5 }]);
    expect(await world.send(payoutId)).toBeUndefined();
    expect(world.transfersOf(payoutId)).toMatchObject([{ amount: 10_000, reversed: false }]);
    expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
    await world.expectProven(partnerId);
    await world.advance(HOUR_MS);
  });
});
