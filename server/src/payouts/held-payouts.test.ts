import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPayer, newWaitingPayout, type Payer, setCurrency } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { createPayoutService } from "./payout-service.ts";

let world: PayoutWorld;
let payer: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  payer = await newPayer(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const waiting = (currency: string, partnerId?: string) => newWaitingPayout(world, currency, partnerId);
const detailOf = (payoutId: string) => world.payouts.getPayoutFor(payer.ctx(), { payoutId });

/** Many copies of a payout that waits, asked for before it: more than one look goes through. They are taken away again. */
async function withManyBefore(payoutId: string, work: (ids: ReadonlySet<string>) => Promise<void>): Promise<void> {
  const ids = Array.from({ length: 1_001 }, () => newId());
  await asOwner(
    world.clone,
    `insert into partner_payouts (tenant_id, id, partner_id, method_id, amount, currency, payment_method, requested_by, requested_at, created_at)
     select tenant_id, other, partner_id, method_id, amount, currency, payment_method, requested_by, requested_at, created_at - interval '1 day'
       from partner_payouts, unnest($1::uuid[]) as other where id = $2`,
    [ids, payoutId],
  );
  try {
    await work(new Set(ids));
  } finally {
    world.said.gate = async () => ({ allowed: true });
    await asOwner(world.clone, "delete from partner_payouts where id = any ($1::uuid[])", [ids]);
  }
}

describe("payouts that are held, each by itself and more than one look goes through,", () => {
  const holding = (ids: ReadonlySet<string>) => {
    world.said.gate = async (_tx, { payoutId }) =>
      ids.has(payoutId)
        ? { allowed: false, reason: "under review", about: "payout", isLasting: false }
        : { allowed: true };
  };

  it("stop no schedule behind them", async () => {
    const { partnerId, payoutId } = await waiting("CAD");
    await asOwner(world.clone, "update partner_payouts set requested_by = 'schedule' where id = $1", [payoutId]);
    await withManyBefore(payoutId, async (ids) => {
      holding(ids);
      await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: true });
      for (let turn = 0; turn < 2; turn += 1) await world.payouts.releaseScheduled(world.system());
      await world.payouts.changePayoutSettings(world.operator(), { releasesScheduled: false });
      expect((await detailOf(payoutId)).status).toBe("processing");
    });
    await world.expectProven(partnerId);
  });
});

describe("a payout to a bank account", () => {
  it("whose sending was counted, and which may not leave any more, waits again: nothing has left before it stands in the file", async () => {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const payoutId = await world.request(partnerId);
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    // A worker died between counting the sending and writing down the answer.
    await asOwner(
      world.clone,
      "update transfer_attempts set status = 'sending', sends = 1, first_sent_at = $2, last_sent_at = $2 where payout_id = $1",
      [payoutId, world.clock.now()],
    );
    await world.setStatus(partnerId, "suspended");
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toMatchObject({ status: "pending", failure: "partner_suspended" });
    await world.setStatus(partnerId, "active");
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    await world.send(payoutId);
    expect((await detailOf(payoutId)).status).toBe("completed");
    await world.expectProven(partnerId);
  });

  it("stands in the file that is taken right after its release, before its job has run, and in no other", async () => {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const payoutId = await world.request(partnerId);
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    const takenAtOnce = () => world.payouts.exportBankFile(payer.ctx(), {}).then(({ content }) => content);
    const files = await Promise.all([takenAtOnce(), takenAtOnce(), world.send(payoutId)]);
    expect(files.filter((content) => content?.toString().includes(payoutId))).toHaveLength(1);
    expect(await detailOf(payoutId)).toMatchObject({ status: "completed" });
    expect(await takenAtOnce()).not.toContain(payoutId);
    await world.expectProven(partnerId);
  });

  it("that may not leave any more when the file is taken is not in it, and says why", async () => {
    const handedOut = async () => (await world.payouts.exportBankFile(payer.ctx(), {})).content;
    await handedOut();
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const payoutId = await world.request(partnerId);
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    await world.send(payoutId);
    await world.setStatus(partnerId, "suspended");
    expect(await handedOut()).not.toContain(payoutId);
    await world.setStatus(partnerId, "active");
    expect(await handedOut()).toContain(payoutId);
    await world.expectProven(partnerId);
  });
});

