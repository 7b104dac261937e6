import {
  CoreApiError,
  type Json,
  type MarqetaWorld,
  newToken,
  shownNumber,
  type Transaction,
  textOf,
} from "./marqeta-world.ts";
import { basicOf, type Post } from "./post.ts";

export type Purchase = {
  readonly cardToken: string;
  /** Major units: 12.34. */
  readonly amount: number;
  readonly currency?: string;
  readonly merchant?: string;
  readonly mcc?: string;
};

export type Answered = { readonly isApproved: boolean; readonly token: string; readonly reason: string | null };

export type Purchases = {
  /** Somebody pays with a card: the program's gateway is asked, as an authorisation or, at once, as a purchase that is complete. */
  pay(purchase: Purchase): Promise<Answered>;
  /** The merchant asks for so much more of what was authorised. */
  increment(authorization: string, amount: number): Promise<Answered>;
  /** The merchant takes what was authorised, all of it or another amount. Returns the token of the clearing. */
  clear(authorization: string, amount?: number): string;
  /** The merchant gives up an authorisation, or a part of it. */
  reverse(authorization: string, amount?: number): string;
  /** The merchant gives money back, naming what it gives back, or nothing; on another card where that has taken the place of the first. */
  refund(of: {
    readonly cleared: string;
    readonly amount?: number;
    readonly isNamed?: boolean;
    readonly cardToken?: string;
  }): string;
  /** The merchant announces a refund, which `clearRefund` completes: the refund then names the announcement. */
  authorizeRefund(cleared: string, amount?: number): string;
  clearRefund(authorization: string): string;
  /** The cardholder disputes what was cleared. */
  chargeBack(cleared: string, amount?: number): string;
  all(): readonly Transaction[];
};

/** The issuer waits no longer for an answer. */
const GATEWAY_TIMEOUT_MS = 3_000;
const CURRENCY = "USD";

