import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import { REFERRAL_STATUSES } from "./referral.ts";
import { mayBecome, NEXT_STATUS } from "./referral-rules.ts";

let world: ReferralWorld;
let partner: SeededPartner;
let externalId: string;

beforeAll(async () => {
  world = await referralWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.moveTo(NOW);
  world.told.length = 0;
  world.recorded.length = 0;
  partner = await world.partner();
  externalId = `customer ${newId()}`;
});

const signUp = async () =>
  world.referrals.signUpReferral(world.ctx(), { externalId, clickId: await world.click(partner) });
const convert = async () =>
  world.referrals.convertReferral(world.ctx(), { externalId, clickId: await world.click(partner) });
const refusedWith = (code: string) => ({ code: `referral.${code}` });
const kinds = () => world.recorded.map((event) => event.kind);
const news = () => world.told.map((event) => event.type);

describe("a sign-up", () => {
  it("makes a pending referral that ties nobody: a click alone makes none", async () => {
    const clickId = await world.click(partner);
    expect(await world.owner("select from referrals where click_id = $1", [clickId])).toEqual([]);
    const referral = await world.referrals.signUpReferral(world.ctx(), { externalId, clickId });
    expect(referral).toMatchObject({ status: "pending", partnerId: partner.id, convertedAt: null, termsId: null });
    expect(kinds()).toEqual([]);
    expect(news()).toEqual(["referral.created"]);
    expect(await world.audited(referral.id)).toMatchObject([{ action: "referral.created" }]);
    const customers = [referral.customerId ?? ""];
    expect((await world.db.read(world.ctx(), (tx) => world.referrals.findAttributions(tx, customers))).size).toBe(0);
  });

  it("becomes the conversion, which may rest on it alone", async () => {
    const pending = await signUp();
    world.clock.advance(1_000);
    const converted = await world.referrals.convertReferral(world.ctx(), { externalId });
    expect(converted).toMatchObject({ id: pending.id, status: "converted", createdAt: NOW, clickId: pending.clickId });
    expect(kinds()).toEqual(["conversion"]);
  });

  it("leaves the conversion open: a later click on another's link decides", async () => {
    const pending = await signUp();
    const other = await world.partner();
    world.clock.advance(1_000);
    const clickId = await world.click(other);
    const converted = await world.referrals.convertReferral(world.ctx(), { externalId, clickId });
    expect(converted).toMatchObject({ id: pending.id, partnerId: other.id, termsId: other.termsId });
  });

  it("reported again is answered the same, with another claim refused, and after the conversion too", async () => {
    const clickId = await world.click(partner);
    const claim = { externalId, clickId };
    const first = await world.referrals.signUpReferral(world.ctx(), claim);
    expect(await world.referrals.signUpReferral(world.ctx(), claim)).toEqual(first);
    const other = { externalId, clickId: await world.click(partner) };
    await expect(world.referrals.signUpReferral(world.ctx(), other)).rejects.toMatchObject(
      refusedWith("already_signed_up"),
    );
    await world.referrals.convertReferral(world.ctx(), claim);
    await expect(world.referrals.signUpReferral(world.ctx(), other)).rejects.toMatchObject(
      refusedWith("already_converted"),
    );
  });
});

describe("a verification", () => {
  it("is recorded once in the partner's sequence, audited and told", async () => {
    const { id } = await convert();
    world.clock.advance(1_000);
    const verified = await world.referrals.verifyReferral(world.ctx(), { externalId, email: "a@example.com" });
    expect(verified).toMatchObject({ id, verifiedAt: world.clock.now() });
    world.clock.advance(1_000);
    expect(await world.referrals.verifyReferral(world.ctx(), { externalId })).toEqual(verified);
    expect(kinds()).toEqual(["conversion", "verification"]);
    expect(news()).toEqual(["referral.converted", "referral.verified"]);
    expect((await world.audited(id)).map((row) => row.action)).toEqual(["referral.converted", "referral.verified"]);
  });

  it("of a sign-up counts at its conversion", async () => {
    await signUp();
    await world.referrals.verifyReferral(world.ctx(), { externalId });
    expect(kinds()).toEqual([]);
    expect(await world.referrals.convertReferral(world.ctx(), { externalId })).toMatchObject({ verifiedAt: NOW });
    expect(world.recorded).toMatchObject([{ data: { isVerified: true } }]);
  });

  it("is refused for a customer without a referral, and for a rejected one", async () => {
    await expect(world.referrals.verifyReferral(world.ctx(), { externalId })).rejects.toMatchObject(
      refusedWith("unknown_customer"),
    );
    const { id } = await convert();
    await world.referrals.rejectReferral(world.ctx(), { referralId: id, reason: "x", takesBackApproved: false });
    await expect(world.referrals.verifyReferral(world.ctx(), { externalId })).rejects.toMatchObject(
      refusedWith("was_rejected"),
    );
  });
});

