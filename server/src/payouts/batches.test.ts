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
const release = (batchId: string, by: () => Ctx = maker.ctx) => world.payouts.releaseBatch(by(), { batchId });
const approve = (batchId: string, by: () => Ctx = second.ctx) => world.payouts.approveBatch(by(), { batchId });
const refuse = (batchId: string, by: () => Ctx = second.ctx) =>
  world.payouts.refuseBatch(by(), { batchId, reason: "One of them looks odd" });
const statusOf = async (batchId: string) => (await world.payouts.getBatch(maker.ctx(), { batchId })).status;
const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);
const both = async (...acts: (() => Promise<unknown>)[]): Promise<string[]> =>
  (await Promise.allSettled(acts.map((act) => act()))).map((done) =>
    done.status === "fulfilled" ? "done" : codeOf(done.reason),
  );
const expectProven = (payouts: readonly Waiting[]) => world.expectProven(...payouts.map(({ partnerId }) => partnerId));

describe("a batch below the limit", () => {
  it("is released by whoever made it, and followed to its end", async () => {
    const { payouts, batchId } = await small();
    expect(await world.payouts.getBatch(maker.ctx(), { batchId })).toMatchObject({
      status: "ready",
      amount: 30_000n,
      madeBy: maker.userId,
      counts: [{ status: "pending", count: 2, amount: 30_000n }],
    });
    expect(await release(batchId)).toMatchObject({
      status: "released",
      processed: 2,
      held: [],
      releasedBy: maker.userId,
    });
    const [first, last] = payouts;
    await world.send(first?.payoutId ?? "");
    expect((await world.payouts.getBatch(maker.ctx(), { batchId })).counts).toEqual([
      { status: "completed", bankFile: null, count: 1, amount: 20_000n },
      { status: "processing", bankFile: null, count: 1, amount: 10_000n },
    ]);
    world.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    await world.send(last?.payoutId ?? "");
    const ended = await world.payouts.getBatch(maker.ctx(), { batchId });
    expect(ended.finishedAt).toEqual(world.clock.now());
    expect(ended.counts.map(({ status, count }) => [status, count])).toEqual([
      ["completed", 1],
      ["failed", 1],
    ]);
    expect(await world.events(batchId)).toEqual([
      "payout_batch.made",
      "payout_batch.released",
      "payout_batch.progressed",
      "payout_batch.progressed",
      "payout_batch.finished",
    ]);
    await expectProven(payouts);
  });

  it("holds its payouts until it is released: by themselves they do not leave, and no other batch takes them", async () => {
    const { payouts, batchId } = await small();
    const [{ payoutId } = { payoutId: "" }] = payouts;
    await expect(world.payouts.processPayout(maker.ctx(), { payoutId })).rejects.toMatchObject({
      code: "payout.in_batch",
    });
    await expect(batchOf(payouts)).rejects.toMatchObject({ code: "payout.batch_empty" });
    await world.payouts.processPayouts(maker.ctx(), {});
    expect(await world.story(payoutId)).toMatchObject({ status: "pending" });
    await world.payouts.cancelBatch(maker.ctx(), { batchId });
    expect(await statusOf(batchId)).toBe("cancelled");
    await world.payouts.processPayout(maker.ctx(), { payoutId });
    await expectProven(payouts);
  });

  it("lets out what may not leave when it is released, and says why", async () => {
    const { payouts, batchId } = await small();
    const [held, fine] = payouts;
    await world.setStatus(held?.partnerId ?? "", "suspended");
    expect(await release(batchId)).toMatchObject({
      processed: 1,
      held: [{ payoutId: held?.payoutId, code: "payout.partner_suspended" }],
    });
    expect(await world.payouts.getPayoutFor(maker.ctx(), { payoutId: held?.payoutId ?? "" })).toMatchObject({
      status: "pending",
      batchId: null,
    });
    await world.send(fine?.payoutId ?? "");
    expect((await world.events(batchId)).at(-1)).toBe("payout_batch.finished");
    await expectProven(payouts);
  });

  it("is finished also where the last of it was put back", async () => {
    const { payouts, batchId } = await small();
    await release(batchId);
    const [first, last] = payouts;
    await world.send(first?.payoutId ?? "");
    await world.setStatus(last?.partnerId ?? "", "suspended");
    await world.send(last?.payoutId ?? "");
    expect(await world.story(last?.payoutId ?? "")).toMatchObject({ status: "pending" });
    expect((await world.events(batchId)).filter((type) => type === "payout_batch.finished")).toHaveLength(1);
    await expectProven(payouts);
  });
});

