import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../kernel/clock.ts";
import { createSendingPace } from "./sending-pace.ts";
import { createStripeTransfers } from "./stripe-connect.ts";

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
