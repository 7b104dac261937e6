import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { newId } from "../kernel/id.ts";
import { OPERATOR_SCOPES } from "../platform/scopes.ts";

let world: ReferralWorld;
let partner: SeededPartner;
let other: SeededPartner;
let externalId: string;

beforeAll(async () => {
  world = await referralWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.moveTo(NOW);
  partner = await world.partner();
  other = await world.partner();
  externalId = `customer ${newId()}`;
  world.told.length = 0;
  world.recorded.length = 0;
});

const reason = "The click was forged";
const convert = async (more: object = {}) =>
  world.referrals.convertReferral(world.ctx(), { externalId, clickId: await world.click(partner), ...more });
const give = (referralId: string, to = other.id, ctx = world.ctx()) =>
  world.referrals.reattributeReferral(ctx, { referralId, partner: to, reason });
const refusedWith = (code: string) => ({ code: `referral.${code}` });
const attributionOf = async (customerId: string | null) =>
  (await world.db.read(world.ctx(), (tx) => world.referrals.findAttributions(tx, [customerId ?? ""]))).get(
    customerId ?? "",
  );

describe("a re-attribution", () => {
  it("ends the referral and puts another in its place, under the new partner's terms of now and the conversion's date", async () => {
    const before = await convert();
    world.clock.advance(1_000);
    const after = await give(before.id);
    expect(after).toMatchObject({
      partnerId: other.id,
      termsId: other.termsId,
      referralCode: other.code,
      source: "manual",
      status: "converted",
      externalId,
      convertedAt: NOW,
      createdAt: world.clock.now(),
      clickId: null,
      reattributedFrom: before.id,
      reattributedAt: null,
    });
    expect(await world.referrals.getReferralFor(world.ctx(), before.id)).toMatchObject({
      partnerId: partner.id,
      status: "rejected",
      rejectionReason: reason,
      reattributedAt: world.clock.now(),
    });
    expect(await attributionOf(before.customerId)).toEqual({ referralId: after.id, partnerId: other.id });
  });

  it("is recorded in both partners' sequences, audited with its reason, and told of both referrals", async () => {
    const before = await convert();
    const after = await give(before.id, other.code);
    expect(world.recorded.slice(1)).toMatchObject([
      { kind: "departure", partnerId: partner.id, referralId: before.id, number: 2n, data: { reason, moved: [] } },
      { kind: "arrival", partnerId: other.id, referralId: after.id, number: 1n, data: { termsId: other.termsId } },
    ]);
    expect((await world.audited(before.id))[1]).toEqual({ action: "referral.reattributed", reason });
    expect(world.told.slice(1).map(({ type, objectId }) => [type, objectId])).toEqual([
      ["referral.reattributed", before.id],
      ["referral.reattributed", after.id],
    ]);
  });

  it("tells neither partner who the other is", async () => {
    await give((await convert()).id);
    const [ofFormer, ofSuccessor] = world.told.slice(1);
    expect(JSON.stringify(ofFormer)).not.toContain(other.id);
    expect(JSON.stringify(ofSuccessor)).not.toContain(partner.id);
  });

  it("is explained: who had the customer before, what decided then, and that an admin decided since", async () => {
    const clickId = await world.click(partner);
    const before = await world.referrals.convertReferral(world.ctx(), { externalId, clickId });
    const after = await give(before.id);
    const expected = {
      referral: { id: after.id },
      rule: "reattribution",
      former: [{ id: before.id, partnerId: partner.id, rejectionReason: reason }],
      touches: [{ id: clickId, outcome: "chosen" }],
    };
    for (const of of [externalId, clickId])
      expect(await world.referrals.explain(world.ctx(), { of })).toMatchObject(expected);
  });

  it("leaves the same conversion, reported again, answered: with whose the customer is now", async () => {
    const claim = { externalId, clickId: await world.click(partner) };
    const after = await give((await world.referrals.convertReferral(world.ctx(), claim)).id);
    expect(await world.referrals.convertReferral(world.ctx(), claim)).toEqual(after);
  });

  it("may be made again, and back", async () => {
    const second = await give((await convert()).id);
    const third = await give(second.id, partner.id);
    expect(third).toMatchObject({ partnerId: partner.id, reattributedFrom: second.id });
    expect((await world.referrals.explain(world.ctx(), { of: externalId })).former.map(({ id }) => id)).toHaveLength(2);
  });

  it("of two that come at once is made once: the other is told which referral took its place", async () => {
    const { id } = await convert();
    const third = await world.partner();
    const outcomes = await Promise.allSettled([give(id), give(id, third.id)]);
    const [made] = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const [refused] = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toMatchObject({ code: "referral.was_reattributed", facts: { referralId: made?.id } });
  });
});

