import { createHmac } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { booksOf, convertCustomer } from "../../test/kit/money-in.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { SourceWithSecret } from "./create-source.ts";

let database: ClonedDatabase;
let world: WholeApp;
let source: SourceWithSecret;
let partnerId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  source = await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Paddle" });
  ({ id: partnerId } = await world.addPartner({ email: "ada@example.com" }));
  await convertCustomer(world, { partnerId, externalId: "user_1" });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Message = {
  readonly id?: string;
  readonly secret?: string | null;
  readonly at?: Date;
  readonly text?: string;
  readonly sourceId?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
type Answer = { code?: string; results?: { externalId: string; status: string; error?: { code: string } }[] };

/** As any sender signs: the base64 after `whsec_` is the key. */
const sign = (secret: string, text: string): string =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
    .update(text)
    .digest("base64")}`;

async function send(body: unknown, message: Message = {}): Promise<{ status: number; body: Answer; headers: object }> {
  const { id = `msg_${newId()}`, secret = source.signingSecret, at = world.clock.now() } = message;
  const text = message.text ?? JSON.stringify(body);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const answer = await world.http.inject({
    method: "POST",
    url: `/api/v1/intake/${message.sourceId ?? source.id}`,
    headers: {
      host: "operator.test",
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": sign(secret ?? "", `${id}.${timestamp}.${text}`),
      ...message.headers,
    },
    payload: text,
  });
  return { status: answer.statusCode, body: answer.json<Answer>(), headers: answer.headers };
}

const event = (more: object = {}) => ({
  externalId: `sale_${newId()}`,
  customerExternalId: "user_1",
  kind: "payment",
  amount: 1_000,
  currency: "USD",
  occurredAt: "2026-03-01T12:00:00Z",
  ...more,
});
const SOLD = { product: "cloud", planCode: "pro", country: "DE" };
const statuses = ({ body }: { body: Answer }) => body.results?.map(({ status, error }) => error?.code ?? status);

describe("a signed message", () => {
  it("is recorded, one event or many, each with a result of its own", async () => {
    expect(statuses(await send(event()))).toEqual(["recorded"]);
    const [one, two] = [event(), event({ amount: 3, tax: 9 })];
    const early = event({ kind: "refund", amount: 100, originalExternalId: "not_yet" });
    expect(statuses(await send({ transactions: [one, two, early, one] }))).toEqual([
      "recorded",
      "transaction.tax_invalid",
      "waiting",
      "duplicate",
    ]);
  });

  it("delivered again, or twice at once, is done once and answered as it was first", async () => {
    const [id, body] = ["msg_again", { transactions: [event()] }];
    const answers = await Promise.all([send(body, { id }), send(body, { id }), send(body, { id })]);
    for (const answer of [...answers, await send(body, { id })]) expect(statuses(answer)).toEqual(["recorded"]);
    const kept = await asOwner(
      database,
      "select 1 from inbox_events where external_id like '%msg_again' and processed_at is not null",
    );
    expect(kept).toHaveLength(1);
    expect((await send({ transactions: [event()] }, { id })).body).toMatchObject({ code: "revenue.message_id_reused" });
  });

  it("whose customer nobody knows is kept, listed, and recorded when the customer is converted", async () => {
    const payment = event({ customerExternalId: "user_2", amount: 2_000, occurredAt: "2026-03-02T12:00:00Z", ...SOLD });
    const refund = event({
      customerExternalId: "user_2",
      kind: "refund",
      amount: 500,
      originalExternalId: payment.externalId,
      occurredAt: "2026-03-03T12:00:00Z",
    });
    expect(statuses(await send({ transactions: [refund, payment] }))).toEqual(["unmatched", "unmatched"]);
    expect(statuses(await send(payment))).toEqual(["unmatched"]);
    expect(statuses(await send({ ...payment, amount: 1 }))).toEqual(["transaction.conflict"]);
    expect(statuses(await send({ ...payment, country: "FR" }))).toEqual(["transaction.conflict"]);
    const list = `/api/v1/admin/revenue/unmatched?sourceId=${source.id}&reason=customer_unknown&sort=occurredAt`;
    const { body } = await world.send("GET", list, { auth: world.operatorKey });
    expect(body).toMatchObject({ data: [{ amount: 2_000, customerExternalId: "user_2" }, { amount: 500 }] });

    const rival = await world.addPartner({ email: "bea@example.com" });
    await convertCustomer(world, { partnerId: rival.id, externalId: "user_2" });
    await world.settle();
    expect((await world.send("GET", list, { auth: world.operatorKey })).body).toMatchObject({ data: [] });
    expect(await booksOf(database, rival.id)).toMatchObject({
      earned: [
        { sale: payment.externalId, amount: 150 },
        { rule: "signup", amount: 5_000 },
      ],
    });
    expect(statuses(await send(payment))).toEqual(["duplicate"]);
    const sale = `/api/v1/admin/transactions?externalId=${payment.externalId}`;
    expect((await world.send("GET", sale, { auth: world.operatorKey })).body).toMatchObject({ data: [SOLD] });
  });

  it("may make its customer", async () => {
    const made = event({ customerExternalId: "user_made", createCustomer: true });
    expect(statuses(await send(made))).toEqual(["recorded"]);
  });

  it("that is late has the partner's earnings put in the order of dates", async () => {
    const partner = await world.addPartner({ email: "cleo@example.com" });
    await convertCustomer(world, { partnerId: partner.id, externalId: "user_3" });
    const at = (day: number) => `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`;
    const [first, second] = [2, 20].map((day) => event({ customerExternalId: "user_3", occurredAt: at(day) }));
    const refund = event({
      customerExternalId: "user_3",
      kind: "refund",
      originalExternalId: second?.externalId,
      occurredAt: at(22),
    });
    await send(second);
    await send(refund);
    await send(first);
    await world.settle();
    // Told in order, the first payment earns the signup, which the refund of the second leaves alone.
    expect(await booksOf(database, partner.id)).toMatchObject({
      earned: [
        { sale: first?.externalId, amount: 100 },
        { sale: "user_3", rule: "signup", amount: 5_000 },
      ],
    });
  });
});

describe("a late payment that takes the signup over, with no entry of its own,", () => {
  it.each([
    ["keeps it when the other is refunded", 1, [100, 5_000]],
    ["takes it along when it is refunded itself", 0, [100]],
  ])("%s", async (what, refunded, amounts) => {
    const [partner, customerExternalId] = [await world.addPartner({ email: `${newId()}@example.com` }), `late ${what}`];
    await convertCustomer(world, { partnerId: partner.id, externalId: customerExternalId });
    const sales = ["02", "20"].map((day) => event({ customerExternalId, occurredAt: `2026-03-${day}T12:00:00Z` }));
    for (const sale of sales.toReversed()) await send(sale);
    await world.settle();
    const originalExternalId = sales[refunded]?.externalId;
    await send(event({ customerExternalId, kind: "refund", originalExternalId, occurredAt: "2026-03-22T12:00:00Z" }));
    await world.settle();
    const { earned } = (await booksOf(database, partner.id)) as { earned: { amount: number }[] };
    expect(earned.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(amounts);
  });
});

describe("a message is refused, and leaves nothing behind", () => {
  const minutes = (count: number) => new Date(world.clock.now().getTime() + count * 60_000);

  it.each([
    [
      "signed with another secret",
      () => ({ secret: `whsec_${Buffer.alloc(32).toString("base64")}` }),
      400,
      "revenue.signature_invalid",
    ],
    [
      "signed for another body",
      () => ({ headers: { "webhook-signature": sign(source.signingSecret ?? "", "x") } }),
      400,
      "revenue.signature_invalid",
    ],
    [
      "with a signature that is none",
      () => ({ headers: { "webhook-signature": "v2,abc v1, \u00e9" } }),
      400,
      "revenue.signature_invalid",
    ],
    ["with a dot in its id", () => ({ id: "msg.1" }), 400, "revenue.signature_invalid"],
    ["of six minutes ago", () => ({ at: minutes(-6) }), 400, "revenue.timestamp_outside"],
    ["of six minutes from now", () => ({ at: minutes(6) }), 400, "revenue.timestamp_outside"],
    ["that is no JSON", () => ({ text: "{" }), 400, "revenue.message_invalid"],
    ["of another shape", () => ({ text: '{"transactions": [{"amount": "12"}]}' }), 400, "request.invalid"],
    ["with no events", () => ({ text: '{"transactions": []}' }), 400, "request.invalid"],
    [
      "of 1,001 events",
      () => ({ text: JSON.stringify({ transactions: Array(1_001).fill({}) }) }),
      400,
      "request.invalid",
    ],
    ["larger than a megabyte", () => ({ text: `"${"x".repeat(1_100_000)}"` }), 413, "request.too_large"],
    ["to a source that is none", () => ({ sourceId: newId() }), 404, "revenue.source_not_found"],
    ["to an address that is no id", () => ({ sourceId: "x" }), 404, "revenue.source_not_found"],
  ] as const)("%s", async (_, message, status, code) => {
    const before = await asOwner(database, "select count(*)::int as count from inbox_events");
    const answer = await send(event(), message() as Message);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await asOwner(database, "select count(*)::int as count from inbox_events")).toEqual(before);
  });

  it("without a signature", async () => {
    const { status, body } = await world.send("POST", `/api/v1/intake/${source.id}`, { body: event() });
    expect([status, body["code"]]).toEqual([400, "revenue.signature_missing"]);
  });

  it("to a source that is turned off, or of Stripe's kind", async () => {
    const off = await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Off" });
    await world.app.revenue.updateSource(world.ctx(), { sourceId: off.id, isEnabled: false });
    const secret = off.signingSecret;
    expect((await send(event(), { sourceId: off.id, secret })).body.code).toBe("revenue.source_disabled");
    const stripe = await world.app.revenue.createSource(world.ctx(), { kind: "stripe", name: "Stripe" });
    expect((await send(event(), { sourceId: stripe.id })).body.code).toBe("revenue.source_kind");
  });
});

describe("a secret", () => {
  it("that is rotated is good beside the new one until the overlap ends, and not at all without one", async () => {
    const made = await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Rotated" });
    const [sourceId, old] = [made.id, made.signingSecret];
    const rotated = await world.app.revenue.rotateSourceSecret(world.ctx(), { sourceId, overlapHours: 1 });
    const tried = async (secret: string | null) => (await send(event(), { sourceId, secret })).status;
    expect([await tried(old), await tried(rotated.signingSecret)]).toEqual([200, 200]);
    world.clock.advance(3_600_000);
    expect([await tried(old), await tried(rotated.signingSecret)]).toEqual([400, 200]);
    const last = await world.app.revenue.rotateSourceSecret(world.ctx(), { sourceId, overlapHours: 0 });
    expect([await tried(rotated.signingSecret), await tried(last.signingSecret)]).toEqual([400, 200]);
  });

  it("is shown once, lies encrypted, and does not open in another source's row", async () => {
    const made = await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Shown" });
    const { body } = await world.send("GET", "/api/v1/admin/revenue/sources", { auth: world.operatorKey });
    expect(JSON.stringify(body)).not.toContain(made.signingSecret);
    const [row] = await asOwner<{ secret_sealed: Buffer }>(
      database,
      "select secret_sealed from revenue_sources where id = $1",
      [made.id],
    );
    expect(row?.secret_sealed.includes(Buffer.from(made.signingSecret ?? ""))).toBe(false);
    await asOwner(database, "update revenue_sources set secret_sealed = $1 where id = $2", [
      row?.secret_sealed,
      source.id,
    ]);
    expect((await send(event(), { secret: made.signingSecret })).status).toBe(500);
  });
});

describe("what has waited for customers in two billing systems", () => {
  it("is recorded with the locks of each partner before the limit of all: who holds a partner and waits for the limit gets it", async () => {
    const limit = (monthly: number | null) =>
      world.app.commissions.limitSpending(world.ctx(), { currency: "USD", monthly, reason: "For a test" });
    const create = (name: string) => world.app.revenue.createSource(world.ctx(), { kind: "generic", name });
    const [first, second] = [await create("Chargebee"), await create("Recurly")];
    const { id: other } = await world.addPartner({ email: "eve@example.com" });
    await limit(1_000_000);
    for (const [customerExternalId, { id: sourceId, signingSecret: secret }] of [
      ["waits 1", first],
      ["waits 2", second],
    ] as const)
      expect(statuses(await send({ transactions: [event({ customerExternalId })] }, { sourceId, secret }))).toEqual([
        "unmatched",
      ]);
    await convertCustomer(world, { partnerId, externalId: "waits 1" });
    await convertCustomer(world, { partnerId: other, externalId: "waits 2" });
    const referrals = await asOwner<{ id: string }>(
      database,
      "select r.id from referrals r join users u on u.id = r.referred_user_id where u.external_id like 'waits _'",
    );

    const holder = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
    await holder.connect();
    try {
      await holder.query("begin");
      await holder.query("select from partner_sequences where partner_id = $1 for update", [other]);
      const matching = world.app.revenue.matchConverted(world.ctx(), { referralIds: referrals.map(({ id }) => id) });
      matching.catch(() => {});
      while ((await asOwner(database, WAITING)).length === 0);
      await holder.query("select from spend_limits for no key update nowait");
      await holder.query("commit");
      await matching;
    } finally {
      await holder.end();
    }
    const recorded = await asOwner<{ partner_id: string }>(
      database,
      "select t.partner_id from transactions t join users u on u.id = t.user_id where u.external_id like 'waits _'",
    );
    expect(new Set(recorded.map((one) => one.partner_id))).toEqual(new Set([partnerId, other]));
    await limit(null);
  });
});

const WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