describe("an earlier attempt that has paid after all", () => {
  it("is booked with what was kept back when it was sent, not with what a later release kept back", async () => {
    const { partnerId, payoutId } = await world.released();
    const gone = { kind: "drop_before_acting" } as const;
    world.stripe.faults.inject(gone, { on: "POST /v1/transfers", times: 2 });
    await world.send(payoutId);
    // Nothing is found of it when its key is over: another attempt, which is withdrawn, since another part is kept back now.
    await world.advance(25 * HOUR_MS);
    world.said.withholding = async (_tx, payouts) => new Map(payouts.map(({ id }) => [id, 2_400n]));
    await world.send(payoutId);
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ status: "pending", failure: "withholding_changed" });
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    expect((await detailOf(payoutId)).taxWithheld).toBe(2_400n);
    // The first one has reached Stripe after all.
    await world.transferByHand({
      destination: await world.accountOf(partnerId),
      transfer_group: payoutId,
      metadata: { payout_id: payoutId, attempt: "1", partner_id: partnerId },
      amount: 10_000,
    });
    await world.send(payoutId);
    world.said.withholding = async () => new Map();
    expect(world.transfersOf(payoutId)).toHaveLength(1);
    expect(await detailOf(payoutId)).toMatchObject({ status: "completed", taxWithheld: 0n, netAmount: 10_000n });
    expect(await world.balances(partnerId)).toMatchObject({ cash: -10_000n, payout_in_transit: 0n });
    await world.expectProven(partnerId);
  });
});

describe("a transfer that turns up while its payout waits again", () => {
  it("has paid it: it is neither released again nor given back", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "drop_before_acting" }, { on: "POST /v1/transfers", times: 2 });
    await world.send(payoutId);
    await world.advance(25 * HOUR_MS);
    world.said.withholding = async (_tx, payouts) => new Map(payouts.map(({ id }) => [id, 2_400n]));
    await world.send(payoutId);
    await world.send(payoutId);
    world.said.withholding = async () => new Map();
    expect((await detailOf(payoutId)).status).toBe("pending");
    const metadata = { payout_id: payoutId, attempt: "1", partner_id: partnerId };
    const destination = await world.accountOf(partnerId);
    await world.transferByHand({ destination, transfer_group: payoutId, metadata, amount: 10_000 });
    const [transfer] = world.transfersOf(payoutId);
    await world.hear("transfer.created", transfer ?? {});
    await world.hear("transfer.created", transfer ?? {});
    expect(await detailOf(payoutId)).toMatchObject({ status: "completed", netAmount: 10_000n });
    await expect(world.payouts.cancelPayoutFor(payer.ctx(), { payoutId })).rejects.toMatchObject({
      code: "payout.wrong_state",
    });
    expect(await world.events(payoutId)).not.toContain("payout.transfer_unexpected");
    await world.expectProven(partnerId);
  });
});

