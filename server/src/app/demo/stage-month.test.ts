import type { Sandbox } from "@tributary/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, openApp, type WholeApp } from "../../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { DAY_MS, HOUR_MS } from "../../kernel/clock.ts";
import type { Composition } from "../compose.ts";
import { CAST } from "./demo-cast.ts";
import type { Stage, StagedPartner } from "./demo-stage.ts";
import { type StoryMonth, tellStory } from "./demo-story.ts";
import { stageMonth } from "./stage-month.ts";
import { stageMethods, stagePayouts } from "./stage-payouts.ts";

let database: ClonedDatabase;
let world: WholeApp;
let partner: StagedPartner;
let month: StoryMonth;

const stageOf = (app: Composition, signal = new AbortController().signal): Stage => ({
  app,
  sandbox: { stripe: world.stripe } as unknown as Sandbox,
  at: (now) => ({ ...world.ctx(), now }),
  signal,
});
const counts = async (): Promise<unknown> => {
  const [row] = await asOwner(
    database,
    `select (select count(*)::int from clicks) as clicks, (select count(*)::int from referrals) as referrals,
            (select count(*)::int from transactions) as transactions, (select count(*)::int from commissions) as commissions,
            (select count(*)::int from partner_payouts) as payouts, (select count(*)::int from transfer_attempts) as transfers`,
  );
  return row;
};

const IDLE_CLICKS = 40;
const CUSTOMERS = 5;
const CUT_OFF_AFTER = 17;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  const { id, referralCode } = await world.addPartner();
  const [row] = await asOwner<{ user_id: string }>(database, "select user_id from partners where id = $1", [id]);
  const lead = CAST.find(({ isLead }) => isLead);
  if (lead === undefined || row === undefined) throw new Error("somebody plays");
  const cast = { ...lead, tier: "tier1", code: referralCode } as const;
  partner = { cast, id, userId: row.user_id };
  // The first month of a story, of few people, all of one partner, who is active by then.
  const [first] = tellStory(new Date(NOW.getTime() + 366 * DAY_MS));
  if (first === undefined) throw new Error("a story has months");
  const customers = first.customers.slice(0, CUSTOMERS).map((customer) => ({ ...customer, partner: cast }));
  const names = new Set(customers.map(({ externalId }) => externalId));
  month = {
    ...first,
    customers,
    idleClicks: first.idleClicks.slice(0, IDLE_CLICKS).map((click) => ({ ...click, partner: cast })),
    transactions: first.transactions.filter(({ customerExternalId }) => names.has(customerExternalId)),
  };
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const cutOff = (): never => {
  throw new Error("the machine lost its power");
};

describe("a month of the demo that was cut off", () => {
  it("among its clicks, or later, is played to the end without playing anything twice", async () => {
    const { app } = world;
    const clicks: Promise<string | null>[] = [];
    const trackReferralClick: typeof app.referrals.trackReferralClick = async (ctx, visit) => {
      if (clicks.length === CUT_OFF_AFTER) return cutOff();
      const click = app.referrals.trackReferralClick(ctx, visit);
      clicks.push(click);
      return click;
    };
    const play = (changed: Composition) => stageMonth(stageOf(changed), new Map([["one", partner]]), month);
    await expect(play({ ...app, referrals: { ...app.referrals, trackReferralClick } })).rejects.toThrow(
      "lost its power",
    );
    await Promise.all(clicks);
    expect(await counts()).toMatchObject({ clicks: CUT_OFF_AFTER });
    const convertReferral = async () => cutOff();
    await expect(play({ ...app, referrals: { ...app.referrals, convertReferral } })).rejects.toThrow("lost its power");
    await expect(play({ ...app, sales: { ...app.sales, recordTransactions: async () => cutOff() } })).rejects.toThrow(
      "lost its power",
    );
    await play(app);
    const whole = await counts();
    expect(whole).toMatchObject({ clicks: IDLE_CLICKS + CUSTOMERS, transactions: month.transactions.length });
    await play(app);
    expect(await counts()).toEqual(whole);
  });

  it("among its payouts leads on those that were asked for, and asks for none twice", async () => {
    const { app } = world;
    const end = new Date(month.to.getTime() + 40 * DAY_MS);
    await stageMethods(stageOf(app), [partner], NOW);
    const funds = () => world.stripe.balance().available.map(({ amount }) => amount);
    const before = funds();
    await stageMethods(stageOf(app), [partner], NOW);
    expect(funds()).toEqual(before);

    const processPayout = async () => cutOff();
    const pay = (changed: Composition) => stagePayouts(stageOf(changed), [partner], end);
    await expect(pay({ ...app, payouts: { ...app.payouts, processPayout } })).rejects.toThrow("lost its power");
    expect(await counts()).toMatchObject({ payouts: 1, transfers: 0 });
    await pay(app);
    await pay(app);
    expect(await counts()).toMatchObject({ payouts: 1, transfers: 1 });
    expect(await asOwner(database, "select status, requested_at from partner_payouts")).toEqual([
      { status: "completed", requested_at: new Date(end.getTime() + HOUR_MS) },
    ]);
  });
});
