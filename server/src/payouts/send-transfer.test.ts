import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld, SHORT_SILENCE } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld(SHORT_SILENCE);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.stripe.faults.clear());

const TRANSFERS = { on: "POST /v1/transfers" };
const LOOKUPS = { on: "GET /v1/transfers" };

/** Exactly one transfer of 100.00 is at the stand-in, the payout is completed, and the books hold. */
async function expectPaidOnce({ partnerId, payoutId }: { partnerId: string; payoutId: string }, attempts?: string[]) {
  expect(world.transfersOf(payoutId)).toMatchObject([{ amount: 10_000, reversed: false }]);
  expect(await world.story(payoutId)).toMatchObject({ status: "completed", ...(attempts && { attempts }) });
  expect(await world.balances(partnerId)).toMatchObject({ available: 0n, payout_in_transit: 0n, cash: -10_000n });
  await world.expectProven(partnerId);
}

describe("a transfer", () => {
  it("is sent once and completes its payout", async () => {
    const payout = await world.released();
    expect(await world.waitingJobs(payout.payoutId)).toEqual([1]);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["succeeded"]);
    const [transfer] = world.transfersOf(payout.payoutId);
    expect(transfer).toMatchObject({
      destination: await world.accountOf(payout.partnerId),
      metadata: { payout_id: payout.payoutId, attempt: "1", partner_id: payout.partnerId },
    });
    expect(await world.events(payout.payoutId)).toEqual(["payout.requested", "payout.processing", "payout.completed"]);
    const actions = (await world.audits(payout.payoutId)).map(({ action }) => action);
    expect(actions).toEqual(["payout.requested", "payout.processed", "payout.completed"]);
  });

  it.each<[string, Parameters<PayoutWorld["stripe"]["faults"]["inject"]>[0], string]>([
    ["a 500 although it was done", { kind: "error_after_acting" }, "http_500"],
    ["no answer although it was done", { kind: "timeout_after_acting" }, "no_answer"],
    ["a cut connection although it was done", { kind: "drop_after_acting" }, "no_answer"],
    ["no answer and nothing done", { kind: "timeout_before_acting" }, "no_answer"],
    ["a cut connection and nothing done", { kind: "drop_before_acting" }, "no_answer"],
    ["503", { kind: "unavailable" }, "http_503"],
    ["409 on the key", { kind: "key_in_use" }, "http_409"],
    ["a proxy's 404, which the client takes for success", { kind: "foreign_not_found" }, "not_a_transfer"],
  ])("after %s is settled by the next run, and made once", async (_what, fault, code) => {
    const payout = await world.released();
    // The client repeats a request once whose connection was cut: both are.
    world.stripe.faults.inject(fault, { ...TRANSFERS, times: fault.kind.startsWith("drop") ? 2 : 1 });
    expect(await world.send(payout.payoutId)).toBe(code);
    expect(await world.story(payout.payoutId)).toMatchObject({ status: "processing", attempts: [`unknown ${code}`] });
    await world.expectProven(payout.partnerId);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout);
  });

  it("of which a worker that stood still brings an old no is paid once: what it came to when it was sent again counts", async () => {
    const payout = await world.released();
    const { transfers } = world.said;
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    // Stripe keeps no answer to what it refuses before it begins: the same key is another question later.
    world.said.transfers = {
      ...transfers,
      send: async () => {
        asked.resolve();
        await answer.promise;
        return { kind: "failed", code: "account_invalid", next: "give_up" };
      },
    };
    const still = world.send(payout.payoutId);
    await asked.promise;
    world.said.transfers = {
      ...transfers,
      send: async (request, key) => {
        const made = await transfers.send(request, key);
        answer.resolve();
        await still;
        return made;
      },
    };
    await world.send(payout.payoutId);
    world.said.transfers = transfers;
    await expectPaidOnce(payout, ["succeeded"]);
    expect(await still).toBeUndefined();
  });

  it("goes out again with the same key and the same bytes", async () => {
    const { payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "unavailable" }, { ...TRANSFERS, times: 3 });
    const before = world.stripe.requests().length;
    for (let run = 0; run < 4; run += 1) await world.send(payoutId);
    const sent = world.stripe
      .requests()
      .slice(before)
      .filter(({ method, path }) => method === "POST" && path === "/v1/transfers");
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set([`po_${payoutId}_a1`]));
    expect(new Set(sent.map(({ form }) => form)).size).toBe(1);
  });

  it("that was made after a backup is not made again by what was restored from it, days later", async () => {
    const payout = await world.released();
    const [waiting] = await asOwner<{ request: string; idempotency_key: string }>(
      world.clone,
      "select request, idempotency_key from transfer_attempts where payout_id = $1",
      [payout.payoutId],
    );
    // The backup knows nothing of it.
    await world.said.transfers.send(waiting?.request ?? "", waiting?.idempotency_key ?? "");
    await world.advance(48 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["succeeded"]);
  });

  it("that was not done behind a 500 is not repeated under its key for a day, then made under the next", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "error_before_acting" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBe("http_500");
    // Stripe tells the same error again, without doing anything.
    expect(await world.send(payout.payoutId)).toBe("http_500");
    await world.advance(22 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBe("http_500");
    await world.advance(2 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    expect(await world.story(payout.payoutId)).toMatchObject({ attempts: ["failed never_arrived", "created"] });
    expect(await world.waitingJobs(payout.payoutId)).toContain(2);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["failed never_arrived", "succeeded"]);
  });

  it("whose request is under way towards the end of its key's life is not made again under the next", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "timeout_before_acting" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBe("no_answer");
    await world.advance(22.7 * HOUR_MS);
    world.stripe.faults.inject({ kind: "hold" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBe("no_answer");
    await world.advance(0.1 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBe("key_ending");
    world.stripe.faults.release();
    await world.advance(0.3 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout);
  });

  it("of which nobody knows as its key's life ends is not sent any more: it might be under way when that is over", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "timeout_before_acting" }, TRANSFERS);
    await world.send(payout.payoutId);
    await world.advance(23 * HOUR_MS - 1_000);
    world.stripe.faults.inject({ kind: "hold" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBe("key_ending");
    world.stripe.faults.clear();
    await world.advance(1_000);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["failed never_arrived", "succeeded"]);
  });

  it("that was done behind a 500 is found however late somebody looks", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "error_after_acting" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBe("http_500");
    await world.advance(10 * 24 * HOUR_MS);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["succeeded http_500"]);
  });

  it("is not concluded about while nobody can look", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
    await world.send(payout.payoutId);
    await world.advance(30 * HOUR_MS);
    world.stripe.faults.inject({ kind: "unavailable" }, LOOKUPS);
    expect(await world.send(payout.payoutId)).toBe("lookup_failed");
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout);
  });

  it("that came back before anybody looked is a payout that failed, with the money in the balance", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
    await world.send(payoutId);
    await reverse(payoutId);
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toEqual({
      status: "failed",
      failure: "transfer_reversed",
      attempts: ["returned transfer_reversed"],
    });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, cash: 0n });
    await world.expectProven(partnerId);
  });

  it("for want of money is made later under a new key, the old one being spent", async () => {
    const partnerId = await world.newPartner();
    await world.earn(partnerId, 90_000_000n);
    const payoutId = await world.request(partnerId);
    await world.payouts.processPayout(world.operator(), { payoutId });
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toMatchObject({
      status: "processing",
      attempts: ["failed balance_insufficient", "created"],
    });
    world.stripe.addFunds({ amount: 90_000_000, currency: "usd" });
    await world.hear("balance.available", {});
    expect(await world.waitingJobs(payoutId)).toContain(2);
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
    expect(world.transfersOf(payoutId)).toHaveLength(1);
    await world.expectProven(partnerId);
  });

  it("for want of money for days gives the payout up, and the balance back", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "refuse", code: "balance_insufficient" }, { ...TRANSFERS, times: 20 });
    for (let run = 0; run < 20; run += 1) await world.send(payoutId);
    const { status, failure, attempts } = await world.story(payoutId);
    expect({ status, failure, attempts: attempts.length }).toEqual({
      status: "failed",
      failure: "balance_insufficient",
      attempts: 12,
    });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n });
    await world.expectProven(partnerId);
  });

  it("to an account that was restricted at Stripe alone fails, and gives the balance back", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.setStanding(await world.accountOf(partnerId), "restricted");
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toMatchObject({
      status: "failed",
      failure: "insufficient_capabilities_for_transfer",
    });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, payout_in_transit: 0n });
    await world.expectProven(partnerId);
  });

  it("whose first refusal is told again after all is made is found first", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
    await world.send(payout.payoutId);
    world.stripe.faults.inject({ kind: "replay_refusal", code: "balance_insufficient" }, TRANSFERS);
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout);
  });

  it("by twenty workers at once is one", async () => {
    const payout = await world.released();
    await Promise.all(Array.from({ length: 20 }, () => world.send(payout.payoutId)));
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout);
  });

  it("by a second worker while the first is held in the middle of it is one", async () => {
    const payout = await world.released();
    world.stripe.faults.inject({ kind: "hold" }, TRANSFERS);
    const first = world.send(payout.payoutId);
    await world.stripe.faults.held();
    expect(await world.send(payout.payoutId)).toBe("http_409");
    world.stripe.faults.release();
    await first;
    await world.send(payout.payoutId);
    await expectPaidOnce(payout);
  });

  it("of an earlier attempt that was taken for failed pays the payout, and the next is never sent", async () => {
    const payout = await world.released();
    const seeing = world.said.transfers;
    // A list that lags behind, so that the conclusion is wrong.
    world.said.transfers = { ...seeing, find: async () => [] };
    try {
      world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
      await world.send(payout.payoutId);
      await world.advance(24 * HOUR_MS);
      await world.send(payout.payoutId);
    } finally {
      world.said.transfers = seeing;
    }
    expect(await world.story(payout.payoutId)).toMatchObject({ attempts: ["failed never_arrived", "created"] });
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["failed never_arrived", "succeeded"]);
  });
});