describe("a re-attribution is refused", () => {
  it("to the partner who has the customer, and to one who is not active or not there", async () => {
    const { id } = await convert();
    await expect(give(id, partner.id)).rejects.toMatchObject(refusedWith("already_theirs"));
    for (const status of ["pending", "suspended", "terminated", "rejected"] as const) {
      const inactive = await world.partner({ status });
      await expect(give(id, inactive.id)).rejects.toMatchObject(refusedWith("partner_inactive"));
    }
    await expect(give(id, newId())).rejects.toMatchObject({ code: "partner.not_found" });
    await expect(give(id, "nobody-s-code")).rejects.toMatchObject(refusedWith("code_unknown"));
  });

  it("to the customer itself: the same mailbox, the browser that clicked, or another on the same device, also the next time", async () => {
    const { id } = await convert({ email: other.email });
    await expect(give(id)).rejects.toMatchObject(refusedWith("self"));

    const visitorId = newId();
    const third = await world.partner();
    await world.signIn(third, visitorId);
    const clickId = await world.click(partner, { visitorId });
    const seen = await world.referrals.convertReferral(world.ctx(), { externalId: `customer ${newId()}`, clickId });
    await expect(give(seen.id, third.id)).rejects.toMatchObject(refusedWith("self"));

    const deviceId = `device-${newId()}`;
    await world.click(third, { visitorId, deviceId });
    const byDevice = await world.referrals.convertReferral(world.ctx(), {
      externalId: `customer ${newId()}`,
      clickId: await world.click(partner),
      deviceId: `device-${newId()}`,
    });
    expect(await give(byDevice.id, third.id)).toMatchObject({ partnerId: third.id });
    const onTheSame = await world.referrals.convertReferral(world.ctx(), {
      externalId: `customer ${newId()}`,
      clickId: await world.click(partner),
      deviceId,
    });
    await expect(give(onTheSame.id, third.id)).rejects.toMatchObject(refusedWith("self"));
    const given = await give(onTheSame.id, other.id);
    await expect(give(given.id, third.id)).rejects.toMatchObject(refusedWith("self"));
  });

  it("of a sign-up, of what was rejected, and of what is over; and an ended referral is not acted on", async () => {
    const pending = await world.referrals.signUpReferral(world.ctx(), {
      externalId,
      clickId: await world.click(partner),
    });
    await expect(give(pending.id)).rejects.toMatchObject(refusedWith("state"));
    const converted = await world.referrals.convertReferral(world.ctx(), { externalId });
    const after = await give(converted.id);
    await expect(give(converted.id)).rejects.toMatchObject(refusedWith("was_reattributed"));
    const reject = (referralId: string) =>
      world.referrals.rejectReferral(world.ctx(), { referralId, reason, takesBackApproved: false });
    await expect(reject(converted.id)).rejects.toMatchObject(refusedWith("state"));
    await reject(after.id);
    await expect(give(after.id, partner.id)).rejects.toMatchObject(refusedWith("was_rejected"));
  });

  it("of another tenant's referral, to another tenant's partner, and without the scope", async () => {
    const { id } = await convert();
    const stranger = await world.partner({ tenantId: world.otherTenantId });
    await expect(give(id, stranger.id, world.ctx(world.otherTenantId))).rejects.toMatchObject(refusedWith("not_found"));
    await expect(give(id, stranger.id)).rejects.toMatchObject({ code: "partner.not_found" });
    await expect(give(id, stranger.code)).rejects.toMatchObject(refusedWith("code_unknown"));
    const scopes = OPERATOR_SCOPES.filter((scope) => scope !== "partners:write");
    await expect(give(id, other.id, world.as(null, scopes))).rejects.toMatchObject({ code: "access.scope_missing" });
  });
});
