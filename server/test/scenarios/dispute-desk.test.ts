import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
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

type Body = Record<string, unknown>;
const DESK = "/api/v1/admin/commissions/disputes";
const OWN = "/api/v1/partners/commissions/disputes";
let calls = 0;
const send = async (method: "GET" | "POST", url: string, auth: string, body?: object): Promise<Body> => {
  calls += 1;
  const answer = await world.send(method, url, { auth, key: `call-${calls}`, ...(body && { body }) });
  expect([url, answer.status < 300, answer.body]).toEqual([url, true, answer.body]);
  return answer.body as Body;
};
const asOperator = (method: "GET" | "POST", url: string, body?: object) => send(method, url, world.operatorKey, body);
const auth = (name: string) => world.signIn(`${name}@example.com`);
const idOf = (body: Body | undefined): string => String(body?.["id"]);
const dispute = async (name: string, body: object) =>
  send("POST", "/api/v1/partners/commissions/dispute", await auth(name), { reason: "look again", ...body });

/** A customer comes by a partner's link and pays. */
async function sell(name: string, customer: string, invoice: string): Promise<string> {
  const link = await send("POST", "/api/v1/partners/referrals/link", await auth(name), {});
  const visit = await world.send("GET", new URL(String(link["url"])).pathname, {
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36" },
  });
  const clickId = new URL(String(visit.headers["location"])).searchParams.get("tid");
  world.clock.advance(60_000);
  const referral = await asOperator("POST", "/api/v1/referrals/convert", {
    externalId: customer,
    clickId,
    email: `${customer}@customers.example`,
  });
  world.clock.advance(60_000);
  await report(customer, invoice, "payment", 10_000);
  return String(referral["id"]);
}
const report = (customerExternalId: string, externalId: string, kind: string, amount: number, original?: string) =>
  asOperator("POST", "/api/v1/transactions", {
    externalId,
    customerExternalId,
    kind,
    amount,
    currency: "USD",
    occurredAt: world.clock.now().toISOString(),
    ...(original === undefined ? {} : { originalExternalId: original }),
  });
const recurring = async (name: string): Promise<Body[]> => {
  const page = await send("GET", "/api/v1/partners/commissions?type=recurring", await auth(name));
  return page["data"] as Body[];
};

describe("the desk of disputes, over HTTP", () => {
  it("asks, hears, adjusts and pays a contested commission, and shows the partner its own part of the evidence", async () => {
    await world.addPartner({ email: "ada@example.com" });
    await world.addPartner({ email: "bob@example.com" });
    await sell("ada", "carl", "invoice_1");
    const [commission] = await recurring("ada");
    const id = idOf(await dispute("ada", { commissionId: commission?.["id"] }));

    const desk = await asOperator("GET", `${DESK}/${id}`);
    expect(desk).toMatchObject({
      status: "open",
      evidence: {
        attribution: { customer: { externalId: "carl" }, touches: [{ kind: "click" }] },
        receipt: { clauses: expect.any(Array) },
        sale: { externalId: "invoice_1" },
      },
    });
    const shown = await send("GET", `${OWN}/${id}`, await auth("ada"));
    expect(shown["evidence"]).toMatchObject({ sale: { amount: 10_000 }, touches: [{ kind: "click" }] });
    expect(JSON.stringify(shown["evidence"])).not.toMatch(/carl@|invoice_1|attribution/);

    await asOperator("POST", `${DESK}/${id}/messages`, { kind: "note", body: "she may be right" });
    await asOperator("POST", `${DESK}/${id}/messages`, { kind: "question", body: "which plan?" });
    await send("POST", `${OWN}/${id}/messages`, await auth("ada"), { body: "the yearly one" });
    await report("carl", "refund_1", "refund", 5_000, "invoice_1");
    const settled = await asOperator("POST", `${DESK}/${id}/resolve`, {
      outcome: "adjust",
      amount: 2_000,
      resolution: "the yearly plan counts",
    });
    expect(settled).toMatchObject({ status: "adjusted", adjustedBy: 1_000 });
    world.clock.advance(61 * DAY_MS);
    await world.wake("commissions.approve_due");
    const rows = await recurring("ada");
    expect(rows.reduce((sum, row) => sum + Number(row["amount"]), 0)).toBe(1_000);
    expect(new Set(rows.map((row) => row["status"]))).toEqual(new Set(["approved"]));
  });

  it("gives a missing commission to whom it belongs, and tells nobody before whose it was", async () => {
    const referralId = await sell("ada", "dora", "invoice_2");
    const theirs = await dispute("bob", { missing: { kind: "transaction", reference: "invoice_2" } });
    const nothing = await dispute("bob", { missing: { kind: "transaction", reference: "invoice_none" } });
    const customer = await dispute("bob", { missing: { kind: "customer", reference: "dora" } });
    const evidence = async (one: Body) => (await send("GET", `${OWN}/${idOf(one)}`, await auth("bob")))["evidence"];
    expect(await evidence(theirs)).toEqual(await evidence(nothing));
    expect(await evidence(customer)).toEqual(await evidence(nothing));
    expect(await asOperator("GET", `${DESK}/${idOf(theirs)}`)).toMatchObject({
      evidence: { sale: { externalId: "invoice_2" }, attribution: { referral: { id: referralId } } },
    });

    const bob = String(theirs["partnerId"]);
    await asOperator("POST", `/api/v1/admin/referrals/${referralId}/reattribute`, {
      partner: bob,
      reason: "his",
    });
    const [earned] = await recurring("bob");
    await asOperator("POST", `${DESK}/${idOf(theirs)}/resolve`, {
      outcome: "adjust",
      commissionId: earned?.["id"],
      resolution: "the customer is yours",
    });
    await asOperator("POST", `${DESK}/${idOf(nothing)}/resolve`, { outcome: "uphold", resolution: "not known to us" });
  });

  it("escalates by the clock what nobody decided, and the partner may still withdraw it", async () => {
    const page = await send("GET", `${OWN}?status=open`, await auth("bob"));
    const [left] = page["data"] as Body[];
    world.clock.advance(4 * DAY_MS);
    await world.wake("commissions.keep_dispute_clock");
    world.clock.advance(2 * DAY_MS);
    await world.wake("commissions.keep_dispute_clock");
    await world.settle();
    expect((await asOperator("GET", `${DESK}?status=escalated`))["data"]).toMatchObject([{ id: left?.["id"] }]);
    expect(await send("POST", `${OWN}/${idOf(left)}/withdraw`, await auth("bob"))).toMatchObject({
      status: "withdrawn",
    });
  });

  it("leaves books that hold", async () => {
    const { app, ctx } = world;
    for await (const finding of prove({ db: app.db, ctx: ctx(), moduleChecks: app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});
