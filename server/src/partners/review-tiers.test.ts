import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";

let database: ClonedDatabase;
let world: WholeApp;
beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

let partners = 0;
/** A reseller that joined so many days ago. */
async function reseller(daysAgo: number, partnerType = "reseller", tier = "tier2"): Promise<string> {
  partners += 1;
  const name = `reseller-${partners}`;
  const [result] = await world.app.partners.importPartners(world.ctx(), [
    {
      externalId: name,
      email: `${name}@partners.test`,
      partnerType,
      tier,
      referralCode: name,
      joinedAt: new Date(world.clock.now().getTime() - daysAgo * DAY_MS),
    },
  ]);
  if (result === undefined || result.status === "rejected" || result.partnerId === null)
    throw new Error("the partner was not imported");
  return result.partnerId;
}

/** So many qualified referrals, so many days ago. */
async function bring(partnerId: string, count: number, daysAgo: number): Promise<void> {
  const at = new Date(world.clock.now().getTime() - daysAgo * DAY_MS);
  const seeds = figureSeeds(database, world.ctx().tenantId);
  for (let one = 0; one < count; one += 1)
    await seeds.referral(partnerId, at, { status: "qualified", qualified_at: at, conversion_date: at });
}

const review = () => world.wake("partners.review_tiers");
const reviewsOf = async (partnerId: string) =>
  (await world.app.partners.findTierReviews(world.ctx(), { partnerId })).data.map(
    ({ status, counted, minimum }) => `${status} ${counted} of ${minimum}`,
  );

/** What the outside is told of a partner's reviews, in order: that, how many were counted, and how the review stands. */
const toldOf = async (partnerId: string): Promise<string[]> => {
  const rows = await asOwner<{ told: string }>(
    database,
    `select type || ' ' || (data->>'counted') || ' ' || (data->>'status') as told
       from outbox_events where object_type = 'tier_review' and data->>'partnerId' = $1 order by position`,
    [partnerId],
  );
  return rows.map(({ told }) => told);
};

describe("the review of tiers", () => {
  it("finds who brought fewer customers in a year than the tier asks for, once, and audits it", async () => {
    const partnerId = await reseller(400);
    await bring(partnerId, 9, 100);
    await bring(partnerId, 5, 366);
    await review();
    await Promise.all([review(), review()]);
    expect(await reviewsOf(partnerId)).toEqual(["open 9 of 10"]);
    const audits = await asOwner(
      database,
      "select action from audit_log where target_id = $1 and action like 'partner.fell%'",
      [partnerId],
    );
    expect(audits).toEqual([{ action: "partner.fell_below_tier" }]);
    expect(await toldOf(partnerId)).toEqual(["tier_review.opened 9 open"]);
  });

  it("asks nothing of who has enough, of who is new in the tier, and of tiers that ask for nothing", async () => {
    const [enough, fresh, affiliate] = [
      await reseller(400),
      await reseller(364),
      await reseller(400, "affiliate", "tier1"),
    ];
    await bring(enough, 10, 100);
    await review();
    expect(await Promise.all([enough, fresh, affiliate].map(reviewsOf))).toEqual([[], [], []]);
  });

  it("is over when the tier is met again, and when the partner is no longer active", async () => {
    const [better, gone] = [await reseller(400), await reseller(400)];
    await review();
    expect([await reviewsOf(better), await reviewsOf(gone)]).toEqual([["open 0 of 10"], ["open 0 of 10"]]);
    await bring(better, 10, 1);
    await world.app.partners.terminatePartner(world.ctx(), { partnerId: gone, reason: "For a test" });
    await review();
    expect([await reviewsOf(better), await reviewsOf(gone)]).toEqual([["met 0 of 10"], ["moot 0 of 10"]]);
    expect([await toldOf(better), await toldOf(gone)]).toEqual([
      ["tier_review.opened 0 open", "tier_review.closed 0 met"],
      ["tier_review.opened 0 open", "tier_review.closed 0 moot"],
    ]);
  });

  it("tells of another count once, and of the same count nothing", async () => {
    const partnerId = await reseller(400);
    await review();
    await bring(partnerId, 3, 1);
    await review();
    await review();
    expect(await reviewsOf(partnerId)).toEqual(["open 3 of 10"]);
    expect(await toldOf(partnerId)).toEqual(["tier_review.opened 0 open", "tier_review.recounted 3 open"]);
  });

  it("that two begin at once tells of another count once", async () => {
    const partnerId = await reseller(400);
    await review();
    await bring(partnerId, 4, 1);
    await Promise.all([review(), review(), review()]);
    expect(await toldOf(partnerId)).toEqual(["tier_review.opened 0 open", "tier_review.recounted 4 open"]);
  });

  it("moves nobody", async () => {
    const partnerId = await reseller(400);
    await review();
    const [row] = await asOwner(database, "select tier, status from partners where id = $1", [partnerId]);
    expect(row).toEqual({ tier: "tier2", status: "active" });
  });
});

