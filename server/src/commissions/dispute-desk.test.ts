import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld, HOLD_DAYS } from "../../test/kit/commissions.ts";
import { disputeDesk } from "../../test/kit/disputes.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let world: CommissionWorld;
let desk: ReturnType<typeof disputeDesk>;
let partnerId: string;
beforeAll(async () => {
  world = await commissionWorld();
  desk = disputeDesk(world);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
  world.said.limit = null;
});

const ana = newId();
const partner = () => world.partner(partnerId);
const write = (disputeId: string, kind: "message" | "question" | "note", body: string) =>
  world.commissions.writeInDispute(world.operator(), { disputeId, kind, body });
const tick = () => world.commissions.keepDisputeClock(world.system());

describe("a conversation", () => {
  it("never shows notes or names to the partner, and keeps everything in order for the team", async () => {
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    await write(disputeId, "note", "an old acquaintance");
    world.clock.advance(1);
    await write(disputeId, "question", "which link?");
    world.clock.advance(1);
    const mine = await world.commissions.answerDispute(partner(), { disputeId, body: "the blue one" });
    expect(mine.messages.map(({ kind }) => kind)).toEqual(["question", "answer"]);
    expect(Object.keys(mine.messages[0] ?? {})).not.toContain("authorId");
    const { messages } = await desk.seen(disputeId);
    expect(messages.map(({ kind }) => kind)).toEqual(["note", "question", "answer"]);
    expect(await world.events(disputeId)).toEqual([
      "dispute.opened",
      "dispute.noted",
      "dispute.waiting",
      "dispute.answered",
    ]);
  });

  it("stops our clock while the partner is asked, and goes on from there", async () => {
    const disputeId = await desk.dispute(partnerId, (await desk.earn(partnerId)).commissionId);
    world.clock.advance(2 * DAY_MS);
    expect(await write(disputeId, "question", "which link?")).toMatchObject({
      status: "waiting",
      dueAt: new Date(world.clock.now().getTime() + 10 * DAY_MS),
    });
    world.clock.advance(7 * DAY_MS);
    expect(await world.commissions.answerDispute(partner(), { disputeId, body: "blue" })).toMatchObject({
      status: "open",
      dueAt: new Date(world.clock.now().getTime() + 3 * DAY_MS),
    });
  });

  it("is another partner's secret", async () => {
    const disputeId = await desk.dispute(partnerId, (await desk.earn(partnerId)).commissionId);
    partnerId = await world.newPartner();
    const notFound = { code: "commission.dispute_not_found" };
    await expect(world.commissions.getDispute(partner(), { disputeId })).rejects.toMatchObject(notFound);
    await expect(world.commissions.answerDispute(partner(), { disputeId, body: "x" })).rejects.toMatchObject(notFound);
    await expect(world.commissions.withdrawDispute(partner(), { disputeId })).rejects.toMatchObject(notFound);
  });

  it("ends with the settlement", async () => {
    const disputeId = await desk.dispute(partnerId, (await desk.earn(partnerId)).commissionId);
    await desk.resolve(disputeId, {});
    const settled = { code: "commission.dispute_settled" };
    await expect(write(disputeId, "note", "late")).rejects.toMatchObject(settled);
    await expect(world.commissions.withdrawDispute(partner(), { disputeId })).rejects.toMatchObject(settled);
    await expect(
      world.commissions.escalateDispute(desk.person(ana), { disputeId, reason: "late" }),
    ).rejects.toMatchObject(settled);
  });
});

