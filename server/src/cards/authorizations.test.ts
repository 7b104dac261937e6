import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  API,
  askForCard,
  connectProgram,
  makeCard,
  makeProduct,
  makeUser,
  readCard,
  settleCards,
} from "../../test/kit/cards.ts";
import { must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { createHttpServer } from "../platform/http/index.ts";
import type { InboxEvent } from "../sales/index.ts";

type Row = Record<string, unknown>;
let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let programId: string;
let productId: string;
let gateway: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  programId = await connectProgram(tenants.world, ours);
  productId = await makeProduct(tenants.world, ours, { programId, limits: { daily: 3_500 } });
  const [made] = tenants.world.marqeta.made("gateways");
  gateway = `Basic ${Buffer.from(`${String(made?.["basic_auth_username"])}:${String(made?.["basic_auth_password"])}`).toString("base64")}`;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const world = () => tenants.world;
const card = (more: object = {}) => makeCard(world(), ours, { productId, ...more });
const url = () => `/api/v1/webhooks/card-issuer/${programId}/authorizations`;
type Asking = { token?: string; method?: string; amount?: number | string; currency?: string; auth?: string };
const question = (
  of: { id: string; userId: string },
  { token = randomUUID(), method, amount, currency }: Asking = {},
) => ({
  token: `tx-${token.slice(0, 20)}`,
  type: "authorization",
  state: "PENDING",
  card_token: of.id,
  user_token: of.userId,
  card_acceptor: { name: "Corner Shop", mcc: "5411" },
  gpa_order: {
    currency_code: currency ?? "USD",
    jit_funding: { token, method: method ?? "pgfs.authorization", user_token: of.userId, amount: amount ?? 10 },
  },
});
const ask = async (of: { id: string; userId: string }, asking: Asking = {}, side = ours) => {
  const { status, body } = await side.send("POST", url(), {
    headers: {
      "content-type": "application/json",
      ...(asking.auth === "" ? {} : { authorization: asking.auth ?? gateway }),
    },
    body: JSON.stringify(question(of, asking)),
  });
  return { status, reason: (body["jit_funding"] as Row | undefined)?.["decline_reason"], body };
};
const answersOf = (cardId: string) =>
  asOwner<{ decision: string; amount: string; counts: string }>(
    database,
    "select decision, amount, counts from card_authorizations where card_id = $1 order by id",
    [cardId],
  );

describe("the question whether a purchase is funded", () => {
  it("is answered as the issuer reads it, with one row", async () => {
    const mine = await card();
    const token = randomUUID();
    const yes = await ask(mine, { token, amount: 12.34 });
    expect(yes).toMatchObject({
      status: 200,
      body: { jit_funding: { token, method: "pgfs.authorization", user_token: mine.userId, amount: 12.34 } },
    });
    const no = await ask(mine, { amount: "99.99" });
    expect(no).toMatchObject({ status: 402, reason: "over_daily_limit" });
    expect(await answersOf(mine.id)).toEqual([
      { decision: "approved", amount: "1234", counts: "1234" },
      { decision: "declined", amount: "9999", counts: "0" },
    ]);
    const list = await must(ours, "GET", `${API}/cards/${mine.id}/authorizations`, { auth: ours.partner.auth });
    expect(list["data"]).toHaveLength(2);
  });

  it("asked ten times at once takes a card no further than its limit", async () => {
    const mine = await card();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(mine)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ reason }) => reason === "over_daily_limit")).toHaveLength(7);
  });

  it("asked again is answered as it was, and counts once", async () => {
    const mine = await card();
    const asking = { token: randomUUID(), amount: 30 };
    const answers = await Promise.all([1, 2, 3].map(() => ask(mine, asking)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ask(mine, { amount: 10 })).status).toBe(402);
    expect(await answersOf(mine.id)).toHaveLength(2);
  });

  it("is a no at once for whoever was suspended here, though the issuer knows nothing of it yet", async () => {
    const mine = await card();
    const patch = (path: string, body: object) => must(ours, "PATCH", path, { auth: ours.partner.auth, body });
    await patch(`${API}/cards/${mine.id}`, { state: "suspended" });
    expect(await ask(mine)).toMatchObject({ status: 402, reason: "card_inactive" });
    await patch(`${API}/cards/${mine.id}`, { state: "active" });
    await patch(`${API}/users/${mine.userId}`, { status: "suspended" });
    expect(await ask(mine)).toMatchObject({ status: 402, reason: "user_inactive" });
    await patch(`${API}/users/${mine.userId}`, { status: "active" });
    const suspend = (act: string) =>
      must(ours, "PUT", `/api/v1/admin/partners/${ours.partner.id}/${act}`, {
        auth: ours.admin,
        body: { reason: "For a test" },
      });
    await suspend("suspend");
    expect(await ask(mine)).toMatchObject({ status: 402, reason: "partner_inactive" });
    await suspend("reactivate");
    expect(await ask(mine)).toMatchObject({ status: 200 });
    const turn = (isEnabled: boolean) =>
      must(ours, "PATCH", `/api/v1/admin/card-programs/${programId}`, { auth: ours.admin, body: { isEnabled } });
    await turn(false);
    expect(await ask(mine)).toMatchObject({ status: 402, reason: "program_inactive" });
    await turn(true);
    await settleCards(world());
  });

  it("is a no on any doubt: an unknown card or user, an amount that is none, a method that is not known", async () => {
    const mine = await card();
    const doubts: [string, Promise<{ status: number; reason: unknown }>][] = [
      ["card_unknown", ask({ ...mine, id: randomUUID() })],
      ["card_unknown", ask({ ...mine, userId: randomUUID() })],
      ["card_unknown", ask({ ...mine, id: "4111" })],
      ["amount_unreadable", ask(mine, { amount: -1 })],
      ["amount_unreadable", ask(mine, { amount: 1.234 })],
      ["amount_unreadable", ask(mine, { amount: "1e3" })],
      ["amount_unreadable", ask(mine, { currency: "ZZZ" })],
      ["currency_mismatch", ask(mine, { currency: "EUR" })],
      ["method_refused", ask(mine, { method: "pgfs.balanceinquiry" })],
      ["method_refused", ask(mine, { method: "pgfs.atm.withdrawal" })],
    ];
    for (const [reason, answer] of doubts) expect(await answer).toMatchObject({ status: 402, reason });
    expect((await ask(mine, { method: "pgfs.refund" })).status).toBe(200);
    expect((await answersOf(mine.id)).map(({ decision }) => decision)).toEqual(["declined"]);
  });

  it("that cannot be decided in time is a no, and nothing is written of it", async () => {
    const mine = await card();
    const other = new Client({ connectionString: database.serverUrl.replace(/\/\/[^@]*@/, (who) => who) });
    await other.connect();
    await other.query("set search_path = tributary");
    await other.query("set role tributary_server");
    await other.query("begin");
    await other.query("select set_config('tributary.tenant_id', $1, true)", [ours.tenantId]);
    await other.query("select from cards where id = $1 for update", [mine.id]);
    expect(await ask(mine)).toMatchObject({ status: 402, reason: "too_late" });
    await other.query("rollback");
    await other.end();
    await expect.poll(() => answersOf(mine.id)).toEqual([]);
    expect((await ask(mine)).status).toBe(200);
  });

  it("is heard from the issuer alone: nobody else's password, of no other tenant, and nothing that cannot be read", async () => {
    const mine = await card();
    const wrong = `Basic ${Buffer.from("tributary:wrong").toString("base64")}`;
    for (const auth of ["", wrong, ours.operatorKey])
      expect((await ask(mine, { auth })).body).toMatchObject({ status: 401, code: "card_issuer.caller_unknown" });
    expect((await ask(mine, {}, tenants.theirs)).body).toMatchObject({ status: 401 });
    const headers = { "content-type": "application/json", authorization: gateway };
    for (const body of ["", "{", "[]", '{"gpa_order":{}}', "null"])
      expect((await ours.send("POST", url(), { headers, body })).body).toMatchObject({
        status: 400,
        code: "card_issuer.message_invalid",
      });
  });
});

