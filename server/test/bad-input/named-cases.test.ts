import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { DEFAULT_TIERS } from "../../src/programs/index.ts";
import { convert, fresh, fund, grant, must, ownBank, sale, visit } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { type Got, openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../kit/two-tenants.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let partner: PartnerAt;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  partner = ours.partner;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** After each case the books are proven: what was refused left nothing behind. */
async function expectBooksHold(): Promise<void> {
  const { app } = tenants.world;
  for await (const finding of prove({ db: app.db, ctx: ours.ctx(), moduleChecks: app.moduleChecks }))
    expect(finding).toMatchObject({ broken: 0, breaks: [] });
}

/** An answer that refuses. */
const refused = (status: number, code: string) => ({ status, body: { code } });
const statuses = (answers: readonly Got[]) => answers.map(({ status }) => status).sort((one, other) => one - other);

type Result = { status: string; id?: string; error?: { code: string } };
const report = async (...events: object[]): Promise<Result[]> => {
  const sent = { auth: ours.operatorKey, key: fresh("key"), body: { transactions: events } };
  return (await must(ours, "POST", "/api/v1/transactions", sent))["results"] as Result[];
};
const refundOf = (customer: string, original: string, more: object = {}) =>
  sale(ours, customer, { kind: "refund", originalExternalId: original, ...more });
const convertTo = (body: object) => ours.send("POST", "/api/v1/referrals/convert", { auth: ours.operatorKey, body });
const payOut = (body: object, auth = partner.auth) =>
  ours.send("POST", "/api/v1/partners/payouts/request", { auth, key: fresh("key"), body });
/** What a customer's sales have earned its partner, reversals taken off. */
const earned = async (customer: string): Promise<number> => {
  const [row] = await asOwner<{ sum: string }>(
    database,
    `select coalesce(sum(c.amount), 0) as sum from commissions c
       join referrals r on (r.tenant_id, r.id) = (c.tenant_id, c.referral_id)
       join users u on (u.tenant_id, u.id) = (r.tenant_id, r.referred_user_id)
      where u.external_id = $1 and c.commission_type = 'recurring' and c.status <> 'cancelled'`,
    [customer],
  );
  return Number(row?.sum);
};

describe("a refund", () => {
  let customer: string;
  beforeEach(async () => {
    ({ customer } = await convert(ours, partner));
  });

  it("above its original takes back what there is, and no more", async () => {
    const payment = sale(ours, customer);
    await report(payment);
    expect(await earned(customer)).toBeGreaterThan(0);
    expect(await report(refundOf(customer, payment.externalId, { amount: 50_000 }))).toMatchObject([
      { status: "recorded" },
    ]);
    expect(await earned(customer)).toBe(0);
    await expectBooksHold();
  });

  it("before its original waits, and is assessed with it", async () => {
    const payment = sale(ours, customer);
    expect(await report(refundOf(customer, payment.externalId))).toMatchObject([{ status: "waiting" }]);
    await expectBooksHold();
    expect(await report(payment)).toMatchObject([{ status: "recorded" }]);
    expect(await earned(customer)).toBe(0);
    const [waiting] = await asOwner(
      database,
      "select count(*)::int as n from transactions where original_external_id = $1 and original_id is null",
      [payment.externalId],
    );
    expect(waiting).toEqual({ n: 0 });
    await expectBooksHold();
  });

  it("twice is the same refund; two of the whole take back the whole once", async () => {
    const payment = sale(ours, customer);
    const refund = refundOf(customer, payment.externalId, { amount: 6_000 });
    await report(payment);
    const whole = await earned(customer);
    expect(await report(refund)).toMatchObject([{ status: "recorded" }]);
    expect(await report(refund)).toMatchObject([{ status: "duplicate" }]);
    expect(await earned(customer)).toBe(whole / 2);
    expect(await report({ ...refund, amount: 5_999 })).toMatchObject([
      { status: "rejected", error: { code: "transaction.conflict" } },
    ]);
    await report(refundOf(customer, payment.externalId), refundOf(customer, payment.externalId));
    expect(await earned(customer)).toBe(0);
    await expectBooksHold();
  });

  it("of a refund, of itself, of another's sale or in another currency is refused", async () => {
    const payment = sale(ours, customer);
    const refund = refundOf(customer, payment.externalId, { amount: 1_000 });
    await report(payment, refund);
    const other = (await convert(ours, ours.rival)).customer;
    const itself = fresh("refund");
    const cases: [object, string][] = [
      [refundOf(customer, refund.externalId), "transaction.original_not_reversible"],
      [refundOf(customer, itself, { externalId: itself }), "transaction.original_unexpected"],
      [refundOf(other, payment.externalId), "transaction.customer_mismatch"],
      [refundOf(customer, payment.externalId, { currency: "EUR" }), "transaction.currency_mismatch"],
      [refundOf(customer, payment.externalId, { amount: 0 }), "transaction.amount_invalid"],
      [sale(ours, customer, { kind: "refund" }), "transaction.original_missing"],
      [sale(ours, customer, { originalExternalId: payment.externalId }), "transaction.original_unexpected"],
      [sale(ours, customer, { currency: "QQQ" }), "transaction.currency_unknown"],
      [sale(ours, customer, { amount: 9_007_199_254_740_991 }), "transaction.amount_too_large"],
      [sale(ours, customer, { tax: 12_001 }), "transaction.tax_invalid"],
      [sale(ours, customer, { occurredAt: "1969-12-31T23:59:59Z" }), "transaction.occurred_at_invalid"],
    ];
    const results = await report(...cases.map(([event]) => event));
    expect(results.map(({ status, error }) => [status, error?.code])).toEqual(
      cases.map(([, code]) => ["rejected", code]),
    );
    await expectBooksHold();
  });
});

describe("a transaction", () => {
  it("for an unknown user is refused, and keeps nothing", async () => {
    const stranger = fresh("stranger");
    expect(await report(sale(ours, stranger))).toMatchObject([
      { status: "rejected", error: { code: "transaction.unknown_customer" } },
    ]);
    expect(await asOwner(database, "select id from users where external_id = $1", [stranger])).toEqual([]);
    await expectBooksHold();
  });

  it("reported by two at once is recorded once", async () => {
    const { customer } = await convert(ours, partner);
    const payment = sale(ours, customer);
    const results = await Promise.all([report(payment), report(payment), report(payment)]);
    expect(results.filter(([one]) => one?.status === "recorded")).toHaveLength(1);
    await expectBooksHold();
  });
});

describe("a conversion", () => {
  it("without a click, with a click that is none, or by a code nobody has, is refused", async () => {
    expect(await convertTo({ externalId: fresh("customer") })).toMatchObject(refused(409, "referral.no_click"));
    expect(await convertTo({ externalId: fresh("customer"), clickId: newId() })).toMatchObject(
      refused(409, "referral.no_click"),
    );
    expect(
      await convertTo({ externalId: fresh("customer"), referralCode: partner.referralCode, deviceId: "never-seen" }),
    ).toMatchObject(refused(409, "referral.no_click"));
    expect(await convertTo({ externalId: fresh("customer"), referralCode: "nobody-s" })).toMatchObject(
      refused(409, "referral.code_unknown"),
    );
    expect(await convertTo({ externalId: fresh("customer"), couponCode: "NOBODYS" })).toMatchObject(
      refused(409, "referral.coupon_invalid"),
    );
  });

  it("of oneself is refused", async () => {
    const clickId = await visit(ours, partner.referralCode);
    expect(await convertTo({ externalId: fresh("customer"), clickId, email: partner.email })).toMatchObject(
      refused(409, "referral.self"),
    );
    expect(
      await convertTo({ externalId: fresh("customer"), clickId, email: partner.email.toUpperCase() }),
    ).toMatchObject(refused(409, "referral.self"));
  });

  it("twice is answered as it was; through another partner it is refused", async () => {
    const { customer, click, referral } = await convert(ours, partner);
    const again = await convertTo({ externalId: customer, clickId: click, email: `${customer}@customers.test` });
    expect([again.status, again.body["id"]]).toEqual([200, referral]);
    const other = await visit(ours, ours.rival.referralCode);
    expect(await convertTo({ externalId: customer, clickId: other })).toMatchObject(
      refused(409, "referral.already_converted"),
    );
  });

  it("by two partners' clicks at once ties the customer to one", async () => {
    const externalId = fresh("customer");
    const clicks = [await visit(ours, partner.referralCode), await visit(ours, ours.rival.referralCode)];
    const answers = await Promise.all(clicks.map((clickId) => convertTo({ externalId, clickId })));
    expect(statuses(answers)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body["code"]).toBe("referral.already_converted");
    const rows = await asOwner(
      database,
      "select r.id from referrals r join users u on u.id = r.referred_user_id where u.external_id = $1",
      [externalId],
    );
    expect(rows).toHaveLength(1);
    await expectBooksHold();
  });
});

describe("a dispute", () => {
  it("of another's commission, of one's own twice, or of one that was taken back, is refused", async () => {
    const dispute = (commissionId: string, auth: string) =>
      ours.send("POST", "/api/v1/partners/commissions/dispute", {
        auth,
        body: { commissionId, reason: "Less than agreed" },
      });
    const commission = await grant(ours, partner.id);
    expect(await dispute(commission, ours.rival.auth)).toMatchObject(refused(404, "commission.not_found"));
    expect(await dispute(newId(), ours.rival.auth)).toMatchObject(refused(404, "commission.not_found"));
    expect((await dispute(commission, partner.auth)).status).toBe(201);
    expect(await dispute(commission, partner.auth)).toMatchObject(refused(409, "commission.wrong_state"));
    const cancelled = await grant(ours, partner.id);
    await must(ours, "POST", `/api/v1/admin/commissions/${cancelled}/cancel`, {
      auth: ours.admin,
      body: { reason: "A mistake" },
    });
    expect(await dispute(cancelled, partner.auth)).toMatchObject(refused(409, "commission.wrong_state"));
    await expectBooksHold();
  });
});

describe("a commission that is disputed while a part of it is being paid", () => {
  it("is refunded, paid and settled with books that hold at every step", async () => {
    const auth = ours.admin;
    const { customer } = await convert(ours, ours.rival);
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: ours.rival.auth, body: ownBank() });
    const payment = sale(ours, customer, { amount: 1_000_000 });
    await report(payment);
    const { data } = await must(ours, "GET", "/api/v1/partners/commissions?type=recurring", { auth: ours.rival.auth });
    const [{ id: commissionId } = { id: "" }] = data as { id: string }[];
    await must(ours, "POST", `/api/v1/admin/commissions/${commissionId}/approve`, { auth });
    const half = { partnerId: ours.rival.id, currency: "USD", amount: 60_000 };
    const payout = await must(ours, "POST", "/api/v1/admin/payouts/request", { auth, key: fresh("key"), body: half });
    const dispute = await must(ours, "POST", "/api/v1/partners/commissions/dispute", {
      auth: ours.rival.auth,
      body: { commissionId, reason: "Less than agreed" },
    });
    await expectBooksHold();
    await report(refundOf(customer, payment.externalId, { amount: 900_000 }));
    await expectBooksHold();
    const release = { payoutId: payout["id"] };
    await must(ours, "POST", "/api/v1/admin/payouts/process", { auth, key: fresh("key"), body: release });
    await tenants.world.settle();
    await expectBooksHold();
    await must(ours, "POST", `/api/v1/admin/commissions/disputes/${String(dispute["id"])}/resolve`, {
      auth,
      body: { outcome: "cancel", resolution: "The customer left" },
    });
    const body = { partnerId: ours.rival.id, currency: "USD", reason: "Too little to ask for" };
    const given = await must(ours, "POST", "/api/v1/admin/commissions/write-off", { auth, key: fresh("key"), body });
    // Paid 60,000 and owed nothing: all of it.
    expect(given["amount"]).toBe(60_000);
    await expectBooksHold();
  });
});

