import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectProgram, makeCard, makeProduct, settleCards } from "../../test/kit/cards.ts";
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
  productId = await makeProduct(tenants.world, ours, { programId });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const world = () => tenants.world;

describe("what is given back by the name of an authorisation", () => {
  /** A card, and a way to tell what the issuer would tell of it. */
  const teller = async () => {
    const auth = await world().signIn(ours.partner.email);
    const admin = await ours.addMember("admin");
    const { id: cardToken, userId } = await makeCard(world(), ours, { productId, auth });
    const token = (name: string) => `${name}-${cardToken.slice(-12)}`;
    const tellOn =
      (id: string) =>
      async (kind: string, name: string, amount: string, preceding: string, currency = "USD"): Promise<void> => {
        const news = {
          type: "spend",
          kind,
          token: token(name),
          precedingToken: token(preceding),
          cardToken: id,
          amount,
          currency,
          merchant: null,
          mcc: null,
          at: world().clock.now().toISOString(),
        };
        const event = { id, source: "card_issuer" as const, externalId: token(name), type: "spend" };
        world().clock.advance(1_000);
        const inbox = { ...event, receivedAt: world().clock.now(), payload: { programId, news } };
        await world().app.cards.takeNews(ours.ctx(), inbox);
      };
    /** Another card of the same user, and a way to tell of it. */
    const succeed = async () => {
      const { id } = await makeCard(world(), ours, { productId, auth, userId });
      return { id, tell: tellOn(id) };
    };
    /** What stands of each purchase: its amount, less what was taken back of it. */
    const standing = async (): Promise<number[]> =>
      (
        await asOwner<{ left: number }>(
          database,
          `select (p.amount - coalesce((select sum(case r.kind when 'chargeback_won' then -r.amount else r.amount end)
                     from transactions r left join transactions c on c.id = r.original_id and c.kind = 'chargeback'
                    where coalesce(c.original_id, r.original_id) = p.id), 0))::int as left
             from card_spends s join transactions p on p.id = s.transaction_id
             join cards c on c.id = s.card_id join cards mine on mine.partner_user_id = c.partner_user_id
            where mine.id = $1 and s.kind = 'card' order by s.occurred_at, s.id`,
          [cardToken],
        )
      ).map(({ left }) => left);
    const open = async () => {
      const query = { isRefused: true, cardId: cardToken };
      const list = await must(ours, "GET", "/api/v1/admin/card-spend", { auth: admin, query });
      return (list["data"] as Row[]).map(({ kind, refusal }) => `${String(kind)} ${String(refusal)}`);
    };
    return { id: cardToken, tell: tellOn(cardToken), succeed, standing, open };
  };

  it("is taken from all that was cleared of it, in whatever order that is told", async () => {
    const told: readonly (readonly [string, string, string, string])[] = [
      ["card", "first", "40", "authorised"],
      ["card", "second", "60", "authorised"],
      ["refund", "refund", "90", "authorised"],
    ];
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [0, 2, 1],
    ]) {
      const { tell, standing, open } = await teller();
      for (const index of order) for (const one of told.slice(index, index + 1)) await tell(...one);
      expect(await standing()).toEqual([0, 1_000]);
      expect(await open()).toEqual([]);
      for (const one of told) await tell(...one);
      expect(await standing()).toEqual([0, 1_000]);
    }
  });

  it("waits, and lies open, as far as nothing that it can be taken from was cleared", async () => {
    const { tell, standing, open } = await teller();
    await tell("refund", "refund", "50", "authorised");
    expect(await open()).toEqual(["refund card.purchase_awaited"]);
    await tell("card", "first", "30", "authorised");
    expect([await standing(), await open()]).toEqual([[0], ["refund card.purchase_awaited"]]);
    await tell("refund", "another", "10", "authorised");
    await tell("card", "second", "70", "authorised");
    expect([await standing(), await open()]).toEqual([[0, 4_000], []]);
  });

  it("in one currency is taken from nothing that was cleared in another, whichever is told first", async () => {
    for (const isRefundFirst of [false, true]) {
      const { tell, standing, open } = await teller();
      if (isRefundFirst) await tell("refund", "refund", "50", "authorised", "EUR");
      await tell("card", "first", "40", "authorised");
      await tell("card", "second", "60", "authorised", "EUR");
      if (!isRefundFirst) await tell("refund", "refund", "50", "authorised", "EUR");
      expect([await standing(), await open()]).toEqual([[4_000, 1_000], []]);
    }
  });

  it("becomes no more by a purchase that is below nothing, and is itself never below nothing", async () => {
    const { tell, standing, open } = await teller();
    await tell("refund", "refund", "50", "authorised");
    await tell("card", "first", "-40", "authorised");
    await tell("card", "second", "100", "authorised");
    await tell("refund", "another", "-10", "authorised");
    expect(await standing()).toEqual([5_000]);
    expect(await open()).toEqual(["refund transaction.original_missing", "card transaction.amount_invalid"]);
  });

  it("comes back, with a chargeback that is won, to all that it was taken from", async () => {
    for (const isWonFirst of [false, true]) {
      const { tell, standing, open } = await teller();
      if (isWonFirst) await tell("chargeback_won", "won", "90", "charged");
      await tell("card", "first", "40", "authorised");
      await tell("card", "second", "60", "authorised");
      await tell("chargeback", "charged", "100", "authorised");
      if (!isWonFirst) await tell("chargeback_won", "won", "90", "charged");
      expect([await standing(), await open()]).toEqual([[4_000, 5_000], []]);
      await tell("refund", "refund", "80", "authorised");
      expect(await standing()).toEqual([0, 1_000]);
    }
  });

  it("laid on a purchase that the rules refuse, goes on waiting, lies open, and is taken from the next", async () => {
    const { tell, standing, open } = await teller();
    await tell("chargeback_won", "won", "20", "charged");
    await tell("chargeback", "charged", "50", "authorised");
    await tell("card", "too-much", "10000000000000", "authorised");
    expect(await standing()).toEqual([]);
    expect(await open()).toEqual([
      "card transaction.amount_too_large",
      "chargeback card.purchase_awaited",
      "chargeback_won card.purchase_awaited",
    ]);
    await tell("card", "second", "60", "authorised");
    expect([await standing(), await open()]).toEqual([[3_000], ["card transaction.amount_too_large"]]);
  });

  it("in a sum that no number can show is not read, and lies open", async () => {
    const { tell, standing, open } = await teller();
    await tell("card", "endless", `1${"0".repeat(30)}`, "authorised");
    await tell("card", "first", "10", "authorised");
    expect([await standing(), await open()]).toEqual([[1_000], ["card card.amount_unreadable"]]);
  });

  it("told at once of a card and of its successor, takes no more than was cleared", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { tell, succeed, standing } = await teller();
      const successor = await succeed();
      await tell("card", "first", "100", "authorised");
      await Promise.all([
        tell("refund", "on-first", "60", "authorised"),
        successor.tell("refund", "on-second", "60", "authorised"),
      ]);
      expect(await standing()).toEqual([0]);
    }
  });

  describe("which the issuer calls by another name", () => {
    const purchases = () => world().marqeta.purchases;

    it.each([
      ["as they happened", "as told"],
      ["the other way round", "reversed"],
    ] as const)("finds its purchase where an authorisation was raised, told %s", async (_, order) => {
      const { id, standing, open } = await teller();
      for (const isLastNamed of [false, true]) {
        world().marqeta.webhooks.hold();
        const { token: first } = await purchases().pay({ cardToken: id, amount: 20 });
        const { token: raised } = await purchases().increment(first, 30);
        purchases().clear(isLastNamed ? raised : first, 50);
        purchases().refund({ cleared: isLastNamed ? first : raised, amount: 15 });
        world().marqeta.webhooks.release(order);
        await settleCards(world());
      }
      expect([await standing(), await open()]).toEqual([[3_500, 3_500], []]);
    });

    it.each([
      ["as they happened", "as told"],
      ["the other way round", "reversed"],
    ] as const)("finds its purchase where the refund was announced, told %s", async (_, order) => {
      const { id, succeed, standing, open } = await teller();
      const successor = await succeed();
      world().marqeta.webhooks.hold();
      const { token } = await purchases().pay({ cardToken: id, amount: 50 });
      const cleared = purchases().clear(token);
      purchases().clearRefund(purchases().authorizeRefund(cleared, 15));
      purchases().refund({ cleared, amount: 10, cardToken: successor.id });
      world().marqeta.webhooks.release(order);
      await settleCards(world());
      expect([await standing(), await open()]).toEqual([[2_500], []]);
      world().marqeta.webhooks.resendAll();
      await settleCards(world());
      expect(await standing()).toEqual([2_500]);
    });
  });
});
