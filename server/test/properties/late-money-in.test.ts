import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS, HOUR_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import type { StripeMessage } from "../../src/revenue/stripe-news.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { type BillingStep, billingStep, elsewhere, liveAtStripe, STORY_CUSTOMERS } from "../kit/billing-stories.ts";
import { booksOf, type MoneyIn, openMoneyIn } from "../kit/money-in.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

let database: ClonedDatabase;
let world: WholeApp;
let money: MoneyIn;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  money = await openMoneyIn(world);
  world.stripe.addFunds({ amount: 1_000_000_000, currency: "usd" });
  // Whatever depends on the order of sales does so here: months that run out, a bonus for the second client, and one for a month's volume.
  const tiers = defaultTiers("USD");
  const tier1 = {
    ...tiers.tier1,
    recurringDuration: 2,
    volumeBonuses: [{ threshold: 2, bonus: 0.2 }],
    volumeBonusMode: "multiplicative" as const,
    volumeTrueUp: { period: "month" as const, mode: "retroactive" as const, steps: [{ from: 5_000, rate: 0.03 }] },
  };
  const draft = await world.app.programs.draftPlan(world.ctx(), { tiers: { ...tiers, tier1 } });
  await world.app.programs.publishPlan(world.ctx(), { planId: draft.id });
});
afterAll(async () => {
  await money?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

type Teller = { readonly id: string; readonly mark: string; readonly referralCode: string };

/** A partner that can be paid, whom nobody has told anything yet. */
async function newPartner(mark: string): Promise<Teller> {
  const { id, referralCode } = await world.addPartner({ email: `${mark}@example.com`, hasOwnAddress: true });
  const scopes = new Set(["own:payout-method:write"] as const);
  const self: Ctx = { ...world.ctx(), actor: { type: "key", keyId: newId(), partnerId: id, scopes } };
  const method = { kind: "stripe_connect", country: "US" } as const;
  const before = new Set(world.stripe.accounts().map((account) => account.id));
  await world.app.payouts.updatePaymentMethod(self, method);
  for (const account of world.stripe.accounts())
    if (!before.has(account.id)) world.stripe.setStanding(account.id, "active");
  await world.app.payouts.updatePaymentMethod(self, method);
  return { id, mark, referralCode };
}

/** The operator's own list of a customer, which comes when it comes. */
const convert = async ({ mark, referralCode }: Teller, name: string, convertedAt: Date): Promise<void> => {
  const row = { externalId: `${name}-${mark}`, referralCode, clickedAt: null, convertedAt, email: null };
  const { results } = await world.app.referrals.importReferrals(world.ctx(), [row]);
  expect(results).toMatchObject([{ status: "imported" }]);
};

async function hear(event: StripeMessage): Promise<void> {
  const now = world.clock.now();
  const payload = { sourceId: money.sourceId, event };
  const message = { id: newId(), source: "stripe", externalId: event.id, type: event.type, receivedAt: now } as const;
  await world.app.revenue.takeStripeMessage(world.ctx(), { ...message, payload });
}

/** What wakes by itself: months are closed, holds end, and everybody is paid all that there is. */
async function close(partners: readonly Teller[]): Promise<void> {
  await world.settle();
  await world.wake("commissions.true_up_volume");
  await world.wake("commissions.approve_due");
  for (const { id: partnerId } of partners)
    await world.app.payouts.requestPayoutFor(world.ctx(), { partnerId, currency: "USD" }).catch((error: unknown) => {
      if (!(error instanceof CatalogueError)) throw error;
    });
  await world.app.payouts.processPayouts(world.ctx(), {});
  await world.settle();
}

/** Enough to recover whatever was paid too early. */
async function grant({ id: partnerId }: Teller): Promise<void> {
  const grant = { partnerId, amount: 10_000_000, currency: "USD", reason: "To recover debts from" };
  const { id: commissionId } = await world.app.commissions.grantCommission(world.ctx(), grant);
  await world.app.commissions.approveCommission(world.ctx(), { commissionId });
}

type Act = { readonly at: Date; readonly act: () => Promise<void> };

/** How late a message, or the operator's list of a customer, comes: at once, in hours, or after holds, payouts and ends of months. */
const lateness = fc.constantFrom(0, 5 * HOUR_MS, 9 * DAY_MS, 33 * DAY_MS, 75 * DAY_MS);
const CLOSED_EVERY_MS = 12 * DAY_MS;

/** The books of two partners of the same story, of whom one hears of everything as it happens and the other whenever. */
async function booksOfBoth(steps: readonly BillingStep[], delays: readonly number[]): Promise<[string, string]> {
  const run = newId().slice(-10);
  const [plain, late] = [await newPartner(`p${run}`), await newPartner(`m${run}`)];
  const begun = world.clock.now();
  money.clock.moveTo(after(begun, DAY_MS));
  const events = await liveAtStripe(money, steps);
  let turn = 0;
  const delay = (): number => delays[turn++ % delays.length] ?? 0;
  const acts: Act[] = STORY_CUSTOMERS.flatMap((name) => [
    { at: begun, act: () => convert(plain, name, begun) },
    { at: after(begun, delay()), act: () => convert(late, name, begun) },
  ]);
  for (const event of elsewhere(events, plain.mark))
    acts.push({ at: new Date(event.created * 1_000 + 999), act: () => hear(event) });
  for (const event of [...elsewhere(events, late.mark), ...elsewhere(events, late.mark)])
    acts.push({ at: after(new Date(event.created * 1_000 + 999), delay()), act: () => hear(event) });
  const end = acts.reduce((latest, { at }) => (at > latest ? at : latest), begun);
  for (let at = begun; at < after(end, 2 * CLOSED_EVERY_MS); at = after(at, CLOSED_EVERY_MS))
    acts.push({ at, act: () => close([plain, late]) });

  for (const { at, act } of acts.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    world.clock.moveTo(at);
    await act();
  }
  // Every hold, and every month, has ended.
  world.clock.advance(70 * DAY_MS);
  await close([plain, late]);
  for (const partner of [plain, late]) await grant(partner);
  await close([plain, late]);
  const books = async ({ id, mark }: Teller): Promise<string> =>
    JSON.stringify(await booksOf(database, id, mark), null, 1).replaceAll(`-${mark}`, "");
  return [await books(plain), await books(late)];
}

it("events of Stripe told weeks late, in any order and twice, after holds, payouts and ends of months, end in the same balances as told when they happen", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(billingStep, { minLength: 3, maxLength: 12 }),
      fc.array(lateness, { minLength: 30, maxLength: 30 }),
      async (steps, delays) => {
        const [plain, late] = await booksOfBoth(steps, delays);
        expect(late).toBe(plain);
      },
    ),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 3), endOnFailure: true },
  );
  for await (const { name, breaks } of prove({
    db: world.app.db,
    ctx: world.ctx(),
    moduleChecks: world.app.moduleChecks,
  }))
    expect([name, breaks]).toEqual([name, []]);
}, 600_000);
