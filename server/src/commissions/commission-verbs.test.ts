import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Scope } from "../platform/scopes.ts";

const reason = "because";
const currency = "USD";

let world: CommissionWorld;
let otherTenant: string;
let partnerId: string;
beforeAll(async () => {
  world = await commissionWorld();
  otherTenant = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
});

const pending = async (amount = 100n) => (await world.seedCommission(partnerId, amount)).id;
const approved = async () => {
  const id = await pending();
  await world.commissions.approveCommission(world.operator(), { commissionId: id });
  return id;
};
const disputed = async () => {
  const commissionId = await pending();
  return (await world.commissions.disputeCommission(world.partner(partnerId), { commissionId, reason })).id;
};
const settled = async () => {
  const disputeId = await disputed();
  await world.commissions.resolveDispute(world.operator(), { disputeId, outcome: "uphold", resolution: reason });
  return disputeId;
};
/** A partner who has been paid 100 that were refunded afterwards. */
const indebted = async () => {
  const id = await approved();
  await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency });
  await world.seedRefund(id, 100n);
  return partnerId;
};
const suspended = async () => {
  await world.setStatus(partnerId, "suspended");
  return pending();
};
const terminated = async () => {
  await world.setStatus(partnerId, "terminated");
  return partnerId;
};

type Verb = {
  readonly verb: string;
  readonly scope: Scope;
  readonly by: "operator" | "partner";
  /** Makes what the verb is done to, and returns its id. */
  readonly arrange: () => Promise<string>;
  readonly act: (ctx: Ctx, id: string) => Promise<{ readonly id: string }>;
  /** What its audit row is about, and says. */
  readonly audit: (id: string, result: { readonly id: string }) => { readonly target: string; readonly action: string };
  readonly notFound: string;
  readonly wrong: readonly { readonly state: string; readonly arrange: () => Promise<string>; readonly code: string }[];
};

