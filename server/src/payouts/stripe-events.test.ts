import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld, SHORT_SILENCE, WEBHOOK_SECRETS } from "../../test/kit/payouts.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { runDueJobs } from "../platform/jobs/index.ts";
import { REMEDIES } from "./reconcile-rules.ts";

const URL_PATH = "/api/v1/webhooks/stripe-connect";
const TRANSFERS = { on: "POST /v1/transfers" };

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld(SHORT_SILENCE);
  world.http.as({ tenantId: world.tenantId, partnerId: null });
  const origin = await world.http.listen({ host: "127.0.0.1", port: 0 });
  const url = `${origin}${URL_PATH}`;
  world.stripe.webhooks.addEndpoint({ url, secret: WEBHOOK_SECRETS.platform });
  world.stripe.webhooks.addEndpoint({ url, secret: WEBHOOK_SECRETS.connect, connect: true });
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  world.stripe.faults.clear();
  world.stripe.webhooks.release();
  await heard();
});

/** Waits until every message is delivered, and works on those that came in. */
async function heard(): Promise<void> {
  await world.stripe.webhooks.idle();
  await runDueJobs({
    db: world.db,
    clock: world.clock,
    jobs: world.inbox.jobs,
    onError: (error) => {
      throw error;
    },
  });
}
const duplicated = async (): Promise<void> => {
  for (const { id } of world.stripe.events()) world.stripe.webhooks.resend(id);
  await heard();
};

describe("Stripe's messages", () => {
  it("confirm a transfer whose answer never came, once, however often they are delivered", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
    await world.send(payoutId);
    world.stripe.webhooks.duplicateNext(3);
    await heard();
    expect(await world.story(payoutId)).toMatchObject({ status: "completed", attempts: ["succeeded no_answer"] });
    await duplicated();
    expect(await world.send(payoutId)).toBeUndefined();
    expect((await world.events(payoutId)).filter((type) => type === "payout.completed")).toHaveLength(1);
    expect(world.transfersOf(payoutId)).toHaveLength(1);
    await world.expectProven(partnerId);
  });

  it("may come before the answer: the answer then changes nothing", async () => {
    const { partnerId, payoutId } = await world.released();
    const slow = world.said.transfers;
    world.said.transfers = {
      ...slow,
      send: async (request, key) => {
        const answer = await slow.send(request, key);
        await heard();
        expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
        return answer;
      },
    };
    try {
      expect(await world.send(payoutId)).toBeUndefined();
    } finally {
      world.said.transfers = slow;
    }
    expect(await world.story(payoutId)).toMatchObject({ status: "completed", attempts: ["succeeded"] });
    await world.expectProven(partnerId);
  });

  it("out of order, a reversal first, leave the money in the balance and not in a payout that looks paid", async () => {
    const { partnerId, payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
    world.stripe.webhooks.hold();
    await world.send(payoutId);
    for (const { id } of world.transfersOf(payoutId)) await world.reverse(id);
    world.stripe.webhooks.release("reversed");
    await heard();
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ status: "failed", failure: "transfer_reversed" });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, cash: 0n, payout_in_transit: 0n });
    await duplicated();
    await world.expectProven(partnerId);
  });

  it("of a full reversal return the payout once; of a partial one change nothing and show in reconciliation", async () => {
    const [whole, part] = [await world.released(), await world.released()];
    for (const { payoutId } of [whole, part]) await world.send(payoutId);
    const idOf = (payoutId: string) => world.transfersOf(payoutId)[0]?.id ?? "";
    await world.reverse(idOf(whole.payoutId));
    await world.reverse(idOf(part.payoutId), 4_000);
    await heard();
    await duplicated();
    expect(await world.story(whole.payoutId)).toMatchObject({
      status: "failed",
      attempts: ["returned transfer_reversed"],
    });
    expect(await world.story(part.payoutId)).toMatchObject({ status: "completed", attempts: ["succeeded"] });
    expect(await world.balances(whole.partnerId)).toMatchObject({ available: 10_000n });
    const { differences } = await reconciled();
    expect(differences).toContainEqual({
      difference: "reversed_in_part",
      action: REMEDIES.reversed_in_part,
      payoutId: part.payoutId,
      transferId: idOf(part.payoutId),
      amountHere: 10_000n,
      amountThere: 6_000n,
      currency: "USD",
    });
    await world.expectProven(whole.partnerId, part.partnerId);
  });

  it("that tell of a transfer which no attempt can have made say so aloud, and reconciliation names it", async () => {
    const { partnerId, payoutId } = await world.released();
    await world.send(payoutId);
    const [made] = world.transfersOf(payoutId);
    // Somebody pays it again by hand, with what the first carried.
    const again = await world.transferByHand({ ...made, metadata: made?.metadata ?? {} });
    await heard();
    expect(await world.story(payoutId)).toMatchObject({ status: "completed", attempts: ["succeeded"] });
    expect((await world.audits(payoutId)).at(-1)).toMatchObject({ action: "payout.transfer_unexpected" });
    expect((await world.events(payoutId)).at(-1)).toBe("payout.transfer_unexpected");
    const { differences } = await reconciled();
    expect(differences).toContainEqual(
      expect.objectContaining({ difference: "unknown_here", payoutId, transferId: again, amountHere: null }),
    );
    await world.expectProven(partnerId);
  });

  it("of an attempt that is over do not confirm the one that is open", async () => {
    const { payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "refuse", code: "balance_insufficient" }, TRANSFERS);
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ attempts: ["failed balance_insufficient", "created"] });
    await world.hear("transfer.created", transferObject(payoutId, { attempt: "1" }));
    expect(await world.story(payoutId)).toMatchObject({ attempts: ["failed balance_insufficient", "created"] });
    // The open one is woken, and looks before it sends.
    expect(await world.waitingJobs(payoutId)).toContain(2);
  });

  it.each<[string, object]>([
    ["another tenant's payout", transferObject(newId(), { attempt: "1" })],
    ["a payout whose name is no id", transferObject("po_1; drop table", { attempt: "1" })],
    ["no payout at all", { id: "tr_x", amount: 1, currency: "usd", metadata: {} }],
    ["no attempt", { id: "tr_x", amount: 1, currency: "usd", metadata: { payout_id: newId() } }],
  ])("about %s are passed over", async (_what, object) => {
    await expect(world.hear("transfer.created", object)).resolves.toBeUndefined();
    await expect(world.hear("transfer.reversed", { ...object, reversed: true })).resolves.toBeUndefined();
  });

  it("keep the state of an account, which is read anew and not taken from them", async () => {
    const partnerId = await world.newUnfinishedPartner();
    const account = await world.accountOf(partnerId);
    const statusOf = async () => (await world.payouts.getPaymentMethod(world.partner(partnerId)))?.status;
    world.stripe.setStanding(account, "active");
    await heard();
    expect(await statusOf()).toBe("payable");
    world.stripe.webhooks.hold();
    world.stripe.setStanding(account, "restricted");
    world.stripe.setStanding(account, "active");
    world.stripe.webhooks.release("reversed");
    await heard();
    expect(await statusOf()).toBe("payable");
    world.stripe.disconnect(account);
    await heard();
    expect(await statusOf()).toBe("restricted");
    // Cut off by its holder: choosing Stripe again opens another account.
    const again = await world.payouts.updatePaymentMethod(world.partner(partnerId), {
      kind: "stripe_connect",
      country: "US",
    });
    expect(again).toMatchObject({ status: "incomplete", onboardingUrl: expect.any(String) as string });
    expect(await world.accountOf(partnerId)).not.toBe(account);
  });

  it("note what the bank did: paid, then failed after all; a later payment is another's", async () => {
    const { partnerId, payoutId } = await world.released();
    await world.send(payoutId);
    const account = await world.accountOf(partnerId);
    const bankOf = async (id: string) =>
      (await world.payouts.getPayoutFor(world.operator(), { payoutId: id })).bankStatus;
    const bank = async (status: string, id: string, at = world.clock.now()) =>
      world.hear(`payout.${status}`, { id, created: Math.ceil(at.getTime() / 1_000) + 1 }, account);
    await bank("paid", "po_1");
    expect(await bankOf(payoutId)).toBe("paid");
    const first = world.clock.now();
    await world.advance(DAY_MS);
    await world.earn(partnerId, 20_000n);
    const second = await world.request(partnerId);
    await world.payouts.processPayout(world.operator(), { payoutId: second });
    await world.send(second);
    await bank("failed", "po_2");
    expect([await bankOf(payoutId), await bankOf(second)]).toEqual(["paid", "failed"]);
    await bank("failed", "po_1", first);
    await bank("paid", "po_1", first);
    expect([await bankOf(payoutId), await bankOf(second)]).toEqual(["failed", "failed"]);
    await bank("paid", "po_3");
    expect([await bankOf(payoutId), await bankOf(second)]).toEqual(["paid", "paid"]);
    expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
    await world.expectProven(partnerId);
  });
});

