import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { addDays, addMonths } from "../../src/kernel/calendar.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { type MoneyIn, openMoneyIn } from "../kit/money-in.ts";
import { mustSend } from "../kit/must-send.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { type Receiver, startReceiver } from "../kit/receiver.ts";
import { addStaff } from "../kit/staff.ts";

const MONTHS = 18;
const FIRST_MONTH = "2026-03-01";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
/** A customer is won in each of the first months, pays 100.00 and 20.00 of tax a month, and goes on. */
const CUSTOMERS = 6;
/** One of them leaves after its payment of this month. */
const LEAVER = { customer: 2, after: 6 };
/** Half of a payment is refunded in the month after it; another is charged back for good; a third is charged back, and won. */
const REFUND = { customer: 1, month: 4 };
const LOST = { customer: 3, month: 8 };
const WON = { customer: 0, month: 7 };

let database: ClonedDatabase;
let world: WholeApp;
let money: MoneyIn;
let receiver: Receiver;
let partner: { id: string; referralCode: string };

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  money = await openMoneyIn(world);
  receiver = await startReceiver();
  partner = await setUp();
}, 120_000);
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await money?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const must = <Body = Record<string, unknown>>(
  auth: string,
  method: "GET" | "POST" | "PUT",
  url: string,
  body?: object,
): Promise<Body> => mustSend<Body>(world, auth, method, url, body);

/** Everything that people do, once, before the programme is left to itself. */
async function setUp() {
  const { app, ctx } = world;
  const tiers = defaultTiers("USD");
  const volumeTrueUp = {
    period: "quarter" as const,
    mode: "graduated" as const,
    steps: [{ from: 40_000, rate: 0.02 }],
  };
  const draft = await app.programs.draftPlan(ctx(), { tiers: { ...tiers, tier1: { ...tiers.tier1, volumeTrueUp } } });
  await app.programs.publishPlan(ctx(), { planId: draft.id });
  await addStaff(world, { role: "admin", email: "admin@team.test" });
  const admin = await world.signIn("admin@team.test");
  await must(admin, "PUT", "/api/v1/admin/program", { timeZone: "Europe/Berlin" });
  await must(admin, "PUT", "/api/v1/admin/payouts/settings", { releasesScheduled: true });
  await must(admin, "PUT", "/api/v1/admin/payouts/settings/currency", {
    currency: "USD",
    approvalAbove: null,
    feeBorneBy: "programme",
    feeFixed: 0,
    feeRate: 0,
    schedule: { every: "month", day: 31 },
  });
  await must(admin, "POST", "/api/v1/webhooks/endpoints", { url: receiver.url, events: ["*"] });
  // A reseller that brings nobody: its tier is looked at after a year.
  await app.partners.importPartners(ctx(), [
    {
      externalId: "idle",
      email: "idle@partners.test",
      partnerType: "reseller",
      tier: "tier2",
      referralCode: "idle",
      joinedAt: world.clock.now(),
    },
  ]);
  const ada = await world.addPartner({ email: "ada@example.com" });
  const method = { kind: "stripe_connect", country: "US" };
  await must(ada.auth, "PUT", "/api/v1/partners/payouts/method", method);
  world.stripe.setStanding(world.stripe.accounts()[0]?.id ?? "", "active");
  world.stripe.addFunds({ amount: 10_000_000, currency: "usd" });
  await must(ada.auth, "PUT", "/api/v1/partners/payouts/method", method);
  return ada;
}

const dayOf = (month: number, day: number): string => addDays(addMonths(FIRST_MONTH, month), day - 1);

/** The hour comes, and everything that wakes by itself does, as in a worker. */
async function until(day: string, time = "12:00"): Promise<void> {
  world.clock.moveTo(new Date(`${day}T${time}:00Z`));
  for (const { name } of world.app.cron) await world.wake(name);
  await world.settle();
  await world.app.deliverer.deliverDue();
}

const clicks = new Map<number, string>();
const subscriptions = new Map<number, string>();
const invoices = new Map<string, string>();

/** A visitor of the 7th signs up on the 8th, and is a customer on the 9th. */
async function win(month: number): Promise<void> {
  const { clock, operatorKey, send } = world;
  clock.moveTo(new Date(`${dayOf(month, 7)}T10:00:00Z`));
  const visit = await send("GET", `/r/${partner.referralCode}`, { headers: { "user-agent": BROWSER } });
  const clickId = new URL(String(visit.headers["location"])).searchParams.get("tid") ?? "";
  clicks.set(month, clickId);
  const customer = { externalId: `user_${month}`, clickId, email: `user_${month}@customers.test` };
  clock.moveTo(new Date(`${dayOf(month, 8)}T10:00:00Z`));
  await must(operatorKey, "POST", "/api/v1/referrals/signup", customer);
  clock.moveTo(new Date(`${dayOf(month, 9)}T10:00:00Z`));
  await must(operatorKey, "POST", "/api/v1/referrals/convert", customer);
}

