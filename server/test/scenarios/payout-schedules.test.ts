import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { HOUR_MS } from "../../src/kernel/clock.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { ownBank } from "../kit/journey-steps.ts";
import { mustSend } from "../kit/must-send.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { addStaff } from "../kit/staff.ts";

type Batch = { id: string; status: string; currency: string; counts: { status: string; count: number }[] };
type Payout = { id: string; status: string; amount: number; requestedAt: string; failureCode: string | null };

let database: ClonedDatabase;
let world: WholeApp;
const team: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  for (const role of ["admin", "finance"] as const)
    team[role] = (await addStaff(world, { role, email: `${role}@team.test` })).email;
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Sends as somebody who has just signed in: tokens end long before the months of this story do. */
async function as<Body = Record<string, unknown>>(
  who: string,
  method: "GET" | "POST" | "PUT",
  url: string,
  body?: object,
) {
  return mustSend<Body>(world, await world.signIn(team[who] ?? who), method, url, body);
}

async function earn(partnerId: string, amount: number): Promise<void> {
  const grant = { partnerId, amount, currency: "USD", reason: "For the story" };
  const { id } = await as<{ id: string }>("admin", "POST", "/api/v1/admin/commissions/grant", grant);
  await as("admin", "POST", `/api/v1/admin/commissions/${id}/approve`);
}

/** The hour comes, and what wakes by itself does. */
async function until(at: string): Promise<void> {
  world.clock.moveTo(new Date(at));
  for (const job of ["payouts.run_due_schedules", "payouts.release_scheduled", "payouts.expire_batches"])
    await world.wake(job);
  await world.settle();
}

const payoutsOf = async (partnerId: string): Promise<[string, string, number][]> => {
  const { data } = await as<{ data: Payout[] }>(
    "finance",
    "GET",
    `/api/v1/admin/payouts?partnerId=${partnerId}&sort=requestedAt`,
  );
  return data.map(({ requestedAt, status, amount }) => [requestedAt, status, amount]);
};

