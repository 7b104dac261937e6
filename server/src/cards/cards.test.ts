import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  API,
  askForCard,
  connectProgram,
  HOLDER,
  makeCard,
  makeProduct,
  makeUser,
  readCard,
  settleCards,
} from "../../test/kit/cards.ts";
import { must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

type Row = Record<string, unknown>;

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let programId: string;
let productId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  programId = await connectProgram(tenants.world, ours);
  productId = await makeProduct(tenants.world, ours, {
    programId,
    limits: { perAuthorization: 50_000, daily: 80_000 },
  });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const world = () => tenants.world;
const marqeta = () => tenants.world.marqeta;
const pay = (cardToken: string, amount: number) => marqeta().purchases.pay({ cardToken, amount });
const rows = <R extends object = Row>(statement: string, values: unknown[] = []) =>
  asOwner<R>(database, statement, values);
const transactionsOf = (cardId: string) =>
  rows<{ kind: string; amount: string; revenue: string; partner_id: string }>(
    `select t.kind, t.amount, t.revenue, t.partner_id from card_spends s join transactions t on t.id = s.transaction_id
      where s.card_id = $1 order by t.recorded_at, t.id`,
    [cardId],
  );

describe("a card", () => {
  it("is made at the issuer once, told of, activated, suspended and ended, there as here", async () => {
    const user = await makeUser(ours);
    const { body: asked } = await askForCard(ours, { userId: user["id"], productId });
    expect(asked).toMatchObject({ state: "requested", lastFour: null });
    const id = String(asked["id"]);
    await world().settle();
    expect(await readCard(ours, id)).toMatchObject({
      state: "unactivated",
      lastFour: expect.stringMatching(/^\d{4}$/),
    });
    for (const state of ["active", "suspended", "active", "terminated"]) {
      await must(ours, "PATCH", `${API}/cards/${id}`, { auth: ours.partner.auth, body: { state } });
      await settleCards(world());
      expect(await readCard(ours, id)).toMatchObject({ state });
      expect(
        marqeta()
          .made("cards")
          .find((card) => card["token"] === id),
      ).toMatchObject({ state: state.toUpperCase() });
    }
    const late = await ours.send("PATCH", `${API}/cards/${id}`, {
      auth: ours.partner.auth,
      body: { state: "active" },
    });
    expect(late.body).toMatchObject({ status: 409, code: "card.wrong_state" });
    const told = await rows<{ type: string }>("select type from outbox_events where object_id = $1 order by position", [
      id,
    ]);
    expect(told.map(({ type }) => type)).toEqual([
      "card.requested",
      "card.issued",
      "card.state_changed",
      "card.state_changed",
      "card.state_changed",
      "card.terminated",
    ]);
  });

  it("asks for who its holder is with the first in a programme, and forgets it once it is told", async () => {
    const user = await makeUser(ours);
    const ask = (cardholder?: object) => askForCard(ours, { userId: user["id"], productId, cardholder });
    expect((await ask()).body).toMatchObject({ status: 400, code: "card.cardholder_missing" });
    expect((await ask(HOLDER)).status).toBe(201);
    await world().settle();
    expect((await ask()).status).toBe(201);
    const kept = await rows("select body_sealed from card_requests where chain_id = $1 and settled_at is not null", [
      user["id"],
    ]);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ body_sealed }) => body_sealed === null)).toBe(true);
    await world().settle();
    expect(
      marqeta()
        .made("users")
        .filter((one) => one["token"] === user["id"]),
    ).toHaveLength(1);
    expect(
      marqeta()
        .made("cards")
        .filter((one) => one["user_token"] === user["id"]),
    ).toHaveLength(2);
  });

  it("of another partner, or with another's product or user, is a 404", async () => {
    const { rival } = ours;
    const { id, userId } = await makeCard(world(), ours, { productId });
    const get = await ours.send("GET", `${API}/cards/${id}`, { auth: rival.auth });
    expect(get.body).toMatchObject({ status: 404, code: "card.not_found" });
    const theirs = await makeUser(ours, {}, rival.auth);
    const withProduct = await askForCard(ours, { userId: theirs["id"], productId }, rival.auth);
    expect(withProduct.body).toMatchObject({ status: 404, code: "card_product.not_found" });
    const withUser = await askForCard(ours, { userId, productId }, rival.auth);
    expect(withUser.body).toMatchObject({ status: 404, code: "partner_user.not_found" });
  });

  it("has limits that narrow its product's, never wider ones", async () => {
    const user = await makeUser(ours);
    const wide = await askForCard(ours, { userId: user["id"], productId, limits: { daily: 80_001 } });
    expect(wide.body).toMatchObject({ status: 400, code: "card.limit_above_product" });
    const { id } = await makeCard(world(), ours, { productId, limits: { daily: 1_000 } });
    expect(await pay(id, 10.01)).toMatchObject({ isApproved: false, reason: "over_daily_limit" });
    await must(ours, "PATCH", `${API}/cards/${id}`, { auth: ours.partner.auth, body: { limits: { daily: null } } });
    expect(await pay(id, 10.01)).toMatchObject({ isApproved: true });
  });

  it("that the issuer refuses is refused here, with its code", async () => {
    const { id, userId } = await makeCard(world(), ours, { productId });
    await must(ours, "DELETE", `${API}/cards/${id}`, { auth: ours.partner.auth });
    await must(ours, "PATCH", `${API}/users/${userId}`, { auth: ours.partner.auth, body: { status: "suspended" } });
    await world().settle();
    await rows("update partner_users set status = 'active' where id = $1", [userId]);
    const { body } = await askForCard(ours, { userId, productId });
    await world().settle();
    expect(await readCard(ours, String(body["id"]))).toMatchObject({ state: "refused", refusal: "400084" });
  });
});