/** On the 10th whoever is a customer pays, each at a minute of its own. */
async function pay(month: number): Promise<void> {
  const { billing } = money.stripe;
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    if (!paysIn(customer, month)) continue;
    money.clock.moveTo(new Date(Date.parse(`${dayOf(month, 10)}T12:00:00Z`) + customer * 60_000));
    const subscription = subscriptions.get(customer);
    if (subscription === undefined) {
      const { id } = billing.createCustomer({ metadata: { tributary_customer: `user_${customer}` } });
      const price = { subtotal: 10_000, tax: 2_000 };
      subscriptions.set(customer, billing.subscribe({ customer: id, currency: "usd", price }).subscription.id);
    } else invoices.set(`${customer} ${month}`, billing.renew(subscription).id);
  }
  if (month === LEAVER.after) billing.cancel(subscriptions.get(LEAVER.customer) ?? "");
  await tell(month, 10);
}

/** On the 15th of the month after, money goes back. */
async function takeBack(month: number): Promise<void> {
  const { billing } = money.stripe;
  const invoice = (of: { customer: number; month: number }) => invoices.get(`${of.customer} ${of.month}`) ?? "";
  money.clock.moveTo(new Date(`${dayOf(month, 15)}T12:00:00Z`));
  if (month === REFUND.month + 1) billing.refund(invoice(REFUND), { amount: 6_000 });
  if (month === LOST.month + 1) billing.closeDispute(billing.dispute(invoice(LOST)).id, "lost");
  if (month === WON.month + 1) billing.closeDispute(billing.dispute(invoice(WON)).id, "won");
  await tell(month, 15);
}

async function tell(month: number, day: number): Promise<void> {
  world.clock.moveTo(new Date(`${dayOf(month, day)}T13:00:00Z`));
  for (const event of money.takeEvents()) expect([event.type, await money.deliver(event)]).toEqual([event.type, 200]);
  await world.settle();
}

const paysIn = (customer: number, month: number): boolean =>
  month >= customer && !(customer === LEAVER.customer && month > LEAVER.after);
/** A customer's payments earn for twelve months. */
const earnsIn = (customer: number, month: number): boolean => paysIn(customer, month) && month < customer + 12;

type Sale = { readonly customer: number; readonly month: number; readonly left: number };
/** Every payment with what is left of its 100.00 at the end. */
const sales = (): Sale[] =>
  Array.from({ length: MONTHS }, (_, month) =>
    Array.from({ length: CUSTOMERS }, (__, customer) => ({ customer, month })).filter((of) =>
      paysIn(of.customer, month),
    ),
  )
    .flat()
    .map((of) => ({ ...of, left: is(of, LOST) ? 0 : is(of, REFUND) ? 5_000 : 10_000 }));
const is = (one: { customer: number; month: number }, other: { customer: number; month: number }): boolean =>
  one.customer === other.customer && one.month === other.month;
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** What a partner earns by the plan, worked out from the story alone: 50.00 a customer, a tenth, and 2 % beyond 400.00 in a quarter that is over. */
function earned(): number {
  const earning = sales().filter(({ customer, month }) => earnsIn(customer, month));
  // Quarters of the calendar: March is the end of the first, and the last one is not over.
  const quarters = Map.groupBy(earning, ({ month }) => Math.floor((month + 2) / 3));
  const trueUps = [...quarters]
    .filter(([quarter]) => quarter < Math.floor((MONTHS + 1) / 3))
    .map(([, of]) => Math.max(0, sum(of.map(({ left }) => left)) - 40_000) / 50);
  return CUSTOMERS * 5_000 + sum(earning.map(({ left }) => left / 10)) + sum(trueUps);
}

