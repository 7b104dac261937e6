import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { Tx } from "../platform/database/index.ts";

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

const convert = (input: object, ctx = world.ctx()) => world.referrals.convertReferral(ctx, { externalId, ...input });
const refusedWith = (code: string) => ({ code: `referral.${code}` });
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe("a conversion", () => {
  it("ties the customer to the partner of its click under the terms of the moment, in the partner's sequence, audited and told", async () => {
    const clickId = await world.click(partner);
    const referral = await convert({ clickId, email: "Ada@Example.com", ip: "198.51.100.7" });
    expect(referral).toMatchObject({
      externalId,
      partnerId: partner.id,
      status: "converted",
      source: "click",
      referralCode: partner.code,
      clickId,
      termsId: partner.termsId,
      convertedAt: NOW,
      verificationRequired: false,
      verifiedAt: null,
    });
    expect(world.recorded).toMatchObject([
      {
        kind: "conversion",
        partnerId: partner.id,
        referralId: referral.id,
        number: 1n,
        data: { termsId: partner.termsId, verificationRequired: false, isVerified: false },
        occurredAt: NOW,
      },
    ]);
    expect(world.told.map((event) => event.type)).toEqual(["referral.converted"]);
    expect(JSON.stringify(world.told)).not.toMatch(/ada@|example|customer/i);
    expect(await world.audited(referral.id)).toMatchObject([{ action: "referral.converted" }]);
    const attributions = await world.db.read(world.ctx(), (tx) =>
      world.referrals.findAttributions(tx, [referral.customerId ?? ""]),
    );
    expect(attributions.get(referral.customerId ?? "")).toEqual({ referralId: referral.id, partnerId: partner.id });
  });

  it("keeps of the visitor's address its network alone", async () => {
    const { id } = await convert({ clickId: await world.click(partner), ip: "198.51.100.7" });
    const [row] = await world.owner<{ metadata: { network: string } }>("select metadata from referrals where id = $1", [
      id,
    ]);
    expect(row?.metadata.network).toBe("198.51.100.0/24");
    expect(JSON.stringify(row)).not.toContain("198.51.100.7");
  });

  it("counts a click at the limit of the window, and not one a millisecond older", async () => {
    const [limit, older] = [
      await world.click(partner, { at: ago(30 * DAY_MS) }),
      await world.click(partner, { at: ago(30 * DAY_MS + 1) }),
    ];
    await expect(convert({ clickId: older })).rejects.toMatchObject(refusedWith("out_of_window"));
    expect((await convert({ clickId: limit })).clickId).toBe(limit);
  });

  it("goes to the last click of the same visitor, also where another was named", async () => {
    const other = await world.partner();
    const visitorId = newId();
    const named = await world.click(partner, { visitorId, at: ago(2_000) });
    const last = await world.click(other, { visitorId, at: ago(1_000) });
    expect(await convert({ clickId: named })).toMatchObject({ partnerId: other.id, clickId: last });
  });

  it("goes to the first click where the programme says so", async () => {
    const first = await referralWorld({
      programs: {
        getProgram: () =>
          Promise.resolve({
            destinationHosts: ["shop.example"],
            defaultDestination: "https://shop.example/",
            attributionModel: "first",
            requiresVerifiedEmail: false,
          }),
      },
    });
    const [one, two] = [await first.partner(), await first.partner()];
    const visitorId = newId();
    const clickId = await first.click(one, { visitorId, at: ago(2_000) });
    const named = await first.click(two, { visitorId, at: ago(1_000) });
    const referral = await first.referrals.convertReferral(first.ctx(), { externalId, clickId: named });
    expect(referral).toMatchObject({ partnerId: one.id, clickId });
    await first.close();
  });

  it("takes a referral code for the latest click on it by the same device", async () => {
    const deviceId = `device-${newId()}`;
    await world.click(partner, { deviceId, at: ago(3_000) });
    const latest = await world.click(partner, { deviceId, at: ago(1_000) });
    await world.click(partner, { deviceId: `other-${newId()}` });
    expect(await convert({ referralCode: partner.code.toUpperCase(), deviceId })).toMatchObject({ clickId: latest });
  });

  it("is refused for a code without a click by the device, for a code that is none, for a click that is none, and for nothing", async () => {
    const deviceId = `device-${newId()}`;
    await expect(convert({ referralCode: partner.code, deviceId })).rejects.toMatchObject(refusedWith("no_click"));
    await expect(convert({ referralCode: partner.code })).rejects.toMatchObject(refusedWith("no_click"));
    await expect(convert({ referralCode: "nobodys", deviceId })).rejects.toMatchObject(refusedWith("code_unknown"));
    await expect(convert({ referralCode: "../../", deviceId })).rejects.toMatchObject(refusedWith("code_unknown"));
    await expect(convert({ clickId: newId() })).rejects.toMatchObject(refusedWith("no_click"));
    await expect(convert({})).rejects.toMatchObject(refusedWith("no_click"));
    expect(await world.owner("select from users where external_id = $1", [externalId])).toEqual([]);
  });

  it("goes to an exclusive coupon before any click, and to a shared one only where there is no click", async () => {
    const [owner, clicked] = [await world.partner(), partner];
    const make = (code: string, isExclusive: boolean) =>
      world.referrals.createCoupon(world.as(null), { partnerId: owner.id, code, isExclusive });
    const [exclusive, shared] = [
      await make(`EX-${newId()}`.slice(0, 20), true),
      await make(`SH-${newId()}`.slice(0, 20), false),
    ];
    const clickId = await world.click(clicked);
    const tied = (input: object) => world.referrals.convertReferral(world.ctx(), { externalId: newId(), ...input });
    expect(await tied({ clickId, couponCode: exclusive.code.toLowerCase() })).toMatchObject({
      partnerId: owner.id,
      source: "coupon",
      couponId: exclusive.id,
      referralCode: exclusive.code,
    });
    expect(await tied({ clickId, couponCode: shared.code })).toMatchObject({ partnerId: clicked.id, source: "click" });
    expect(await tied({ couponCode: shared.code })).toMatchObject({ partnerId: owner.id, source: "coupon" });
  });

  it("knows a coupon from its start up to its end", async () => {
    const code = `T-${newId()}`.slice(0, 20);
    const [startsAt, endsAt] = ["2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"];
    await world.referrals.createCoupon(world.as(null), { partnerId: partner.id, code, startsAt, endsAt });
    const at = (instant: string) => {
      world.clock.moveTo(new Date(instant));
      return world.referrals.convertReferral(world.ctx(), { externalId: newId(), couponCode: code });
    };
    await expect(at("2026-03-01T23:59:59.999Z")).rejects.toMatchObject(refusedWith("coupon_invalid"));
    expect((await at(startsAt)).source).toBe("coupon");
    expect((await at("2026-03-02T23:59:59.999Z")).source).toBe("coupon");
    await expect(at(endsAt)).rejects.toMatchObject(refusedWith("coupon_invalid"));
  });

  it("takes a click as seen before it although the clock of the server that saw it is ahead", async () => {
    const clickId = await world.click(partner, { at: new Date(NOW.getTime() + 40) });
    expect((await convert({ clickId })).clickId).toBe(clickId);
  });

  it("asks for a verified e-mail where the programme does", async () => {
    await world.owner("update programs set requires_verified_email = true where tenant_id = $1", [world.tenantId]);
    const open = await convert({ clickId: await world.click(partner), email: "a@example.com" });
    expect(open).toMatchObject({ verificationRequired: true, verifiedAt: null });
    const done = await world.referrals.convertReferral(world.ctx(), {
      externalId: newId(),
      clickId: await world.click(partner),
      email: "b@example.com",
      emailVerified: true,
    });
    expect(done).toMatchObject({ verificationRequired: true, verifiedAt: NOW });
    expect(world.recorded.map((event) => event.data)).toMatchObject([{ isVerified: false }, { isVerified: true }]);
    await world.owner("update programs set requires_verified_email = false where tenant_id = $1", [world.tenantId]);
  });
});

