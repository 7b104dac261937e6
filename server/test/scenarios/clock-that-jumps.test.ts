import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS, HOUR_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { fresh } from "../kit/journey-steps.ts";
import { convertCustomer } from "../kit/money-in.ts";
import { mustSend } from "../kit/must-send.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { addStaff } from "../kit/staff.ts";

const YEAR_MS = 365 * DAY_MS;

let database: ClonedDatabase;
let world: WholeApp;
let admin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  await addStaff(world, { role: "admin", email: "admin@team.test" });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** The machine's clock is wrong by so much, for what is done meanwhile; then it is set right. */
async function jump(byMs: number, meanwhile: () => Promise<unknown>): Promise<void> {
  const right = world.clock.now();
  world.clock.advance(byMs);
  await meanwhile();
  world.clock.moveTo(right);
}
const MONEY = ["commissions.approve_due", "payouts.run_due_schedules"];
async function wake(names = MONEY): Promise<void> {
  for (const name of names) await world.wake(name);
  await world.settle();
}
const must = <Body>(auth: string, method: "GET" | "POST" | "PUT", url: string, body?: object): Promise<Body> =>
  mustSend<Body>(world, auth, method, url, body);
const signIn = async () => {
  admin = await world.signIn("admin@team.test");
};

/** A partner that is paid by bank, with a customer. */
async function addSeller(): Promise<{ id: string; email: string; customer: string }> {
  const email = `${newId().slice(-10)}@example.com`;
  const { id, auth } = await world.addPartner({ email });
  await must(auth, "PUT", "/api/v1/partners/payouts/method", {
    kind: "bank_file",
    holder: "Ada",
    iban: "DE89370400440532013000",
  });
  const customer = fresh("customer");
  await convertCustomer(world, { partnerId: id, externalId: customer });
  return { id, email, customer };
}
const sell = (customer: string, amount = 100_000) =>
  must(world.operatorKey, "POST", "/api/v1/transactions", {
    transactions: [
      {
        externalId: fresh("sale"),
        customerExternalId: customer,
        kind: "payment",
        amount,
        currency: "USD",
        occurredAt: world.clock.now().toISOString(),
      },
    ],
  });
const statuses = (partnerId: string) =>
  asOwner<{ status: string; count: number }>(
    database,
    "select status, count(*)::int as count from commissions where partner_id = $1 group by 1 order by 1",
    [partnerId],
  );
const payoutsOf = (partnerId: string) =>
  asOwner<{ amount: number }>(
    database,
    "select amount::int from partner_payouts where partner_id = $1 order by requested_at",
    [partnerId],
  );
async function expectProven(): Promise<void> {
  for await (const { name, breaks } of prove({
    db: world.app.db,
    ctx: world.ctx(),
    moduleChecks: world.app.moduleChecks,
  }))
    expect([name, breaks]).toEqual([name, []]);
}

