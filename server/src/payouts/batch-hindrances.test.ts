import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newPayer, type Payer, setCurrency } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { createPayoutService } from "./payout-service.ts";

const LIMIT = 50_000;

let world: PayoutWorld;
let maker: Payer;
let second: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  [maker, second] = [await newPayer(world), await newPayer(world, "admin")];
});
afterAll(() => world[Symbol.asyncDispose]());
// What left in the tests before counts for a day.
beforeEach(async () => {
  await world.advance(2 * DAY_MS);
  await setCurrency(world, "USD", { approvalAbove: LIMIT });
});

type Waiting = { readonly partnerId: string; readonly payoutId: string };
const waiting = async (amount: bigint, currency = "USD"): Promise<Waiting> => {
  const partnerId = await world.newPartner();
  await world.earn(partnerId, amount, currency);
  return { partnerId, payoutId: await world.request(partnerId, undefined, currency) };
};
const batchOf = (payouts: readonly Waiting[], by: () => Ctx = maker.ctx) =>
  world.payouts.makeBatch(by(), { currency: "USD", payoutIds: payouts.map(({ payoutId }) => payoutId) });
const small = async () => {
  const payouts = [await waiting(20_000n), await waiting(10_000n)];
  return { payouts, batchId: (await batchOf(payouts)).id };
};
const large = async () => {
  const payouts = [await waiting(30_000n), await waiting(20_001n)];
  return { payouts, batchId: (await batchOf(payouts)).id };
};
const approve = (batchId: string, by: () => Ctx = second.ctx) => world.payouts.approveBatch(by(), { batchId });
const release = (batchId: string, by: () => Ctx = maker.ctx) => world.payouts.releaseBatch(by(), { batchId });
const refuse = (batchId: string, by: () => Ctx = second.ctx) =>
  world.payouts.refuseBatch(by(), { batchId, reason: "One of them looks odd" });
const statusOf = async (batchId: string) => (await world.payouts.getBatch(maker.ctx(), { batchId })).status;
const expectProven = (payouts: readonly Waiting[]) => world.expectProven(...payouts.map(({ partnerId }) => partnerId));

const stale = (by: () => Ctx) => (): Ctx => {
  const ctx = by();
  const provenAt = new Date(ctx.now.getTime() - DAY_MS);
  return ctx.actor.type === "user" ? { ...ctx, actor: { ...ctx.actor, provenAt } } : ctx;
};

it("who lets one payout go, or all that wait, has shown just now who they are; a key has nothing to show", async () => {
  const partnerId = await world.newPartner();
  await world.earn(partnerId, 10_000n);
  const payoutId = await world.request(partnerId);
  const refusal = { code: "auth.step_up_required" };
  await expect(world.payouts.processPayout(stale(maker.ctx)(), { payoutId })).rejects.toMatchObject(refusal);
  await expect(world.payouts.processPayouts(stale(maker.ctx)(), { payoutId })).rejects.toMatchObject(refusal);
  await expect(world.payouts.processPayouts(stale(maker.ctx)(), {})).rejects.toMatchObject(refusal);
  expect(await world.story(payoutId)).toMatchObject({ status: "pending", attempts: [] });
  expect(await world.payouts.processPayouts(stale(maker.keyCtx)(), { payoutId })).toMatchObject({ processed: 1 });
});

it("who approves or releases a batch has shown just now who they are; a key has nothing to show", async () => {
  const { batchId } = await large();
  const refusal = { code: "auth.step_up_required" };
  await expect(approve(batchId, stale(second.ctx))).rejects.toMatchObject(refusal);
  expect(await statusOf(batchId)).toBe("waiting");
  await approve(batchId);
  await expect(release(batchId, stale(maker.ctx))).rejects.toMatchObject(refusal);
  expect(await statusOf(batchId)).toBe("ready");
  await release(batchId, maker.keyCtx);
  expect(await statusOf(batchId)).toBe("released");
});

it("who takes the bank file, or sets the limit and how long a new account waits, has shown just now who they are", async () => {
  const refusal = { code: "auth.step_up_required" };
  await expect(world.payouts.exportBankFile(stale(maker.ctx)(), {})).rejects.toMatchObject(refusal);
  await expect(world.payouts.exportBankFile(stale(maker.ctx)(), { includeExported: true })).rejects.toMatchObject(
    refusal,
  );
  const lift = { currency: "USD", approvalAbove: null, feeBorneBy: "programme", feeFixed: 0, feeRate: 0 } as const;
  const setting = stale(second.ctx)();
  await expect(world.payouts.changeCurrencySettings(setting, { ...lift, schedule: null })).rejects.toMatchObject(
    refusal,
  );
  await expect(world.payouts.changePayoutSettings(setting, { coolingOffHours: 0 })).rejects.toMatchObject(refusal);
  expect(await world.payouts.getPayoutSettings(maker.ctx())).toMatchObject({
    coolingOffHours: 72,
    currencies: expect.arrayContaining([expect.objectContaining({ currency: "USD", approvalAbove: BigInt(LIMIT) })]),
  });
  await world.payouts.exportBankFile(stale(maker.keyCtx)(), {});
  await world.payouts.changePayoutSettings(stale(second.keyCtx)(), { coolingOffHours: 72 });
});

