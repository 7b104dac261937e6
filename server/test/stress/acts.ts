import { DAY_MS } from "../../src/kernel/clock.ts";
import { DEFAULT_TIERS } from "../../src/programs/index.ts";
import type { ReportedTransaction, TransactionKind } from "../../src/sales/index.ts";
import { asOwner } from "../kit/postgres.ts";
import { anyId, asPartner, type Ground, NOBODY, PARTNERS } from "./ground.ts";

const CURRENCIES = ["USD", "USD", "USD", "EUR", "JPY"] as const;
const reason = "stress";

const root = (ground: Ground, where: string) => anyId(ground, `commissions where reverses_id is null and ${where}`);
const payout = (ground: Ground, status: string) => anyId(ground, `partner_payouts where status = '${status}'`);
let named = 0;
export const report = (ground: Ground, change: Partial<ReportedTransaction>): ReportedTransaction => {
  const { numbers, customers, world } = ground;
  return {
    externalId: `event ${(named += 1)}`,
    customerExternalId: numbers.pick(customers),
    kind: "payment",
    amount: BigInt(1 + numbers.below(20_000)),
    currency: numbers.pick(CURRENCIES),
    occurredAt: new Date(world.clock.now().getTime() - numbers.below(120) * DAY_MS),
    originalExternalId: null,
    tax: 0n,
    revenue: 0n,
    createCustomer: false,
    ...change,
  };
};
export const record = async (ground: Ground, events: readonly ReportedTransaction[]): Promise<void> => {
  await ground.world.app.sales.recordTransactions(ground.world.ctx(), events);
  ground.reported.push(...events);
};
/** A batch over all partners at once: their sequences and accounts are taken together. */
export const sell = (ground: Ground) =>
  record(
    ground,
    Array.from({ length: 1 + ground.numbers.below(8) }, () =>
      ground.numbers.below(4) === 0
        ? report(ground, {
            kind: "card",
            ...(ground.numbers.below(3) === 0 ? { amount: 0n } : {}),
            revenue: BigInt(ground.numbers.below(900)),
          })
        : report(ground, { tax: BigInt(ground.numbers.below(2)) }),
    ),
  );
const reversalOf = (ground: Ground, original: ReportedTransaction, kind: TransactionKind): ReportedTransaction =>
  report(ground, {
    kind,
    customerExternalId: original.customerExternalId,
    currency: original.currency,
    originalExternalId: original.externalId,
    amount:
      original.amount > 0n && ground.numbers.below(2) === 0 ? original.amount : BigInt(1 + ground.numbers.below(5_000)),
  });
export const takeBack = async (ground: Ground): Promise<void> => {
  const { numbers, reported } = ground;
  const reversals = Array.from({ length: 1 + numbers.below(5) }, () => {
    const kind = numbers.pick(["refund", "chargeback", "chargeback_won"] as const);
    const possible = reported.filter((one) =>
      kind === "chargeback_won" ? one.kind === "chargeback" : one.kind === "payment" || one.kind === "card",
    );
    return possible.length === 0 ? [] : [reversalOf(ground, numbers.pick(possible), kind)];
  }).flat();
  if (reversals.length > 0) await record(ground, reversals);
};
/** A refund that is reported before what it refunds; both are told twice, as systems do that are not sure. */
const takeBackEarly = async (ground: Ground): Promise<void> => {
  const original = report(ground, {});
  const refund = reversalOf(ground, original, "refund");
  await Promise.all(
    [refund, original, refund, original].map((event) =>
      ground.world.app.sales.recordTransactions(ground.world.ctx(), [event]),
    ),
  );
  ground.reported.push(original, refund);
};
const fraud = async (ground: Ground, kind: "fraud_hold" | "fraud_release"): Promise<void> => {
  const [referral] = await asOwner<{ id: string; partner_id: string }>(
    ground.database,
    "select id, partner_id from referrals where id = $1",
    [await anyId(ground, "referrals")],
  );
  if (referral === undefined) return;
  const occurredAt = ground.world.clock.now();
  await ground.world.app.db.transaction(ground.world.ctx(), (tx) =>
    ground.world.app.partners.recordEvents(tx, [
      { partnerId: referral.partner_id, referralId: referral.id, kind, data: {}, occurredAt },
    ]),
  );
};

export const ACTS: Readonly<
  Record<string, { readonly weight: number; readonly act: (ground: Ground) => Promise<unknown> }>