describe("a hold", () => {
  it("that is given back makes room again, once, and never more than it was", async () => {
    const mine = await card();
    const { purchases, webhooks } = world().marqeta;
    const { token } = await purchases.pay({ cardToken: mine.id, amount: 35 });
    expect((await ask(mine)).reason).toBe("over_daily_limit");
    webhooks.duplicateNext(2);
    purchases.reverse(token, 20);
    purchases.reverse(token, 99);
    await settleCards(world());
    const counts = (await answersOf(mine.id)).map((row) => Number(row.counts));
    expect(counts).toEqual([3_500, 0, -2_000, -1_500]);
    expect((await ask(mine, { amount: 35 })).status).toBe(200);
  });

  it("of yesterday that is given back today makes no room today", async () => {
    const mine = await card();
    const { purchases } = world().marqeta;
    const { token } = await purchases.pay({ cardToken: mine.id, amount: 35 });
    world().clock.advance(24 * 3_600_000);
    expect((await ask(mine, { amount: 35 })).status).toBe(200);
    purchases.reverse(token);
    await settleCards(world());
    expect((await ask(mine, { amount: 0.01 })).reason).toBe("over_daily_limit");
  });
});

describe("the log", () => {
  it("names no number of a card, whatever comes in and goes wrong", async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    await using stack = new AsyncDisposableStack();
    const http = await createHttpServer({
      ...world().app.guards,
      limit: () => Promise.resolve(),
      logger: pino({ level: "trace" }, sink),
      routes: world().app.routes,
      trustProxy: true,
      publicUrl: "http://operator.test",
    });
    stack.defer(() => http.close());
    const number = world().marqeta.numbers()[0] ?? "";
    const body = { card: { pan: number }, card_acceptor: { name: number }, transactions: [{ pan: number }] };
    const target = `/api/v1/webhooks/card-issuer/${programId}`;
    for (const path of [target, `${target}/authorizations`])
      for (const payload of [JSON.stringify(body), `{"pan":"${number}"`, `"${number}"`])
        for (const authorization of [gateway, "Basic x"])
          await http.inject({
            method: "POST",
            url: path,
            headers: { host: ours.host, "content-type": "application/json", authorization },
            payload,
          });
    expect(number).toMatch(/^\d{16}$/);
    expect(lines.filter((line) => line.includes(number))).toEqual([]);
  });
});