describe("the clock", () => {
  it("reminds us once, escalates what nobody decided, and reminds the second reviewer once", async () => {
    const disputeId = await desk.dispute(partnerId, (await desk.earn(partnerId)).commissionId);
    await tick();
    world.clock.advance(3 * DAY_MS);
    await Promise.all([tick(), tick()]);
    await tick();
    world.clock.advance(2 * DAY_MS);
    await Promise.all([tick(), tick()]);
    world.clock.advance(60 * DAY_MS);
    await tick();
    await tick();
    expect(await world.events(disputeId)).toEqual([
      "dispute.opened",
      "dispute.reminded",
      "dispute.escalated",
      "dispute.reminded",
    ]);
    expect(await desk.seen(disputeId)).toMatchObject({ status: "escalated", firstReviewer: null });
    await desk.resolve(disputeId, {});
  });

  it("upholds what the partner did not answer, never before a reminder and a day", async () => {
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    await write(disputeId, "question", "which link?");
    world.clock.advance(40 * DAY_MS);
    await tick();
    expect((await desk.seen(disputeId)).status).toBe("waiting");
    world.clock.advance(DAY_MS);
    await Promise.all([tick(), tick()]);
    expect(await desk.seen(disputeId)).toMatchObject({ status: "upheld", resolvedBy: null });
    expect((await world.events(disputeId)).slice(-2)).toEqual(["dispute.reminded", "dispute.resolved"]);
    await desk.expectProven(partnerId);
  });

  it("keeps the days that the programme sets", async () => {
    await world.commissions.changeDisputeSettings(world.operator(), { answerDays: 20 });
    const disputeId = await desk.dispute(partnerId, (await desk.earn(partnerId)).commissionId);
    expect((await desk.seen(disputeId)).dueAt).toEqual(new Date(world.clock.now().getTime() + 20 * DAY_MS));
    await world.commissions.changeDisputeSettings(world.operator(), { answerDays: 5 });
    expect(await world.commissions.getDisputeSettings(world.operator())).toEqual({
      answerDays: 5,
      partnerDays: 10,
      reminderDays: 2,
    });
    await desk.resolve(disputeId, {});
  });
});

describe("a withdrawn dispute", () => {
  it("leaves the number as it was, and the rest of the hold runs", async () => {
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    world.clock.advance(100 * DAY_MS);
    expect(await world.commissions.withdrawDispute(partner(), { disputeId })).toMatchObject({ status: "withdrawn" });
    expect((await world.events(disputeId)).at(-1)).toBe("dispute.withdrawn");
    expect((await world.balances(partnerId)).disputed).toBe(0n);
    await desk.expectProven(partnerId);
  });
});

describe("acts that meet a dispute at once", () => {
  it("of withdrawing, adjusting, cancelling and the clock one settles it, and the books hold", async () => {
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    await write(disputeId, "question", "which link?");
    world.clock.advance(8 * DAY_MS);
    await tick();
    world.clock.advance(2 * DAY_MS);
    const [withdrawn, adjusted, cancelled] = await Promise.allSettled([
      world.commissions.withdrawDispute(partner(), { disputeId }),
      desk.resolve(disputeId, { outcome: "adjust", amount: 4_000 }),
      desk.resolve(disputeId, { outcome: "cancel" }),
      tick(),
    ]);
    const { status } = await desk.seen(disputeId);
    expect(["withdrawn", "adjusted", "cancelled", "upheld"]).toContain(status);
    const won = [withdrawn, adjusted, cancelled].filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(status === "upheld" ? 0 : 1);
    await desk.expectProven(partnerId);
  });

  it("a refund, an approval, a payout and an adjustment at once leave the books whole", async () => {
    const { commissionId, refund } = await desk.earn(partnerId);
    world.clock.advance(HOLD_DAYS * DAY_MS);
    await world.commissions.approveDue(world.system());
    const disputeId = await desk.dispute(partnerId, commissionId);
    await Promise.allSettled([
      refund(3_000n),
      world.commissions.approveDue(world.system()),
      world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" }),
      desk.resolve(disputeId, { outcome: "adjust", amount: 1_000 }),
    ]);
    expect((await desk.seen(disputeId)).status).toBe("adjusted");
    await desk.expectProven(partnerId);
  });

  it("a rejection of the customer cancels what is in hold, and its dispute ends with it, told once", async () => {
    const { commissionId, referralId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    await desk.reject(partnerId, referralId);
    expect(await desk.seen(disputeId)).toMatchObject({ status: "cancelled", amountHeld: 0n });
    expect((await world.events(disputeId)).filter((type) => type === "dispute.resolved")).toHaveLength(1);
    await expect(desk.resolve(disputeId, {})).rejects.toMatchObject({ code: "commission.dispute_settled" });
  });
});