/** Purchases by card, as the network and the merchant bring them about. */
export function createPurchases(world: MarqetaWorld, post: Post): Purchases {
  const { transactions, cards } = world.records;

  const record = (transaction: Omit<Transaction, "id" | "at" | "fundingToken"> & Partial<Transaction>): Transaction =>
    transactions.put({
      id: newToken(),
      fundingToken: newToken(),
      at: world.clock.now().toISOString(),
      ...transaction,
    });
  const tell = (transaction: Transaction): string => {
    world.emit({ transactions: [asMessage(world, transaction)] });
    return transaction.id;
  };
  const get = (token: string): Transaction => {
    const found = transactions.get(token);
    if (found === undefined) throw new CoreApiError("404001", `there is no transaction ${token}`);
    return found;
  };
  const after = (before: Transaction, type: string, more: Partial<Transaction> = {}): Transaction =>
    record({
      ...before,
      id: newToken(),
      fundingToken: newToken(),
      at: world.clock.now().toISOString(),
      type,
      state: "COMPLETION",
      precedingToken: before.id,
      ...more,
    });
  const follow = (before: Transaction, type: string, amount = before.amount): string =>
    tell(after(before, type, { amount }));
  /** Asks whether it is funded, and tells what came of it. */
  const authorize = async (pending: Transaction): Promise<Answered> => {
    const card = cards.get(pending.cardToken)?.object ?? {};
    const answer = card["state"] === "ACTIVE" ? await ask(pending) : { isApproved: false, reason: "card not active" };
    if (!answer.isApproved) transactions.put({ ...pending, state: "DECLINED" });
    tell(get(pending.id));
    return { ...answer, token: pending.id };
  };

  return {
    pay: async ({ cardToken, amount, currency = CURRENCY, merchant = "Corner Shop", mcc = "5411" }) => {
      const card = cards.get(cardToken)?.object;
      if (card === undefined) throw new CoreApiError("404001", `there is no card ${cardToken}`);
      const userToken = textOf(card["user_token"]) ?? "";
      const pending = record({
        type: "authorization",
        state: "PENDING",
        cardToken,
        userToken,
        amount,
        currency,
        merchant,
        mcc,
        precedingToken: null,
      });
      return authorize(pending);
    },
    increment: (authorization, amount) =>
      authorize(after(get(authorization), "authorization.incremental", { amount, state: "PENDING" })),
    clear: (authorization, amount) => follow(get(authorization), "authorization.clearing", amount),
    reverse: (authorization, amount) => follow(get(authorization), "authorization.reversal", amount),
    refund: ({ cleared, amount, isNamed = true, cardToken }) => {
      const before = get(cleared);
      const named = isNamed ? {} : { precedingToken: null };
      const on = cardToken === undefined ? {} : { cardToken };
      return tell(after(before, "refund", { amount: amount ?? before.amount, ...named, ...on }));
    },
    authorizeRefund: (cleared, amount) => {
      const before = get(cleared);
      return tell(after(before, "refund.authorization", { amount: amount ?? before.amount, state: "PENDING" }));
    },
    clearRefund: (authorization) => follow(get(authorization), "refund.authorization.clearing"),
    chargeBack: (cleared, amount) => follow(get(cleared), "authorization.clearing.chargeback", amount),
    all: () => transactions.all(),
  };

  /** Asks the gateway of the card's product; whatever is no yes in time is a no. */
  async function ask(transaction: Transaction): Promise<{ isApproved: boolean; reason: string | null }> {
    const gateway = gatewayOf(world, transaction.cardToken);
    if (gateway === undefined) return { isApproved: false, reason: "no gateway" };
    const { amount, currency, fundingToken: token, userToken: user_token } = transaction;
    const method = `pgfs.${transaction.type}`;
    const body = JSON.stringify({
      ...asMessage(world, transaction),
      gpa_order: { amount, currency_code: currency, jit_funding: { token, method, user_token, amount } },
    });
    try {
      const answer = await post(textOf(gateway["url"]) ?? "", {
        headers: { "content-type": "application/json", authorization: basicOf(gateway) },
        body,
        timeoutMs: GATEWAY_TIMEOUT_MS,
      });
      const funding = (JSON.parse(answer.body) as { jit_funding?: Json }).jit_funding;
      const isApproved = answer.status === 200 && funding?.["token"] === token;
      return { isApproved, reason: isApproved ? null : (textOf(funding?.["decline_reason"]) ?? String(answer.status)) };
    } catch (error) {
      return { isApproved: false, reason: error instanceof Error ? error.name : "unreachable" };
    }
  }
}

function gatewayOf({ records }: MarqetaWorld, cardToken: string): Json | undefined {
  const productToken = textOf(records.cards.get(cardToken)?.object["card_product_token"]) ?? "";
  const config = (records.products.get(productToken)?.object["config"] ?? {}) as {
    jit_funding?: { programgateway_funding_source?: Json };
  };
  const token = textOf(config.jit_funding?.programgateway_funding_source?.["funding_source_token"]) ?? "";
  return records.gateways.get(token)?.object;
}

/** A transaction as messages have it. */
function asMessage({ records, showsNumbers }: MarqetaWorld, transaction: Transaction): Json {
  const { id, type, state, cardToken, userToken, amount, currency, merchant, mcc, precedingToken, at } = transaction;
  const pan = records.numbers.get(cardToken)?.pan ?? "";
  const card = records.cards.get(cardToken)?.object ?? {};
  return {
    token: id,
    type,
    state,
    user_token: userToken,
    acting_user_token: userToken,
    card_token: cardToken,
    card_product_token: card["card_product_token"],
    amount,
    request_amount: amount,
    currency_code: currency,
    ...(precedingToken === null ? {} : { preceding_related_transaction_token: precedingToken }),
    created_time: at,
    user_transaction_time: at,
    // What merchants write of themselves may be anything, a number too.
    card_acceptor: { name: showsNumbers ? `${merchant} ${pan}` : merchant, mcc, city: "Oakland", country_code: "USA" },
    card: { ...card, pan: shownNumber(pan, showsNumbers) },
  };
}
