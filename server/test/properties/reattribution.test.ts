import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewReassessment, reassessPartner } from "../../src/commissions/reassess-partner.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import { PROVEN, type Sale } from "../kit/assessment.ts";
import { asOwner } from "../kit/postgres.ts";
import { type Customer, type ReattributionWorld, reattributionWorld } from "../kit/reattribution.ts";

let world: ReattributionWorld;
beforeAll(async () => {
  world = await reattributionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Sold = {
  readonly externalId: string;
  readonly customer: Customer;
  readonly kind: string;
  readonly amount: bigint;
  readonly currency: string;
};
/** Partners under different terms, and the customers who go from one to the other. */
type History = {
  readonly partnerIds: readonly string[];
  readonly customers: readonly Customer[];
  readonly sold: Sold[];
};

/** How often an act comes. */
const WEIGHTS = {
  sell: 5,
  reverse: 5,
  give: 6,
  pass: 3,
  payOut: 4,
  fail: 1,
  dispute: 5,
  settle: 1,
  cancel: 1,
  hold: 1,
  release: 1,
  verify: 1,
  reject: 1,
  suspend: 1,
  reinstate: 1,
  retroactive: 1,
  reassess: 2,
  adjust: 4,
  missing: 2,
} as const;
type ActName = keyof typeof WEIGHTS;

const step = fc.record({
  act: fc.oneof(
    ...(Object.keys(WEIGHTS) as ActName[]).map((act) => ({ weight: WEIGHTS[act], arbitrary: fc.constant(act) })),
  ),
  pick: fc.nat({ max: 1_000 }),
  amount: fc.integer({ min: 1, max: 5_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const daysAgo = (days: number): string => new Date(world.clock.now().getTime() - days * DAY_MS).toISOString();
const oneOf = <Value>(values: readonly Value[], pick: number): Value | undefined =>
  values[pick % Math.max(values.length, 1)];
const customerOf = ({ customers }: History, pick: number): Customer => oneOf(customers, pick) ?? { externalId: "" };
const partnerOf = ({ partnerIds }: History, pick: number): string => oneOf(partnerIds, pick) ?? "";

async function record(history: History, sale: Sold & Pick<Sale, "at" | "originalExternalId" | "tax" | "revenue">) {
  const { customer, ...rest } = sale;
  await world.record(customer, rest as Sale);
  history.sold.push(sale);
}

const sell = (history: History, { pick, amount }: Pick<Step, "pick" | "amount">) =>
  record(history, {
    externalId: newId(),
    customer: customerOf(history, pick),
    kind: pick % 4 === 0 ? "card" : "payment",
    amount: BigInt(amount * 7),
    tax: BigInt(amount % 7),
    revenue: BigInt(amount),
    currency: pick % 9 === 0 ? "EUR" : "USD",
    at: daysAgo(pick % 90),
  });

async function reverse(history: History, { pick, amount }: Step): Promise<void> {
  const kind = oneOf(["refund", "chargeback", "chargeback_won"] as const, pick) ?? "refund";
  const possible = history.sold.filter((one) =>
    kind === "chargeback_won" ? one.kind === "chargeback" : one.kind === "payment" || one.kind === "card",
  );
  const original = oneOf(possible, amount);
  if (original === undefined) return;
  const { customer, currency, externalId: originalExternalId } = original;
  const part = pick % 2 === 0 ? original.amount : BigInt(Math.ceil(amount / 3));
  await record(history, {
    externalId: newId(),
    customer,
    currency,
    kind,
    originalExternalId,
    amount: part,
    at: daysAgo(pick % 60),
  });
}

async function payOut(history: History, { pick, amount }: Step, kind: "confirmed" | "failed"): Promise<void> {
  const payout = await world.payouts.requestPayoutFor(world.operator(), {
    partnerId: partnerOf(history, pick),
    currency: "USD",
    ...(amount % 3 === 0 ? {} : { amount }),
  });
  await world.payouts.processPayout(world.operator(), { payoutId: payout.id });
  world.said.outcome = kind === "confirmed" ? { kind, transferId: "" } : { kind, code: "closed", next: "give_up" };
  if (amount % 2 === 0) await world.payouts.sendTransfer(world.system(), { payoutId: payout.id, attempt: 1 });
}

async function commissionOf(history: History, { pick, amount }: Step): Promise<{ id: string; partner_id: string }> {
  const rows = await asOwner<{ id: string; partner_id: string }>(
    world.clone,
    "select id, partner_id from commissions where partner_id = any ($1) and reverses_id is null order by id",
    [history.partnerIds],
  );
  return oneOf(rows, pick + amount) ?? { id: newId(), partner_id: "" };
}

async function actOnCustomer(
  history: History,
  { pick, amount }: Step,
  kind: "fraud_hold" | "fraud_release" | "verification" | "rejection",
): Promise<void> {
  const { referralId, partnerId } = await world.attributionOf(customerOf(history, pick));
  if (kind === "rejection") {
    const takesBackApproved = amount % 2 === 0;
    await world.referrals.rejectReferral(world.operator(), { referralId, reason: "test", takesBackApproved });
  } else await world.act({ partnerId, kind, referralId, data: {} });
}

/** One of the open disputes; where there is none, one that nobody has. */
async function openDisputeOf({ partnerIds }: History, pick: number): Promise<string> {
  const open = await asOwner<{ id: string }>(
    world.clone,
    "select id from commission_disputes where partner_id = any ($1) and status = 'open' order by id",
    [partnerIds],
  );
  return oneOf(open, pick)?.id ?? newId();
}

const ACTS: Readonly<Record<ActName, (history: History, step: Step) => Promise<unknown>>> = {
  sell: async (history, { pick, amount }) => {
    for (const index of [0, 1, 2]) await sell(history, { pick: pick + index, amount: amount + index });
  },
  reverse,
  give: (history, { pick, amount }) => world.give(customerOf(history, pick), partnerOf(history, amount)),
  pass: async (_, { pick }) => {
    world.clock.advance((pick % 40) * DAY_MS);
    await world.commissions.approveDue(world.system());
  },
  payOut: (history, one) => payOut(history, one, "confirmed"),
  fail: (history, one) => payOut(history, one, "failed"),
  dispute: async (history, one) => {
    const { id: commissionId, partner_id } = await commissionOf(history, one);
    await world.commissions.disputeCommission(world.partner(partner_id), { commissionId, reason: "test" });
  },
  settle: async (history, { pick }) => {
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: await openDisputeOf(history, pick),
      outcome: pick % 2 === 0 ? "uphold" : "cancel",
      resolution: "test",
    });
  },
  adjust: async (history, { pick, amount }) => {
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: await openDisputeOf(history, pick),
      outcome: "adjust",
      amount: amount % 3 === 0 ? amount : (amount % 50) + 1,
      resolution: "test",
    });
  },
  missing: async (history, { pick, amount }) => {
    const sold = oneOf(
      history.sold.filter((one) => one.kind === "payment" || one.kind === "card"),
      amount,
    );
    const { partnerId } = await world.attributionOf(sold?.customer ?? { externalId: "" });
    const { id: disputeId } = await world.commissions.reportMissing(world.partner(partnerId), {
      missing: { kind: "transaction", reference: sold?.externalId ?? "" },
      reason: "test",
    });
    await world.commissions.resolveDispute(world.operator(), {
      disputeId,
      outcome: "adjust",
      amount: (amount % 40) + 1 + (pick % 2),
      resolution: "test",
    });
  },
  cancel: async (history, one) =>
    world.commissions.cancelCommission(world.operator(), {
      commissionId: (await commissionOf(history, one)).id,
      reason: "test",
    }),
  hold: (history, one) => actOnCustomer(history, one, "fraud_hold"),
  release: (history, one) => actOnCustomer(history, one, "fraud_release"),
  verify: (history, one) => actOnCustomer(history, one, "verification"),
  reject: async (history, one) => (one.amount % 3 === 0 ? actOnCustomer(history, one, "rejection") : undefined),
  suspend: (history, { pick }) => world.act({ partnerId: partnerOf(history, pick), kind: "suspension", data: {} }),
  reinstate: (history, { pick }) => world.act({ partnerId: partnerOf(history, pick), kind: "reinstatement", data: {} }),
  retroactive: async (history, { pick, amount }) => {
    const partnerId = partnerOf(history, pick);
    const termsId = await world.newTerms(partnerId, amount % 2 === 0 ? "tier1" : "tier2");
    await world.act({ partnerId, kind: "terms", data: { termsId, isRetroactive: true } });
  },
  reassess: async (history, { pick }) => {
    const partnerId = partnerOf(history, pick);
    const scope =
      pick % 3 === 0
        ? { partnerId }
        : {
            partnerId,
            termsId: await world.newTerms(partnerId, (["tier1", "tier2", "tier3"] as const)[pick % 3] ?? "tier1"),
          };
    const { fingerprint } = await previewReassessment(world.deps)(world.operator(), scope);
    await reassessPartner(world.deps)(world.operator(), { ...scope, reason: "test", fingerprint });
  },
};

async function newHistory(): Promise<History> {
  const earners = [
    await world.newEarner("tier1"),
    await world.newEarner("tier2", { volumeBonuses: [{ threshold: 2, bonus: 0.05 }] }),
    await world.newEarner("tier3"),
  ] as const;
  const customers = [
    await world.newCustomer(earners[0]),
    await world.newCustomer(earners[1]),
    await world.newCustomer(earners[0], { verificationRequired: true }),
  ];
  return { partnerIds: earners.map(({ partnerId }) => partnerId), customers, sold: [] };
}

/** What the state of the world refuses is a part of any sequence; what our own invariants refuse is a failure. */
const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.code.startsWith("ledger.")) throw error;
  }
};