describe("what goes wrong on the way to the issuer", () => {
  it.each([
    "drop_after_acting",
    "error_after_acting",
    "drop_before_acting",
    "error_before_acting",
    "rate_limit",
  ] as const)("%s: the card is made once, and known once", async (kind) => {
    const user = await makeUser(ours);
    marqeta().faults.inject({ kind }, { on: "POST /cards" });
    const { body } = await askForCard(ours, { userId: user["id"], productId });
    await world().settle();
    expect(await readCard(ours, String(body["id"]))).toMatchObject({ state: "requested" });
    await sendOpen();
    expect(await readCard(ours, String(body["id"]))).toMatchObject({ state: "unactivated" });
    expect(
      marqeta()
        .made("cards")
        .filter((card) => card["user_token"] === user["id"]),
    ).toHaveLength(1);
  });

  it("a 409 about what is ours is a yes, and about something else's a no", async () => {
    const user = await makeUser(ours);
    const ask = async () => String((await askForCard(ours, { userId: user["id"], productId })).body["id"]);
    const first = await ask();
    marqeta().faults.inject({ kind: "drop_after_acting" }, { on: "POST /cards" });
    await world().settle();
    marqeta().faults.inject({ kind: "key_in_use" }, { on: "POST /cards" });
    await sendOpen();
    expect(await readCard(ours, first)).toMatchObject({ state: "unactivated" });

    const second = await ask();
    await occupy(second);
    await world().settle();
    expect(await readCard(ours, second)).toMatchObject({ state: "refused", refusal: "token_taken" });
  });

  it("what a user asks for goes out in the order in which it was asked", async () => {
    const { id } = await makeCard(world(), ours, { productId });
    marqeta().faults.inject({ kind: "unavailable" }, { on: "POST /cardtransitions" });
    for (const state of ["suspended", "active", "suspended"])
      await must(ours, "PATCH", `${API}/cards/${id}`, { auth: ours.partner.auth, body: { state } });
    await settleCards(world());
    await sendOpen();
    await settleCards(world());
    const moves = marqeta()
      .made("cardTransitions")
      .filter((move) => move["card_token"] === id);
    expect(moves.map((move) => move["state"])).toEqual(["ACTIVE", "SUSPENDED", "ACTIVE", "SUSPENDED"]);
    expect(await readCard(ours, id)).toMatchObject({ state: "suspended" });
  });

  it("a request whose job is gone is taken up by the hourly look", async () => {
    const user = await makeUser(ours);
    const { body } = await askForCard(ours, { userId: user["id"], productId });
    await rows("delete from graphile_worker._private_jobs where key like '%card-request%'").catch(() => undefined);
    world().clock.advance(2 * 3_600_000);
    await world().wake("cards.wake_requests");
    await world().settle();
    const [card] = await rows("select state from cards where id = $1", [body["id"]]);
    expect(card).toEqual({ state: "unactivated" });
  });

  it("two workers that send the same request make one card", async () => {
    const user = await makeUser(ours, {}, await again());
    const { body } = await askForCard(ours, { userId: user["id"], productId }, await again());
    await world().app.cards.sendRequest(ours.ctx(), { programId, id: String(user["id"]) });
    const key = { programId, id: String(body["id"]) };
    marqeta().faults.inject({ kind: "hold" }, { on: "POST /cards", times: 2 });
    const sendings = [1, 2].map(() => world().app.cards.sendRequest(ours.ctx(), key));
    await marqeta().faults.held(2);
    marqeta().faults.release();
    await Promise.all(sendings);
    expect(
      marqeta()
        .made("cards")
        .filter((card) => card["user_token"] === user["id"]),
    ).toHaveLength(1);
    const [{ count } = { count: "0" }] = await rows<{ count: string }>(
      "select count(*) from outbox_events where object_id = $1 and type = 'card.issued'",
      [key.id],
    );
    expect(count).toBe("1");
  });

  /** A partner's session ends when the clock is moved far: another one. */
  const again = () => world().signIn(ours.partner.email);

  /** What the queue would do after its pause. */
  async function sendOpen(): Promise<void> {
    const open = await rows<{ program_id: string; id: string }>(
      "select program_id, id from card_requests where status = 'open' and tenant_id = $1 order by number",
      [ours.tenantId],
    );
    for (const { program_id, id } of open)
      await world()
        .app.cards.sendRequest(ours.ctx(), { programId: program_id, id })
        .catch(() => undefined);
  }

  /** Somebody else has used the token. */
  async function occupy(token: string): Promise<void> {
    const { url, applicationToken, adminToken } = marqeta();
    const other = await makeUser(ours);
    const headers = {
      authorization: `Basic ${Buffer.from(`${applicationToken}:${adminToken}`).toString("base64")}`,
      "content-type": "application/json",
    };
    const post = (path: string, body: object) =>
      fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    await post("/users", { token: other["id"] });
    await post("/cards", { token, user_token: other["id"], card_product_token: productId });
  }
});

