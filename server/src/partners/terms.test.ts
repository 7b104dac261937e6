import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { DEFAULT_TIERS, type Terms } from "../programs/index.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.clock.advance(DAY_MS);
  bench.recorded.length = 0;
});

const code = (value: string) => expect.objectContaining({ code: value });
const writer = () => bench.operator("partners:write");
const inDays = (days: number) => new Date(bench.clock.now().getTime() + days * DAY_MS);
const partner = (id: string) => bench.db.read(bench.ctx(), (tx) => bench.partners.getPartner(tx, id));
async function termsAt(id: string, at: Date): Promise<Terms> {
  const terms = (await bench.db.read(bench.ctx(), (tx) => bench.partners.currentTerms(tx, [id], at))).get(id);
  if (terms === undefined) throw new Error("a partner has terms");
  return terms;
}
/** Publishes a version whose tiers pay this signup bonus, and returns its number. */
async function publish(
  signupBonus: number,
  options: { effectiveFrom?: Date; isRetroactive?: boolean } = {},
): Promise<number> {
  const tiers = {
    ...DEFAULT_TIERS,
    tier1: { ...DEFAULT_TIERS.tier1, signupBonus, recurringRate: 0.12 },
    tier2: { ...DEFAULT_TIERS.tier2, signupBonus },
  };
  const { id: planId } = await bench.programs.draftPlan(bench.ctx(), { tiers });
  const { effectiveFrom, ...rest } = options;
  const plan = await bench.programs.publishPlan(bench.ctx(), {
    planId,
    ...rest,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom: effectiveFrom.toISOString() }),
  });
  return plan.version ?? 0;
}
const agree = (partnerId: string, overrides: object, isRetroactive = false) =>
  bench.partners.changeTerms(writer(), { partnerId, overrides, isRetroactive, reason: "agreed" });

describe("a partner who follows the plan", () => {
  it("is under a version from its day on, and under the one before it until then", async () => {
    const id = await bench.register();
    const before = await termsAt(id, bench.clock.now());
    const version = await publish(6_100, { effectiveFrom: inDays(10) });
    expect(await termsAt(id, inDays(9))).toEqual(before);
    expect(await termsAt(id, inDays(10))).toMatchObject({ planVersion: version, signupBonus: 6_100n });
    expect(bench.recorded.filter((event) => event.partnerId === id).at(-1)).toMatchObject({
      kind: "terms",
      data: { isRetroactive: false },
    });
  });

  it("keeps the terms that a customer converted under readable by their id, as they were", async () => {
    const id = await bench.register();
    const old = await termsAt(id, bench.clock.now());
    await publish(6_200);
    const found = await bench.db.read(bench.ctx(), (tx) => bench.partners.findTerms(tx, [old.id, newId()]));
    expect(found).toEqual(new Map([[old.id, old]]));
    expect((await termsAt(id, bench.clock.now())).signupBonus).toBe(6_200n);
  });

  it("is reached by a version that was published before the partner came", async () => {
    const version = await publish(6_300, { effectiveFrom: inDays(5) });
    const id = await bench.register();
    expect((await termsAt(id, inDays(4))).planVersion).toBeLessThan(version);
    expect(await termsAt(id, inDays(5))).toMatchObject({ planVersion: version, signupBonus: 6_300n });
  });

  it("shows the rate of a version when it comes into force", async () => {
    const id = await bench.register();
    const tiers = { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, recurringRate: 0.15 } };
    const { id: planId } = await bench.programs.draftPlan(bench.ctx(), { tiers });
    const before = (await partner(id)).commissionRate;
    await bench.programs.publishPlan(bench.ctx(), { planId, effectiveFrom: inDays(3).toISOString() });
    await bench.partners.showCurrentRates(bench.ctx());
    expect((await partner(id)).commissionRate).toBe(before);
    bench.clock.advance(3 * DAY_MS);
    await bench.partners.showCurrentRates(bench.ctx());
    expect((await partner(id)).commissionRate).toBe("15.00");
  });

  it("learns of a retroactive version by an event that says so, once", async () => {
    const id = await bench.register();
    await publish(6_400, { isRetroactive: true });
    const [event, ...others] = bench.recorded.filter(
      (each) => each.partnerId === id && each.kind === "terms" && each.data.isRetroactive,
    );
    expect(others).toEqual([]);
    const terms = await termsAt(id, bench.clock.now());
    expect(event).toMatchObject({ data: { termsId: terms.id }, occurredAt: bench.clock.now() });
  });

  it("follows no longer when it is terminated", async () => {
    const id = await bench.register();
    await bench.partners.terminatePartner(writer(), { partnerId: id, reason: "end" });
    const before = await termsAt(id, bench.clock.now());
    await publish(6_500);
    expect(await termsAt(id, bench.clock.now())).toEqual(before);
  });

  it("misses no version that is published while it registers", async () => {
    const [version, ...ids] = await Promise.all([
      publish(6_600),
      ...Array.from({ length: 6 }, () => bench.register({ isVerified: false })),
    ]);
    for (const id of ids) expect((await termsAt(id, inDays(1))).planVersion).toBe(version);
  });
});

