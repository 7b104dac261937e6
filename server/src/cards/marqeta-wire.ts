import { createHmac } from "node:crypto";
import { equalsInConstantTime } from "../platform/crypto/index.ts";
import type { AuthorizationAsk, IssuedCard, IssuerCardState, IssuerNews, IssuerWire } from "./card-issuer.ts";

type Json = Readonly<Record<string, unknown>>;
type SpendKind = Extract<IssuerNews, { type: "spend" }>["kind"];

/** Transactions that move money, by what they are to sales. Cash is no spend: nobody earns on it. */
const SPENDS: Readonly<Record<string, SpendKind>> = {
  "authorization.clearing": "card",
  "authorization.clearing.cashback": "card",
  pindebit: "card",
  "pindebit.cashback": "card",
  "pindebit.authorization.clearing": "card",
  refund: "refund",
  "refund.authorization.clearing": "refund",
  "pindebit.refund": "refund",
  "authorization.clearing.chargeback": "chargeback",
  "pindebit.chargeback": "chargeback",
  "authorization.clearing.chargeback.reversal": "chargeback_won",
  "pindebit.chargeback.reversal": "chargeback_won",
};
const DONE = new Set(["COMPLETION", "CLEARED"]);

/** What gives back the hold of an authorisation. */
const RELEASES = new Set([
  "authorization.reversal",
  "authorization.reversal.issuerexpiration",
  "pindebit.authorization.reversal",
  "pindebit.authorization.reversal.issuerexpiration",
  "pindebit.reversal",
]);
/** What follows another transaction and is no spend itself: what is told later may name either. */
const LINKS = new Set(["authorization.incremental", "authorization.advice", "refund.authorization"]);
const AUTHORIZATIONS = new Set(["authorization", "authorization.incremental", "pindebit.authorization"]);

/** Methods of just-in-time funding that ask for money, and those that only tell. What is in neither is not given. */
const FUNDS = new Set([
  "pgfs.authorization",
  "pgfs.authorization.incremental",
  "pgfs.authorization.cashback",
  "pgfs.auth_plus_capture",
  "pgfs.pindebit",
  "pgfs.pindebit.cashback",
  "pgfs.pindebit.authorization",
]);
const TOLD = new Set([
  "pgfs.authorization.account_verification",
  "pgfs.authorization.advice",
  "pgfs.authorization.clearing",
  "pgfs.authorization.reversal",
  "pgfs.authorization.capture",
  "pgfs.force_capture",
  "pgfs.refund",
  "pgfs.refund.authorization",
  "pgfs.refund.authorization.clearing",
  "pgfs.refund.authorization.reversal",
  "pgfs.pindebit.refund",
  "pgfs.pindebit.authorization.clearing",
  "pgfs.pindebit.authorization.reversal",
]);

const CARD_STATES: Readonly<Record<string, IssuerCardState>> = {
  UNACTIVATED: "unactivated",
  ACTIVE: "active",
  // A card that may do less than usual is, to us, one that may do nothing.
  LIMITED: "suspended",
  UNSUPPORTED: "suspended",
  SUSPENDED: "suspended",
  TERMINATED: "terminated",
};

const TEXT_LENGTH_MAX = 255;
const TOKEN = /^[\w-]{1,36}$/;
/** A number of a card, however it is grouped: no text that holds one is kept. */
const LIKE_A_NUMBER = /(?:\d[ -]?){13,19}/;

export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const asObject = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});

const asList = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(asObject) : []);

const token = (value: unknown): string | undefined =>
  typeof value === "string" && TOKEN.test(value) ? value : undefined;