describe("a batch above the limit", () => {
  it("waits for a second person: not the one who made it, not a key, and not somebody without the right", async () => {
    const { payouts, batchId } = await large();
    expect(await statusOf(batchId)).toBe("waiting");
    await expect(release(batchId)).rejects.toMatchObject({ code: "payout.batch_wrong_state" });
    await expect(approve(batchId, maker.ctx)).rejects.toMatchObject({ code: "payout.same_person" });
    await expect(refuse(batchId, maker.ctx)).rejects.toMatchObject({ code: "payout.same_person" });
    await expect(approve(batchId, second.keyCtx)).rejects.toMatchObject({ code: "access.person_required" });
    const support = await newPayer(world, "support");
    await expect(approve(batchId, support.ctx)).rejects.toMatchObject({ code: "access.scope_missing" });
    expect(await approve(batchId)).toMatchObject({ status: "ready", approvedBy: second.userId });
    expect(await release(batchId)).toMatchObject({ status: "released", processed: 2 });
    expect((await world.audits(batchId)).map(({ action }) => action)).toEqual([
      "payout_batch.made",
      "payout_batch.approved",
      "payout_batch.released",
    ]);
    await expectProven(payouts);
  });

  it("that a key of theirs made is not approved by the same person", async () => {
    const payouts = [await waiting(60_000n)];
    const { id: batchId, madeBy } = await batchOf(payouts, maker.keyCtx);
    expect(madeBy).toBe(maker.userId);
    await expect(approve(batchId, maker.ctx)).rejects.toMatchObject({ code: "payout.same_person" });
    // Nor past the program: the table refuses it.
    await expect(
      asOwner(world.clone, "update payout_batches set approved_by = made_by where id = $1", [batchId]),
    ).rejects.toThrow("payout_batches_four_eyes_check");
    await approve(batchId);
  });

  it("that nobody made is approved by one person and released by another", async () => {
    const payouts = [await waiting(60_000n)];
    const { id: batchId, madeBy } = await batchOf(payouts, world.operator);
    expect(madeBy).toBeNull();
    await approve(batchId);
    // Nor by a key of the same person, nor by one behind which there is nobody.
    for (const by of [second.ctx, second.keyCtx, world.operator])
      await expect(release(batchId, by)).rejects.toMatchObject({ code: "payout.same_person" });
    expect(await statusOf(batchId)).toBe("ready");
    expect(await release(batchId, maker.ctx)).toMatchObject({ processed: 1 });
    await expectProven(payouts);
  });

  it.each([
    ["refused", async (batchId: string) => void (await refuse(batchId))],
    [
      "expired",
      async () => {
        await world.advance(169 * HOUR_MS);
        await world.payouts.expireBatches(world.system());
      },
    ],
  ])("that is %s gives the money back: it is available again, and can be paid anew", async (to, happen) => {
    const { payouts, batchId } = await large();
    await happen(batchId);
    expect(await statusOf(batchId)).toBe(to);
    for (const { partnerId, payoutId } of payouts) {
      expect(await world.story(payoutId)).toMatchObject({ status: "cancelled", attempts: [] });
      const { available, payout_in_transit: inTransit } = await world.balances(partnerId);
      expect([available > 0n, inTransit]).toEqual([true, 0n]);
      await world.request(partnerId);
    }
    for (const act of [() => approve(batchId), () => release(batchId), () => refuse(batchId)])
      await expect(act()).rejects.toMatchObject({ code: "payout.batch_wrong_state" });
    expect((await world.audits(batchId)).at(-1)).toMatchObject({ action: `payout_batch.${to}` });
    await expectProven(payouts);
  });

  it("is not got round by parts: what left in a day without a second person counts", async () => {
    const payouts = [await waiting(30_000n), await waiting(20_000n), await waiting(1n)];
    const [one, two, three] = payouts;
    await world.payouts.processPayout(maker.ctx(), { payoutId: one?.payoutId ?? "" });
    await world.payouts.processPayout(second.ctx(), { payoutId: two?.payoutId ?? "" });
    await expect(world.payouts.processPayout(maker.ctx(), { payoutId: three?.payoutId ?? "" })).rejects.toMatchObject({
      code: "payout.approval_required",
    });
    const { held } = await world.payouts.processPayouts(maker.ctx(), {});
    expect(held).toContainEqual(
      expect.objectContaining({ payoutId: three?.payoutId, code: "payout.approval_required", reason: null }),
    );
    await world.advance(DAY_MS);
    await world.payouts.processPayout(maker.ctx(), { payoutId: three?.payoutId ?? "" });
    await expectProven(payouts);
  });

  it("of a limit that was lowered meanwhile asks for the second person at its release", async () => {
    const { batchId } = await small();
    await setCurrency(world, "USD", { approvalAbove: 100 });
    await expect(release(batchId)).rejects.toMatchObject({ code: "payout.approval_required" });
    await approve(batchId);
    expect(await release(batchId)).toMatchObject({ processed: 2 });
  });
});

