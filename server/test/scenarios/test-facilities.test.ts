import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snapshot } from "../isolation/tenant-tables.ts";
import { API, askForCard, connectProgram, makeCard, makeProduct, makeUser } from "../kit/cards.ts";
import { fresh, idOf, must } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { breaksIn } from "../kit/sub-operators.ts";
import { makeTestKey, type TestKey, twinCtx } from "../kit/twins.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../kit/two-tenants.ts";

type Row = Record<string, unknown>;
let database: ClonedDatabase;
let tenants: TwoTenants;
let side: Side;
let bank: PartnerAt;
let operator: TestKey;
let partner: TestKey;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  side = tenants.ours;
  // Of the tier that has a share of what cards bring in.
  bank = await side.register("whitelabel");
  await must(side, "PUT", `/api/v1/admin/partners/${bank.id}/approve`, { auth: side.admin, body: {} });
  partner = await makeTestKey({ ...side, partner: bank }, "partner");
  operator = await makeTestKey(side, "admin");
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const rows = async (url: string, auth = partner.auth, query: object = {}): Promise<Row[]> =>
  (await must(side, "GET", url, { auth, query: { ...query } }))["data"] as Row[];
/** The twin is asked for by a key that has just been made: all that it has came with it. */
const settle = () => tenants.world.settle();

/** A test card that pays. */
async function testCard(limits: object = {}): Promise<string> {
  const [product] = await rows(`${API}/card-products`);
  const user = await makeUser(side, {}, partner.auth);
  const { body } = await askForCard(side, { userId: user["id"], productId: product?.["id"], limits }, partner.auth);
  await settle();
  await must(side, "PATCH", `${API}/cards/${idOf(body)}`, { auth: partner.auth, body: { state: "active" } });
  await settle();
  return idOf(body);
}
const purchase = (card: string, body: object, auth = partner.auth) =>
  side.send("POST", `${API}/cards/${card}/test-purchases`, { auth, body });
const news = (card: string, body: object, auth = partner.auth) =>
  side.send("POST", `${API}/cards/${card}/test-news`, { auth, body });
/** What stands of a card: each of its spends and whether it became a transaction. */
const spends = async (cardId: string) =>
  (await rows(`${API}/card-spend`, partner.auth, { cardId, sort: "occurredAt" })).map(
    ({ kind, amount, transactionId }) => [kind, amount, transactionId !== null],
  );