const VERBS: readonly Verb[] = [
  {
    verb: "approveCommission",
    scope: "commissions:write",
    by: "operator",
    arrange: pending,
    act: (ctx, commissionId) => world.commissions.approveCommission(ctx, { commissionId }),
    audit: (id) => ({ target: id, action: "commission.approved" }),
    notFound: "commission.not_found",
    wrong: [
      { state: "approved", arrange: approved, code: "commission.wrong_state" },
      { state: "of a suspended partner", arrange: suspended, code: "commission.partner_suspended" },
    ],
  },
  {
    verb: "cancelCommission",
    scope: "commissions:write",
    by: "operator",
    arrange: pending,
    act: (ctx, commissionId) => world.commissions.cancelCommission(ctx, { commissionId, reason }),
    audit: (id) => ({ target: id, action: "commission.cancelled" }),
    notFound: "commission.not_found",
    wrong: [
      {
        state: "cancelled",
        arrange: async () => {
          const commissionId = await pending();
          await world.commissions.cancelCommission(world.operator(), { commissionId, reason });
          return commissionId;
        },
        code: "commission.wrong_state",
      },
      {
        state: "a reversal",
        arrange: async () => (await world.seedRefund(await pending(), 10n))?.id ?? "",
        code: "commission.is_reversal",
      },
      {
        state: "taken back already",
        arrange: async () => {
          const commissionId = await approved();
          await world.commissions.cancelCommission(world.operator(), { commissionId, reason });
          return commissionId;
        },
        code: "commission.nothing_left",
      },
    ],
  },
  {
    verb: "grantCommission",
    scope: "commissions:write",
    by: "operator",
    arrange: async () => partnerId,
    act: (ctx, id) => world.commissions.grantCommission(ctx, { partnerId: id, amount: 500, currency, reason }),
    audit: (_id, result) => ({ target: result.id, action: "commission.granted" }),
    notFound: "partner.not_found",
    wrong: [{ state: "terminated", arrange: terminated, code: "commission.partner_inactive" }],
  },
  {
    verb: "writeOffDebt",
    scope: "commissions:write",
    by: "operator",
    arrange: indebted,
    act: (ctx, id) => world.commissions.writeOffDebt(ctx, { partnerId: id, currency, reason }),
    audit: (id) => ({ target: id, action: "debt.written_off" }),
    notFound: "partner.not_found",
    wrong: [{ state: "free of debt", arrange: async () => partnerId, code: "commission.no_debt" }],
  },
  {
    verb: "disputeCommission",
    scope: "own:commissions:dispute",
    by: "partner",
    arrange: pending,
    act: (ctx, commissionId) => world.commissions.disputeCommission(ctx, { commissionId, reason }),
    audit: (id) => ({ target: id, action: "commission.disputed" }),
    notFound: "commission.not_found",
    wrong: [
      {
        state: "disputed",
        arrange: async () => {
          const commissionId = await pending();
          await world.commissions.disputeCommission(world.partner(partnerId), { commissionId, reason });
          return commissionId;
        },
        code: "commission.wrong_state",
      },
      {
        state: "paid",
        arrange: async () => {
          const id = await approved();
          const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency });
          await world.payouts.processPayout(world.operator(), { payoutId: payout.id });
          world.said.outcome = { kind: "confirmed", transferId: "" };
          await world.payouts.sendTransfer(world.system(), { payoutId: payout.id, attempt: 1 });
          return id;
        },
        code: "commission.already_paid",
      },
    ],
  },
  {
    verb: "resolveDispute",
    scope: "commissions:write",
    by: "operator",
    arrange: disputed,
    act: (ctx, disputeId) =>
      world.commissions.resolveDispute(ctx, { disputeId, outcome: "uphold", resolution: reason }),
    audit: (_id, result) => ({
      target: (result as unknown as { commissionId: string }).commissionId,
      action: "commission.dispute_resolved",
    }),
    notFound: "commission.dispute_not_found",
    wrong: [{ state: "settled", arrange: settled, code: "commission.dispute_settled" }],
  },
];

describe.each(VERBS)("$verb", ({ scope, by, arrange, act, audit, notFound, wrong }) => {
  const actor = (scopes?: readonly Scope[], tenant?: string): Ctx =>
    by === "operator" ? world.operator(scopes, tenant) : world.partner(partnerId, scopes, tenant);

  it("works, and is audited with its reason", async () => {
    const id = await arrange();
    const { target, action } = audit(id, await act(actor(), id));
    const acts = (await world.audits(target)).filter((one) => one.action === action);
    expect(acts).toEqual([{ action, reason: action === "commission.approved" ? null : reason }]);
  });

  it.each(wrong.map((one) => [one.state, one] as const))("refuses one that is %s", async (_state, one) => {
    const id = await one.arrange();
    const before = await world.balances(partnerId);
    await expect(act(actor(), id)).rejects.toMatchObject({ code: one.code });
    expect(await world.balances(partnerId)).toEqual(before);
  });

  it("does not find another tenant's", async () => {
    const id = await arrange();
    await expect(act(actor(undefined, otherTenant), id)).rejects.toMatchObject({ code: notFound, kind: "not_found" });
  });

  it("refuses a credential without its scope", async () => {
    const id = await arrange();
    await expect(act(actor(["own:commissions:read", "commissions:read"]), id)).rejects.toMatchObject({
      code: "access.scope_missing",
      facts: { scope },
    });
  });
});