describe("a clock that is set wrong for a while", { timeout: 120_000 }, () => {
  it("ends holds when it leaps ahead, ends none when it falls back, and nothing twice or undone once it is right", async () => {
    const { id, customer } = await addSeller();
    world.clock.advance(1_000);
    await sell(customer);
    const inHold = await statuses(id);
    expect(inHold).toEqual([{ status: "pending", count: 2 }]);
    await jump(-40 * DAY_MS, () => wake());
    expect(await statuses(id)).toEqual(inHold);
    await jump(YEAR_MS, () => wake());
    expect(await statuses(id)).toEqual([{ status: "approved", count: 2 }]);
    // What is sold now is held as ever: a leap that is over approves nothing more.
    await sell(customer);
    await wake();
    expect(await statuses(id)).toEqual([
      { status: "approved", count: 2 },
      { status: "pending", count: 1 },
    ]);
    world.clock.advance(60 * DAY_MS);
    await wake();
    expect(await statuses(id)).toEqual([{ status: "approved", count: 3 }]);
    await expectProven();
  });

  it("holds back no payout of a schedule once it is right again, and a due day is paid once", async () => {
    const { id, email, customer } = await addSeller();
    await sell(customer);
    await signIn();
    await must(admin, "PUT", "/api/v1/admin/payouts/settings/currency", {
      currency: "USD",
      approvalAbove: null,
      feeBorneBy: "programme",
      feeFixed: 0,
      feeRate: 0,
      schedule: { every: "month", day: 15 },
    });
    const own = await world.signIn(email);
    await must(own, "PUT", "/api/v1/partners/payouts/schedule", {
      currency: "USD",
      every: "week",
      day: 1,
      isEnabled: true,
    });
    world.clock.advance(45 * DAY_MS);
    await wake();
    const before = (await payoutsOf(id)).length;
    expect(before).toBe(1);
    const dueDays = () =>
      asOwner<{ own: string; programme: string }>(
        database,
        `select (select next_due_on::text from payout_schedules where partner_id = $1) as own,
                (select next_due_on::text from payout_currency_settings where currency = 'USD') as programme`,
        [id],
      );
    const right = await dueDays();
    await jump(YEAR_MS, () => wake());
    expect(await dueDays()).not.toEqual(right);
    await wake();
    expect(await dueDays()).toEqual(right);

    await sell(customer);
    for (let day = 0; day < 60; day += 1) {
      world.clock.advance(DAY_MS);
      await world.wake("commissions.approve_due");
      await world.wake("payouts.run_due_schedules");
    }
    await world.settle();
    expect(await payoutsOf(id)).toHaveLength(before + 1);
    await expectProven();
  });

  it("keeps the clock of a dispute: who was reminded in a wrong future is reminded again, and silence is not punished early", async () => {
    const { id, email, customer } = await addSeller();
    await sell(customer);
    const [commission] = await asOwner<{ id: string }>(
      database,
      "select id from commissions where partner_id = $1 limit 1",
      [id],
    );
    const own = await world.signIn(email);
    const opened = await must<{ id: string }>(own, "POST", "/api/v1/partners/commissions/dispute", {
      commissionId: commission?.id,
      reason: "Too little",
    });
    const seen = async () => {
      const [row] = await asOwner<{ status: string; reminded_at: Date | null }>(
        database,
        "select status, reminded_at from commission_disputes where id = $1",
        [opened.id],
      );
      return row;
    };
    await jump(-YEAR_MS, () => world.wake("commissions.keep_dispute_clock"));
    expect(await seen()).toEqual({ status: "open", reminded_at: null });
    await jump(YEAR_MS, () => world.wake("commissions.keep_dispute_clock"));
    // A reminder, and nothing that follows from silence.
    expect(await seen()).toEqual({ status: "open", reminded_at: new Date(world.clock.now().getTime() + YEAR_MS) });
    world.clock.advance(5 * DAY_MS);
    await world.wake("commissions.keep_dispute_clock");
    expect(await seen()).toEqual({ status: "open", reminded_at: world.clock.now() });
    world.clock.advance(DAY_MS);
    await world.wake("commissions.keep_dispute_clock");
    expect(await seen()).toMatchObject({ status: "escalated" });
  });

  it("makes no session, token or proof of who somebody is last longer than it would", async () => {
    const me = (auth: string) => world.send("GET", "/api/v1/auth/me", { auth });
    let ofLater = "";
    await jump(YEAR_MS, async () => {
      ofLater = await world.signIn("admin@team.test");
      expect((await me(ofLater)).status).toBe(200);
    });
    expect((await me(ofLater)).status).toBe(401);
    // Behind, it lengthens what is there by as much and no more.
    const now = await world.signIn("admin@team.test");
    await jump(-HOUR_MS, async () => expect((await me(now)).status).toBe(401));
    expect((await me(now)).status).toBe(200);
    world.clock.advance(11 * 60_000);
    expect((await me(now)).status).toBe(401);

    await asOwner(database, "update sessions set proven_at = proven_at + interval '1 year'");
    const later = await world.signIn("admin@team.test");
    await asOwner(database, "update sessions set proven_at = proven_at + interval '1 year' where proven_at = $1", [
      world.clock.now(),
    ]);
    const body = { email: "new@team.test", role: "support" };
    const invited = await world.send("POST", "/api/v1/admin/users", { auth: later, body });
    expect([invited.status, invited.body["code"]]).toEqual([403, "auth.step_up_required"]);
  });

  it("lets jobs come round again on their schedules, and their last success is the last", async () => {
    const JOBS = ["analytics.roll_up", "commissions.approve_due", "platform.forget_answers"];
    const list = async () => {
      const { data } = await must<{ data: { name: string; succeededAt: string; lagSeconds: number }[] }>(
        world.operatorKey,
        "GET",
        "/api/v1/admin/jobs",
      );
      return data.filter(({ name }) => JOBS.includes(name));
    };
    await jump(YEAR_MS, () => wake(JOBS));
    await wake(JOBS);
    expect((await list()).map(({ succeededAt, lagSeconds }) => [succeededAt, lagSeconds])).toEqual(
      Array.from({ length: 3 }, () => [world.clock.now().toISOString(), 0]),
    );
    world.clock.advance(2 * DAY_MS);
    expect((await list()).every(({ lagSeconds }) => lagSeconds > 86_400)).toBe(true);
  });
});