describe("a payout by hand whose earlier transfer by Stripe turns up", () => {
  /** Taken for failed by Stripe, and released to a bank account since; its job has not run. */
  const released = async () => {
    const { partnerId, payoutId } = await world.released();
    const destination = await world.accountOf(partnerId);
    world.stripe.faults.inject({ kind: "drop_before_acting" }, { on: "POST /v1/transfers", times: 2 });
    await world.send(payoutId);
    await world.advance(25 * HOUR_MS);
    await world.send(payoutId);
    const bank = { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" } as const;
    await world.payouts.updatePaymentMethod(world.partner(partnerId), bank);
    await world.send(payoutId);
    await world.advance(73 * HOUR_MS);
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    const metadata = { payout_id: payoutId, attempt: "1", partner_id: partnerId };
    const turnsUp = () => world.transferByHand({ destination, transfer_group: payoutId, metadata, amount: 10_000 });
    return { partnerId, payoutId, turnsUp };
  };
  const file = async (more: object = {}) => (await world.payouts.exportBankFile(payer.ctx(), more)).content;

  it("before its job has run is paid by that, and stands in no bank file", async () => {
    const { partnerId, payoutId, turnsUp } = await released();
    await turnsUp();
    await world.send(payoutId);
    expect(await detailOf(payoutId)).toMatchObject({ status: "completed", paymentMethod: "stripe_connect" });
    expect((await world.story(payoutId)).attempts).toEqual([
      "succeeded never_arrived",
      "failed method_cooling_off",
      "failed paid_by_earlier_attempt",
    ]);
    expect(await file()).not.toContain(payoutId);
    await world.expectProven(partnerId);
  });

  it("before the file was taken is said aloud, and stands in none", async () => {
    const { partnerId, payoutId, turnsUp } = await released();
    await world.send(payoutId);
    expect((await detailOf(payoutId)).paymentMethod).toBe("bank_file");
    await turnsUp();
    await world.hear("transfer.created", world.transfersOf(payoutId)[0] ?? {});
    expect(await world.events(payoutId)).toContain("payout.transfer_unexpected");
    expect(await file()).not.toContain(payoutId);
    expect(await file({ includeExported: true })).not.toContain(payoutId);
    await world.expectProven(partnerId);
  });

  it("after it stood in a file is in none that is asked for again", async () => {
    const { partnerId, payoutId, turnsUp } = await released();
    await world.send(payoutId);
    expect(await file()).toContain(payoutId);
    expect(await file({ includeExported: true })).toContain(payoutId);
    await turnsUp();
    await world.hear("transfer.created", world.transfersOf(payoutId)[0] ?? {});
    expect(await file({ includeExported: true })).not.toContain(payoutId);
    await world.expectProven(partnerId);
  });
});

describe("a payout that waits", () => {
  it("says to the operator alone why, and no longer once it is free", async () => {
    const { partnerId, payoutId } = await waiting("DKK");
    const other = await world.request(await withMore(partnerId), undefined, "DKK");
    const reason = "Sanctions: a possible match waits for two people";
    world.said.gate = async (_tx, { partnerId: asked }) =>
      asked === partnerId ? { allowed: false, reason, about: "partner", isLasting: true } : { allowed: true };
    const { held } = await world.payouts.processPayouts(payer.ctx(), {});
    expect(held).toContainEqual(
      expect.objectContaining({ payoutId, code: "payout.held", reason, about: "partner", isLasting: true }),
    );
    const said = { code: "payout.held", reason, isLasting: true };
    for (const id of [payoutId, other]) expect((await detailOf(id)).held).toMatchObject(said);
    const listed = await world.payouts.findPayouts(payer.ctx(), { partnerId, isHeld: true });
    expect(listed.data.map(({ id }) => id).toSorted()).toEqual([payoutId, other].toSorted());
    expect(JSON.stringify(await own(partnerId, payoutId), asText)).not.toContain("Sanctions");
    world.said.gate = async () => ({ allowed: true });
    await world.payouts.lookAtWaiting(world.system());
    expect((await detailOf(payoutId)).held).toBeNull();
    await world.payouts.processPayouts(payer.ctx(), {});
    for (const id of [payoutId, other]) expect((await detailOf(id)).status).toBe("processing");
  });

  it("is noted as held by looking alone, and comes behind what is not", async () => {
    const [first, second] = [await waiting("PLN"), await waiting("PLN")];
    world.said.gate = async (_tx, { payoutId }) =>
      payoutId === first.payoutId
        ? { allowed: false, reason: "under review", about: "payout", isLasting: false }
        : { allowed: true };
    await world.payouts.lookAtWaiting(world.system());
    expect((await detailOf(first.payoutId)).held).toMatchObject({ reason: "under review", isLasting: false });
    world.said.gate = async () => ({ allowed: true });
    const made = await world.payouts.makeBatch(payer.ctx(), { currency: "PLN", limit: 1 });
    expect((await detailOf(second.payoutId)).batchId).toBe(made.id);
    await world.payouts.cancelBatch(payer.ctx(), { batchId: made.id });
  });
});

const withMore = async (partnerId: string): Promise<string> => {
  await world.earn(partnerId, 7_000n, "DKK");
  return partnerId;
};
const own = (partnerId: string, payoutId: string) => world.payouts.getPayout(world.partner(partnerId), { payoutId });
const asText = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

describe("what people say became of a payout", () => {
  const LIMIT = 50_000;
  const ofBank = async (amount: bigint, currency = "GBP") => {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, amount, currency);
    return { partnerId, payoutId: await world.request(partnerId, undefined, currency) };
  };
  const release = async (payoutId: string) => {
    await world.payouts.processPayout(payer.ctx(), { payoutId });
    return payoutId;
  };
  /** Above the limit: made by one, approved by another. */
  const releaseByTwo = async (payoutId: string, second: Payer) => {
    const { id: batchId } = await world.payouts.makeBatch(payer.ctx(), { currency: "GBP", payoutIds: [payoutId] });
    await world.payouts.approveBatch(second.ctx(), { batchId });
    await world.payouts.releaseBatch(payer.ctx(), { batchId });
  };
  const file = async (more: object = {}) => (await world.payouts.exportBankFile(payer.ctx(), more)).content;
  const say = (payoutId: string, outcome: "paid" | "not_paid", more: object = {}, by = payer.ctx()) =>
    world.payouts.settlePayout(by, { payoutId, outcome, reason: "The bank says so", ...more });

  it("is done at once below the limit: paid, it stands in no file; not paid, it is the partner's balance again", async () => {
    const [one, two] = [await ofBank(10_000n), await ofBank(10_000n)];
    for (const { payoutId } of [one, two]) await release(payoutId);
    await expect(say(one.payoutId, "paid")).rejects.toMatchObject({ code: "payout.reference_missing" });
    expect(await say(one.payoutId, "paid", { reference: "Wire 1" })).toMatchObject({ status: "completed" });
    expect(await say(two.payoutId, "not_paid")).toMatchObject({ status: "failed", failureCode: "not_paid" });
    expect(await world.balances(two.partnerId, "GBP")).toMatchObject({ available: 10_000n, payout_in_transit: 0n });
    // Their jobs come late, and find that it is over.
    for (const { payoutId } of [one, two]) {
      await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
      await expect(say(payoutId, "not_paid")).rejects.toMatchObject({ code: "payout.wrong_state" });
    }
    const content = await file();
    const again = await file({ includeExported: true });
    for (const { payoutId } of [one, two]) expect(`${content}${again}`).not.toContain(payoutId);
    expect((await world.audits(one.payoutId)).map(({ action }) => action)).toContain("payout.settlement_settled");
    await world.expectProven(one.partnerId, two.partnerId);
  });

  it("above the limit waits for a second person, and nothing moves it meanwhile", async () => {
    const second = await newPayer(world, "admin");
    await setCurrency(world, "GBP", { approvalAbove: LIMIT });
    const { partnerId, payoutId } = await ofBank(60_000n);
    await releaseByTwo(payoutId, second);
    const first = await say(payoutId, "not_paid");
    expect(first).toMatchObject({ status: "processing", settlement: { outcome: "not_paid", status: "waiting" } });
    // Said otherwise, the one before is not there to approve any more.
    const { settlement } = await say(payoutId, "paid", { reference: "Wire 2" });
    const settlementId = settlement?.id ?? "";
    const approve = (by: Payer["ctx"], id = settlementId) =>
      world.payouts.approveSettlement(by(), { settlementId: id });
    await expect(approve(second.ctx, first.settlement?.id)).rejects.toMatchObject({
      code: "payout.settlement_wrong_state",
    });
    await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
    expect((await detailOf(payoutId)).status).toBe("processing");
    await expect(approve(payer.ctx)).rejects.toMatchObject({ code: "payout.same_person" });
    await expect(approve(second.keyCtx)).rejects.toMatchObject({ kind: "forbidden" });
    const answers = await Promise.allSettled([approve(second.ctx), approve(second.ctx)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { status, settlements } = await detailOf(payoutId);
    expect([status, ...settlements.map((one) => one.status)]).toEqual(["completed", "replaced", "done"]);
    expect(await file()).not.toContain(payoutId);
    await world.expectProven(partnerId);
  });

  it("that has stood in a file comes back by a name of the bank's; what waits to come back stands in none", async () => {
    const second = await newPayer(world, "admin");
    await setCurrency(world, "GBP", { approvalAbove: LIMIT });
    const [sent, kept] = [await ofBank(60_000n), await ofBank(60_000n)];
    for (const { payoutId } of [sent, kept]) await releaseByTwo(payoutId, second);
    for (const { payoutId } of [sent, kept]) await world.send(payoutId);
    const take = (payoutId: string, more: object = {}) =>
      world.payouts.recordReturn(payer.ctx(), { payoutId, reason: "Account closed", ...more });
    // Not handed out yet: it needs no name, and is handed out no more.
    const { settlement } = await take(kept.payoutId);
    const content = await file();
    expect([content.includes(sent.payoutId), content.includes(kept.payoutId)]).toEqual([true, false]);
    expect((await detailOf(kept.payoutId)).held).toMatchObject({ code: "payout.settlement_waiting" });
    await expect(take(sent.payoutId)).rejects.toMatchObject({ code: "payout.reference_missing" });
    expect(await take(sent.payoutId, { reference: "RTN-1" })).toMatchObject({ status: "completed" });
    const refused = { settlementId: settlement?.id ?? "", reason: "It is to be paid" };
    await world.payouts.refuseSettlement(second.ctx(), refused);
    expect(await file()).toContain(kept.payoutId);
    const { data } = await world.payouts.findPayouts(payer.ctx(), { isSettling: true });
    expect(data.map(({ id }) => id)).toEqual([sent.payoutId]);
    await world.payouts.approveSettlement(second.ctx(), { settlementId: data[0]?.settlement?.id ?? "" });
    expect(await world.balances(sent.partnerId, "GBP")).toMatchObject({ available: 60_000n });
    await world.expectProven(sent.partnerId, kept.partnerId);
  });

  it("is the provider's to say where it can be asked, and theirs where it is not there any more; another payout's transfer is none", async () => {
    const [one, two] = [await world.released(), await world.released()];
    await expect(say(one.payoutId, "not_paid")).rejects.toMatchObject({ code: "payout.provider_decides" });
    const { bank_file } = world.payoutDeps.providers;
    const without = createPayoutService({ ...world.payoutDeps, providers: bank_file ? { bank_file } : {} });
    const paid = (payoutId: string, reference: string) =>
      without.settlePayout(payer.ctx(), { payoutId, outcome: "paid", reason: "Seen at Stripe", reference });
    expect(await paid(one.payoutId, "tr_seen")).toMatchObject({ status: "completed" });
    await expect(paid(two.payoutId, "tr_seen")).rejects.toMatchObject({ code: "payout.reference_taken" });
    await say(two.payoutId, "not_paid").catch(() => undefined);
    await world.send(two.payoutId);
    await world.expectProven(one.partnerId, two.partnerId);
  });

  it("and the bank file, at once, hand a payment out or give it back, never both", async () => {
    await setCurrency(world, "GBP", {});
    for (let turn = 0; turn < 4; turn += 1) {
      const { partnerId, payoutId } = await ofBank(10_000n);
      await release(payoutId);
      await world.send(payoutId);
      const [content, returned] = await Promise.all([
        file(),
        world.payouts.recordReturn(payer.ctx(), { payoutId, reason: "Not to be paid" }).then(
          () => "returned",
          (error: { code: string }) => error.code,
        ),
      ]);
      expect(returned).toBe(content.includes(payoutId) ? "payout.reference_missing" : "returned");
      await world.expectProven(partnerId);
    }
  });
});