describe("two at once", () => {
  it("release one batch: one does, each payout leaves once", async () => {
    const { payouts, batchId } = await small();
    const outcomes = await both(
      () => release(batchId),
      () => release(batchId, second.ctx),
      () => release(batchId, maker.keyCtx),
    );
    expect(outcomes.toSorted()).toEqual(["done", "payout.batch_wrong_state", "payout.batch_wrong_state"]);
    for (const { payoutId } of payouts) expect((await world.story(payoutId)).attempts).toEqual(["created"]);
    await expectProven(payouts);
  });

  it("release payouts that together are above the limit: one is told so", async () => {
    const payouts = [await waiting(30_000n), await waiting(30_000n)];
    const outcomes = await both(
      ...payouts.map(
        ({ payoutId }) =>
          () =>
            world.payouts.processPayout(maker.ctx(), { payoutId }),
      ),
    );
    expect(outcomes.toSorted()).toEqual(["done", "payout.approval_required"]);
  });

  it("release a batch and cancel a payout of it: it leaves or comes back, never both", async () => {
    const { payouts, batchId } = await small();
    const [{ payoutId, partnerId } = { payoutId: "", partnerId: "" }] = payouts;
    const [released, cancelled] = await both(
      () => release(batchId),
      () => world.payouts.cancelPayoutFor(second.ctx(), { payoutId }),
    );
    expect(released).toBe("done");
    const { status, attempts } = await world.story(payoutId);
    expect([cancelled, status, attempts]).toEqual(
      status === "cancelled" ? ["done", "cancelled", []] : ["payout.wrong_state", "processing", ["created"]],
    );
    await world.expectProven(partnerId);
  });

  it("let a payout go and take it into a batch: it stays in the batch, and leaves with it alone", async () => {
    const payouts = [await waiting(10_000n)];
    const [{ payoutId } = { payoutId: "" }] = payouts;
    let batchId = "";
    // Asked after the payout was read, and before it is moved.
    world.said.gate = async () => {
      world.said.gate = async () => ({ allowed: true });
      batchId = (await batchOf(payouts, second.ctx)).id;
      return { allowed: true };
    };
    await expect(world.payouts.processPayout(maker.ctx(), { payoutId })).rejects.toMatchObject({
      code: "payout.wrong_state",
    });
    expect([await statusOf(batchId), (await world.story(payoutId)).status]).toEqual(["ready", "pending"]);
    await refuse(batchId, maker.ctx);
    expect(await world.story(payoutId)).toMatchObject({ status: "cancelled", attempts: [] });
    await expectProven(payouts);
  });

  it.each([
    ["approve and release", () => approve, () => release],
    ["approve and refuse", () => approve, () => refuse],
    ["release what was approved and refuse it", () => release, () => refuse],
    [
      "release and take apart",
      () => release,
      () => (id: string) => world.payouts.cancelBatch(maker.ctx(), { batchId: id }),
    ],
  ])("%s: the money is where the batch says", async (_what, one, other) => {
    const { payouts, batchId } = await large();
    if (one() === release) await approve(batchId);
    const outcomes = await both(
      () => one()(batchId),
      () => other()(batchId),
    );
    expect(outcomes).toContain("done");
    const status = await statusOf(batchId);
    const expected = { ready: "pending", released: "processing", refused: "cancelled", cancelled: "pending" }[status];
    for (const { payoutId } of payouts) expect((await world.story(payoutId)).status).toBe(expected);
    await expectProven(payouts);
  });

  it("make batches of the same payouts: each is in one", async () => {
    const payouts = [await waiting(5_000n), await waiting(6_000n)];
    await both(
      () => batchOf(payouts),
      () => batchOf(payouts, second.ctx),
    );
    const held = await asOwner<{ count: number }>(
      world.clone,
      "select count(batch_id)::int as count from partner_payouts where id = any ($1)",
      [payouts.map(({ payoutId }) => payoutId)],
    );
    expect(held).toEqual([{ count: 2 }]);
    const { data } = await world.payouts.findBatches(maker.ctx(), { limit: 2 });
    const sum = data.filter(({ madeAt }) => madeAt >= world.clock.now()).reduce((all, batch) => all + batch.payouts, 0);
    expect(sum).toBe(2);
  });
});