> = {
  sell: { weight: 8, act: sell },
  takeBack: { weight: 8, act: takeBack },
  takeBackEarly: { weight: 2, act: takeBackEarly },
  endHold: {
    weight: 4,
    act: async ({ world }) => {
      world.clock.advance(9 * DAY_MS);
      await world.app.commissions.approveDue(world.ctx());
    },
  },
  approve: {
    weight: 2,
    act: async (ground) =>
      ground.world.app.commissions.approveCommission(ground.world.ctx(), {
        commissionId: await root(ground, "status = 'pending'"),
      }),
  },
  dispute: {
    weight: 5,
    act: async (ground) => {
      const commissionId = await root(ground, "status in ('pending', 'approved')");
      const [row] = await asOwner<{ partner_id: string }>(
        ground.database,
        "select partner_id from commissions where id = $1",
        [commissionId],
      );
      if (row)
        await ground.world.app.commissions.disputeCommission(asPartner(ground.world, row.partner_id), {
          commissionId,
          reason,
        });
    },
  },
  resolve: {
    weight: 4,
    act: async (ground) =>
      ground.world.app.commissions.resolveDispute(ground.world.ctx(), {
        disputeId: await anyId(ground, "commission_disputes where status in ('open', 'waiting', 'escalated')"),
        outcome: ground.numbers.pick(["uphold", "cancel"] as const),
        resolution: reason,
      }),
  },
  cancel: {
    weight: 2,
    act: async (ground) =>
      ground.world.app.commissions.cancelCommission(ground.world.ctx(), {
        commissionId: await root(ground, "true"),
        reason,
      }),
  },
  grant: {
    weight: 1,
    act: ({ world, numbers, partnerIds }) =>
      world.app.commissions.grantCommission(world.ctx(), {
        partnerId: numbers.pick(partnerIds),
        amount: 1 + numbers.below(5_000),
        currency: "USD",
        reason,
      }),
  },
  writeOff: {
    weight: 2,
    act: ({ world, numbers, partnerIds }) =>
      world.app.commissions.writeOffDebt(world.ctx(), {
        partnerId: numbers.pick(partnerIds),
        currency: numbers.pick(CURRENCIES),
        reason,
      }),
  },
  request: {
    weight: 8,
    act: ({ world, numbers, partnerIds }) =>
      world.app.payouts.requestPayoutFor(world.ctx(), {
        partnerId: numbers.pick(partnerIds),
        currency: numbers.pick(CURRENCIES),
        ...(numbers.below(2) === 0 ? { amount: 1 + numbers.below(4_000) } : {}),
      }),
  },
  process: { weight: 3, act: ({ world }) => world.app.payouts.processPayouts(world.ctx(), { limit: 3 }) },
  send: {
    weight: 6,
    act: async (ground) =>
      ground.world.app.payouts.sendTransfer(ground.world.ctx(), {
        payoutId: await payout(ground, "processing"),
        attempt: 1,
      }),
  },
  takeBackPayout: {
    weight: 2,
    act: async (ground) =>
      ground.world.app.payouts.cancelPayoutFor(ground.world.ctx(), { payoutId: await payout(ground, "pending") }),
  },
  returned: {
    weight: 2,
    act: async (ground) =>
      ground.world.app.payouts.recordReturn(ground.world.ctx(), {
        payoutId: await payout(ground, "completed"),
        reason,
      }),
  },
  suspend: {
    weight: 1,
    act: ({ world, numbers, partnerIds }) =>
      world.app.partners.suspendPartner(world.ctx(), { partnerId: numbers.pick(partnerIds), reason }),
  },
  reinstate: {
    weight: 3,
    act: ({ world, numbers, partnerIds }) =>
      world.app.partners.reinstatePartner(world.ctx(), { partnerId: numbers.pick(partnerIds), reason }),
  },
  hold: { weight: 1, act: (ground) => fraud(ground, "fraud_hold") },
  release: { weight: 2, act: (ground) => fraud(ground, "fraud_release") },
  reject: {
    weight: 1,
    act: async (ground) =>
      ground.numbers.below(4) === 0
        ? ground.world.app.referrals.rejectReferral(ground.world.ctx(), {
            referralId: await anyId(ground, "referrals"),
            reason,
            takesBackApproved: ground.numbers.below(2) === 0,
          })
        : undefined,
  },
  convert: {
    weight: 2,
    act: async ({ world, numbers, customers }) => {
      const externalId = `late ${(named += 1)}`;
      const referralCode = `code-${numbers.pick(PARTNERS)}`;
      const convertedAt = new Date("2025-07-01T00:00:00Z");
      await world.app.referrals.importReferrals(world.ctx(), [
        { externalId, referralCode, clickedAt: null, convertedAt, email: null },
      ]);
      customers.push(externalId);
    },
  },
  terms: {
    weight: 1,
    act: ({ world, numbers, partnerIds }) =>
      world.app.partners.changeTerms(world.ctx(), {
        partnerId: numbers.pick(partnerIds),
        overrides: { signupBonus: 100 + numbers.below(5_000) },
        isRetroactive: numbers.below(2) === 0,
        reason,
      }),
  },
  plan: {
    weight: 1,
    act: async ({ world, numbers }) => {
      const tier2 = { ...DEFAULT_TIERS.tier2, volumeBonuses: [{ threshold: 2, bonus: numbers.below(9) / 10 }] };
      const { id: planId } = await world.app.programs.draftPlan(world.ctx(), { tiers: { ...DEFAULT_TIERS, tier2 } });
      await world.app.programs.publishPlan(world.ctx(), { planId, isRetroactive: numbers.below(2) === 0 });
    },
  },
  reassess: {
    weight: 2,
    act: async ({ world, numbers, partnerIds }) => {
      const partnerId = numbers.pick(partnerIds);
      const { fingerprint } = await world.app.commissions.previewReassessment(world.ctx(), { partnerId });
      await world.app.commissions.reassessPartner(world.ctx(), { partnerId, fingerprint, reason });
    },
  },
  read: {
    weight: 1,
    act: async (ground) => {
      const commissionId = await root(ground, "true");
      if (commissionId !== NOBODY)
        await ground.world.app.commissions.getCommissionFor(ground.world.ctx(), { commissionId });
    },
  },
};
