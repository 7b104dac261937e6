import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figureSeeds } from "../../test/kit/figures.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";
import { REVENUE_DIMENSIONS, type RevenueDimension } from "./roll-up-revenue-facts.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const at = (day: string): Date => new Date(`2026-${day}T12:00:00Z`);

let database: ClonedDatabase;
let db: Database;
let analytics: PartnerAnalyticsService;
let tenantId: string;
let partnerId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  tenantId = await seedTenant(database, { at: NOW });
  analytics = createPartnerAnalyticsService({
    db,
    programs: { getProgram: async () => ({ timeZone: "UTC", currency: "USD" }) },
    maskEmail: () => "masked",
  });
  const seed = figureSeeds(database, tenantId);
  partnerId = await seedPartner(database, { tenantId, at: at("01-01") });
  const link = await seed.link(partnerId, at("01-01"), "blog", "spring");
  const referral = async (conversion: string, more: object = {}) => {
    const customerId = await seed.customer(at("01-01"));
    const row = { referred_user_id: customerId, status: "converted", conversion_date: at(conversion), ...more };
    return { partnerId, customerId, referralId: await seed.referral(partnerId, at("01-01"), row) };
  };
  const [ann, bob] = [await referral("01-15", { link_id: link }), await referral("02-20")];
  const facts = { product: "app", plan_code: "gold", country: "DE" };
  const sold = await seed.transaction(ann, at("03-01"), { kind: "payment", amount: 12_000n, tax: 2_000n, ...facts });
  await seed.transaction(bob, at("03-02"), { kind: "payment", amount: 5_000n, product: "book" });
  await seed.transaction(bob, at("03-02"), { kind: "card", amount: 90_000n, revenue: 700n });
  await seed.transaction(bob, at("03-02"), { kind: "payment", amount: 100n, currency: "EUR" });
  // Told by what was sold, though the refund says nothing of it.
  await seed.transaction(ann, at("03-03"), { kind: "refund", amount: 6_000n, original_id: sold });
  await analytics.rollUpAnalytics(program());
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

const program = (): Ctx => systemContext({ tenantId, job: "test", now: NOW });
const by = (dimension: RevenueDimension, more: object = {}) =>
  analytics.getProgramRevenueBy(
    { ...program(), actor: { type: "key", keyId: "k", partnerId: null, scopes: new Set(["analytics:read"]) } },
    { dimension, period: "30d", ...more },
  );
const told = async (dimension: RevenueDimension) =>
  (await by(dimension)).values.map(
    (one) => `${one.value} ${one.sales} - ${one.takenBack} = ${one.revenue} ${one.currency}`,
  );

describe("revenue", () => {
  it("is told by what was sold, where, by which campaign and to which cohort; reversals by what they take back", async () => {
    expect(await told("product")).toEqual([
      "null 100 - 0 = 100 EUR",
      "app 10000 - 5000 = 5000 USD",
      "book 5000 - 0 = 5000 USD",
      "null 700 - 0 = 700 USD",
    ]);
    expect(await told("plan")).toEqual([
      "null 100 - 0 = 100 EUR",
      "null 5700 - 0 = 5700 USD",
      "gold 10000 - 5000 = 5000 USD",
    ]);
    expect(await told("country")).toContain("DE 10000 - 5000 = 5000 USD");
    expect(await told("campaign")).toContain("spring 10000 - 5000 = 5000 USD");
    expect(await told("cohort")).toEqual([
      "2026-02 100 - 0 = 100 EUR",
      "2026-02 5700 - 0 = 5700 USD",
      "2026-01 10000 - 5000 = 5000 USD",
    ]);
  });

  it("comes to the same in every dimension, in a period and of a partner", async () => {
    for (const dimension of REVENUE_DIMENSIONS) {
      const { values, rest } = await by(dimension);
      const inDollars = values.filter(({ currency }) => currency === "USD");
      expect(inDollars.reduce((sum, { revenue }) => sum + revenue, 0n)).toBe(10_700n);
      expect(rest).toEqual([]);
    }
    expect((await by("product", { period: undefined, from: "2026-03-01", to: "2026-03-01" })).values).toMatchObject([
      { value: "app", revenue: 10_000n },
    ]);
    expect((await by("product", { partnerId: tenantId })).values).toEqual([]);
  });

  it("of an own partner is that partner's alone, and needs the scope", async () => {
    const actor = (scopes: Ctx["actor"] & object) => ({ ...program(), actor: scopes });
    const own = actor({ type: "key", keyId: "k", partnerId, scopes: new Set(["own:analytics:read"]) });
    expect((await analytics.getRevenueBy(own, { dimension: "product", period: "30d" })).values).toHaveLength(4);
    expect(() => analytics.getProgramRevenueBy(own, { dimension: "product" })).toThrow(
      expect.objectContaining({ code: "access.scope_missing" }),
    );
  });

  it("is counted beyond the two hundred most as one rest", async () => {
    const seed = figureSeeds(database, tenantId);
    const other = await seedPartner(database, { tenantId, at: at("01-01") });
    const customerId = await seed.customer(at("01-01"));
    const referralId = await seed.referral(other, at("01-01"), {
      referred_user_id: customerId,
      conversion_date: at("02-01"),
      status: "converted",
    });
    for (let turn = 0; turn < 203; turn += 1)
      await seed.transaction({ partnerId: other, customerId, referralId }, at("03-05"), {
        external_id: `many-${turn}`,
        number: 1_000 + turn,
        kind: "payment",
        amount: BigInt(1_000 - turn),
        product: `p${turn}`,
      });
    await analytics.rollUpAnalytics(program());
    const { values, rest } = await by("product", { partnerId: other });
    expect(values).toHaveLength(200);
    expect(rest).toEqual([{ currency: "USD", sales: 2_397n, takenBack: 0n, revenue: 2_397n }]);
  });
});