describe("a rejection", () => {
  const reject = (referralId: string, ctx = world.ctx()) =>
    world.referrals.rejectReferral(ctx, { referralId, reason: "Bought for itself", takesBackApproved: true });

  it("is recorded with its reason, audited and told; the attribution stays, for what is refunded later", async () => {
    const { id, customerId } = await convert();
    expect(await reject(id)).toMatchObject({
      status: "rejected",
      rejectedAt: NOW,
      rejectionReason: "Bought for itself",
      externalId,
    });
    expect(world.recorded[1]).toMatchObject({
      kind: "rejection",
      referralId: id,
      number: 2n,
      data: { reason: "Bought for itself", takesBackApproved: true },
    });
    expect(news()).toEqual(["referral.converted", "referral.rejected"]);
    expect((await world.audited(id))[1]).toEqual({ action: "referral.rejected", reason: "Bought for itself" });
    const attributions = await world.db.read(world.ctx(), (tx) =>
      world.referrals.findAttributions(tx, [customerId ?? ""]),
    );
    expect(attributions.size).toBe(1);
  });

  it("of a sign-up is no act in the sequence, and bars the conversion", async () => {
    const { id } = await signUp();
    await reject(id);
    expect(kinds()).toEqual([]);
    await expect(world.referrals.convertReferral(world.ctx(), { externalId })).rejects.toMatchObject(
      refusedWith("was_rejected"),
    );
  });

  it("happens once, though two ask at once", async () => {
    const { id } = await convert();
    const outcomes = await Promise.allSettled([reject(id), reject(id)]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(kinds()).toEqual(["conversion", "rejection"]);
    await expect(reject(id)).rejects.toMatchObject(refusedWith("state"));
  });

  it("of a qualified referral keeps the date of its qualification", async () => {
    const { id } = await convert();
    await world.db.transaction(world.ctx(), (tx) => world.referrals.markQualified(tx, [{ referralId: id, at: NOW }]));
    expect(await reject(id)).toMatchObject({ status: "rejected", qualifiedAt: NOW });
  });
});

describe("an assignment by hand", () => {
  const assign = (input: object = {}, ctx = world.ctx()) =>
    world.referrals.assignReferral(ctx, { externalId, partnerId: partner.id, reason: "Agreed by phone", ...input });

  it("ties the customer whatever was clicked, with its reason in the trail", async () => {
    const referral = await assign();
    expect(referral).toMatchObject({
      source: "manual",
      status: "converted",
      partnerId: partner.id,
      termsId: partner.termsId,
      referralCode: partner.code,
    });
    expect(kinds()).toEqual(["conversion"]);
    expect(await world.audited(referral.id)).toEqual([{ action: "referral.assigned", reason: "Agreed by phone" }]);
  });

  it("takes a sign-up over from another partner, and never a converted customer", async () => {
    const pending = await signUp();
    const other = await world.partner();
    expect(await assign({ partnerId: other.id })).toMatchObject({ id: pending.id, partnerId: other.id });
    await expect(assign()).rejects.toMatchObject(refusedWith("already_converted"));
  });

  it("is refused to a partner who takes no part, and to the customer itself", async () => {
    const gone = await world.partner({ status: "terminated" });
    await expect(assign({ partnerId: gone.id })).rejects.toMatchObject(refusedWith("partner_inactive"));
    await expect(assign({ email: partner.email })).rejects.toMatchObject(refusedWith("self"));
    await expect(assign({ partnerId: newId() })).rejects.toMatchObject({ code: "partner.not_found" });
  });
});

describe("a qualification", () => {
  const mark = (referralId: string) =>
    world.db.transaction(world.ctx(), (tx) => world.referrals.markQualified(tx, [{ referralId, at: NOW }]));
  const statusOf = async (id: string) =>
    (await world.db.read(world.ctx(), (tx) => world.referrals.findReferrals(tx, [id]))).get(id)?.status;

  it("follows the conversion, is told once, can be taken back and made anew", async () => {
    const { id } = await convert();
    await mark(id);
    await mark(id);
    expect(await statusOf(id)).toBe("qualified");
    expect(news()).toEqual(["referral.converted", "referral.qualified"]);
    await world.db.transaction(world.ctx(), (tx) => world.referrals.unqualify(tx, [id]));
    expect(await statusOf(id)).toBe("converted");
    await mark(id);
    expect(await statusOf(id)).toBe("qualified");
  });

  it("is told of each, also where a re-assessment qualifies more than the outbox takes at once", async () => {
    const ids: string[] = [];
    for (const count of [5_000, 1]) {
      const rows = Array.from({ length: count }, () => ({
        externalId: newId(),
        referralCode: partner.code,
        clickedAt: null,
        convertedAt: NOW,
        email: null,
      }));
      const { results } = await world.referrals.importReferrals(world.ctx(), rows);
      ids.push(...results.flatMap(({ id }) => id ?? []));
    }
    world.told.length = 0;
    const qualified = ids.map((referralId) => ({ referralId, at: NOW }));
    await world.db.transaction(world.ctx(), (tx) => world.referrals.markQualified(tx, qualified));
    expect(world.told.filter(({ type }) => type === "referral.qualified")).toHaveLength(5_001);
  });

  it("passes by a sign-up and a rejected referral", async () => {
    const pending = await signUp();
    await mark(pending.id);
    expect(await statusOf(pending.id)).toBe("pending");
    await world.referrals.rejectReferral(world.ctx(), {
      referralId: pending.id,
      reason: "x",
      takesBackApproved: false,
    });
    await mark(pending.id);
    await world.db.transaction(world.ctx(), (tx) => world.referrals.unqualify(tx, [pending.id]));
    expect(await statusOf(pending.id)).toBe("rejected");
  });

  it("counts for a tier's condition from an instant on, the instant included", async () => {
    const { id } = await convert();
    await mark(id);
    const count = (since: Date) =>
      world.db.read(world.ctx(), (tx) => world.referrals.countQualified(tx, { partnerId: partner.id, since }));
    expect([await count(NOW), await count(new Date(NOW.getTime() + 1))]).toEqual([1, 0]);
  });
});

describe("every verb", () => {
  const verbs: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    convertReferral: (ctx) => world.referrals.convertReferral(ctx, { externalId }),
    signUpReferral: (ctx) => world.referrals.signUpReferral(ctx, { externalId }),
    verifyReferral: (ctx) => world.referrals.verifyReferral(ctx, { externalId }),
    rejectReferral: (ctx) =>
      world.referrals.rejectReferral(ctx, { referralId: newId(), reason: "x", takesBackApproved: false }),
    assignReferral: (ctx) => world.referrals.assignReferral(ctx, { externalId, partnerId: newId(), reason: "x" }),
    importReferrals: (ctx) => world.referrals.importReferrals(ctx, []),
    createCoupon: (ctx) => world.referrals.createCoupon(ctx, { partnerId: newId(), code: "CODE" }),
    archiveCoupon: (ctx) => world.referrals.archiveCoupon(ctx, { couponId: newId() }),
    generateReferralLink: (ctx) => world.referrals.generateReferralLink(ctx, {}),
    archiveReferralLink: (ctx) => world.referrals.archiveReferralLink(ctx, { linkId: newId() }),
    explainAttribution: (ctx) => world.referrals.explainAttribution(ctx, { kind: "customer", id: externalId }),
    validateReferral: async (ctx) => world.referrals.validateReferral(ctx, { code: "code" }),
    findAllReferrals: async (ctx) => world.referrals.findAllReferrals(ctx, {}),
    findCoupons: async (ctx) => world.referrals.findCoupons(ctx, {}),
    getReferrals: async (ctx) => world.referrals.getReferrals(ctx, {}),
    getReferralStats: async (ctx) => world.referrals.getReferralStats(ctx, { from: NOW, to: NOW }),
  };

  it.each(Object.keys(verbs))("%s refuses a credential without its scope, and nobody", async (name) => {
    const verb = verbs[name];
    if (verb === undefined) throw new Error("listed above");
    await expect(verb(world.as(null, []))).rejects.toMatchObject({ code: "access.scope_missing" });
    await expect(verb({ ...world.ctx(), actor: { type: "anonymous" } })).rejects.toMatchObject({
      code: "access.unauthenticated",
    });
  });

  it("does not find what is another tenant's", async () => {
    const { id } = await convert();
    const there = world.ctx(world.otherTenantId);
    await expect(
      world.referrals.rejectReferral(there, { referralId: id, reason: "x", takesBackApproved: false }),
    ).rejects.toMatchObject(refusedWith("not_found"));
    await expect(world.referrals.getReferralFor(there, id)).rejects.toMatchObject(refusedWith("not_found"));
    await expect(world.referrals.verifyReferral(there, { externalId })).rejects.toMatchObject(
      refusedWith("unknown_customer"),
    );
    const assigned = world.referrals.assignReferral(there, { externalId: newId(), partnerId: partner.id, reason: "x" });
    await expect(assigned).rejects.toMatchObject({ code: "partner.not_found" });
    expect((await world.referrals.findAllReferrals(there, {})).data).toEqual([]);
    expect((await world.db.read(there, (tx) => world.referrals.findReferrals(tx, [id]))).size).toBe(0);
    await world.db.transaction(there, (tx) => world.referrals.markQualified(tx, [{ referralId: id, at: NOW }]));
    expect(await world.referrals.getReferralFor(world.ctx(), id)).toMatchObject({ status: "converted" });
  });
});

describe("the states of a referral", () => {
  it("end at its rejection, and reach it from everywhere else", () => {
    expect(REFERRAL_STATUSES.filter((status) => mayBecome(status, "rejected"))).toEqual([
      "pending",
      "converted",
      "qualified",
    ]);
    expect(NEXT_STATUS.rejected).toEqual([]);
    expect(mayBecome("pending", "qualified")).toBe(false);
  });
});