describe("what is spent", () => {
  it("becomes a card event of the user's, earns its partner the share of the operator's revenue, and is taken back by a refund", async () => {
    const auth = await world().signIn(ours.partner.email);
    const { id } = await makeCard(world(), ours, { productId, auth });
    const { token } = await pay(id, 123.45);
    const cleared = marqeta().purchases.clear(token);
    await settleCards(world());
    expect(await transactionsOf(id)).toEqual([
      { kind: "card", amount: "12345", revenue: "123", partner_id: ours.partner.id },
    ]);
    marqeta().purchases.refund({ cleared, amount: 23.45 });
    await settleCards(world());
    expect((await transactionsOf(id)).map(({ kind, amount }) => [kind, amount])).toEqual([
      ["card", "12345"],
      ["refund", "2345"],
    ]);
    const list = await must(ours, "GET", `${API}/transactions`, { auth });
    const kinds = (list["data"] as Row[]).slice(0, 2).map((one) => one["kind"]);
    expect(new Set(kinds)).toEqual(new Set(["card", "refund"]));
  });

  it("told twice and the other way round is recorded once, and comes to the same", async () => {
    const auth = await world().signIn(ours.partner.email);
    const { id } = await makeCard(world(), ours, { productId, auth });
    marqeta().webhooks.hold();
    marqeta().webhooks.duplicateNext(10);
    const { token } = await pay(id, 50);
    const cleared = marqeta().purchases.clear(token, 40);
    marqeta().purchases.refund({ cleared, amount: 15 });
    marqeta().webhooks.release("reversed");
    await settleCards(world());
    marqeta().webhooks.resendAll();
    await settleCards(world());
    const booked = await transactionsOf(id);
    expect(booked).toHaveLength(2);
    expect(booked.find(({ kind }) => kind === "card")).toMatchObject({ amount: "4000" });
    expect(booked.find(({ kind }) => kind === "refund")).toMatchObject({ amount: "1500" });
    const ties = await rows("select original_id from transactions where kind = 'refund' and amount = 1500");
    expect(ties.every(({ original_id }) => original_id !== null)).toBe(true);
    expect(
      marqeta()
        .webhooks.answers()
        .every((status) => status === 200),
    ).toBe(true);
  });

  it("that names nothing it gives back is no transaction, and lies open for the operator", async () => {
    const auth = await world().signIn(ours.partner.email);
    const admin = await ours.addMember("admin");
    const { id } = await makeCard(world(), ours, { productId, auth });
    const { token } = await pay(id, 9);
    const cleared = marqeta().purchases.clear(token);
    marqeta().purchases.refund({ cleared, isNamed: false });
    await settleCards(world());
    const list = await must(ours, "GET", `/api/v1/admin/card-spend?isRefused=true&cardId=${id}`, { auth: admin });
    expect(list["data"]).toMatchObject([
      { kind: "refund", refusal: "transaction.original_missing", transactionId: null },
    ]);
  });

  it("of what the issuer says late of a card's state, the latest counts", async () => {
    const auth = await world().signIn(ours.partner.email);
    const { id } = await makeCard(world(), ours, { productId, auth });
    marqeta().webhooks.hold();
    for (const state of ["suspended", "active"]) {
      world().clock.advance(1_000);
      await must(ours, "PATCH", `${API}/cards/${id}`, { auth, body: { state } });
      await world().settle();
    }
    marqeta().webhooks.release("reversed");
    await settleCards(world());
    expect(await readCard(ours, id, auth)).toMatchObject({ state: "active" });
  });
});

