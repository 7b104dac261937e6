import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { createAudit } from "../audit/index.ts";
import { newId } from "../kernel/id.ts";
import { currentTerms } from "../partners/find-terms.ts";
import { createOutbox } from "../platform/outbox/index.ts";
import { createProgramService } from "../programs/index.ts";
import { type TrueUpDeps, trueUpVolume } from "./true-up-volume.ts";

let world: AssessmentWorld;
let deps: TrueUpDeps;
beforeAll(async () => {
  world = await assessmentWorld();
  const { db, ledger } = world;
  const programs = createProgramService({
    db,
    ledger,
    audit: createAudit(),
    outbox: createOutbox(() => ({})),
    gates: [],
  });
  deps = {
    ...world.deps,
    programs: { getProgram: async () => ({ id: newId(), timeZone: "UTC" }) },
    partners: { ...world.deps.partners, currentTerms: currentTerms({ programs }) },
  };
});
afterAll(() => world?.[Symbol.asyncDispose]());

const TERMS = {
  volumeTrueUp: {
    period: "month",
    mode: "retroactive",
    steps: [
      { from: 100_000, rate: 0.02 },
      { from: 500_000, rate: 0.05 },
    ],
  },
  volumeBonuses: [],
};
const name = (): string => `sale ${newId()}`;
const run = (given: TrueUpDeps = deps) => trueUpVolume(given)(world.system());
const trueUps = async (partnerId: string) =>
  (await world.statements(partnerId)).filter((row) => row.startsWith("true_up"));
const checked = async (partnerId: string) =>
  asOwner<{ start: string; number: string }>(
    world.clone,
    "select period_start::text as start, checked_number::text as number from volume_periods where partner_id = $1 order by 1",
    [partnerId],
  );

/** A partner with 6,000.00 of one customer in March 2026, at the beginning of April. */
async function earnerInApril() {
  world.clock.moveTo(new Date("2026-02-01T00:00:00Z"));
  const earner = await world.newEarner("tier2", TERMS);
  const customer = await world.newCustomer(earner);
  const sales = [name(), name()] as const;
  await world.record(customer, { externalId: sales[0], amount: 150_000n, at: "2026-03-01T00:00:00Z" });
  await world.record(customer, { externalId: sales[1], amount: 450_000n, at: "2026-03-31T23:00:00Z" });
  world.clock.moveTo(new Date("2026-04-01T00:10:00Z"));
  return { ...earner, customer, sales };
}