describe("the partner is told", () => {
  it("by an event with the act, for every act of an operator that changes its money: with the amount and the reason", async () => {
    await world.commissions.grantCommission(world.operator(), { partnerId, amount: 5, currency, reason });
    await world.commissions.cancelCommission(world.operator(), { commissionId: await pending(), reason });
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: await disputed(),
      outcome: "uphold",
      resolution: reason,
    });
    await indebted();
    await world.commissions.writeOffDebt(world.operator(), { partnerId, currency, reason });
    const told = await asOwner<{ type: string; reason: string; currency: string }>(
      world.clone,
      `select type, data ->> 'reason' as reason, data ->> 'currency' as currency from outbox_events
        where object_id = $1 and type like 'partner_notice.%' order by position`,
      [partnerId],
    );
    expect(told).toEqual(
      ["commission_granted", "commission_cancelled", "dispute_resolved", "debt_written_off"].map((subject) => ({
        type: `partner_notice.${subject}`,
        reason,
        currency,
      })),
    );
  });
});

describe("a grant", () => {
  it("is held as the terms hold everything else, then approved", async () => {
    const { id } = await world.commissions.grantCommission(world.operator(), {
      partnerId,
      amount: 500,
      currency,
      reason,
    });
    expect(await world.balances(partnerId)).toMatchObject({ pending: 500n, available: 0n });
    world.clock.advance(30 * DAY_MS);
    await world.commissions.approveDue(world.system());
    expect(await world.balances(partnerId)).toMatchObject({ pending: 0n, available: 500n });
    expect(await world.events(id)).toEqual(["commission.created", "commission.approved"]);
  });

  it.each([
    ["nothing", { amount: 0 }, "commission.amount_invalid"],
    ["more than any sale", { amount: 100_000_000_000_001 }, "commission.amount_too_large"],
    ["an unknown currency", { currency: "XXX" }, "commission.currency_unknown"],
  ])("of %s is refused", async (_case, change, code) => {
    const grant = { partnerId, amount: 500, currency, reason, ...change };
    await expect(world.commissions.grantCommission(world.operator(), grant)).rejects.toMatchObject({ code });
  });
});

describe("a debt that was written off", () => {
  it("does not stand in the way of what is earned from then on", async () => {
    await indebted();
    await world.commissions.writeOffDebt(world.operator(), { partnerId, currency, reason });
    expect(await world.balances(partnerId)).toMatchObject({ clawback_receivable: 0n, bad_debt: 100n });
    const commissionId = await pending();
    await world.commissions.approveCommission(world.operator(), { commissionId });
    expect(await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency })).toMatchObject({
      amount: 100n,
    });
  });

  it("is owed again where the write-off is cancelled, at the cost of bad debt, as far as there is nothing available", async () => {
    await indebted();
    const { id } = await world.commissions.writeOffDebt(world.operator(), { partnerId, currency, reason });
    const commissionId = await pending(30n);
    await world.commissions.approveCommission(world.operator(), { commissionId });
    const { commission_expense: cost } = await world.balances(partnerId);
    await world.commissions.cancelCommission(world.operator(), { commissionId: id, reason });
    expect(await world.balances(partnerId)).toMatchObject({
      bad_debt: 0n,
      available: 0n,
      clawback_receivable: 70n,
      commission_expense: cost,
    });
    const { books, rows } = await compareBooks(world, partnerId);
    expect(rows).toEqual(books);
  });

  it("is nothing to dispute", async () => {
    await indebted();
    const { id: commissionId } = await world.commissions.writeOffDebt(world.operator(), {
      partnerId,
      currency,
      reason,
    });
    await expect(
      world.commissions.disputeCommission(world.partner(partnerId), { commissionId, reason }),
    ).rejects.toMatchObject({ code: "commission.is_write_off" });
  });

  it("in part leaves the rest, and never takes more than is owed", async () => {
    await indebted();
    const writeOff = (amount: number) =>
      world.commissions.writeOffDebt(world.operator(), { partnerId, currency, amount, reason });
    await writeOff(40);
    expect(await world.balances(partnerId)).toMatchObject({ clawback_receivable: 60n });
    await expect(writeOff(61)).rejects.toMatchObject({ code: "commission.above_debt" });
    await expect(writeOff(0)).rejects.toMatchObject({ code: "commission.amount_invalid" });
  });
});