describe("a card of a twin", { timeout: 120_000 }, () => {
  it("buys with the test issuer from the first test key on, and what is bought earns there and nowhere else", async () => {
    expect(await rows(`${API}/card-products`)).toMatchObject([
      { name: "Test cards", status: "active", currency: "USD" },
    ]);
    const card = await testCard();
    expect(await must(side, "GET", `${API}/cards/${card}`, { auth: partner.auth })).toMatchObject({
      state: "active",
      lastFour: "0000",
      expiresOn: "2099-12",
    });
    const live = await snapshot(database, side.tenantId);
    const { status, body } = await purchase(card, { amount: 12_500, merchant: "Corner Shop", mcc: "5411" });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        cardId: card,
        amount: 12_500,
        currency: "USD",
        decision: "approved",
        reason: null,
        merchant: "Corner Shop",
        mcc: "5411",
      }),
    ]);
    await settle();
    expect(await spends(card)).toEqual([["card", 12_500, true]]);
    const [transaction] = await rows(`${API}/transactions`, partner.auth, { kind: "card" });
    expect(transaction).toMatchObject({ kind: "card", amount: 12_500, currency: "USD" });
    // A hundredth of it is the operator's revenue, of which the tier has half, rounded away from zero.
    expect(await rows("/api/v1/partners/commissions")).toMatchObject([
      { amount: 63, currency: "USD", status: "pending" },
    ]);
    expect(await snapshot(database, side.tenantId)).toEqual(live);
    expect(await breaksIn(tenants.world, await twinCtx(tenants, database, side))).toEqual([]);
  });

  it("is declined as a live one is: over its limit, in another currency, while it is suspended", async () => {
    const card = await testCard({ perAuthorization: 1_000 });
    const declined = async (body: object) => {
      const answer = await purchase(card, body);
      expect([answer.status, answer.body["decision"]]).toEqual([201, "declined"]);
      return answer.body["reason"];
    };
    expect(await declined({ amount: 1_001 })).toBe("over_authorization_limit");
    expect(await declined({ amount: 1_000, currency: "EUR" })).toBe("currency_mismatch");
    await must(side, "PATCH", `${API}/cards/${card}`, { auth: partner.auth, body: { state: "suspended" } });
    expect(await declined({ amount: 1_000 })).toBe("card_inactive");
    await settle();
    expect(await spends(card)).toEqual([]);
    // As of what the issuer tells, no number of a card is kept.
    const { body } = await purchase(card, { amount: 1_000, currency: "EUR", merchant: "Shop 4111 1111 1111 1111" });
    expect(body).toMatchObject({ decision: "declined", merchant: null });
    const unknown = await purchase(card, { amount: 1_000, currency: "AAA" });
    expect(unknown.body).toMatchObject({ code: "transaction.currency_unknown" });
  });

  it("is cleared in parts, refunded, charged back and released, as the issuer would tell it", async () => {
    const card = await testCard({ monthly: 10_000 });
    const { body } = await purchase(card, { amount: 10_000, isCleared: false });
    const authorizationId = idOf(body);
    await settle();
    expect(await spends(card)).toEqual([]);
    expect((await purchase(card, { amount: 1 })).body["reason"]).toBe("over_monthly_limit");
    for (const told of [
      { kind: "clearing", amount: 4_000 },
      { kind: "clearing", amount: 3_000 },
      { kind: "refund", amount: 1_000 },
      { kind: "chargeback", amount: 2_000 },
      { kind: "chargeback_won", amount: 2_000 },
      { kind: "release", amount: 3_000 },
    ]) {
      expect(await news(card, { authorizationId, ...told })).toMatchObject({ status: 201, body: told });
      await settle();
    }
    expect(await spends(card)).toEqual([
      ["card", 4_000, true],
      ["card", 3_000, true],
      ["refund", 1_000, true],
      ["chargeback", 2_000, true],
      ["chargeback_won", 2_000, true],
    ]);
    expect((await purchase(card, { amount: 3_000, isCleared: false })).body["decision"]).toBe("approved");
    expect(await breaksIn(tenants.world, await twinCtx(tenants, database, side))).toEqual([]);
  });

  it("is bought with once however often the same request is sent, and by nobody whose it is not", async () => {
    const card = await testCard();
    const key = fresh("key");
    const ask = () =>
      side.send("POST", `${API}/cards/${card}/test-purchases`, { auth: partner.auth, key, body: { amount: 500 } });
    expect((await ask()).body).toEqual((await ask()).body);
    await settle();
    expect(await spends(card)).toEqual([["card", 500, true]]);

    const [authorization] = await rows(`${API}/cards/${card}/authorizations`);
    const told = { authorizationId: String(authorization?.["id"]), kind: "refund" };
    const another = await testCard();
    expect((await news(another, told)).body).toMatchObject({ code: "card.purchase_missing" });
    const { body: declined } = await purchase(card, { amount: 500, currency: "EUR" });
    expect((await news(card, { ...told, authorizationId: idOf(declined) })).body).toMatchObject({
      code: "card.purchase_missing",
    });
    // Neither the live partner, another tenant's test key, nor the rival in the same twin.
    const theirs = await makeTestKey(tenants.theirs, "partner");
    const rival = await makeTestKey({ ...side, partner: side.rival }, "partner");
    for (const [who, auth] of [
      [side, bank.auth],
      [side, rival.auth],
      [tenants.theirs, theirs.auth],
    ] as const) {
      const sent = { auth, body: { amount: 500 } };
      expect((await who.send("POST", `${API}/cards/${card}/test-purchases`, sent)).status).toBe(404);
      expect((await who.send("POST", `${API}/cards/${card}/test-news`, { auth, body: told })).status).toBe(404);
    }
  });
});

describe("nothing is made up outside a twin", () => {
  it("by a live key or by a person: no purchase, no form", async () => {
    const programId = await connectProgram(tenants.world, side);
    const productId = await makeProduct(tenants.world, side, { programId });
    const { auth } = side.partner;
    const { id: card } = await makeCard(tenants.world, side, { productId });
    const asked = [
      ["/api/v1/partners/tax/test-forms", side.partnerKey, { kind: "w9" }],
      ["/api/v1/partners/tax/test-forms", side.partner.auth, { kind: "w9" }],
      [`${API}/cards/${card}/test-purchases`, auth, { amount: 1 }],
      [`${API}/cards/${card}/test-news`, auth, { authorizationId: card, kind: "refund" }],
    ] as const;
    for (const [url, as, body] of asked) {
      const answer = await side.send("POST", url, { auth: as, body });
      expect([answer.status, answer.body["code"]]).toEqual([409, "tenant.live"]);
    }
    const made =
      "select id from tax_forms where tenant_id = $1 union select id from card_authorizations where tenant_id = $1";
    expect(await asOwner(database, made, [side.tenantId])).toEqual([]);
  });
});