describe("half a year of payouts that run by themselves", () => {
  it("pays on the programme's days, keeps to its limit, waits, catches up, gives back, and says what it did", {
    timeout: 300_000,
  }, async () => {
    const ada = await world.addPartner({ email: "ada@example.com" });
    const bob = await world.addPartner({ email: "bob@example.com" });
    const { auth } = ada;
    await world.send("PUT", "/api/v1/partners/payouts/method", {
      auth,
      body: { kind: "stripe_connect", country: "US" },
    });
    world.stripe.setStanding(world.stripe.accounts()[0]?.id ?? "", "active");
    world.stripe.addFunds({ amount: 10_000_000, currency: "usd" });
    await world.send("PUT", "/api/v1/partners/payouts/method", {
      auth,
      body: { kind: "stripe_connect", country: "US" },
    });
    await world.send("PUT", "/api/v1/partners/payouts/method", { auth: bob.auth, body: ownBank() });

    await as("admin", "PUT", "/api/v1/admin/program", { timeZone: "Europe/Berlin" });
    await as("admin", "PUT", "/api/v1/admin/payouts/settings", { releasesScheduled: true });
    await as("admin", "PUT", "/api/v1/admin/payouts/settings/currency", {
      currency: "USD",
      approvalAbove: 100_000,
      feeBorneBy: "partner",
      feeFixed: 100,
      feeRate: 0,
      schedule: { every: "month", day: 31 },
    });
    const own = { currency: "USD", every: "fortnight", day: 1, isEnabled: true };
    expect(await as("bob@example.com", "PUT", "/api/v1/partners/payouts/schedule", own)).toMatchObject({
      nextDueOn: "2026-03-09",
      nextRunAt: "2026-03-08T23:00:00.000Z",
    });

    // March. The clock is set forward on the 29th: the last day begins at 22:00 UTC.
    await earn(ada.id, 50_000);
    await earn(bob.id, 30_000);
    await until("2026-03-08T22:59:00Z");
    expect([await payoutsOf(ada.id), await payoutsOf(bob.id)]).toEqual([[], []]);
    await until("2026-03-08T23:00:00Z");
    await until("2026-03-08T23:15:00Z");
    expect(await payoutsOf(bob.id)).toEqual([["2026-03-08T23:00:00.000Z", "completed", 30_000]]);
    await until("2026-03-30T21:59:00Z");
    expect(await payoutsOf(ada.id)).toEqual([]);
    await until("2026-03-30T22:00:00Z");
    expect(await payoutsOf(ada.id)).toEqual([["2026-03-30T22:00:00.000Z", "completed", 50_000]]);

    // April: above the limit. Nobody has made the batch: one person approves it, and another releases
    // it.
    await earn(ada.id, 150_000);
    await until("2026-04-29T22:00:00Z");
    const [large] = (await as<{ data: Batch[] }>("finance", "GET", "/api/v1/admin/payout-batches?status=waiting")).data;
    expect(large).toMatchObject({ currency: "USD", amount: 150_000, counts: [{ status: "pending", count: 1 }] });
    await as("finance", "POST", `/api/v1/admin/payout-batches/${large?.id}/approve`, {});
    const release = `/api/v1/admin/payout-batches/${large?.id}/release`;
    await expect(as("finance", "POST", release)).rejects.toThrow("payout.same_person");
    await as("admin", "POST", release);
    await world.settle();
    expect(await as("finance", "GET", `/api/v1/admin/payout-batches/${large?.id}`)).toMatchObject({
      status: "released",
      finishedAt: expect.any(String),
      counts: [{ status: "completed", count: 1, amount: 150_000 }],
    });

    // May: above the limit again, and nobody looks. A week later the money is available again.
    await earn(ada.id, 120_000);
    await until("2026-05-30T22:00:00Z");
    await until(new Date(Date.parse("2026-05-30T22:00:00Z") + 169 * HOUR_MS).toISOString());
    expect((await payoutsOf(ada.id)).at(-1)).toEqual(["2026-05-30T22:00:00.000Z", "cancelled", 120_000]);
    await as("admin", "PUT", "/api/v1/admin/payouts/settings/currency", {
      currency: "USD",
      approvalAbove: null,
      feeBorneBy: "partner",
      feeFixed: 100,
      feeRate: 0,
      schedule: { every: "month", day: 31 },
    });

    // June is slept through; in July it is caught up, once, and then paid on its own day.
    await earn(bob.id, 20_000);
    await until("2026-07-10T08:00:00Z");
    await until("2026-07-10T08:15:00Z");
    expect((await payoutsOf(ada.id)).slice(3)).toEqual([["2026-07-10T08:00:00.000Z", "completed", 120_000]]);
    expect((await payoutsOf(bob.id)).slice(1)).toEqual([["2026-07-10T08:00:00.000Z", "completed", 20_000]]);

    // The transfer of July fails for good: both are told, and August pays it.
    await earn(ada.id, 10_000);
    world.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    await until("2026-07-30T22:00:00Z");
    expect((await payoutsOf(ada.id)).at(-1)).toEqual(["2026-07-30T22:00:00.000Z", "failed", 10_000]);
    await world.settle();
    const told = world.mails.filter(({ subject }) => /did not reach you|failed$/.test(subject)).map(({ to }) => to);
    expect(told.toSorted()).toEqual(["ada@example.com", "admin@team.test", "finance@team.test"]);
    await until("2026-08-30T22:00:00Z");
    const [last] = (await as<{ data: Payout[] }>("finance", "GET", `/api/v1/admin/payouts?partnerId=${ada.id}`)).data;
    expect(last).toMatchObject({ status: "completed", amount: 10_000, fee: 100, netAmount: 9_900 });

    const statement = await world.send<string>("GET", `/api/v1/partners/payouts/${last?.id}/statement?format=csv`, {
      auth: await world.signIn("ada@example.com"),
    });
    expect(statement.status).toBe(200);
    expect(statement.body).toContain("Paid,,,,99.00,USD");
    const found = await as<{ differences: unknown[] }>(
      "finance",
      "GET",
      "/api/v1/admin/payouts/reconciliation?from=2026-01-01T00:00:00Z&to=2027-06-01T00:00:00Z",
    );
    expect(found.differences).toEqual([]);
    expect(world.stripe.totalTransferred("usd")).toBe(BigInt(50_000 + 150_000 + 120_000 + 10_000 - 4 * 100));
  });

  it("leaves books that hold", async () => {
    const { app, ctx } = world;
    const findings = [];
    for await (const finding of prove({ db: app.db, ctx: ctx(), moduleChecks: app.moduleChecks })) {
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
      findings.push(finding);
    }
    const counted = Object.fromEntries(findings.map(({ name, counted: count }) => [name, count]));
    expect(counted).toMatchObject({
      "fees in the books are the fees of transfers that were made": expect.toSatisfy((count: bigint) => count > 0n),
      "no schedule has paid one due day twice": expect.toSatisfy((count: bigint) => count > 0n),
      "what was released above the limit was approved by a second person": expect.toSatisfy(
        (count: bigint) => count > 0n,
      ),
    });
  });
});
