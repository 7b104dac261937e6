import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { decideDelivery, decideFailing, RETRY_PAUSES_MS, readRetryAfter, TRIES_MAX } from "./delivery-rules.ts";

const at = new Date("2026-03-01T12:00:00Z");
const decide = (statusCode: number | null, { tries = 1, chance = 0, retryAfter = null as string | null } = {}) =>
  decideDelivery({ statusCode, retryAfter }, { tries, at, chance });
const waitMs = (date: Date | null) => (date === null ? null : date.getTime() - at.getTime());

describe("an answer", () => {
  it.each([200, 201, 202, 204, 299])("%i delivers", (status) => {
    expect(decide(status)).toEqual({ status: "delivered", nextAttemptAt: null, throttledUntil: null, isGone: false });
  });

  it.each([null, 100, 199, 300, 301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504])(
    "%s is tried again",
    (status) => {
      expect(decide(status)).toMatchObject({ status: "waiting", isGone: false });
    },
  );

  it("410 ends at once, whichever try it is", () => {
    for (const tries of [1, TRIES_MAX]) expect(decide(410, { tries })).toMatchObject({ status: "dead", isGone: true });
  });

  it("that fails is tried again by the schedule, with up to a fifth more, and is dead after the last try", () => {
    RETRY_PAUSES_MS.forEach((pauseMs, index) => {
      const tries = index + 1;
      expect(waitMs(decide(500, { tries }).nextAttemptAt)).toBe(pauseMs);
      expect(waitMs(decide(500, { tries, chance: 1 }).nextAttemptAt)).toBe(Math.floor(pauseMs * 1.2));
    });
    expect(decide(500, { tries: TRIES_MAX })).toMatchObject({ status: "dead", isGone: false });
    const total = RETRY_PAUSES_MS.reduce((sum, pauseMs) => sum + pauseMs, 0);
    expect(Math.floor(total / HOUR_MS)).toBe(75);
  });

  it("of a busy endpoint holds all of its deliveries for as long as it asks, within an hour", () => {
    expect(waitMs(decide(429).throttledUntil)).toBe(10_000);
    for (const status of [429, 503]) {
      const { nextAttemptAt, throttledUntil } = decide(status, { retryAfter: "120" });
      expect([waitMs(nextAttemptAt), waitMs(throttledUntil)]).toEqual([120_000, 120_000]);
    }
    expect(waitMs(decide(429, { retryAfter: "999999" }).throttledUntil)).toBe(HOUR_MS);
    expect(waitMs(decide(429, { retryAfter: "1", tries: 5 }).nextAttemptAt)).toBe(RETRY_PAUSES_MS[4]);
    expect(decide(500, { retryAfter: "120" }).throttledUntil).toBeNull();
    expect(decide(503).throttledUntil).toBeNull();
  });
});

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["30", 30_000],
    [" 30 ", 30_000],
    ["Sun, 01 Mar 2026 12:01:00 GMT", 60_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["999999999", HOUR_MS],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%s is %s ms", (text, expected) => {
    expect(readRetryAfter(text, at)).toBe(expected);
  });
});

describe("an endpoint that fails", () => {
  const since = (days: number) => new Date(at.getTime() - days * DAY_MS);
  it.each([
    [null, null, "wait"],
    [1.9, null, "wait"],
    [2, null, "warn"],
    [9, null, "warn"],
    [4.9, 2, "wait"],
    [5, 3, "disable"],
    [9, 0.9, "wait"],
    [9, 1, "disable"],
  ])("for %s days, warned %s days ago: %s", (failing, warned, expected) => {
    const facts = {
      failingSince: failing === null ? null : since(failing),
      warnedAt: warned === null ? null : since(warned),
    };
    expect(decideFailing(facts, at)).toBe(expected);
  });
});
