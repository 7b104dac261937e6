import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import type { Ctx } from "../platform/context.ts";
import { type App, createHttpServer } from "../platform/http/index.ts";
import { adminCommissionRoutes, commissionRoutes } from "./index.ts";

let world: CommissionWorld;
let app: App;
let partnerId: string;
let asOperator = false;
beforeAll(async () => {
  world = await commissionWorld();
  partnerId = await world.newPartner();
  app = await createHttpServer({
    logger: false,
    routes: [commissionRoutes(world.commissions), adminCommissionRoutes(world.commissions)],
    identify: async (): Promise<Ctx> => (asOperator ? world.operator() : world.partner(partnerId)),
    authorize: () => {},
    limit: async () => {},
    trustProxy: false,
    publicUrl: "http://localhost",
  });
});
afterAll(async () => {
  await app.close();
  await world[Symbol.asyncDispose]();
});

const call = async (method: "GET" | "POST", url: string, body?: object, by: "partner" | "operator" = "partner") => {
  asOperator = by === "operator";
  const response = await app.inject({
    method,
    url: `/api/v1${url}`,
    ...(body === undefined ? {} : { payload: body }),
    headers: { "idempotency-key": crypto.randomUUID() },
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
};

describe("a partner, over HTTP", () => {
  it("reads its commissions as integers in minor units, with rates as decimal fractions", async () => {
    const { id, event_id } = await world.seedCommission(partnerId, 118n);
    await asOwner(
      world.clone,
      `insert into commission_receipts (tenant_id, event_id, partner_id, number, kind, amount, occurred_at, receipt, assessed_at)
       values ($1, $2, $3, 1, 'payment', 1180, $4, '{"clauses":[{"clause":"recurring","outcome":"earned","reason":"in_time","product":"118"}]}', $4)`,
      [world.tenantId, event_id, partnerId, world.clock.now()],
    );
    const { status, body } = await call("GET", "/partners/commissions?status=pending&limit=10");
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: [{ id, amount: 118, currency: "USD", rate: 0.1 }], nextCursor: null });
    expect((await call("GET", `/partners/commissions/${id}`)).body).toMatchObject({
      id,
      receipt: {
        eventId: event_id,
        kind: "payment",
        number: 1,
        amount: 1180,
        occurredAt: world.clock.now().toISOString(),
        clauses: [{ clause: "recurring", product: "118" }],
      },
      reversals: [],
      disputes: [],
      payout: { paid: 0, inTransit: 0, unpaid: 118 },
    });
    expect((await call("GET", "/partners/commissions/summary")).body).toMatchObject({
      currencies: [{ currency: "USD", pending: 118, balances: { pending: 118, debt: 0 } }],
    });
  });

  it("disputes one, and finds the dispute in its list", async () => {
    const { id: commissionId } = await world.seedCommission(partnerId, 50n);
    const dispute = await call("POST", "/partners/commissions/dispute", { commissionId, reason: "too little" });
    expect(dispute).toMatchObject({ status: 201, body: { commissionId, status: "open", amountMoved: 50 } });
    expect((await call("GET", "/partners/commissions/disputes?status=open")).body).toMatchObject({
      data: [{ id: dispute.body["id"] }],
    });
  });

  it.each([
    ["an unknown filter", "/partners/commissions?colour=red"],
    ["an unknown state", "/partners/commissions?status=gone"],
    ["an unknown sort", "/partners/commissions?sort=rate"],
    ["an instant that is none", "/partners/commissions?from=yesterday"],
    ["an id that is none", "/partners/commissions/1"],
  ])("is refused %s", async (_case, url) => {
    expect((await call("GET", url)).status).toBe(400);
  });

  it("is told that another's commission does not exist", async () => {
    const { id: commissionId } = await world.seedCommission(await world.newPartner(), 50n);
    const refusal = { status: 404, body: { code: "commission.not_found" } };
    expect(await call("GET", `/partners/commissions/${commissionId}`)).toMatchObject(refusal);
    expect(await call("POST", "/partners/commissions/dispute", { commissionId, reason: "mine" })).toMatchObject(
      refusal,
    );
  });
});