describe("a step of a batch that dies", () => {
  /** Everything that the verbs write goes through these: each call dies once, as a process would in its place. */
  const dyingAt = (count: number) => {
    let calls = 0;
    const mortal =
      <Input extends unknown[], Result>(act: (...input: Input) => Promise<Result>) =>
      async (...input: Input): Promise<Result> => {
        calls += 1;
        if (calls === count) throw new Error("killed");
        return act(...input);
      };
    const { payoutDeps: deps } = world;
    const service = createPayoutService({
      ...deps,
      audit: {
        record: mortal((...input: Parameters<typeof deps.audit.record>) => deps.audit.record(...input)),
        recordAll: mortal((...input: Parameters<typeof deps.audit.recordAll>) => deps.audit.recordAll(...input)),
      },
      outbox: {
        ...deps.outbox,
        publish: mortal((...input: Parameters<typeof deps.outbox.publish>) => deps.outbox.publish(...input)),
      },
      ledger: {
        ...deps.ledger,
        lock: mortal((...input: Parameters<typeof deps.ledger.lock>) => deps.ledger.lock(...input)),
        post: mortal((...input: Parameters<typeof deps.ledger.post>) => deps.ledger.post(...input)),
      },
    });
    return { service, isReached: () => calls >= count };
  };
  type Service = PayoutWorld["payouts"];
  const STEPS: readonly (readonly [
    string,
    boolean,
    (service: Service, batchId: string) => Promise<unknown>,
    string,
  ])[] = [
    ["approve", false, (service, batchId) => service.approveBatch(second.ctx(), { batchId }), "ready"],
    ["refuse", false, (service, batchId) => service.refuseBatch(second.ctx(), { batchId, reason: "no" }), "refused"],
    ["cancel", false, (service, batchId) => service.cancelBatch(maker.ctx(), { batchId }), "cancelled"],
    ["release", true, (service, batchId) => service.releaseBatch(maker.ctx(), { batchId }), "released"],
  ];

  it.each(STEPS)(
    "%s: at any point nothing of it is there, and again it is done",
    async (_what, isApproved, act, to) => {
      const { payouts, batchId } = await large();
      if (isApproved) await approve(batchId);
      const before = await statusOf(batchId);
      for (let count = 1; ; count += 1) {
        const { service, isReached } = dyingAt(count);
        const outcome = await act(service, batchId).then(
          () => "done",
          (error: Error) => error.message,
        );
        if (!isReached()) break;
        expect([count, outcome, await statusOf(batchId)]).toEqual([count, "killed", before]);
        for (const { payoutId } of payouts)
          expect(await world.story(payoutId)).toMatchObject({ status: "pending", attempts: [] });
      }
      expect(await statusOf(batchId)).toBe(to);
      await expectProven(payouts);
    },
  );
});