describe("what the operator has restricted", () => {
  const pay = (cardToken: string, amount: number) => world().marqeta.purchases.pay({ cardToken, amount });
  const ADMIN = "/api/v1/admin/cards";
  const signIn = () => world().signIn(ours.partner.email);
  const operator = (id: string, body: object) =>
    must(ours, "PATCH", `${ADMIN}/${id}`, { auth: ours.operatorKey, body });
  const change = async (id: string, body: object) =>
    (await ours.send("PATCH", `${API}/cards/${id}`, { auth: await signIn(), body })).body;

  it("stays suspended whatever its partner asks, and no other card of the user goes around it, until the operator lets go", async () => {
    const auth = await signIn();
    const { id, userId } = await makeCard(world(), ours, { productId, auth });
    expect(await operator(id, { state: "suspended" })).toMatchObject({ state: "suspended", isHeld: true });
    expect(await change(id, { state: "active" })).toMatchObject({ status: 409, code: "card.held" });
    expect(await change(id, { state: "suspended" })).toMatchObject({ state: "suspended" });
    expect((await askForCard(ours, { userId, productId }, auth)).body).toMatchObject({ code: "card.user_held" });
    expect(await pay(id, 1)).toMatchObject({ isApproved: false, reason: "card_inactive" });
    // Ending it is stricter, and allowed; the hold outlives the card.
    expect(await change(id, { state: "terminated" })).toMatchObject({ state: "terminated", isHeld: true });
    expect((await askForCard(ours, { userId, productId }, auth)).body).toMatchObject({ code: "card.user_held" });
    expect(await operator(id, { isHeld: false })).toMatchObject({ state: "terminated", isHeld: false });
    expect((await askForCard(ours, { userId, productId }, auth)).status).toBe(201);
  });

  it("holds a card that was not activated, a card that its partner had suspended, and one that the issuer calls active", async () => {
    const auth = await signIn();
    const user = await makeUser(ours, {}, auth);
    const { body: asked } = await askForCard(ours, { userId: user["id"], productId }, auth);
    const id = String(asked["id"]);
    expect(await operator(id, { isHeld: true })).toMatchObject({ state: "requested", isHeld: true });
    await settleCards(world());
    expect(await change(id, { state: "active" })).toMatchObject({ code: "card.held" });

    const { id: own } = await makeCard(world(), ours, { productId, auth: await signIn() });
    await change(own, { state: "suspended" });
    await operator(own, { state: "suspended" });
    expect(await change(own, { state: "active" })).toMatchObject({ code: "card.held" });
    await settleCards(world());
    await asOwner(database, "update cards set state = 'active' where id = $1", [own]);
    expect(await pay(own, 1)).toMatchObject({ isApproved: false });
    const at = new Date(world().clock.now().getTime() + 60_000).toISOString();
    const news = {
      type: "card_state",
      token: "told",
      cardToken: own,
      card: { state: "active", lastFour: null, expiresOn: null, at },
    };
    await world().app.cards.takeNews(ours.ctx(), { payload: { programId, news } } as unknown as InboxEvent);
    expect(await readCard(ours, own, await signIn())).toMatchObject({ state: "suspended", isHeld: true });
    expect(await operator(own, { state: "active" })).toMatchObject({ state: "active", isHeld: false });
  });

  it("bounds its limits: no partner's wish is wider, nor another card of the user, and the narrowest holds", async () => {
    const auth = await signIn();
    const { id, userId } = await makeCard(world(), ours, { productId, auth, limits: { daily: 3_000 } });
    const bounded = await operator(id, { limits: { daily: 1_000 } });
    expect(bounded).toMatchObject({ limits: { daily: 3_000 }, operatorLimits: { daily: 1_000 } });
    expect(await pay(id, 10.01)).toMatchObject({ isApproved: false, reason: "over_daily_limit" });
    expect(await change(id, { limits: { daily: 1_001 } })).toMatchObject({ code: "card.limit_above_operator" });
    expect(await change(id, { limits: { daily: null } })).toMatchObject({ operatorLimits: { daily: 1_000 } });
    expect(await pay(id, 10.01)).toMatchObject({ isApproved: false });
    const wide = await askForCard(ours, { userId, productId, limits: { daily: 2_000 } }, auth);
    expect(wide.body).toMatchObject({ code: "card.limit_above_operator" });
    expect((await askForCard(ours, { userId, productId }, auth)).body).toMatchObject({
      operatorLimits: { daily: 1_000 },
    });
    await operator(id, { limits: { daily: null } });
    expect(await pay(id, 10.01)).toMatchObject({ isApproved: true });
  });
});