describe("an operator, over HTTP", () => {
  const operate = (method: "GET" | "POST", path: string, body?: object) =>
    call(method, `/admin/commissions${path}`, body, "operator");

  it("grants, approves, cancels, settles disputes and writes off debt", async () => {
    const payee = await world.newPartner();
    const granted = await operate("POST", "/grant", {
      partnerId: payee,
      amount: 500,
      currency: "USD",
      reason: "true-up",
    });
    expect(granted).toMatchObject({ status: 201, body: { type: "bonus", status: "pending", amount: 500 } });
    const id = String(granted.body["id"]);
    const dispute = await world.commissions.disputeCommission(world.partner(payee), {
      commissionId: id,
      reason: "too little",
    });
    expect(
      await operate("POST", `/disputes/${dispute.id}/resolve`, { outcome: "uphold", resolution: "right" }),
    ).toMatchObject({ status: 200, body: { status: "upheld", amountHeld: 0 } });
    expect(await operate("POST", `/${id}/approve`)).toMatchObject({ status: 200, body: { status: "approved" } });
    await world.payouts.requestPayoutFor(world.operator(), { partnerId: payee, currency: "USD" });
    expect(await operate("POST", `/${id}/cancel`, { reason: "mistake" })).toMatchObject({ status: 200 });
    expect(
      await operate("POST", "/write-off", { partnerId: payee, currency: "USD", reason: "goodwill" }),
    ).toMatchObject({ status: 201, body: { rule: "write_off", amount: 500, status: "approved" } });
    expect((await operate("GET", `?partnerId=${payee}`)).body).toMatchObject({ data: { length: 3 } });
    expect((await operate("GET", `/disputes?partnerId=${payee}`)).body).toMatchObject({ data: [{ id: dispute.id }] });
    expect((await operate("GET", `/${id}`)).body).toMatchObject({
      note: "true-up",
      reversals: [{ amount: -500 }],
      disputes: [{ id: dispute.id, amountMoved: 500 }],
    });
  });

  it("previews what a sale would earn, and assesses what was missed", async () => {
    const payee = await world.newPartner();
    const customer = await world.newCustomer(payee);
    const [referral] = await asOwner<{ id: string }>(world.clone, "select id from referrals where partner_id = $1", [
      payee,
    ]);
    const sale = { referralId: referral?.id, kind: "payment", amount: 1_177, currency: "USD" };
    const { body } = await operate("POST", "/preview", sale);
    expect(body).toMatchObject({
      commissions: [
        { type: "signup", amount: 10_000, rate: null },
        { type: "recurring", amount: 294, rate: 0.25 },
      ],
    });
    expect(body["clauses"]).toContainEqual(expect.objectContaining({ clause: "recurring", product: "294.25" }));
    expect((await operate("GET", `?partnerId=${payee}`)).body).toMatchObject({ data: [] });

    const listening = world.said.inside;
    world.said.inside = {};
    await world.sales.recordTransactions(world.system(), [
      {
        externalId: "missed",
        customerExternalId: customer,
        kind: "payment",
        amount: 1_177n,
        currency: "USD",
        occurredAt: world.clock.now(),
        originalExternalId: null,
        tax: 0n,
        revenue: 0n,
        createCustomer: false,
      },
    ]);
    world.said.inside = listening;
    const calculate = () => operate("POST", "/calculate", { partnerId: payee });
    expect(await calculate()).toEqual({ status: 200, body: { partners: 1, assessed: 1, commissions: 2, gaps: [] } });
    expect(await calculate()).toMatchObject({ body: { assessed: 0, commissions: 0 } });
    expect((await operate("GET", `?partnerId=${payee}`)).body).toMatchObject({ data: { length: 2 } });
  });

  it.each([
    ["a fraction of a cent", { amount: 1.5 }],
    ["a negative amount", { amount: -1 }],
    ["an amount as text", { amount: "5" }],
    ["an unknown field", { colour: "red" }],
    ["no reason", { reason: "" }],
  ])("is refused a grant with %s", async (_case, change) => {
    const grant = { partnerId, amount: 500, currency: "USD", reason: "true-up", ...change };
    expect((await operate("POST", "/grant", grant)).status).toBe(400);
  });
});