/** What a merchant calls itself, as one line. */
export function line(value: unknown): string | null {
  // Control characters are no part of a name, and Postgres keeps no NUL.
  const said = text(value)
    ?.replaceAll(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim()
    .slice(0, TEXT_LENGTH_MAX);
  return said === undefined || said === "" || LIKE_A_NUMBER.test(said) ? null : said;
}

/** A number of JSON as its shortest decimal text, which is what its author wrote. */
const decimal = (value: unknown): string | undefined =>
  typeof value === "number" && Number.isFinite(value) ? String(value) : text(value);

const instant = (value: unknown): string | undefined => {
  const at = new Date(text(value) ?? "");
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** What may be known of a card: of an answer or of news. Its number, masked or not, is left where it is. */
export function issuedCard(body: Json): IssuedCard | undefined {
  const state = CARD_STATES[text(body["state"]) ?? ""];
  if (state === undefined) return undefined;
  const lastFour = text(body["last_four"]);
  const [, month, year] = /^(0[1-9]|1[0-2])(\d\d)$/.exec(text(body["expiration"]) ?? "") ?? [];
  return {
    state,
    lastFour: lastFour !== undefined && /^\d{4}$/.test(lastFour) ? lastFour : null,
    expiresOn: year === undefined ? null : `20${year}-${month}`,
    at: instant(body["created_time"]) ?? null,
  };
}

function stateNews(item: Json): IssuerNews[] {
  const [own, cardToken, card] = [token(item["token"]), token(item["card_token"]), issuedCard(item)];
  if (own === undefined || cardToken === undefined || card === undefined || card.at === null) return [];
  return [{ type: "card_state", token: own, cardToken, card }];
}

function transactionNews(item: Json): IssuerNews[] {
  const [own, cardToken] = [token(item["token"]), token(item["card_token"])];
  const [type, state] = [text(item["type"]) ?? "", text(item["state"]) ?? ""];
  const [amount, currency] = [decimal(item["amount"]), text(item["currency_code"])];
  if (own === undefined || cardToken === undefined || amount === undefined || currency === undefined) return [];
  const preceding = token(item["preceding_related_transaction_token"]);
  const kind = SPENDS[type];
  const at = instant(item["user_transaction_time"]) ?? instant(item["created_time"]);
  if (kind !== undefined && DONE.has(state) && at !== undefined) {
    const acceptor = asObject(item["card_acceptor"]);
    const [merchant, mcc] = [line(acceptor["name"]), line(acceptor["mcc"])];
    const common = { token: own, cardToken, amount, currency, merchant, mcc, at };
    return [{ type: "spend", kind, precedingToken: preceding ?? null, ...common }];
  }
  const release = { type: "release", token: own, cardToken, amount, currency } as const;
  if (RELEASES.has(type) && preceding !== undefined) return [{ ...release, transactionToken: preceding }];
  const isLink = LINKS.has(type) && preceding !== undefined;
  const links: IssuerNews[] = isLink ? [{ type: "link", token: own, cardToken, precedingToken: preceding }] : [];
  if (AUTHORIZATIONS.has(type) && state === "DECLINED")
    return [...links, { ...release, token: `declined-${own}`, transactionToken: own }];
  return links;
}

const ALGORITHMS = ["sha1", "sha256"] as const;
const ENCODINGS = ["hex", "base64"] as const;

/** The messages of Marqeta: webhooks and the questions of the just-in-time gateway. */
export const marqetaWire: IssuerWire = {
  isSigned: (body, signature, secret) =>
    signature !== undefined &&
    // Accounts differ in algorithm and encoding; each is an HMAC of the secret over the bytes.
    ALGORITHMS.flatMap((algorithm) =>
      ENCODINGS.map((encoding) => createHmac(algorithm, secret).update(body).digest(encoding)),
    ).some((right) => equalsInConstantTime(Buffer.from(right), Buffer.from(signature))),

  readNews: (message) => {
    if (typeof message !== "object" || message === null || Array.isArray(message)) return undefined;
    const body = asObject(message);
    return [
      ...asList(body["cardtransitions"]).flatMap(stateNews),
      ...asList(body["transactions"]).flatMap(transactionNews),
    ];
  },

  readAuthorization: (message): AuthorizationAsk | undefined => {
    const body = asObject(message);
    const order = asObject(body["gpa_order"] ?? body["gpa_order_unload"]);
    const funding = asObject(order["jit_funding"]);
    const asked = {
      token: token(funding["token"]),
      transactionToken: token(body["token"]),
      method: text(funding["method"]),
      cardToken: token(body["card_token"]),
      userToken: token(funding["user_token"]) ?? token(body["user_token"]),
      amount: decimal(funding["amount"]),
      currency: text(order["currency_code"]) ?? text(body["currency_code"]),
    };
    if (!isWhole(asked)) return undefined;
    const acceptor = asObject(body["card_acceptor"]);
    const { method } = asked;
    return {
      ...asked,
      wants: FUNDS.has(method) ? "funds" : TOLD.has(method) ? "acknowledgement" : "nothing_given",
      merchant: line(acceptor["name"]),
      mcc: line(acceptor["mcc"]),
    };
  },
};

const isWhole = <Fields extends Record<string, string | undefined>>(
  fields: Fields,
): fields is Fields & { [Name in keyof Fields]: string } => Object.values(fields).every((value) => value !== undefined);
