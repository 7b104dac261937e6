import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { newId } from "../kernel/id.ts";
import { readCarried } from "./click-rules.ts";
import { createBrowsers } from "./track-referral-click.ts";

describe("whatever a visitor sends", () => {
  let world: ReferralWorld;
  let partner: SeededPartner;
  beforeAll(async () => {
    world = await referralWorld();
    partner = await world.partner();
  });
  afterAll(() => world.close());

  it("can be stored: no click takes its batch with it", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.constantFrom("\u0000", "\ud800", "\udfff\u0000", "\\u0000", '"', "\\", "1.2.3.4%0", "::1%lo", "NaN"),
    );
    await fc.assert(
      fc.asyncProperty(text, text, text, async (one, two, three) => {
        const id = await world.referrals.trackReferralClick(
          { ...world.ctx(), ip: three },
          {
            code: partner.code,
            visitorId: newId(),
            isReturning: false,
            deviceId: null,
            userAgent: `${BROWSER}${one}`,
            referrer: `https://x.example/${two}`,
            carried: readCarried({
              campaign: one,
              subIds: { sub1: two, sub2: [three, one] },
              parameters: { gclid: two, fbclid: [three] },
            }),
          },
        );
        expect(id === null || typeof id === "string").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a browser", () => {
  it("has a short name, however long it calls itself, and the same each time", () => {
    const browserOf = createBrowsers();
    const long = `Mozilla/5.0 ${"x".repeat(15_000)}`;
    const [one, again, other] = [long, long, `${long}y`].map((userAgent) => browserOf(userAgent).name);
    expect(one?.length).toBeLessThan(100);
    expect([again === one, other === one]).toEqual([true, false]);
  });
});