describe("terms of one's own", () => {
  it("hold from the act on, stay when a version is published, and are audited and told", async () => {
    const id = await bench.register();
    await publish(6_700, { effectiveFrom: inDays(2) });
    const view = await agree(id, { recurringRate: 0.14, minimumPayout: { EUR: 100 } });
    expect(view).toMatchObject({ recurringRate: 0.14, minimumPayout: { EUR: 100n } });
    await publish(6_800);
    expect(await termsAt(id, inDays(5))).toMatchObject({ recurringRatePpm: 140_000n });
    expect((await partner(id)).commissionRate).toBe("14.00");
    const minimum = (currency: string) =>
      bench.db
        .read(bench.ctx(), (tx) => bench.partners.minimumPayouts(tx, [{ partnerId: id, currency }]))
        .then(([minimum]) => minimum);
    expect([await minimum("EUR"), await minimum("USD")]).toEqual([100n, undefined]);
    expect((await bench.acts(id)).at(-1)).toBe("partner.terms_changed");
    expect((await bench.news(id)).at(-1)).toBe("partner.terms_changed");
  });

  it("given up let the partner follow the plan again, scheduled versions included", async () => {
    const id = await bench.register();
    await agree(id, { recurringRate: 0.14 });
    const scheduled = await publish(6_900, { effectiveFrom: inDays(2) });
    await agree(id, {});
    expect((await termsAt(id, bench.clock.now())).planVersion).toBeLessThan(scheduled);
    expect(await termsAt(id, inDays(2))).toMatchObject({ planVersion: scheduled, signupBonus: 6_900n });
  });

  it("are told as retroactive where they are", async () => {
    const id = await bench.register();
    bench.recorded.length = 0;
    await agree(id, { recurringRate: 0.15 }, true);
    expect(bench.recorded).toMatchObject([{ kind: "terms", data: { isRetroactive: true } }]);
  });

  it("are refused outside the range, without the scope, for the terminated, and for another tenant's", async () => {
    const id = await bench.register();
    await expect(agree(id, { recurringRate: 0.16 })).rejects.toEqual(code("plan.rate_out_of_range"));
    await expect(
      bench.partners.changeTerms(bench.operator("partners:read"), { partnerId: id, overrides: {}, reason: "x" }),
    ).rejects.toEqual(code("access.scope_missing"));
    await expect(agree(await bench.neighbour(), {})).rejects.toEqual(code("partner.not_found"));
    await bench.partners.terminatePartner(writer(), { partnerId: id, reason: "end" });
    await expect(agree(id, {})).rejects.toEqual(code("partner.wrong_state"));
  });

  it("stand in the partner's history, newest first, with who agreed and what follows", async () => {
    const id = await bench.register();
    await agree(id, { recurringRate: 0.13 });
    const { termsHistory, terms } = await bench.partners.getPartnerFor(bench.operator("partners:read"), {
      partnerId: id,
    });
    expect(termsHistory[0]).toMatchObject({ id: terms?.id, isOwn: true, reason: "agreed", recurringRate: 0.13 });
    expect(termsHistory.at(-1)).toMatchObject({ isOwn: false, effectiveFrom: null });
  });

  it("are never edited, not even by the database's owner", async () => {
    await bench.register();
    for (const change of ["update partner_terms set tier = 'tier4'", "delete from partner_terms"])
      await expect(asOwner(bench.database, change)).rejects.toThrow(/append-only/);
  });
});