describe("what is held of a person", () => {
  it("is told whole; their cards end before the partner's name for them is forgotten", async () => {
    const auth = await world().signIn(ours.partner.email);
    const { id, userId } = await makeCard(world(), ours, { productId, auth });
    const user = await must(ours, "GET", `${API}/users/${userId}`, { auth });
    const subject = { userId: String(user["customerId"]), email: "" };
    const { db, cards } = world().app;
    const { personalData } = cards;
    const collect = () => db.read(ours.ctx(), (tx) => personalData.collect(tx, subject));
    const close = () => db.transaction(ours.ctx(), async (tx) => personalData.close?.(tx, subject));
    const erase = () => db.transaction(ours.ctx(), (tx) => personalData.erase(tx, subject));
    expect(await collect()).toMatchObject([{ externalId: user["externalId"], cards: [{ id, state: "active" }] }]);
    expect((await close())?.map(({ count }) => count)).toEqual([1, 1]);
    expect((await close())?.map(({ count }) => count)).toEqual([0, 0]);
    expect(await erase()).toBe(1);
    expect(await erase()).toBe(0);
    expect(await collect()).toMatchObject([
      { externalId: `erased ${userId}`, status: "closed", cards: [{ id, state: "terminated" }] },
    ]);
    await settleCards(world());
    expect(
      marqeta()
        .made("cards")
        .find((card) => card["token"] === id),
    ).toMatchObject({ state: "TERMINATED" });
  });
});

describe("the number of a card", () => {
  it("stands in no table, whatever the issuer sends of it", async () => {
    const numbers = marqeta().numbers();
    expect(numbers.length).toBeGreaterThan(5);
    const tables = await rows<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'tributary' and table_type = 'BASE TABLE'",
    );
    const found: unknown[] = [];
    for (const { name } of tables) {
      const [hit] = await rows<{ count: string }>(
        `select count(*) from "${name}" t where exists (select from unnest($1::text[]) n where t::text like '%' || n || '%')`,
        [numbers],
      );
      if (hit?.count !== "0") found.push({ name, ...hit });
    }
    expect(found).toEqual([]);
  });
});
