import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setCurrency } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { runDueSchedules } from "./run-schedules.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

beforeEach(() => {
  world.said.timeZone = "UTC";
});

const run = () => world.payouts.runDueSchedules(world.system());
const moveTo = async (at: string): Promise<void> => world.advance(new Date(at).getTime() - world.clock.now().getTime());
const earning = async (amount: bigint, currency = "USD"): Promise<string> => {
  const partnerId = await world.newBankPartner();
  await world.earn(partnerId, amount, currency);
  return partnerId;
};
const paidTo = async (partnerId: string) =>
  (await world.payouts.findPayouts(world.operator(), { partnerId, sort: "requestedAt" })).data;
const dueDaysOf = async (partnerId: string): Promise<string[]> =>
  (
    await asOwner<{ due_on: string }>(
      world.clone,
      "select due_on::text as due_on from payout_schedule_runs where partner_id = $1 order by due_on",
      [partnerId],
    )
  ).map((row) => row.due_on);
const schedule = (partnerId: string, more: object = {}) =>
  world.payouts.scheduleAutoPayout(world.partner(partnerId), {
    currency: "USD",
    every: "month",
    isEnabled: true,
    ...more,
  });

describe("a programme's schedule", () => {
  it("pays whoever has enough and no schedule of its own, once a due day, however many workers there are", async () => {
    await moveTo("2026-02-10T12:00:00Z");
    const [rich, poor, own, off] = [
      await earning(20_000n),
      await earning(4_999n),
      await earning(20_000n),
      await earning(20_000n),
    ];
    await schedule(own, { every: "month", day: 20 });
    await schedule(off, { isEnabled: false });
    await setCurrency(world, "USD", { schedule: { every: "month", day: 15 } });
    await run();
    expect(await paidTo(rich)).toEqual([]);
    await moveTo("2026-02-15T00:00:00Z");
    await Promise.all(Array.from({ length: 4 }, run));
    expect(await paidTo(rich)).toMatchObject([{ amount: 20_000n, requestedBy: "schedule" }]);
    for (const partnerId of [poor, own, off]) expect(await paidTo(partnerId)).toEqual([]);
    // What comes later on the due day waits for the next one.
    await world.earn(rich, 10_000n);
    expect(await run()).toEqual({ requested: 0 });
    await moveTo("2026-02-20T06:00:00Z");
    await run();
    expect(await paidTo(own)).toHaveLength(1);
    expect(await paidTo(rich)).toHaveLength(1);
    await moveTo("2026-03-15T00:00:00Z");
    await run();
    expect(await dueDaysOf(rich)).toEqual(["2026-02-15", "2026-03-15"]);
    await world.expectProven(rich, poor, own, off);
  });

  it("that was missed for months is caught up once, for its last due day", async () => {
    const partnerId = await earning(20_000n);
    await moveTo("2026-07-03T12:00:00Z");
    await run();
    expect(await dueDaysOf(partnerId)).toEqual(["2026-06-15"]);
    await world.earn(partnerId, 20_000n);
    await run();
    await moveTo("2026-07-15T00:00:00Z");
    await run();
    expect(await dueDaysOf(partnerId)).toEqual(["2026-06-15", "2026-07-15"]);
    await world.expectProven(partnerId);
  });

  it("whose worker dies in the middle goes on where it was, and pays nobody twice", async () => {
    const partnerIds = [await earning(20_000n), await earning(20_000n), await earning(20_000n)];
    await moveTo("2026-08-15T00:00:00Z");
    let calls = 0;
    const { payoutDeps: deps } = world;
    const dying = runDueSchedules({
      ...deps,
      outbox: {
        ...deps.outbox,
        publish: async (tx, events) => {
          calls += 1;
          // All together, and then the second by itself.
          if (calls === 1 || calls === 3) throw new Error("killed");
          await deps.outbox.publish(tx, events);
        },
      },
    });
    await expect(dying(world.system())).rejects.toThrow(/^1 of \d+ schedules failed$/);
    await run();
    expect(await run()).toEqual({ requested: 0 });
    for (const partnerId of partnerIds) expect(await dueDaysOf(partnerId)).toEqual(["2026-08-15"]);
    await world.expectProven(...partnerIds);
  });

  it("has a due day only once: the table refuses a second", async () => {
    const partnerId = await earning(20_000n);
    await moveTo("2026-09-15T00:00:00Z");
    await run();
    await expect(
      asOwner(
        world.clone,
        `insert into payout_schedule_runs select tenant_id, partner_id, currency, due_on, payout_id, ran_at
           from payout_schedule_runs where partner_id = $1`,
        [partnerId],
      ),
    ).rejects.toThrow("payout_schedule_runs_pkey");
  });

  it("keeps its day when something else is set, and begins anew when it is another", async () => {
    const before = await setCurrency(world, "USD", { schedule: { every: "month", day: 15 } });
    await moveTo("2026-09-20T00:00:00Z");
    const kept = await setCurrency(world, "USD", { feeFixed: 0, schedule: { every: "month", day: 15, minimum: 1 } });
    const dueOf = (settings: typeof before) => settings.currencies.find(({ currency }) => currency === "USD")?.schedule;
    expect([dueOf(before)?.nextDueOn, dueOf(kept)?.nextDueOn]).toEqual(["2026-10-15", "2026-10-15"]);
    expect(dueOf(await setCurrency(world, "USD", { schedule: { every: "month", day: 31 } }))?.nextDueOn).toBe(
      "2026-09-30",
    );
    expect(dueOf(await setCurrency(world, "USD", { schedule: null }))).toBeNull();
  });

  it("with somebody who fails each time tries for two days, and then its day is over for all", async () => {
    await setCurrency(world, "CHF", { schedule: { every: "month", day: 25 } });
    const [broken, late] = [await earning(20_000n, "CHF"), await earning(1_000n, "CHF")];
    const { payoutDeps: deps } = world;
    const failing = runDueSchedules({
      ...deps,
      outbox: { ...deps.outbox, publish: () => Promise.reject(new Error("killed")) },
    });
    for (const day of ["2026-09-25", "2026-09-27"]) {
      await moveTo(`${day}T00:00:00Z`);
      await expect(failing(world.system())).rejects.toThrow(/schedules failed$/);
    }
    await moveTo("2026-09-28T00:00:00Z");
    const error: unknown = await failing(world.system()).catch((thrown: unknown) => thrown);
    expect((error as AggregateError).errors.map(String)).toContain(
      `Error: partner ${broken} was not paid in CHF on 2026-09-25, and is not tried again before 2026-10-25`,
    );
    await world.earn(late, 20_000n, "CHF");
    await run();
    expect([await paidTo(broken), await paidTo(late)]).toEqual([[], []]);
    await moveTo("2026-10-25T00:00:00Z");
    await run();
    expect([await dueDaysOf(broken), await dueDaysOf(late)]).toEqual([["2026-10-25"], ["2026-10-25"]]);
    await world.expectProven(broken, late);
    await setCurrency(world, "CHF", {});
  });
});

