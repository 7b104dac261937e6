import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROVEN } from "../../test/kit/assessment.ts";
import { mendAgain } from "../../test/kit/migrations.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { type Customer, type ReattributionWorld, reattributionWorld } from "../../test/kit/reattribution.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let world: ReattributionWorld;
beforeAll(async () => {
  world = await reattributionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const scene = async () => {
  const from = await world.newEarner("tier1");
  const to = await world.newEarner("tier2");
  const customer = await world.newCustomer(from);
  const { referralId } = await world.attributionOf(customer);
  return { from: from.partnerId, to: to.partnerId, customer, referralId };
};
const sell = async (customer: Customer, more: object = {}): Promise<string> => {
  const externalId = newId();
  await world.record(customer, { externalId, amount: 10_000n, ...more });
  return externalId;
};
const lose = (customer: Customer, originalExternalId: string) =>
  sell(customer, { kind: "chargeback", originalExternalId });
const endHold = async (): Promise<void> => {
  world.clock.advance(31 * DAY_MS);
  await world.commissions.approveDue(world.system());
};
const reject = (referralId: string) =>
  world.referrals.rejectReferral(world.operator(), { referralId, reason: "forged", takesBackApproved: false });
/** As the books stood after an upgrade: an end left what had been lost by then. */
const upgraded = async (referralId: string): Promise<unknown> => {
  await asOwner(world.clone, "update referral_standings set lost_signup = 5000 where referral_id = $1", [referralId]);
  await mendAgain(world.clone, "20261201191000_commissions_ended_lost_signups");
  const [row] = await asOwner(world.clone, "select lost_signup from referral_standings where referral_id = $1", [
    referralId,
  ]);
  return row?.["lost_signup"];
};
const win = (customer: Customer, originalExternalId: string) =>
  sell(customer, { kind: "chargeback_won", originalExternalId });
const signups = async (partnerId: string): Promise<number> =>
  (await world.rows(partnerId))
    .filter(({ rule, status }) => rule.startsWith("signup") && status !== "cancelled")
    .reduce((sum, { amount }) => sum + Number(amount), 0);

describe("an upgrade from when an end left what was lost", () => {
  it("keeps what was lost before its customer went to another partner from coming back", async () => {
    const { from, to, customer, referralId } = await scene();
    const payment = await sell(customer);
    await endHold();
    const chargeback = await lose(customer, payment);
    await world.give(customer, to);
    expect(await upgraded(referralId)).toBe("0");
    await win(customer, chargeback);
    expect(await signups(from)).toBe(0);
    expect(await world.prove(from, to)).toEqual(PROVEN);
  });

  it("keeps what was lost before its customer was rejected from coming back", async () => {
    const { from, to, customer, referralId } = await scene();
    const chargeback = await lose(customer, await sell(customer));
    await reject(referralId);
    expect(await upgraded(referralId)).toBe("0");
    await win(customer, chargeback);
    expect(await signups(from)).toBe(0);
    expect(await world.prove(from, to)).toEqual(PROVEN);
  });

  it("leaves what stood beyond the end and was lost since: it comes back", async () => {
    const { from, to, customer, referralId } = await scene();
    const payment = await sell(customer);
    await endHold();
    await reject(referralId);
    const chargeback = await lose(customer, payment);
    expect(await upgraded(referralId)).toBe("5000");
    await win(customer, chargeback);
    expect(await signups(from)).toBe(5_000);
    expect(await world.prove(from, to)).toEqual(PROVEN);
  });

  it("leaves what a customer lost who is here still", async () => {
    const { from, to, customer, referralId } = await scene();
    const chargeback = await lose(customer, await sell(customer));
    expect(await upgraded(referralId)).toBe("5000");
    await win(customer, chargeback);
    expect(await signups(from)).toBe(5_000);
    expect(await world.prove(from, to)).toEqual(PROVEN);
  });
});