describe("a decision on a review", () => {
  const openOf = async (partnerId: string): Promise<string> => {
    await review();
    const [found] = (await world.app.partners.findTierReviews(world.ctx(), { partnerId, status: "open" })).data;
    return found?.id ?? "";
  };
  const decide = (reviewId: string, body: object) =>
    world.send<{ code?: string; status: string; toTier: string }>(
      "PUT",
      `/api/v1/admin/partners/tier-reviews/${reviewId}/decide`,
      { auth: world.operatorKey, body },
    );
  const tierOf = async (partnerId: string) =>
    (await asOwner<{ tier: string }>(database, "select tier from partners where id = $1", [partnerId]))[0]?.tier;

  it("keeps a partner in its tier, and asks again only after as many days as the tier gives", async () => {
    const partnerId = await reseller(400);
    const kept = await decide(await openOf(partnerId), { tier: "tier2", reason: "It was ill" });
    expect(kept.body).toMatchObject({ status: "kept", toTier: "tier2", reason: "It was ill" });
    await review();
    expect(await reviewsOf(partnerId)).toEqual(["kept 0 of 10"]);
    expect(await toldOf(partnerId)).toEqual(["tier_review.opened 0 open", "tier_review.decided 0 kept"]);
    await asOwner(
      database,
      "update partner_tier_reviews set closed_at = closed_at - interval '366 days' where partner_id = $1",
      [partnerId],
    );
    await review();
    expect((await reviewsOf(partnerId)).toSorted()).toEqual(["kept 0 of 10", "open 0 of 10"]);
  });

  it("moves a partner to another tier, once, also where two decide at the same time", async () => {
    const partnerId = await reseller(400);
    const reviewId = await openOf(partnerId);
    const answers = await Promise.all([
      decide(reviewId, { tier: "tier1", reason: "None since May" }),
      decide(reviewId, { tier: "tier1", reason: "None since May" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await tierOf(partnerId)).toBe("tier1");
    const audits = await asOwner(
      database,
      "select action, reason from audit_log where target_id = $1 and action like 'partner.tier%'",
      [partnerId],
    );
    expect(audits).toEqual([{ action: "partner.tier_changed", reason: "None since May" }]);
    expect(await toldOf(partnerId)).toEqual(["tier_review.opened 0 open", "tier_review.decided 0 moved"]);
  });

  it("does not move whoever is in another tier by now than the one that was reviewed", async () => {
    const partnerId = await reseller(400);
    const reviewId = await openOf(partnerId);
    await asOwner(database, "update partners set tier = 'tier3' where id = $1", [partnerId]);
    const answer = await decide(reviewId, { tier: "tier1", reason: "None since May" });
    expect([answer.status, answer.body.code]).toEqual([409, "partner.review_outdated"]);
    expect(await tierOf(partnerId)).toBe("tier3");
  });

  it("is refused without a reason, for a tier that there is not, and for another tenant's review", async () => {
    const reviewId = await openOf(await reseller(400));
    expect((await decide(reviewId, { tier: "tier1" })).status).toBe(400);
    expect((await decide(reviewId, { tier: "tier9", reason: "None" })).status).toBe(400);
    const tenantId = await seedTenant(database, { at: world.clock.now(), isOperator: false });
    const input = { reviewId, tier: "tier1", reason: "None" } as const;
    await expect(world.app.partners.decideTierReview({ ...world.ctx(), tenantId }, input)).rejects.toMatchObject({
      code: "partner.review_not_found",
    });
  });
});