describe("a forged message", () => {
  const body = JSON.stringify({ id: "evt_forged", object: "event", type: "transfer.created", data: { object: {} } });
  const signed = (secret: string, at = Date.now()): string => {
    const timestamp = Math.floor(at / 1_000);
    return `t=${timestamp},v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
  };
  const post = (signature: string | undefined, payload = body) =>
    world.http.inject({
      method: "POST",
      url: URL_PATH,
      headers: { "content-type": "application/json", ...(signature && { "stripe-signature": signature }) },
      payload,
    });

  it.each<[string, string | undefined, string]>([
    ["without a signature", undefined, body],
    ["with another's secret", signed("whsec_guess"), body],
    ["with other bytes than were signed", signed(WEBHOOK_SECRETS.connect), body.replace("forged", "other!")],
    ["that was true an hour ago", signed(WEBHOOK_SECRETS.connect, Date.now() - HOUR_MS), body],
  ])("%s is refused", async (_what, signature, payload) => {
    const answer = await post(signature, payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "payout.signature_invalid" });
  });

  it("is told apart from a true one of either endpoint", async () => {
    for (const secret of Object.values(WEBHOOK_SECRETS)) expect((await post(signed(secret))).statusCode).toBe(200);
  });
});

const reconciled = () =>
  world.payouts.reconcilePayouts(world.operator(), {
    from: new Date(world.clock.now().getTime() - DAY_MS).toISOString(),
    to: new Date(world.clock.now().getTime() + DAY_MS).toISOString(),
  });

function transferObject(payoutId: string, { attempt }: { attempt: string }): object {
  return {
    id: "tr_stray",
    object: "transfer",
    amount: 10_000,
    amount_reversed: 0,
    currency: "usd",
    destination: "acct_1",
    metadata: { payout_id: payoutId, attempt },
    reversed: false,
    created: 1_767_225_600,
  };
}