it("who says what became of a payout by hand, or says the same as the second, has shown just now who they are", async () => {
  await setCurrency(world, "USD", { approvalAbove: 5_000 });
  const partnerId = await world.newBankPartner();
  await world.earn(partnerId, 10_000n);
  const payoutId = await world.request(partnerId);
  const { id: batchId } = await batchOf([{ partnerId, payoutId }]);
  await approve(batchId);
  await release(batchId);
  const refusal = { code: "auth.step_up_required" };
  const said = { payoutId, outcome: "not_paid", reason: "The bank says so" } as const;
  await expect(world.payouts.settlePayout(stale(maker.ctx)(), said)).rejects.toMatchObject(refusal);
  const { settlement } = await world.payouts.settlePayout(stale(maker.keyCtx)(), said);
  const settlementId = settlement?.id ?? "";
  await expect(world.payouts.approveSettlement(stale(second.ctx)(), { settlementId })).rejects.toMatchObject(refusal);
  expect(await world.story(payoutId)).toMatchObject({ status: "processing" });
  await world.payouts.approveSettlement(second.ctx(), { settlementId });
  expect(await world.story(payoutId)).toMatchObject({ status: "failed" });
  await expect(
    world.payouts.recordReturn(stale(maker.ctx)(), { payoutId, reason: "The bank says so" }),
  ).rejects.toMatchObject(refusal);
  await expectProven([{ partnerId, payoutId }]);
});

describe("the check of the data", () => {
  it("finds a payout that has left before its batch", async () => {
    const { payouts, batchId } = await small();
    const move = (status: string) =>
      asOwner(world.clone, "update partner_payouts set status = $1 where batch_id = $2", [status, batchId]);
    await move("processing");
    const broken = await world.brokenBy(`its batch ${batchId} is ready`);
    expect(broken).toEqual(["what was released above the limit was approved by a second person"]);
    await move("pending");
    await expectProven(payouts);
  });
});

describe("a batch of what is available", () => {
  it("looks further than those who cannot be paid", async () => {
    const partnerIds = [];
    for (let count = 0; count < 5; count += 1) partnerIds.push(await world.newPartner());
    partnerIds.sort();
    for (const [index, partnerId] of partnerIds.entries())
      await world.earn(partnerId, index < 3 ? 100n : 9_000n, "SEK");
    const { ledger } = world.payoutDeps;
    // Pages of two.
    const service = createPayoutService({
      ...world.payoutDeps,
      ledger: { ...ledger, payees: (tx, of) => ledger.payees(tx, { ...of, limit: Math.min(of.limit, 2) }) },
    });
    const ask = (limit: number) => service.makeBatch(maker.ctx(), { currency: "SEK", includeBalances: true, limit });
    expect(await ask(1)).toMatchObject({ payouts: 1, amount: 9_000n });
    expect(await ask(10)).toMatchObject({ payouts: 1, amount: 9_000n });
    const [poor] = partnerIds;
    const below = { partnerId: poor, code: "payout.below_minimum", reason: "5000" };
    await expect(ask(10)).rejects.toMatchObject({
      code: "payout.batch_empty",
      facts: { held: expect.arrayContaining([below]) },
    });
    await world.expectProven(...partnerIds);
  });

  it("that a gate holds all of is refused with whose it is and why", async () => {
    const partnerId = await world.newPartner();
    await world.earn(partnerId, 9_000n, "CZK");
    world.said.gate = async () => ({ allowed: false, reason: "fraud_review", about: "payout", isLasting: false });
    await expect(
      world.payouts.makeBatch(maker.ctx(), { currency: "CZK", includeBalances: true }),
    ).rejects.toMatchObject({
      code: "payout.batch_empty",
      facts: { held: [{ partnerId, code: "payout.held", reason: "fraud_review" }] },
    });
    world.said.gate = async () => ({ allowed: true });
    await world.expectProven(partnerId);
  });

  it("is not of named payouts at once: what it would reserve would be in no batch", async () => {
    const { partnerId, payoutId } = await waiting(10_000n, "NOK");
    await world.earn(partnerId, 9_000n, "NOK");
    const both = { currency: "NOK", includeBalances: true, payoutIds: [payoutId] };
    await expect(world.payouts.makeBatch(maker.ctx(), both)).rejects.toMatchObject({ code: "payout.batch_unclear" });
    expect(await world.balances(partnerId, "NOK")).toMatchObject({ available: 9_000n });
  });
});

