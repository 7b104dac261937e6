import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import { TransferUnsettled } from "../../src/payouts/send-transfer.ts";
import type { ReportedTransaction } from "../../src/sales/index.ts";
import { type CommissionWorld, commissionWorld } from "../kit/commissions.ts";
import { compareBooks } from "../kit/compare-books.ts";
import { asOwner } from "../kit/postgres.ts";

/** One act, with numbers that choose what it is done to and how much. */
type Step = { readonly act: keyof typeof ACTS; readonly pick: number; readonly amount: number };

let world: CommissionWorld;
beforeAll(async () => {
  world = await commissionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const pickOf = async (table: string, partnerId: string, { pick }: Step, where = "true"): Promise<string> => {
  const rows = await asOwner<{ id: string }>(
    world.clone,
    `select id from ${table} where partner_id = $1 and ${where} order by id`,
    [partnerId],
  );
  return rows[pick % Math.max(rows.length, 1)]?.id ?? NOBODY;
};
const NOBODY = "00000000-0000-4000-8000-000000000000";
const root = (partnerId: string, step: Step) => pickOf("commissions", partnerId, step, "reverses_id is null");
const reason = "because";

const send = async (partnerId: string, step: Step, kind: "confirmed" | "failed"): Promise<void> => {
  const payoutId = await pickOf("partner_payouts", partnerId, step, "status in ('pending', 'processing')");
  await world.payouts.processPayout(world.operator(), { payoutId }).catch(ignoreRefusal);
  world.said.outcome =
    kind === "confirmed" ? { kind: "confirmed", transferId: "" } : { kind: "failed", code: "closed", next: "give_up" };
  await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
};

const record = async (event: Partial<ReportedTransaction> & { customerExternalId: string }): Promise<void> => {
  const { results } = await world.sales.recordTransactions(world.system(), [
    {
      externalId: newId(),
      kind: "payment",
      amount: 0n,
      currency: "USD",
      occurredAt: world.clock.now(),
      originalExternalId: null,
      tax: 0n,
      revenue: 0n,
      createCustomer: false,
      ...event,
    },
  ]);
  expect(results).toMatchObject([{ status: "recorded" }]);
};

/** Amounts are a few units of money, so that commissions are a few hundred cents and parts of refunds round. */
const recordSale = async (partnerId: string, kind: "payment" | "card", { amount, pick }: Step): Promise<void> => {
  const customers = customersOf.get(partnerId) ?? [];
  const customerExternalId = customers[pick % customers.length] ?? "";
  await record({ customerExternalId, kind, amount: BigInt(kind === "card" ? amount * 997 : amount * 11) });
};

const recordReversal = async (
  partnerId: string,
  kind: "refund" | "chargeback" | "chargeback_won",
  of: readonly string[],
  { amount, pick }: Step,
): Promise<void> => {
  const originals = await asOwner<{ external_id: string; customer: string; amount: string }>(
    world.clone,
    `select t.external_id, u.external_id as customer, t.amount::text
       from transactions t join users u on u.id = t.user_id
      where t.partner_id = $1 and t.kind = any ($2) and t.amount > 0 order by t.number`,
    [partnerId, of],
  );
  const original = originals[pick % Math.max(originals.length, 1)];
  if (original === undefined) return;
  // A third of them in full, the others in part.
  const part = amount % 3 === 0 ? BigInt(original.amount) : (BigInt(original.amount) * BigInt(amount)) / 200n + 1n;
  await record({
    customerExternalId: original.customer,
    kind,
    amount: part,
    originalExternalId: original.external_id,
  });
};

const customersOf = new Map<string, readonly string[]>();
const newPartner = async (): Promise<string> => {
  const partnerId = await world.newPartner();
  customersOf.set(partnerId, [await world.newCustomer(partnerId), await world.newCustomer(partnerId)]);
  return partnerId;
};

let termsNumber = -1_000;
const ACTS = {
  assess: (partnerId: string, step: Step) => recordSale(partnerId, "payment", step),
  card: (partnerId: string, step: Step) => recordSale(partnerId, "card", step),
  refund: (partnerId: string, step: Step) => recordReversal(partnerId, "refund", ["payment", "card"], step),
  chargeback: (partnerId: string, step: Step) => recordReversal(partnerId, "chargeback", ["payment", "card"], step),
  chargebackWon: (partnerId: string, step: Step) => recordReversal(partnerId, "chargeback_won", ["chargeback"], step),
  endHold: async () => {
    world.clock.advance(31 * DAY_MS);
    await world.commissions.approveDue(world.system());
  },
  approveDue: () => world.commissions.approveDue(world.system()),
  approve: async (partnerId: string, step: Step) =>
    world.commissions.approveCommission(world.operator(), { commissionId: await root(partnerId, step) }),
  dispute: async (partnerId: string, step: Step) =>
    world.commissions.disputeCommission(world.partner(partnerId), {
      commissionId: await root(partnerId, step),
      reason,
    }),
  resolve: async (partnerId: string, step: Step) =>
    world.commissions.resolveDispute(world.operator(), {
      disputeId: await pickOf("commission_disputes", partnerId, step, "status in ('open', 'waiting', 'escalated')"),
      outcome: step.amount % 2 === 0 ? "uphold" : "cancel",
      resolution: reason,
    }),
  adjust: async (partnerId: string, step: Step) =>
    world.commissions.resolveDispute(world.operator(), {
      disputeId: await pickOf("commission_disputes", partnerId, step, "status in ('open', 'waiting', 'escalated')"),
      outcome: "adjust",
      amount: step.amount,
      resolution: reason,
    }),
  withdraw: async (partnerId: string, step: Step) =>
    world.commissions.withdrawDispute(world.partner(partnerId), {
      disputeId: await pickOf("commission_disputes", partnerId, step, "status in ('open', 'waiting', 'escalated')"),
    }),
  missing: async (partnerId: string, step: Step) => {
    const [sale] = await asOwner<{ external_id: string }>(
      world.clone,
      "select external_id from transactions where id = $1",
      [await pickOf("transactions", partnerId, step, "kind in ('payment', 'card')")],
    );
    const { id: disputeId } = await world.commissions.reportMissing(world.partner(partnerId), {
      missing: { kind: "transaction", reference: sale?.external_id ?? "" },
      reason,
    });
    await world.commissions.resolveDispute(world.operator(), {
      disputeId,
      outcome: "adjust",
      amount: step.amount,
      resolution: reason,
    });
  },
  reassess: async (partnerId: string, { pick }: Step) => {
    const termsId = newId();
    await asOwner(
      world.clone,
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, created_at)
       select $1, $2, $3, $6, (select id from commission_plans where tenant_id = $1 and version = 1), $5, $4`,
      [world.tenantId, termsId, partnerId, world.clock.now(), `tier${[1, 2, 4][pick % 3]}`, (termsNumber -= 1)],
    );
    const { fingerprint } = await world.commissions.previewReassessment(world.operator(), { partnerId, termsId });
    await world.commissions.reassessPartner(world.operator(), { partnerId, termsId, reason, fingerprint });
  },
  cancel: async (partnerId: string, step: Step) =>
    world.commissions.cancelCommission(world.operator(), { commissionId: await root(partnerId, step), reason }),
  grant: (partnerId: string, { amount }: Step) =>
    world.commissions.grantCommission(world.operator(), { partnerId, amount, currency: "USD", reason }),
  writeOff: (partnerId: string, { amount, pick }: Step) =>
    world.commissions.writeOffDebt(world.operator(), {
      partnerId,
      currency: "USD",
      reason,
      ...(pick % 2 === 0 ? { amount } : {}),
    }),
  request: (partnerId: string, { amount, pick }: Step) =>
    world.payouts.requestPayoutFor(world.operator(), {
      partnerId,
      currency: "USD",
      // A signup is some hundred times a recurring commission: a part of what is there cuts through both.
      ...(pick % 2 === 0 ? { amount: amount * 31 } : {}),
    }),
  confirm: (partnerId: string, step: Step) => send(partnerId, step, "confirmed"),
  fail: (partnerId: string, step: Step) => send(partnerId, step, "failed"),
  cancelPayout: async (partnerId: string, step: Step) =>
    world.payouts.cancelPayoutFor(world.operator(), {
      payoutId: await pickOf("partner_payouts", partnerId, step, "status = 'pending'"),
    }),
  returned: async (partnerId: string, step: Step) =>
    world.payouts.applyStripeEvent(world.system(), {
      id: "evt",
      type: "transfer.reversed",
      data: {
        object: {
          id: `tr_${await pickOf("partner_payouts", partnerId, step, "status = 'completed'")}`,
          reversed: true,
        },
      },
    }),
  suspend: (partnerId: string) => world.setStatus(partnerId, "suspended"),
  reinstate: (partnerId: string) => world.setStatus(partnerId, "active"),
} as const satisfies Record<string, (partnerId: string, step: Step) => Promise<unknown>>;

/**
 * A refusal of the catalogue leaves no trace; anything else is a fault. An overdrawn account is one too: verbs decide under locks. A transfer that is
 * under way with one worker as its partner is suspended is looked for by the next, and its job comes back.
 */
const ignoreRefusal = (error: unknown): void => {
  if (error instanceof TransferUnsettled) return;
  if (error instanceof CatalogueError && !error.code.startsWith("ledger.")) return;
  throw error;
};
const perform = (partnerId: string, step: Step): Promise<unknown> =>
  Promise.resolve(ACTS[step.act](partnerId, step)).catch(ignoreRefusal);

/** How often an act comes; once where nothing is said. Acts that make something to act on come more often. */
const WEIGHTS: Partial<Record<keyof typeof ACTS, number>> = {
  assess: 6,
  card: 2,
  chargeback: 3,
  chargebackWon: 3,
  refund: 8,
  endHold: 5,
  request: 8,
  confirm: 6,
  dispute: 6,
  resolve: 3,
  adjust: 6,
  missing: 4,
  reassess: 4,
  returned: 2,
  writeOff: 3,
  reinstate: 4,
};
/** So that there is something from the start. */
const PRELUDE: readonly Step[] = [
  { act: "assess", pick: 0, amount: 100 },
  { act: "assess", pick: 0, amount: 50 },
  { act: "endHold", pick: 0, amount: 1 },
];

const steps = (maxLength: number) =>
  fc.array(
    fc.record({
      act: fc.oneof(
        ...(Object.keys(ACTS) as (keyof typeof ACTS)[]).map((act) => ({
          weight: WEIGHTS[act] ?? 1,
          arbitrary: fc.constant(act),
        })),
      ),
      pick: fc.nat({ max: 20 }),
      amount: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 5, maxLength, size: "max" },
  );

/** However they ended: a replay of what was recorded gives the same commissions, to the unit. */
const expectReplay = async (partnerId: string): Promise<void> => {
  const { differences } = await world.db.read(world.system(), (tx) => world.commissions.replay(tx, [partnerId]));
  expect(differences).toEqual([]);
};

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 7);

describe("the life of commissions", () => {
  it("leaves the books equal to the rows after every act, whatever the order of acts", async () => {
    await fc.assert(
      fc.asyncProperty(steps(40), async (sequence) => {
        const partnerId = await newPartner();
        for (const step of [...PRELUDE, ...sequence]) {
          await perform(partnerId, step);
          const { books, rows } = await compareBooks(world, partnerId);
          expect({ step, ...rows }).toEqual({ step, ...books });
        }
        await expectReplay(partnerId);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it("leaves them equal when acts come at once", async () => {
    await fc.assert(
      fc.asyncProperty(steps(40), async (sequence) => {
        const partnerId = await newPartner();
        for (const step of PRELUDE) await perform(partnerId, step);
        for (let start = 0; start < sequence.length; start += 6) {
          await Promise.all(sequence.slice(start, start + 6).map((step) => perform(partnerId, step)));
          const { books, rows } = await compareBooks(world, partnerId);
          expect(rows).toEqual(books);
        }
        await expectReplay(partnerId);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);
});