describe("settling the volume of periods", () => {
  it("books a bonus when the month is over and not before, with its receipt; the books hold and a replay gives the same", async () => {
    const { partnerId } = await earnerInApril();
    world.clock.moveTo(new Date("2026-03-31T23:59:59Z"));
    await run();
    expect(await trueUps(partnerId)).toEqual([]);
    world.clock.moveTo(new Date("2026-04-01T00:00:00Z"));
    await run();
    expect(await trueUps(partnerId)).toEqual(["true_up 30000 pending"]);
    const [row] = await asOwner(
      world.clone,
      `select c.commission_type, c.period_start::text, c.period_end::text, c.referral_id, r.receipt -> 'clauses' -> 0 as clause
         from commissions c join commission_receipts r using (tenant_id, event_id) where c.partner_id = $1 and c.rule = 'true_up'`,
      [partnerId],
    );
    expect(row).toMatchObject({
      commission_type: "bonus",
      period_start: "2026-03-01",
      period_end: "2026-03-31",
      referral_id: null,
      clause: {
        clause: "true_up",
        base: 600_000,
        slices: [{ from: 500_000, rate: 0.05, base: 600_000 }],
        product: "30000",
        amount: 30_000,
      },
    });
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("changes nothing when it runs twice, or several at once", async () => {
    const { partnerId } = await earnerInApril();
    await Promise.all([run(), run(), run()]);
    await run();
    expect(await trueUps(partnerId)).toEqual(["true_up 30000 pending"]);
    const events = await asOwner(
      world.clone,
      "select 1 from partner_events where kind = 'true_up' and partner_id = $1",
      [partnerId],
    );
    expect(events).toHaveLength(1);
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("takes back the right part for a refund that came after, from whatever is left of the bonus, and more again for a late payment", async () => {
    const { partnerId, customer, sales } = await earnerInApril();
    await run();
    world.clock.moveTo(new Date("2026-04-10T00:00:00Z"));
    await world.record(customer, {
      externalId: name(),
      kind: "refund",
      originalExternalId: sales[1],
      amount: 150_000n,
      at: "2026-04-09T00:00:00Z",
    });
    await run();
    // 4,500.00 are left, at 2 %.
    expect(await trueUps(partnerId)).toEqual(["true_up 30000 pending", "true_up.reversal -21000 pending"]);
    await world.record(customer, { externalId: name(), amount: 50_000n, at: "2026-03-20T00:00:00Z" });
    await run();
    expect(await trueUps(partnerId)).toEqual([
      "true_up 30000 pending",
      "true_up.reversal -21000 pending",
      "true_up 16000 pending",
    ]);
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("ends in the same books when the database goes away in the middle of it", async () => {
    const earners = [await earnerInApril(), await earnerInApril(), await earnerInApril()];
    const ids = earners.map(({ partnerId }) => partnerId);
    const audit = createAudit();
    let acts = 0;
    const dying: TrueUpDeps = {
      ...deps,
      audit: {
        ...audit,
        record: async (tx, action, act) => {
          await audit.record(tx, action, act);
          acts += 1;
          // After everything of the second partner is written, and before it is committed.
          if (acts === 2)
            await asOwner(
              world.clone,
              "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
            );
        },
      },
    };
    await expect(run(dying)).rejects.toThrow(/settling failed for/);
    const settled = (await Promise.all(ids.map(trueUps))).filter((rows) => rows.length > 0);
    expect(settled.length).toBeLessThan(3);
    await run();
    for (const id of ids) expect(await trueUps(id)).toEqual(["true_up 30000 pending"]);
    expect(await world.prove(...ids)).toEqual(PROVEN);
  });

  it("goes by the terms at the end of the period, whatever was agreed since", async () => {
    const { partnerId } = await earnerInApril();
    // A plan without a true-up, from the moment on in which March is over.
    await asOwner(
      world.clone,
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, effective_from, created_at)
       select tenant_id, $2, partner_id, number + 1000, plan_id, tier, '{"volumeTrueUp": null}', '2026-04-01T00:00:00Z', created_at
         from partner_terms where partner_id = $1`,
      [partnerId, newId()],
    );
    await run();
    expect(await trueUps(partnerId)).toEqual(["true_up 30000 pending"]);
    world.clock.moveTo(new Date("2026-05-02T00:00:00Z"));
    await run();
    expect(await checked(partnerId)).not.toContainEqual(expect.objectContaining({ start: "2026-04-01" }));
  });

  /** Other terms of the partner from a date on, with another period. */
  const agree = (partnerId: string, period: string, from: string) =>
    asOwner(
      world.clone,
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, effective_from, created_at)
       select tenant_id, $2, partner_id, number + 1000, plan_id, tier, $3, $4, created_at
         from partner_terms where partner_id = $1 order by number limit 1`,
      [
        partnerId,
        newId(),
        JSON.stringify({ ...TERMS, volumeTrueUp: { ...TERMS.volumeTrueUp, period } }),
        `${from}T00:00:00Z`,
      ],
    );

  it.each([
    ["quarter", "2026-04-01"],
    ["year", "2027-01-01"],
  ])(
    "earns nothing twice where the period becomes a %s: what was settled counts for the step alone",
    async (period, end) => {
      world.clock.moveTo(new Date("2026-01-01T00:00:00Z"));
      const { partnerId, ...earner } = await world.newEarner("tier2", TERMS);
      const customer = await world.newCustomer({ partnerId, ...earner });
      const sell = (amount: bigint, at: string) => world.record(customer, { externalId: name(), amount, at });
      await sell(450_000n, "2026-02-10T00:00:00Z");
      world.clock.moveTo(new Date("2026-03-01T00:00:00Z"));
      await run();
      expect(await trueUps(partnerId)).toEqual(["true_up 9000 pending"]);
      await agree(partnerId, period, "2026-03-20");
      await sell(100_000n, "2026-03-25T00:00:00Z");
      world.clock.moveTo(new Date(`${end}T00:00:00Z`));
      await run();
      await run();
      // 5,500.00 in all reach 5 %, which what is left of the period earns.
      expect((await trueUps(partnerId)).map((row) => row.split(" ")[1])).toEqual(["9000", "5000"]);
      expect((await checked(partnerId)).map(({ start }) => start)).toEqual(["2026-02-01", "2026-03-01"]);
      expect(await world.prove(partnerId)).toEqual(PROVEN);
    },
  );

  it("settles no period again that a longer one holds, whatever is agreed for its time afterwards", async () => {
    world.clock.moveTo(new Date("2026-01-01T00:00:00Z"));
    const quarterly = { ...TERMS, volumeTrueUp: { ...TERMS.volumeTrueUp, period: "quarter" } };
    const { partnerId, ...earner } = await world.newEarner("tier2", quarterly);
    const customer = await world.newCustomer({ partnerId, ...earner });
    await world.record(customer, { externalId: name(), amount: 450_000n, at: "2026-02-10T00:00:00Z" });
    world.clock.moveTo(new Date("2026-04-01T00:00:00Z"));
    await run();
    await agree(partnerId, "month", "2026-02-20");
    await world.record(customer, { externalId: name(), amount: 1_000n, at: "2026-04-01T00:00:00Z" });
    await run();
    expect(await trueUps(partnerId)).toEqual(["true_up 9000 pending"]);
  });

  it("is computed again only for what can change the period: its payments and what takes them back, not what was sold since", async () => {
    const { partnerId, customer, sales } = await earnerInApril();
    await run();
    let computed = 0;
    const counting: TrueUpDeps = {
      ...deps,
      partners: {
        ...deps.partners,
        findTerms: (...asked) => {
          computed += 1;
          return deps.partners.findTerms(...asked);
        },
      },
    };
    const after = async (sale: object, at: string): Promise<number> => {
      computed = 0;
      await world.record(customer, { externalId: name(), amount: 100_000n, at, ...sale });
      await run(counting);
      return computed;
    };
    expect(await after({}, "2026-04-05T00:00:00Z")).toBe(0);
    const chargeback = name();
    const taken = { externalId: chargeback, kind: "chargeback", originalExternalId: sales[1], amount: 450_000n };
    expect(await after(taken, "2026-04-06T00:00:00Z")).toBeGreaterThan(0);
    expect(await after({}, "2026-04-07T00:00:00Z")).toBe(0);
    const won = { kind: "chargeback_won", originalExternalId: chargeback, amount: 450_000n };
    expect(await after(won, "2026-04-08T00:00:00Z")).toBeGreaterThan(0);
    expect(await trueUps(partnerId)).toEqual([
      "true_up 30000 pending",
      "true_up.reversal -27000 pending",
      "true_up 27000 pending",
    ]);
  });

  it("settles nothing of another tenant", async () => {
    const { partnerId } = await earnerInApril();
    const stranger = { ...world.system(), tenantId: newId() };
    await trueUpVolume(deps)(stranger);
    expect(await trueUps(partnerId)).toEqual([]);
  });
});