describe("another tier", () => {
  const ask = (id: string, tier: "tier1" | "tier2" | "tier3" | "tier4" = "tier2") =>
    bench.partners.upgradeTier(bench.as(id), { tier });
  const decide = (changeId: string, decision: "approved" | "rejected", ctx = writer()) =>
    bench.partners.decideUpgrade(ctx, { changeId, decision, reason: "seen" });

  it("is asked for with its eligibility, and holds for later conversions once an operator has said yes", async () => {
    const id = await bench.register();
    const scheduled = await publish(7_000, { effectiveFrom: inDays(2) });
    const before = await termsAt(id, bench.clock.now());
    bench.outside.qualified = 3;
    const change = await ask(id);
    expect(change).toMatchObject({
      status: "requested",
      eligibility: { isEligible: false, criteria: [{ actual: 3, minimum: 10 }] },
    });
    expect((await bench.partners.getPartnerProfile(bench.as(id))).openUpgrade).toMatchObject({ id: change.id });
    expect((await termsAt(id, bench.clock.now())).id).toBe(before.id);
    bench.clock.advance(1);
    expect(await decide(change.id, "approved")).toMatchObject({ status: "approved" });
    expect(await partner(id)).toMatchObject({ tier: "tier2", commissionRate: "25.00" });
    expect((await termsAt(id, new Date(bench.clock.now().getTime() - 1))).id).toBe(before.id);
    expect(await termsAt(id, bench.clock.now())).toMatchObject({ tier: "tier2", recurringRatePpm: 250_000n });
    expect(await termsAt(id, inDays(3))).toMatchObject({ tier: "tier2", planVersion: scheduled });
    expect((await bench.acts(id)).slice(-2)).toEqual(["partner.upgrade_requested", "partner.tier_changed"]);
    expect((await bench.news(id)).slice(-2)).toEqual(["partner.upgrade_requested", "partner.tier_changed"]);
  });

  it("that is turned down changes nothing, and can be asked for again", async () => {
    const id = await bench.register();
    const change = await ask(id);
    expect(await decide(change.id, "rejected")).toMatchObject({ status: "rejected", reason: "seen" });
    expect(await partner(id)).toMatchObject({ tier: "tier1" });
    await ask(id);
  });

  it("is asked for once at a time, by an active partner, and not if it is the partner's own", async () => {
    const id = await bench.register();
    await expect(ask(id, "tier1")).rejects.toEqual(code("partner.tier_unchanged"));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => ask(id)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(ask(id, "tier4")).rejects.toEqual(code("partner.upgrade_open"));
    await expect(ask(await bench.register({ isVerified: false }))).rejects.toEqual(code("partner.wrong_state"));
  });

  it("is decided once, and not for a partner who is no longer active", async () => {
    const change = await ask(await bench.register());
    const outcomes = await Promise.allSettled([
      decide(change.id, "approved"),
      decide(change.id, "rejected"),
      decide(change.id, "approved"),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const id = await bench.register();
    const late = await ask(id);
    await bench.partners.suspendPartner(writer(), { partnerId: id, reason: "wait" });
    await expect(decide(late.id, "approved")).rejects.toEqual(code("partner.wrong_state"));
    const { data } = await bench.partners.findUpgrades(bench.operator("partners:read"), {
      status: "requested",
      partnerId: id,
    });
    expect(data.map((each) => each.id)).toEqual([late.id]);
  });

  it("is decided with the scope, and is not there for another tenant", async () => {
    const change = await ask(await bench.register());
    await expect(decide(change.id, "approved", bench.operator("partners:read"))).rejects.toEqual(
      code("access.scope_missing"),
    );
    await expect(decide(newId(), "approved")).rejects.toEqual(code("partner.upgrade_not_found"));
    await bench.neighbour();
    const [other] = await asOwner<{ id: string }>(
      bench.database,
      "select id from tenants where parent_id is not null limit 1",
    );
    await expect(decide(change.id, "approved", bench.ctx(other?.id))).rejects.toEqual(
      code("partner.upgrade_not_found"),
    );
  });

  it("gives the features of its plan, and until then refuses them", async () => {
    const id = await bench.register();
    const need = () => bench.db.read(bench.ctx(), (tx) => bench.partners.requireFeature(tx, id, "leads"));
    await expect(need()).rejects.toEqual(code("feature.not_included"));
    await decide((await ask(id)).id, "approved");
    await need();
  });
});
