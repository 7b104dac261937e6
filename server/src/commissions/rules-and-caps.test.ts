import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { defaultTiers } from "../programs/index.ts";
import { calculateCommission } from "./calculate-commission.ts";
import { previewReassessment, reassessPartner } from "./reassess-partner.ts";
import { simulatePlan } from "./simulate-plan.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const name = (): string => `sale ${newId()}`;
const TERMS = {
  signupBonus: 0,
  rateRules: [{ name: "cloud in germany", when: { products: ["cloud"], countries: ["DE"] }, rate: 0.5 }],
  caps: { customer: { USD: 1_500 }, month: { USD: 2_000 } },
};
const counted = (partnerId: string) =>
  asOwner<{ cap: string; currency: string; earned: string }>(
    world.clone,
    "select cap, currency, earned::text from cap_standings where partner_id = $1 order by cap, earned",
    [partnerId],
  );

describe("rules and caps", () => {
  it("are kept with what a batch earned: refunds take back what was earned, and a replay gives the same", async () => {
    const earner = await world.newEarner("tier1", TERMS);
    const customer = await world.newCustomer(earner);
    const first = name();
    await world.record(
      customer,
      {
        externalId: first,
        amount: 2_000n,
        product: "cloud",
        planCode: "pro",
        country: "DE",
        at: "2020-03-01T00:00:00Z",
      },
      { externalId: name(), amount: 9_000n, at: "2020-03-02T00:00:00Z" },
      { externalId: name(), amount: 100n, at: "2020-04-02T00:00:00Z" },
      { externalId: name(), kind: "refund", amount: 1_000n, originalExternalId: first, at: "2020-04-03T00:00:00Z" },
    );
    await world.record(customer, { externalId: name(), amount: 100n, at: "2020-04-04T00:00:00Z" });
    expect(await world.statements(earner.partnerId)).toEqual([
      "recurring 1000 pending",
      "recurring 500 pending",
      "recurring.reversal -500 pending",
    ]);
    expect(await counted(earner.partnerId)).toEqual([
      { cap: "customer", currency: "USD", earned: "1500" },
      { cap: "month", currency: "USD", earned: "1500" },
    ]);
    expect(await world.prove(earner.partnerId)).toEqual(PROVEN);
  });

  it("hold for sales that are recorded at once, whoever comes first", async () => {
    const earner = await world.newEarner("tier1", TERMS);
    const customers = await Promise.all(Array.from({ length: 4 }, () => world.newCustomer(earner)));
    await Promise.all(
      customers.flatMap((customer) =>
        [1, 2].map((day) =>
          world.record(customer, { externalId: name(), amount: 7_000n, at: `2020-05-0${day}T00:00:00Z` }),
        ),
      ),
    );
    const amounts = (await world.rows(earner.partnerId)).map(({ amount }) => Number(amount));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2_000);
    expect(await counted(earner.partnerId)).toContainEqual({ cap: "month", currency: "USD", earned: "2000" });
    expect(await world.prove(earner.partnerId)).toEqual(PROVEN);
  });

  it("are met by a calculation, which counts nothing", async () => {
    const earner = await world.newEarner("tier1", TERMS);
    const { referralId } = await world.newCustomer(earner);
    const sale = { referralId, kind: "payment", amount: 9_000n, currency: "USD" } as const;
    const calculate = (more: object = {}) => calculateCommission(world.deps)(world.operator(), { ...sale, ...more });
    const { receipt } = await calculate({ product: "cloud", country: "DE" });
    expect(receipt.clauses.find(({ clause }) => clause === "recurring")).toMatchObject({
      rateRule: "cloud in germany",
      uncapped: 4_500n,
      amount: 1_500n,
    });
    await expect(calculate({ country: "XX" })).rejects.toMatchObject({ code: "transaction.country_unknown" });
    expect(await counted(earner.partnerId)).toEqual([]);
  });

  it("are met again where history is re-assessed, and a replay gives what was booked", async () => {
    const earner = await world.newEarner("tier1", TERMS);
    const customer = await world.newCustomer(earner);
    for (const [amount, date] of [
      [9_000n, "2020-03-02"],
      [9_000n, "2020-03-01"],
      [4_000n, "2020-02-01"],
    ] as const)
      await world.record(customer, { externalId: name(), amount, at: `${date}T00:00:00Z` });
    const { partnerId } = earner;
    const receipts = await asOwner<{ late: string[] }>(
      world.clone,
      "select receipt -> 'late' as late from commission_receipts where partner_id = $1 and kind = 'payment' order by number",
      [partnerId],
    );
    expect(receipts.map((one) => one.late.includes("would_have_used_room"))).toEqual([false, true, true]);
    const { fingerprint, totals } = await previewReassessment(world.deps)(world.operator(), { partnerId });
    expect(totals).toEqual([{ currency: "USD", amount: 0n }]);
    await reassessPartner(world.deps)(world.operator(), { partnerId, reason: "in order", fingerprint });
    expect(
      await asOwner(
        world.clone,
        "select data ->> 'ties' as ties, data ->> 'counts' as counts from partner_events where partner_id = $1 and kind = 'reassessment'",
        [partnerId],
      ),
    ).toEqual([{ ties: "external_id", counts: "earned" }]);
    expect((await world.rows(partnerId)).map(({ rule, amount }) => `${rule} ${amount}`).toSorted()).toEqual([
      "recurring 300",
      "recurring 400",
      "recurring 600",
      "recurring 900",
      "recurring.adjustment -700",
    ]);
    expect(await counted(partnerId)).toContainEqual({ cap: "customer", currency: "USD", earned: "1500" });
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("have counts that a replay finds wrong where somebody changed them", async () => {
    const earner = await world.newEarner("tier1", TERMS);
    await world.record(await world.newCustomer(earner), { externalId: name(), amount: 9_000n });
    const { partnerId } = earner;
    await asOwner(world.clone, "update cap_standings set earned = 1 where partner_id = $1 and cap = 'month'", [
      partnerId,
    ]);
    const { differences } = await world.prove(partnerId);
    expect(differences).toMatchObject([
      { kind: "standing", objectId: partnerId, replayed: [{ earned: 900n }, { earned: 900n }] },
    ]);
  });

  it("are not read and not kept where the terms have none", async () => {
    const earner = await world.newEarner();
    const customer = await world.newCustomer(earner);
    await world.record(customer, { externalId: name(), product: "cloud", country: "DE" });
    expect(await counted(earner.partnerId)).toEqual([]);
    expect(await world.prove(earner.partnerId)).toEqual(PROVEN);
  });
});

describe("a simulation of rules and caps", () => {
  it("counts who would have more and who less under the draft, each at the caps of its plan", async () => {
    const [winner, loser] = [
      await world.newEarner("tier1", { signupBonus: 0 }),
      await world.newEarner("tier1", { signupBonus: 0 }),
    ];
    const from = new Date("2022-01-01T00:00:00Z");
    const sell = async (earner: typeof winner, sale: object) =>
      world.record(await world.newCustomer(earner), {
        externalId: name(),
        at: "2022-03-01T00:00:00Z",
        amount: 10_000n,
        ...sale,
      });
    await sell(winner, { product: "cloud" });
    await sell(loser, {});
    // Of the plan's own terms by now: its publication moves them.
    for (const { partnerId } of [winner, loser]) await world.newTerms(partnerId, "tier1");
    const tiers = defaultTiers("USD");
    const rateRules = [{ name: "cloud", when: { products: ["cloud"] }, rate: 0.5 }];
    const tier1 = { ...tiers.tier1, signupBonus: 0, rateRules, recurringRate: 0.1, caps: { month: { USD: 1_500 } } };
    const lower = { ...tier1, recurringRateRange: { minimum: 0, maximum: 1 }, recurringRate: 0.05 };
    const { partners, totals } = await simulatePlan(world.deps)(world.operator(), {
      plan: { tiers: { ...tiers, tier1: lower } },
      from,
      to: new Date("2023-01-01T00:00:00Z"),
    });
    const of = ({ partnerId }: typeof winner) => partners.find((one) => one.partnerId === partnerId);
    expect(of(winner)).toMatchObject({ recorded: 1_000n, simulated: 1_500n, difference: 500n });
    expect(of(loser)).toMatchObject({ recorded: 1_000n, simulated: 500n, difference: -500n });
    expect(totals).toMatchObject([{ winners: 1, losers: 1, difference: 0n }]);
  });
});

describe("what a sale says of product, plan and country", () => {
  it("may be said later or otherwise of the same event, which changes nothing; what is no country or name is refused", async () => {
    const customer = await world.newCustomer(await world.newEarner());
    const sale = { externalId: name(), product: "cloud", planCode: "pro", country: "DE" };
    const codes = async (change: object) =>
      (await world.record(customer, { ...sale, ...change })).map(({ status, error }) => error?.code ?? status);
    expect(await codes({})).toEqual(["recorded"]);
    expect(await codes({})).toEqual(["duplicate"]);
    expect(await codes({ country: "FR", product: null })).toEqual(["duplicate"]);
    expect(await codes({ externalId: name(), country: "EU" })).toEqual(["transaction.country_unknown"]);
    expect(await codes({ externalId: name(), planCode: "" })).toEqual(["transaction.name_invalid"]);
    expect(await codes({ externalId: name(), product: "a\u0000b" })).toEqual(["transaction.name_invalid"]);
  });
});