describe("a partner's state at the conversion", () => {
  it.each([
    ["suspended", true],
    ["pending", true],
    ["terminated", false],
    ["rejected", false],
  ] as const)("%s: attributed %s, though the click was recorded", async (status, isAttributed) => {
    const one = await world.partner({ status });
    const clickId = await world.click(one);
    if (isAttributed) expect((await convert({ clickId })).partnerId).toBe(one.id);
    else await expect(convert({ clickId })).rejects.toMatchObject(refusedWith("partner_inactive"));
  });

  it("passes by a terminated partner's click to an earlier one of another", async () => {
    const visitorId = newId();
    await world.click(partner, { visitorId, at: ago(2_000) });
    const clickId = await world.click(await world.partner({ status: "terminated" }), { visitorId, at: ago(1_000) });
    expect((await convert({ clickId })).partnerId).toBe(partner.id);
  });
});

describe("a partner never refers itself", () => {
  it("through a browser in which it signs in, whatever was clicked there; another partner may", async () => {
    const [own, device] = [newId(), newId()];
    await world.signIn(partner, own);
    const clickId = await world.click(partner, { visitorId: own });
    await expect(convert({ clickId, email: "ada@example.com" })).rejects.toMatchObject(refusedWith("self"));
    // The click of the same device in a browser that nobody knows does not help.
    const beside = await world.click(partner, { deviceId: device });
    await world.click(partner, { visitorId: own, deviceId: device });
    await expect(convert({ clickId: beside, deviceId: device })).rejects.toMatchObject(refusedWith("self"));
    const other = await world.partner();
    await world.signIn(await world.partner({ tenantId: world.otherTenantId }), own);
    const theirs = await world.click(other, { visitorId: own });
    expect(await convert({ clickId: theirs })).toMatchObject({ partnerId: other.id });
  });

  it("by e-mail, also written otherwise or known from before, or as the same user", async () => {
    const self = await world.partner({ email: `ada.love${newId().slice(-4)}@gmail.com` });
    const clickId = await world.click(self);
    const name = self.email.split("@")[0] ?? "";
    for (const email of [
      self.email,
      self.email.toUpperCase(),
      `${name}+shop@gmail.com`,
      `${name.replace(".", "")}@googlemail.com`,
    ])
      await expect(convert({ clickId, email })).rejects.toMatchObject(refusedWith("self"));

    await world.db.transaction(world.ctx(), (tx) =>
      world.deps.customers.upsertCustomers(tx, [{ externalId, email: self.email }]),
    );
    await expect(convert({ clickId })).rejects.toMatchObject(refusedWith("self"));
    await expect(convert({ clickId, email: "another@example.com" })).rejects.toMatchObject(refusedWith("self"));

    await world.owner("update users set external_id = $2 where id = $1", [self.userId, `the partner ${self.id}`]);
    const asUser = { externalId: `the partner ${self.id}`, clickId };
    await expect(world.referrals.convertReferral(world.ctx(), asUser)).rejects.toMatchObject(refusedWith("self"));
  });

  it("but somebody with a similar address is somebody else", async () => {
    const one = await world.partner({ email: `a.b${newId()}@example.com` });
    const clickId = await world.click(one);
    expect((await convert({ clickId, email: one.email.replace(".", "") })).partnerId).toBe(one.id);
  });
});

