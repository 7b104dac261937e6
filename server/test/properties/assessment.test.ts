import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backdatePlan, previewBackdating } from "../../src/commissions/backdate-plan.ts";
import { previewReassessment, reassessPartner } from "../../src/commissions/reassess-partner.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import { type AssessmentWorld, assessmentWorld, PROVEN, type Sale } from "../kit/assessment.ts";
import { asOwner } from "../kit/postgres.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Earner = { readonly partnerId: string; readonly termsId: string };
type Customer = Awaited<ReturnType<AssessmentWorld["newCustomer"]>>;
type Sold = {
  readonly externalId: string;
  readonly customer: Customer;
  readonly kind: string;
  readonly amount: bigint;
};
/** What has been recorded of one partner so far. */
type History = { readonly earner: Earner; readonly customers: readonly Customer[]; readonly sold: Sold[] };

const step = fc.record({
  act: fc.constantFrom(
    ...([
      "sell",
      "sell",
      "sell",
      "reverse",
      "reverse",
      "reverse",
      "pass",
      "approve",
      "dispute",
      "settle",
      "cancel",
      "payOut",
    ] as const),
    ...([
      "hold",
      "release",
      "verify",
      "reject",
      "suspend",
      "reinstate",
      "retroactive",
      "reassess",
      "backdate",
    ] as const),
  ),
  pick: fc.nat({ max: 1_000 }),
  amount: fc.integer({ min: 1, max: 5_000 }),
  count: fc.integer({ min: 1, max: 6 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const daysAgo = (days: number): string => new Date(world.clock.now().getTime() - days * DAY_MS).toISOString();

async function record(
  history: History,
  sales: readonly (Sale & { customer: Customer; amount: bigint; kind: Sold["kind"] })[],
) {
  const byCustomer = Map.groupBy(sales, ({ customer }) => customer.externalId);
  for (const [externalId, some] of byCustomer) {
    await world.record({ externalId }, ...some.map(({ customer: _, ...sale }) => sale as Sale));
  }
  history.sold.push(...sales);
}

const sell = (history: History, { pick, amount, count }: Step) =>
  record(
    history,
    Array.from({ length: count }, (_, index) => ({
      externalId: newId(),
      customer: history.customers[(pick + index) % history.customers.length] as Customer,
      kind: (pick + index) % 4 === 0 ? ("card" as const) : ("payment" as const),
      amount: BigInt(amount + index),
      tax: BigInt(amount % 7),
      revenue: BigInt(amount),
      currency: pick % 9 === 0 ? "EUR" : "USD",
      at: daysAgo((pick * (index + 1)) % 90),
    })),
  );

async function reverse(history: History, { pick, amount, count }: Step): Promise<void> {
  const currencies = new Map<string, string>();
  for (const { external_id, currency } of await asOwner<{ external_id: string; currency: string }>(
    world.clone,
    "select external_id, currency from transactions where partner_id = $1",
    [history.earner.partnerId],
  )) {
    currencies.set(external_id, currency);
  }
  const reversals = Array.from({ length: count }, (_, index) => {
    const kind = (["refund", "chargeback", "chargeback_won"] as const)[(pick + index) % 3] ?? "refund";
    const possible = history.sold.filter((one) =>
      kind === "chargeback_won" ? one.kind === "chargeback" : one.kind === "payment" || one.kind === "card",
    );
    const original = possible[(pick + index) % Math.max(possible.length, 1)];
    if (original === undefined) return [];
    const isWhole = (pick + index) % 2 === 0;
    return [
      {
        externalId: newId(),
        customer: original.customer,
        kind,
        originalExternalId: original.externalId,
        amount: isWhole ? original.amount : BigInt(Math.ceil(amount / 3)),
        currency: currencies.get(original.externalId) ?? "USD",
        at: daysAgo(pick % 60),
      },
    ];
  }).flat();
  await record(history, reversals);
}

const rowOf = async (history: History, { pick }: Step, where: string): Promise<string> => {
  const rows = await asOwner<{ id: string }>(
    world.clone,
    `select id from commissions where partner_id = $1 and reverses_id is null and ${where} order by id`,
    [history.earner.partnerId],
  );
  return rows[pick % Math.max(rows.length, 1)]?.id ?? newId();
};

const onPartner = ({ earner: { partnerId } }: History, kind: "suspension" | "reinstatement") =>
  world.act({ partnerId, kind, data: {} });
const onCustomer = (
  history: History,
  { pick, amount }: Step,
  kind: "fraud_hold" | "fraud_release" | "verification" | "rejection",
) => {
  const customer = history.customers[pick % history.customers.length];
  const data = kind === "rejection" ? { reason: "test", takesBackApproved: amount % 2 === 0 } : {};
  return world.act({ partnerId: history.earner.partnerId, kind, referralId: customer?.referralId ?? "", data });
};

const ACTS: Readonly<Record<Step["act"], (history: History, step: Step) => Promise<unknown>>> = {
  sell,
  reverse,
  pass: async (_, { pick }) => {
    world.clock.advance((pick % 40) * DAY_MS);
    await world.commissions.approveDue(world.system());
  },
  approve: async (history, one) =>
    world.commissions.approveCommission(world.operator(), {
      commissionId: await rowOf(history, one, "status = 'pending'"),
    }),
  dispute: async (history, one) =>
    world.commissions.disputeCommission(world.partner(history.earner.partnerId), {
      commissionId: await rowOf(history, one, "status in ('pending', 'approved')"),
      reason: "test",
    }),
  settle: async (history, { pick }) => {
    const [dispute] = await asOwner<{ id: string }>(
      world.clone,
      "select id from commission_disputes where partner_id = $1 and status = 'open' order by id limit 1",
      [history.earner.partnerId],
    );
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: dispute?.id ?? newId(),
      outcome: pick % 2 === 0 ? "uphold" : "cancel",
      resolution: "test",
    });
  },
  cancel: async (history, one) =>
    world.commissions.cancelCommission(world.operator(), {
      commissionId: await rowOf(history, one, "true"),
      reason: "test",
    }),
  payOut: async (history, { amount }) => {
    const { partnerId } = history.earner;
    const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD", amount });
    world.said.outcome = { kind: "confirmed", transferId: "" };
    await world.payouts.processPayout(world.operator(), { payoutId: payout.id });
    if (amount % 2 === 0) await world.payouts.sendTransfer(world.system(), { payoutId: payout.id, attempt: 1 });
  },
  hold: (history, one) => onCustomer(history, one, "fraud_hold"),
  release: (history, one) => onCustomer(history, one, "fraud_release"),
  verify: (history, one) => onCustomer(history, one, "verification"),
  reject: async (history, one) => (one.pick % 4 === 0 ? onCustomer(history, one, "rejection") : undefined),
  suspend: (history) => onPartner(history, "suspension"),
  reinstate: (history) => onPartner(history, "reinstatement"),
  retroactive: async ({ earner: { partnerId } }, { pick }) => {
    const termsId = await world.newTerms(partnerId, pick % 2 === 0 ? "tier1" : "tier2");
    await world.act({ partnerId, kind: "terms", data: { termsId, isRetroactive: true } });
  },
  reassess: async ({ earner: { partnerId } }) => {
    const { fingerprint } = await previewReassessment(world.deps)(world.operator(), { partnerId });
    await reassessPartner(world.deps)(world.operator(), { partnerId, reason: "test", fingerprint });
  },
  backdate: (_, one) => backdate(one),
};

/** A version of other figures that holds from a date in the past, published as it was shown. */
async function backdate({ pick, amount }: Step): Promise<void> {
  const tiers = defaultTiers("USD");
  const tier2 = { ...tiers.tier2, recurringRate: 0.2 + (amount % 10) / 100, signupBonus: amount };
  const { id: planId } = await world.programs.draftPlan(world.operator(), { tiers: { ...tiers, tier2 } });
  const asked = { planId, effectiveFrom: new Date(daysAgo((pick % 80) + 1)) };
  const { digest } = await previewBackdating(world.deps)(world.operator(), asked);
  await backdatePlan(world.deps)(world.operator(), { ...asked, digest, reason: "test" });
}

let histories = 0;

/** Every other partner follows the plan. */
async function newHistory(): Promise<History> {
  histories += 1;
  const earner = await world.newEarner(
    "tier2",
    histories % 2 === 0 ? {} : { volumeBonuses: [{ threshold: 2, bonus: 0.05 }] },
  );
  const customers = [
    await world.newCustomer(earner),
    await world.newCustomer(earner),
    await world.newCustomer(earner, { verificationRequired: true }),
  ];
  return { earner, customers, sold: [] };
}

/** What the state of the world refuses is a part of any sequence; what our own invariants refuse is a failure. */
const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.code.startsWith("ledger.")) throw error;
  }
};

describe("any sequence of what can be recorded and done", () => {
  it("leaves the books equal to the rows, and the rows equal to a replay of the recorded events", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: "max" }), async (steps) => {
        const history = await newHistory();
        for (const one of steps) await attempt(() => ACTS[one.act](history, one));
        expect(await world.prove(history.earner.partnerId)).toEqual(PROVEN);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 300_000);

  it("does so too when everything happens at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16, size: "max" }), async (steps) => {
        const history = await newHistory();
        await sell(history, { act: "sell", pick: 3, amount: 4_000, count: 6 });
        await Promise.all(
          steps
            .filter(({ act }) => act !== "pass" && act !== "reassess")
            .map((one) => attempt(() => ACTS[one.act](history, one))),
        );
        expect(await world.prove(history.earner.partnerId)).toEqual(PROVEN);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 300_000);
});