describe("a partner's schedule", () => {
  // The clocks of two of them are set back the day before. The test's own clock goes forward alone: in the order of their midnights.
  it.each([
    ["Pacific/Auckland", "2026-10-25T11:00:00Z"],
    ["Europe/Berlin", "2026-10-25T23:00:00Z"],
    ["America/New_York", "2026-10-26T04:00:00Z"],
  ])("is due when the day begins in %s, at %s", async (timeZone, due) => {
    if (world.clock.now() < new Date("2026-10-01")) await moveTo("2026-10-01T00:00:00Z");
    world.said.timeZone = timeZone;
    const partnerId = await earning(20_000n);
    const { nextDueOn, nextRunAt } = await schedule(partnerId, { every: "month", day: 26 });
    expect([nextDueOn, nextRunAt]).toEqual(["2026-10-26", new Date(due)]);
    await moveTo(new Date(new Date(due).getTime() - 1).toISOString());
    await run();
    expect(await paidTo(partnerId)).toEqual([]);
    await moveTo(due);
    await run();
    expect(await dueDaysOf(partnerId)).toEqual(["2026-10-26"]);
  });

  it("on day 31 is due on the last of each month", async () => {
    await moveTo("2026-12-15T00:00:00Z");
    const partnerId = await earning(20_000n);
    await schedule(partnerId, { every: "month", day: 31 });
    for (const day of ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]) {
      await moveTo(`${day}T00:00:00Z`);
      await run();
      await world.earn(partnerId, 20_000n);
      await run();
    }
    expect(await dueDaysOf(partnerId)).toEqual(["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
    await world.expectProven(partnerId);
  });

  it("by amount pays on the first day on which there is enough, and once a day", async () => {
    const partnerId = await earning(20_000n);
    await schedule(partnerId, { every: "amount", minimum: 30_000 });
    await world.advance(DAY_MS);
    await run();
    await world.earn(partnerId, 10_000n);
    await run();
    expect(await paidTo(partnerId)).toEqual([]);
    await world.advance(DAY_MS);
    await run();
    expect(await paidTo(partnerId)).toMatchObject([{ amount: 30_000n }]);
    await world.expectProven(partnerId);
  });

  it.each([
    [{ every: "week", day: 8 }, "payout.schedule_day_invalid"],
    [{ every: "fortnight", day: 0 }, "payout.schedule_day_invalid"],
    [{ every: "month", day: 32 }, "payout.schedule_day_invalid"],
    [{ every: "amount" }, "payout.schedule_minimum_missing"],
    [{ currency: "QQQ" }, "payout.currency_unknown"],
  ])("%j is refused", async (wanted, code) => {
    const partnerId = await world.newPartnerWithoutMethod();
    await expect(schedule(partnerId, wanted)).rejects.toMatchObject({ code });
    expect(await world.payouts.getSchedules(world.partner(partnerId))).toEqual({ data: [] });
  });

  it("is shown to the partner, with its next day", async () => {
    const partnerId = await world.newPartnerWithoutMethod();
    const made = await schedule(partnerId, { every: "fortnight", day: 3, minimum: 7_000 });
    expect(await world.payouts.getSchedules(world.partner(partnerId))).toEqual({ data: [made] });
    expect(made).toMatchObject({ every: "fortnight", day: 3, minimum: 7_000n, isEnabled: true });
  });
});

describe("what is told outside", () => {
  const told = async (type: string) =>
    (
      await asOwner<{ data: object; objectId: string }>(
        world.clone,
        `select data, object_id as "objectId" from outbox_events where type = $1 order by position desc limit 2`,
        [type],
      )
    ).toReversed();

  it("has a partner's schedule as it is from now on, each time of the same object", async () => {
    const partnerId = await world.newBankPartner();
    await schedule(partnerId, { every: "month", day: 20, minimum: 7_000 });
    await schedule(partnerId, { every: "month", day: 20, isEnabled: false });
    const events = await told("payout_schedule.changed");
    const same = { partnerId, currency: "USD", every: "month", day: 20 };
    expect(events.map(({ data }) => data)).toEqual([
      { ...same, minimum: 7_000, isEnabled: true },
      { ...same, minimum: null, isEnabled: false },
    ]);
    expect(new Set(events.map(({ objectId }) => objectId)).size).toBe(1);
  });

  it("has how the programme pays, of all currencies and of each", async () => {
    await world.payouts.changePayoutSettings(world.operator(), { coolingOffHours: 24 });
    await world.payouts.changePayoutSettings(world.operator(), { coolingOffHours: 72 });
    const settings = { approvalExpiresHours: 168, releasesScheduled: false };
    expect((await told("payout_settings.changed")).map(({ data }) => data)).toEqual([
      { ...settings, coolingOffHours: 24 },
      { ...settings, coolingOffHours: 72 },
    ]);
    const fees = { currency: "EUR", feeBorneBy: "partner", feeFixed: 25, feeRate: 0.0025 } as const;
    await world.payouts.changeCurrencySettings(world.operator(), { ...fees, approvalAbove: 100_000, schedule: null });
    await world.payouts.changeCurrencySettings(world.operator(), {
      ...fees,
      approvalAbove: null,
      schedule: { every: "week", day: 2 },
    });
    const events = await told("payout_settings.currency_changed");
    expect(events.map(({ data }) => data)).toEqual([
      { ...fees, approvalAbove: 100_000, schedule: null },
      { ...fees, approvalAbove: null, schedule: { every: "week", day: 2, minimum: null } },
    ]);
    expect(new Set(events.map(({ objectId }) => objectId)).size).toBe(1);
  });
});
