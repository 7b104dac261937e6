import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { openApp, PASSWORD, type WholeApp } from "../kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

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

/** The whole line over HTTP, as a partner, a visitor, the host and the operator see it. */
describe("from a click to a paid commission", () => {
  it("registers, links, tracks, converts, earns, approves and pays, and the books hold", async () => {
    const { send, operatorKey, clock } = world;
    const partner = await world.addPartner({ email: "ada@example.com" });

    const link = await send<{ url: string; code: string }>("POST", "/api/v1/partners/referrals/link", {
      auth: partner.auth,
      body: { campaign: "spring", destination: "https://shop.test/pricing" },
    });
    expect(link.body).toMatchObject({ code: expect.any(String) });

    const visit = await send("GET", new URL(link.body.url).pathname, {
      headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36" },
    });
    expect(visit.status).toBe(302);
    const destination = new URL(String(visit.headers["location"]));
    expect(destination.href).toMatch(/^https:\/\/shop\.test\/pricing\?tid=/);

    clock.advance(DAY_MS);
    const conversion = await send("POST", "/api/v1/referrals/convert", {
      auth: operatorKey,
      key: "convert-1",
      body: { externalId: "user_1", clickId: destination.searchParams.get("tid"), email: "carl@example.com" },
    });
    expect(conversion.body).toMatchObject({ status: "converted" });

    clock.advance(60_000);
    const sale = {
      externalId: "invoice_1",
      customerExternalId: "user_1",
      kind: "payment",
      amount: 12_000,
      tax: 2_000,
      currency: "USD",
      occurredAt: clock.now().toISOString(),
    };
    const recorded = await send("POST", "/api/v1/transactions", { auth: operatorKey, key: "sale-1", body: sale });
    expect(recorded.body).toMatchObject({ results: [{ status: "recorded" }] });

    const later = await world.signIn("ada@example.com");
    const earned = await send<{ data: { id: string }[] }>("GET", "/api/v1/partners/commissions?sort=-amount", {
      auth: later,
    });
    expect(earned.body.data ?? earned.body).toMatchObject([
      { type: "signup", amount: 5_000, currency: "USD", status: "pending" },
      { type: "recurring", amount: 1_000, rate: 0.1, status: "pending" },
    ]);
    const one = await send("GET", `/api/v1/partners/commissions/${earned.body.data[1]?.id}`, { auth: later });
    expect(one.body["receipt"]).toBeTruthy();

    clock.advance(31 * DAY_MS);
    await world.wake("commissions.approve_due");
    const auth = await world.signIn("ada@example.com");
    const summary = await send("GET", "/api/v1/partners/commissions/summary", { auth });
    expect(summary.body).toMatchObject({ currencies: [{ currency: "USD", balances: { available: 6_000 } }] });

    const method = await send("PUT", "/api/v1/partners/payouts/method", {
      auth,
      body: { kind: "stripe_connect", country: "US" },
    });
    expect(method.body).toMatchObject({ status: "incomplete" });
    const [account] = world.stripe.accounts();
    world.stripe.setStanding(account?.id ?? "", "active");
    world.stripe.addFunds({ amount: 100_000, currency: "usd" });
    await send("PUT", "/api/v1/partners/payouts/method", { auth, body: { kind: "stripe_connect", country: "US" } });

    const payout = await send<{ id: string }>("POST", "/api/v1/partners/payouts/request", {
      auth,
      key: "payout-1",
      body: { currency: "USD" },
    });
    expect(payout.body).toMatchObject({ amount: 6_000, status: "pending" });
    const processed = await send("POST", "/api/v1/admin/payouts/process", {
      auth: operatorKey,
      key: "process-1",
      body: {},
    });
    expect(processed.body).toMatchObject({ processed: 1, held: [] });
    await world.settle();

    const paid = await send("GET", `/api/v1/partners/payouts/${payout.body.id}`, { auth });
    expect(paid.body).toMatchObject({ status: "completed", items: [{ kind: "commission" }, { kind: "commission" }] });
    expect(world.stripe.totalTransferred("usd")).toBe(6_000n);
    const after = await send<{ data: unknown[] }>("GET", "/api/v1/partners/commissions", { auth });
    expect(after.body.data).toMatchObject([{ status: "paid" }, { status: "paid" }]);
  });

  it("leaves books that hold", async () => {
    const { app, ctx } = world;
    for await (const finding of prove({ db: app.db, ctx: ctx(), moduleChecks: app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});

describe("a partner that follows its own link", () => {
  it("in the browser in which it signs in brings no customer by it", async () => {
    const { send, operatorKey } = world;
    const partner = await world.addPartner({ email: "self@example.com" });
    const visit = await send("GET", `/r/${partner.referralCode}`, {
      headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36" },
    });
    const [cookie = ""] = String(visit.headers["set-cookie"]).split(";");
    const signedIn = await send("POST", "/api/v1/auth/sign-in", {
      body: { email: "self@example.com", password: PASSWORD },
      headers: { cookie },
    });
    expect(signedIn.status).toBe(200);
    const clickId = new URL(String(visit.headers["location"])).searchParams.get("tid");
    const conversion = await send("POST", "/api/v1/referrals/convert", {
      auth: operatorKey,
      key: "convert-self",
      body: { externalId: "user_self", clickId, email: "quite.another@example.com" },
    });
    expect([conversion.status, conversion.body]).toMatchObject([409, { code: "referral.self" }]);
  });
});