describe("a partner whose payouts wait for its method", () => {
  it("fills one page with them, and keeps nobody from being paid", async () => {
    // What other tests have left waiting leaves before.
    await world.payouts.processPayouts(maker.ctx(), {});
    const partnerId = await world.newPartner();
    await world.earn(partnerId, 50_000n, "DKK");
    for (let count = 0; count < 6; count += 1) await world.request(partnerId, 5_000, "DKK");
    await world.payouts.updatePaymentMethod(world.partner(partnerId), {
      kind: "bank_file",
      holder: "Ada",
      iban: "DE89370400440532013000",
    });
    await waiting(9_000n, "DKK");
    const made = await world.payouts.makeBatch(maker.ctx(), { currency: "DKK", limit: 2 });
    expect([made.payouts, made.withheld.length]).toEqual([1, 2]);
    await world.payouts.cancelBatch(maker.ctx(), { batchId: made.id });
    const { held } = await world.payouts.processPayouts(maker.ctx(), { limit: 2 });
    const ofPartner = (await world.payouts.findPayouts(world.operator(), { partnerId })).data.map(({ id }) => id);
    expect([1, 2]).toContain(held.filter(({ payoutId }) => ofPartner.includes(payoutId)).length);
  });
});

describe("a batch whose time is over", () => {
  it("is not approved any more, also where nothing has let it expire yet", async () => {
    const { payouts, batchId } = await large();
    await world.advance(168 * HOUR_MS);
    for (const act of [approve, refuse])
      await expect(act(batchId)).rejects.toMatchObject({ code: "payout.batch_wrong_state" });
    expect(await statusOf(batchId)).toBe("waiting");
    await world.payouts.expireBatches(world.system());
    expect(await statusOf(batchId)).toBe("expired");
    await expectProven(payouts);
  });

  it("and cannot be given back keeps no other from it", async () => {
    const [stuck, fine] = [await large(), await large()];
    await world.advance(168 * HOUR_MS);
    const { ledger } = world.payoutDeps;
    const service = createPayoutService({
      ...world.payoutDeps,
      ledger: {
        ...ledger,
        lock: async (tx, accounts) => {
          if (accounts.some((one) => one.partnerId === stuck.payouts[0]?.partnerId)) throw new Error("stuck");
          await ledger.lock(tx, accounts);
        },
      },
    });
    await expect(service.expireBatches(world.system())).rejects.toThrow(/^1 of \d+ batches did not expire$/);
    expect([await statusOf(stuck.batchId), await statusOf(fine.batchId)]).toEqual(["waiting", "expired"]);
    await world.payouts.expireBatches(world.system());
    expect(await statusOf(stuck.batchId)).toBe("expired");
  });
});

describe("the programme that releases what schedules ask for", () => {
  it("makes a batch of each currency: one that is above the limit waits, the others leave", async () => {
    await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: true });
    await setCurrency(world, "USD", { approvalAbove: LIMIT, schedule: { every: "amount", minimum: 10_000 } });
    await setCurrency(world, "EUR", { schedule: { every: "amount", minimum: 10_000 } });
    const [rich, poor] = [await world.newPartner(), await world.newPartner()];
    await world.earn(rich, 60_000n);
    await world.earn(rich, 70_000n, "EUR");
    await world.earn(poor, 9_999n, "EUR");
    await world.advance(DAY_MS);
    await world.payouts.runDueSchedules(world.system());
    const { audit } = world.payoutDeps;
    const stuck = createPayoutService({
      ...world.payoutDeps,
      audit: {
        ...audit,
        record: async (tx, action, entry) => {
          if ((entry.after as { currency?: string } | undefined)?.currency === "EUR") throw new Error("stuck");
          await audit.record(tx, action, entry);
        },
      },
    });
    // One currency that fails holds up no other.
    await expect(stuck.releaseScheduled(world.system())).rejects.toThrow(/^1 of 2 currencies were not released$/);
    expect((await world.payouts.findBatches(maker.ctx(), { limit: 1 })).data).toMatchObject([{ currency: "USD" }]);
    await world.payouts.releaseScheduled(world.system());
    await world.payouts.releaseScheduled(world.system());
    const { data } = await world.payouts.findBatches(maker.ctx(), { limit: 2 });
    expect(data.map(({ currency, status, madeBy }) => `${currency} ${status} ${madeBy}`).toSorted()).toEqual([
      "EUR released null",
      "USD waiting null",
    ]);
    expect(await world.balances(poor, "EUR")).toMatchObject({ available: 9_999n });
    await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: false });
    await world.expectProven(rich, poor);
  });
});

describe("the list of batches", () => {
  it("goes on where a page ended, and keeps to what was asked for", async () => {
    const made = [];
    for (let count = 0; count < 3; count += 1) {
      made.unshift((await batchOf([await waiting(1_000n)])).id);
      await world.advance(1_000);
    }
    const first = await world.payouts.findBatches(maker.ctx(), { limit: 2, status: "ready" });
    const next = await world.payouts.findBatches(maker.ctx(), {
      limit: 2,
      status: "ready",
      cursor: first.nextCursor ?? "",
    });
    expect([...first.data, ...next.data].slice(0, 3).map(({ id }) => id)).toEqual(made);
  });
});