describe("the gates of payouts, in a twin", { timeout: 120_000 }, () => {
  const taxed = (payoutsWait: string) =>
    must(side, "PUT", "/api/v1/admin/tax/settings", {
      auth: operator.auth,
      body: { payoutsWait, withholdsWithoutForm: false, timeZone: null, methodsReportedElsewhere: [] },
    });
  /** A payout of the counterpart that somebody tries to release. */
  async function released(): Promise<Row> {
    const grant = { partnerId: counterpart.id, amount: 100_000, currency: "USD", reason: "For a test" };
    const granted = await must(side, "POST", "/api/v1/admin/commissions/grant", {
      auth: operator.auth,
      key: fresh("key"),
      body: grant,
    });
    await must(side, "POST", `/api/v1/admin/commissions/${idOf(granted)}/approve`, { auth: operator.auth });
    const asked = { partnerId: counterpart.id, currency: "USD", amount: 100_000 };
    const payout = await must(side, "POST", "/api/v1/admin/payouts/request", {
      auth: operator.auth,
      key: fresh("key"),
      body: asked,
    });
    return (
      await side.send("POST", "/api/v1/admin/payouts/process", {
        auth: operator.auth,
        key: fresh("key"),
        body: { payoutId: idOf(payout) },
      })
    ).body;
  }
  let counterpart: Pick<PartnerAt, "id" | "referralCode">;
  beforeAll(async () => {
    const profile = await must(side, "GET", "/api/v1/partners/profile", { auth: partner.auth });
    counterpart = { id: idOf(profile), referralCode: String(profile["referralCode"]) };
  });

  it("let a payout go once a form that is made up is signed: of nobody, and in force at once", async () => {
    await taxed("always");
    expect(await released()).toMatchObject({ code: "payout.held" });
    const sign = (kind: string) =>
      must(side, "POST", "/api/v1/partners/tax/test-forms", { auth: partner.auth, body: { kind } });
    for (const [at, kind] of ["w8ben", "w8bene", "w9"].entries())
      expect(await sign(kind)).toMatchObject({ kind, version: at + 1 });
    expect(await sign("w9")).toMatchObject({ kind: "w9", version: 3 });
    expect(await must(side, "GET", "/api/v1/partners/tax", { auth: partner.auth })).toMatchObject({
      state: "valid",
      form: { name: "Test Partner", tin: "XXX-XX-0000", signatureName: "Test Partner" },
    });
    expect(await released()).toEqual({ processed: 1, held: [] });
    await taxed("never");
  });

  it("hold whoever is called as the test list says, and let it go where a test key decides so", async () => {
    const screening = (isEnabled: boolean) =>
      must(side, "PUT", "/api/v1/admin/screening/settings", {
        auth: operator.auth,
        body: { isEnabled, blockedCountries: [] },
      });
    const name = (companyName: string) =>
      must(side, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName } });
    const cases = () => rows("/api/v1/admin/screening/cases", operator.auth, { partnerId: counterpart.id });
    const decide = (id: unknown, verdict: string, auth = operator.auth) =>
      side.send("POST", `/api/v1/admin/screening/cases/${String(id)}/test-decision`, { auth, body: { verdict } });
    await name("Northwind Traders");
    await screening(true);
    await settle();
    expect(await cases()).toEqual([]);
    expect(await released()).toEqual({ processed: 1, held: [] });

    await name("Test Sanctioned Company");
    await settle();
    const [found] = await cases();
    expect(found).toMatchObject({ status: "open" });
    expect(await released()).toMatchObject({ code: "payout.held" });
    expect((await decide(found?.["id"], "clear", side.operatorKey)).status).toBe(404);
    expect(await decide(found?.["id"], "clear")).toMatchObject({ status: 200, body: { status: "cleared" } });
    expect((await decide(found?.["id"], "confirm")).body).toMatchObject({ code: "screening.case_decided" });
    await screening(false);
    expect(await breaksIn(tenants.world, await twinCtx(tenants, database, side))).toEqual([]);
  });

  it("take no list but their own: the live tenant has none of it", async () => {
    const lists = async (auth: string) => (await must(side, "GET", "/api/v1/admin/screening/lists", { auth }))["data"];
    expect(await lists(operator.auth)).toMatchObject([{ entries: 2 }]);
    expect(await lists(side.operatorKey)).toEqual([]);
  });
});