describe("a second conversion of a customer", () => {
  it("is answered as the first where it says the same, and changes nothing", async () => {
    const clickId = await world.click(partner);
    const first = await convert({ clickId });
    world.clock.advance(1_000);
    expect(await convert({ clickId })).toEqual(first);
    expect(world.recorded).toHaveLength(1);
    expect(world.told).toHaveLength(1);
  });

  it("is refused where it says something else", async () => {
    await convert({ clickId: await world.click(partner) });
    const other = await world.click(await world.partner());
    await expect(convert({ clickId: other })).rejects.toMatchObject(refusedWith("already_converted"));
  });

  it("loses the race: of many at once one ties the customer, and every other is refused or answered the same", async () => {
    const rivals = await Promise.all(Array.from({ length: 5 }, () => world.partner()));
    const clicks = await Promise.all(rivals.map((rival) => world.click(rival)));
    const outcomes = await Promise.allSettled([...clicks, ...clicks].map((clickId) => convert({ clickId })));
    const won = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(new Set(won.map((referral) => referral.id)).size).toBe(1);
    expect(won).toHaveLength(2);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(refusedWith("already_converted"));
    expect(world.recorded).toHaveLength(1);
    const [{ count } = { count: 0n }] = await world.owner<{ count: bigint }>(
      "select count(*)::int as count from referrals r join users u on u.id = r.referred_user_id where u.external_id = $1",
      [externalId],
    );
    expect(count).toBe(1);
  });

  it("meets the unique index even where it did not hold the customer", async () => {
    const unheld = await referralWorld();
    const { customers } = unheld.deps;
    Object.assign(unheld.deps, {
      customers: {
        ...customers,
        lockCustomers: (tx: Tx, externalIds: readonly string[]) =>
          customers.findCustomersByExternalIds(tx, externalIds),
      },
    });
    unheld.restart();
    const rivals = await Promise.all(Array.from({ length: 6 }, () => unheld.partner()));
    const clicks = await Promise.all(rivals.map((rival) => unheld.click(rival)));
    const outcomes = await Promise.allSettled(
      clicks.map((clickId) => unheld.referrals.convertReferral(unheld.ctx(), { externalId, clickId })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(refusedWith("already_converted"));
    await unheld.close();
  });
});

describe("the customer of nobody", () => {
  it("is attributed by its first conversion, whatever it did before", async () => {
    await world.db.transaction(world.ctx(), (tx) => world.deps.customers.upsertCustomers(tx, [{ externalId }]));
    expect((await convert({ clickId: await world.click(partner) })).partnerId).toBe(partner.id);
  });
});

describe("another tenant's click, code and coupon", () => {
  it("are not there", async () => {
    const stranger = await world.partner({ tenantId: world.otherTenantId });
    const deviceId = `device-${newId()}`;
    const clickId = await world.click(stranger, { deviceId });
    const code = `X-${newId()}`.slice(0, 20);
    await world.referrals.createCoupon(world.ctx(world.otherTenantId), { partnerId: stranger.id, code });
    await expect(convert({ clickId })).rejects.toMatchObject(refusedWith("no_click"));
    await expect(convert({ referralCode: stranger.code, deviceId })).rejects.toMatchObject(refusedWith("code_unknown"));
    await expect(convert({ couponCode: code })).rejects.toMatchObject(refusedWith("coupon_invalid"));
  });
});