describe("before it is first sent, a payout goes back to waiting", () => {
  it.each<[string, (of: { partnerId: string }) => Promise<unknown>, string]>([
    ["when the partner is suspended", ({ partnerId }) => world.setStatus(partnerId, "suspended"), "partner_suspended"],
    [
      "when a gate closes",
      async () => {
        world.said.gate = async () => ({ allowed: false, reason: "screening", about: "partner", isLasting: false });
      },
      "held",
    ],
    [
      "when the account is restricted",
      async ({ partnerId }) => {
        const account = await world.accountOf(partnerId);
        world.stripe.setStanding(account, "restricted");
        await world.hear("account.updated", {}, account);
      },
      "method_not_payable",
    ],
    [
      "when the partner is paid another way",
      ({ partnerId }) =>
        world.payouts.updatePaymentMethod(world.partner(partnerId), {
          kind: "bank_file",
          holder: "Ada",
          iban: "DE89370400440532013000",
        }),
      "method_cooling_off",
    ],
  ])("%s", async (_when, happen, code) => {
    const { partnerId, payoutId } = await world.released();
    try {
      await happen({ partnerId });
      expect(await world.send(payoutId)).toBeUndefined();
      expect(await world.story(payoutId)).toEqual({ status: "pending", failure: code, attempts: [`failed ${code}`] });
      expect(world.transfersOf(payoutId)).toEqual([]);
      expect((await world.audits(payoutId)).at(-1)).toEqual({ action: "payout.put_back", reason: code });
      expect(await world.balances(partnerId)).toMatchObject({ payout_in_transit: 10_000n });
      await world.expectProven(partnerId);
    } finally {
      world.said.gate = async () => ({ allowed: true });
    }
    await world.payouts.cancelPayoutFor(world.operator(), { payoutId });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, payout_in_transit: 0n });
    await world.expectProven(partnerId);
  });

  it("and is paid once when it is released again", async () => {
    const payout = await world.released();
    await world.setStatus(payout.partnerId, "suspended");
    await world.send(payout.payoutId);
    await world.setStatus(payout.partnerId, "active");
    await world.payouts.processPayout(world.operator(), { payoutId: payout.payoutId });
    expect(await world.send(payout.payoutId)).toBeUndefined();
    await expectPaidOnce(payout, ["failed partner_suspended", "succeeded"]);
  });

  it("but not when it may be under way: then it is looked for, and not sent again", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "timeout_before_acting" }, TRANSFERS);
    await world.send(payoutId);
    await world.setStatus(partnerId, "suspended");
    expect(await world.send(payoutId)).toBe("held");
    await world.advance(24 * HOUR_MS);
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.send(payoutId)).toBeUndefined();
    expect(await world.story(payoutId)).toEqual({
      status: "pending",
      failure: "partner_suspended",
      attempts: ["failed never_arrived", "failed partner_suspended"],
    });
    expect(world.transfersOf(payoutId)).toEqual([]);
    await world.expectProven(partnerId);
  });
});