describe("a payout", () => {
  it("without a method, or to an account that is not finished, is refused", async () => {
    const { id, auth } = await ours.register("affiliate");
    await fund(ours, id, 50_000);
    expect(await payOut({ currency: "USD" }, auth)).toMatchObject(refused(409, "payout.no_method"));
    const body = { kind: "stripe_connect", country: "US" };
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth, body });
    expect(await payOut({ currency: "USD" }, auth)).toMatchObject(refused(409, "payout.method_not_payable"));
    await expectBooksHold();
  });

  it("below the minimum, above the balance, of nothing, or in a currency that is none or has no minimum, is refused", async () => {
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ownBank() });
    expect(await payOut({ currency: "USD" })).toMatchObject(refused(409, "payout.nothing_available"));
    await fund(ours, partner.id, 100_000);
    expect(await payOut({ currency: "USD", amount: 1 })).toMatchObject(refused(409, "payout.below_minimum"));
    expect(await payOut({ currency: "USD", amount: 100_001 })).toMatchObject(refused(409, "payout.above_balance"));
    expect(await payOut({ currency: "QQQ" })).toMatchObject(refused(400, "payout.currency_unknown"));
    expect(await payOut({ currency: "JPY" })).toMatchObject(refused(409, "payout.nothing_available"));
    expect(await payOut({ currency: "USD", amount: 0 })).toMatchObject(refused(400, "request.invalid"));
    await expectBooksHold();
  });

  it("of everything, asked for by three at once, is made once", async () => {
    const answers = await Promise.all([
      payOut({ currency: "USD" }),
      payOut({ currency: "USD" }),
      payOut({ currency: "USD" }),
    ]);
    expect(statuses(answers)).toEqual([201, 409, 409]);
    await expectBooksHold();
    const made = String(answers.find(({ status }) => status === 201)?.body["id"]);
    const process = () =>
      ours.send("POST", "/api/v1/admin/payouts/process", {
        auth: ours.admin,
        key: fresh("key"),
        body: { payoutId: made },
      });
    const released = await Promise.all([process(), process()]);
    expect(statuses(released)).toEqual([200, 409]);
    await tenants.world.settle();
    expect(await ours.send("POST", `/api/v1/partners/payouts/${made}/cancel`, { auth: partner.auth })).toMatchObject(
      refused(409, "payout.wrong_state"),
    );
    await expectBooksHold();
  });
});

