import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { findSpending, limitSpending } from "./limit-spending.ts";
import { previewReassessment } from "./reassess-partner.ts";

let world: AssessmentWorld;
let deps: Parameters<typeof limitSpending>[0];
const programId = newId();
beforeAll(async () => {
  world = await assessmentWorld();
  deps = { ...world.deps, programs: { getProgram: async () => ({ id: programId, timeZone: "UTC" }) } };
});
afterAll(() => world?.[Symbol.asyncDispose]());

const name = (): string => `sale ${newId()}`;
const TERMS = { signupBonus: 0, volumeBonuses: [] };
const limit = (monthly: number | null, ctx = world.operator(), currency = "USD") =>
  limitSpending(deps)(ctx, { currency, monthly, reason: "budget" });
beforeEach(() => limit(null));

/** Two customers of each of two partners. */
async function twoPartners() {
  const earners = [await world.newEarner("tier1", TERMS), await world.newEarner("tier1", TERMS)];
  const customers = [];
  for (const earner of [...earners, ...earners]) customers.push(await world.newCustomer(earner));
  return { partnerIds: earners.map(({ partnerId }) => partnerId), customers };
}
const earned = async (partnerIds: readonly string[]) => {
  const rows = await Promise.all(partnerIds.map((partnerId) => world.rows(partnerId)));
  return rows.flat().reduce((sum, { amount }) => sum + Number(amount), 0);
};

describe("the limit of a programme", () => {
  it("holds for sales of several partners that are recorded at once, and a replay gives what was booked", async () => {
    const { partnerIds, customers } = await twoPartners();
    await limit(2_500);
    const sell = (customer: { externalId: string }, day: string) =>
      world.record(customer, { externalId: name(), amount: 9_000n, at: `2021-05-${day}T00:00:00Z` });
    await Promise.all(customers.flatMap((customer) => ["01", "02"].map((day) => sell(customer, day))));
    expect(await earned(partnerIds)).toBe(2_500);
    const cuts = await asOwner<{ given: string }>(
      world.clone,
      "select given::text from spend_cuts where partner_id = any ($1) order by given desc",
      [partnerIds],
    );
    expect(cuts.map(({ given }) => Number(given))).toEqual([700, 0, 0, 0, 0, 0]);
    expect(await world.prove(...partnerIds)).toEqual(PROVEN);
  });

  it("holds for batches that carry sales of both partners, in opposite orders, and none waits for another in a circle", async () => {
    const { partnerIds, customers } = await twoPartners();
    await limit(2_500);
    const batch = (order: typeof customers) =>
      world.sales.recordTransactions(
        world.system(),
        order.map(({ externalId: customerExternalId }) => ({
          externalId: name(),
          customerExternalId,
          kind: "payment",
          amount: 3_000n,
          currency: "USD",
          occurredAt: new Date("2021-07-01T00:00:00Z"),
          originalExternalId: null,
          tax: 0n,
          revenue: 0n,
          createCustomer: false,
        })),
      );
    const answers = await Promise.all([1, 2, 3].flatMap(() => [batch(customers), batch(customers.toReversed())]));
    expect(answers.flatMap(({ results }) => results).every(({ status }) => status === "recorded")).toBe(true);
    expect(await earned(partnerIds)).toBe(2_500);
    expect(await world.prove(...partnerIds)).toEqual(PROVEN);
  });

  it("is moved from the next event on: what was cut stays cut, also where history is assessed again", async () => {
    const { partnerIds, customers } = await twoPartners();
    const [customer] = customers;
    const sell = () =>
      world.record(customer ?? { externalId: "" }, { externalId: name(), amount: 9_000n, at: "2021-06-01T00:00:00Z" });
    await limit(1_000);
    await sell();
    await sell();
    await limit(1_500);
    await sell();
    await limit(null);
    await sell();
    const [partnerId = ""] = partnerIds;
    expect(await world.statements(partnerId)).toEqual([
      "recurring 900 pending",
      "recurring 100 pending",
      "recurring 500 pending",
      "recurring 900 pending",
    ]);
    const { differs } = await previewReassessment(world.deps)(world.operator(), { partnerId });
    expect(differs).toBe(false);
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("is shown with what was earned under it in this month, and audited", async () => {
    const { customers } = await twoPartners();
    await limit(5_000);
    world.clock.moveTo(new Date("2026-11-20T00:00:00Z"));
    await world.record(customers[0] ?? { externalId: "" }, { externalId: name(), amount: 10_000n });
    const shown = [{ currency: "USD", monthly: 5_000n, month: "2026-11-01", spent: 1_000n }];
    expect(await findSpending(deps)(world.operator(), {})).toEqual({ data: shown, nextCursor: null });
    expect(await limit(6_000)).toEqual([{ ...shown[0], monthly: 6_000n }]);
    expect((await world.audits(programId)).length).toBeGreaterThan(0);
  });

  it("asks for its rights and a currency, and is another tenant's own", async () => {
    await limit(5_000);
    const elsewhere = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
    expect(await findSpending(deps)(world.operator(undefined, elsewhere), {})).toEqual({ data: [], nextCursor: null });
    await expect(limit(1, world.operator(), "QQQ")).rejects.toMatchObject({ code: "commission.currency_unknown" });
    await expect(limit(1, world.operator(["commissions:read"]))).rejects.toMatchObject({
      code: "access.scope_missing",
    });
    await expect(findSpending(deps)(world.operator([]), {})).rejects.toMatchObject({ code: "access.scope_missing" });
  });
});