describe("what lies open", () => {
  const forgetJobs = () => asOwner(world.clone, "delete from tributary_jobs._private_jobs");

  it.each([
    ["is being sent by a worker that has died, after ten minutes", "sending", HOUR_MS / 5],
    ["is unknown and its job used up, after the longest pause", "unknown", 8 * HOUR_MS],
    ["was never sent because its job is lost", "created", 8 * HOUR_MS],
  ])("is woken when it %s", async (_when, status, ageMs) => {
    const { payoutId } = await world.released();
    if (status !== "created")
      await asOwner(
        world.clone,
        "update transfer_attempts set status = $2, sends = 1, first_sent_at = $3, last_sent_at = $3 where payout_id = $1",
        [payoutId, status, world.clock.now()],
      );
    await forgetJobs();
    await world.payouts.wakeTransfers(world.system());
    expect(await world.waitingJobs(payoutId)).toEqual([]);
    await world.advance(ageMs);
    await world.payouts.wakeTransfers(world.system());
    expect(await world.waitingJobs(payoutId)).toEqual([1]);
    await world.send(payoutId);
    expect(world.transfersOf(payoutId)).toHaveLength(1);
  });
});

/** The operator takes a transfer back at Stripe. */
async function reverse(payoutId: string): Promise<void> {
  for (const { id } of world.transfersOf(payoutId)) await world.reverse(id);
}