describe("a plan", () => {
  const RANGE = { recurringRateRange: { minimum: 0.1, maximum: 0.2 } };

  it("outside the tier's range is refused: as a draft, and as terms of one partner", async () => {
    const tiers = { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, ...RANGE, recurringRate: 0.21 } };
    const drafted = await ours.send("POST", "/api/v1/admin/program/plans", { auth: ours.admin, body: { tiers } });
    expect(drafted).toMatchObject(refused(400, "plan.rate_out_of_range"));
    const agree = (recurringRate: number) =>
      ours.send("PUT", `/api/v1/admin/partners/${partner.id}/terms`, {
        auth: ours.admin,
        body: { overrides: { recurringRate }, reason: "Agreed" },
      });
    expect(await agree(0.9)).toMatchObject(refused(400, "plan.rate_out_of_range"));
    expect(await agree(-0.1)).toMatchObject(refused(400, "request.invalid"));
    expect(await agree(1.1)).toMatchObject(refused(400, "request.invalid"));
    await expectBooksHold();
  });
});

describe("a credential", () => {
  const ask = (auth: string) => ours.send("GET", "/api/v1/admin/partners", { auth });

  it("that is wrong, of another tenant, expired or revoked opens nothing", async () => {
    const { theirs, world } = tenants;
    const [id = ""] = Buffer.from(ours.operatorKey.slice(6), "base64").toString().split(":");
    expect(await ask(`Basic ${Buffer.from(`${id}:wrong`).toString("base64")}`)).toMatchObject(
      refused(401, "auth.key_invalid"),
    );
    expect(await ask(theirs.operatorKey)).toMatchObject(refused(401, "auth.key_invalid"));
    expect(await ask(theirs.admin)).toMatchObject(refused(401, "auth.token_invalid"));
    const brief = await ours.send("POST", "/api/v1/admin/api-keys", {
      auth: ours.admin,
      body: {
        name: "Brief",
        scopes: ["partners:read"],
        expiresAt: new Date(world.clock.now().getTime() + DAY_MS).toISOString(),
      },
    });
    const { apiKey, secret } = JSON.parse(brief.text) as { apiKey: string; secret: string };
    const auth = `Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}`;
    expect((await ask(auth)).status).toBe(200);
    const revoked = await ours.makeKey(ours.admin, "admin", ["partners:read"]);
    await must(ours, "DELETE", `/api/v1/admin/api-keys/${revoked.id}`, { auth: ours.admin });
    expect(await ask(revoked.auth)).toMatchObject(refused(401, "auth.key_revoked"));
    world.clock.advance(DAY_MS);
    expect(await ask(auth)).toMatchObject(refused(401, "auth.key_expired"));
    expect(await ask(ours.admin)).toMatchObject(refused(401, "auth.token_invalid"));
  });
});

/** Last: it moves the clock past every other window. */
describe("a click", () => {
  it("outside the window converts nobody", async () => {
    const clickId = await visit(ours, partner.referralCode);
    tenants.world.clock.advance(91 * DAY_MS);
    expect(await convertTo({ externalId: fresh("customer"), clickId })).toMatchObject(
      refused(409, "referral.out_of_window"),
    );
    await expectBooksHold();
  });
});