describe("eighteen months of a programme that nobody touches", () => {
  it("from the first click to the last statement, every figure is what the story says", {
    timeout: 300_000,
  }, async () => {
    for (let month = 0; month < MONTHS; month += 1) {
      if (month < CUSTOMERS) await win(month);
      await pay(month);
      await takeBack(month);
      await until(dayOf(month, 20));
      await until(addDays(dayOf(month + 1, 1), -1));
      await until(dayOf(month + 1, 1), "12:15");
    }

    const { operatorKey } = world;
    const auth = await world.signIn("ada@example.com");
    const admin = await world.signIn("admin@team.test");
    type Balances = { pending: number; available: number; paid: number };
    const summary = await must<{ currencies: { currency: string; balances: Balances }[] }>(
      auth,
      "GET",
      "/api/v1/partners/commissions/summary",
    );
    const transferred = Number(world.stripe.totalTransferred("usd"));
    const { pending = 0, available = 0 } = summary.currencies[0]?.balances ?? {};
    expect(summary.currencies.map(({ currency }) => currency)).toEqual(["USD"]);
    expect(transferred + pending + available).toBe(earned());

    // The last day of each month pays what the hold has let go.
    const payouts = await must<{ data: { id: string; status: string; amount: number }[] }>(
      auth,
      "GET",
      "/api/v1/partners/payouts?limit=100",
    );
    expect(new Set(payouts.data.map(({ status }) => status))).toEqual(new Set(["completed"]));
    let stated = 0;
    for (const { id } of payouts.data) {
      const { body } = await world.send<string>("GET", `/api/v1/partners/payouts/${id}/statement?format=csv`, { auth });
      stated += Math.round(100 * Number(/,Paid,,,,([\d.]+),USD/.exec(body)?.[1]));
    }
    expect(stated).toBe(transferred);
    const found = await must<{ differences: unknown[] }>(
      admin,
      "GET",
      "/api/v1/admin/payouts/reconciliation?from=2026-01-01T00:00:00Z&to=2027-12-31T00:00:00Z",
    );
    expect(found.differences).toEqual([]);

    // Figures.
    const period = "from=2026-03-01&to=2027-08-31";
    const { totals } = await must<{
      totals: {
        counts: Record<string, { value: number }>;
        amounts: { currency: string; revenue: { value: number }; commissionEarned: { value: number } }[];
      };
    }>(auth, "GET", `/api/v1/partners/analytics/performance?${period}`);
    expect(totals.counts).toMatchObject({
      clicks: { value: CUSTOMERS },
      signups: { value: CUSTOMERS },
      conversions: { value: CUSTOMERS },
      qualified: { value: CUSTOMERS },
    });
    expect(totals.amounts).toMatchObject([
      {
        currency: "USD",
        revenue: { value: sum(sales().map(({ left }) => left)) },
        commissionEarned: { value: earned() },
      },
    ]);
    const retention = await must<{ cohorts: { customers: number; months: { month: string; paying: number }[] }[] }>(
      operatorKey,
      "GET",
      `/api/v1/admin/partners/analytics/retention?${period}`,
    );
    const months = Array.from({ length: MONTHS }, (_, month) => month);
    expect(retention.cohorts.map(({ customers, months: of }) => [customers, of.map(({ paying }) => paying)])).toEqual(
      Array.from({ length: CUSTOMERS }, (_, customer) => [
        1,
        // And September, in which nobody has paid yet.
        [...months.slice(customer).map((month) => (paysIn(customer, month) ? 1 : 0)), 0],
      ]),
    );

    // The reseller without customers is the one whose tier is in question.
    const reviews = await must<{ data: { partnerId: string }[] }>(
      operatorKey,
      "GET",
      "/api/v1/admin/partners/tier-reviews?status=open",
    );
    const [idle] = await asOwner<{ id: string }>(database, "select id from partners where referral_code = 'idle'");
    expect(reviews.data.map(({ partnerId }) => partnerId)).toEqual([idle?.id]);

    // The operator's own system was told of each payout and each conversion.
    const told = new Map<string, string>();
    for (const { headers, body } of receiver.received) told.set(String(headers["webhook-id"]), JSON.parse(body).type);
    const count = (type: string) => [...told.values()].filter((one) => one === type).length;
    expect(count("referral.converted")).toBe(CUSTOMERS);
    expect(count("payout.completed")).toBe(payouts.data.length);
    expect(await asOwner(database, "select status from webhook_deliveries where status <> 'delivered'")).toEqual([]);

    const jobs = await must<{ data: { name: string; error: string | null }[] }>(admin, "GET", "/api/v1/admin/jobs");
    expect(jobs.data.filter(({ error }) => error !== null)).toEqual([]);
  });

  it("leaves books that hold", async () => {
    for await (const finding of prove({ db: world.app.db, ctx: world.ctx(), moduleChecks: world.app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});