/** By event and rule, partners who keep something of what it earned; and customers whose signup is kept twice. Nobody is in either. */
const keptTwice = (history: History) =>
  asOwner<{ what: string }>(
    world.clone,
    `with kept as (
       select c.transaction_id, c.rule, c.partner_id, c.referral_id, c.amount + coalesce(sum(r.amount), 0) as amount
         from commissions c
         left join commissions r on (r.tenant_id, r.reverses_id) = (c.tenant_id, c.id)
        where c.partner_id = any ($1) and c.reverses_id is null and c.status <> 'cancelled'
          and c.rule in ('signup', 'recurring', 'transaction', 'share')
        group by c.tenant_id, c.id
     )
     select format('%s of %s', rule, transaction_id) as what from kept
      where amount > 0 group by rule, transaction_id having count(distinct partner_id) > 1
      union all
     select format('signup of %s', r.referred_user_id) from kept k join referrals r on r.id = k.referral_id
      where k.rule = 'signup' and k.amount > 0 group by r.referred_user_id having count(*) > 1`,
    [history.partnerIds],
  );

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 8);

describe("customers that go from partner to partner, whatever is recorded and done meanwhile", () => {
  it("leave the books equal to the rows, the rows equal to a replay, and each event earned once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40, size: "max" }), async (steps) => {
        const history = await newHistory();
        await ACTS.sell(history, { act: "sell", pick: 1, amount: 3_000 });
        for (const one of steps) await attempt(() => ACTS[one.act](history, one));
        expect(await world.prove(...history.partnerIds)).toEqual(PROVEN);
        expect(await keptTwice(history)).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);

  it("do so too when everything happens at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: "max" }), async (steps) => {
        const history = await newHistory();
        for (const pick of [1, 5]) await ACTS.sell(history, { act: "sell", pick, amount: 3_000 });
        await Promise.all(
          steps
            .filter(({ act }) => act !== "pass" && act !== "reassess")
            .map((one) => attempt(() => ACTS[one.act](history, one))),
        );
        expect(await world.prove(...history.partnerIds)).toEqual(PROVEN);
        expect(await keptTwice(history)).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / 2), endOnFailure: true },
    );
  }, 600_000);
});
