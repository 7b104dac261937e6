import type { CardIssuer, IssuedCard, IssuerOrder, IssuerOutcome, IssuerRequest, RequestKind } from "./card-issuer.ts";
import { issuedCard, text } from "./marqeta-wire.ts";

export type MarqetaSettings = {
  /** With the version: `https://sandbox-api.marqeta.com/v3`. */
  readonly baseUrl: string;
  readonly applicationToken: string;
  readonly adminToken: string;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 15_000;
/** The issuer declines by itself when no answer came; it is told so, to be sure. */
const GATEWAY_TIMEOUT_MS = 3_000;

const PATHS: Readonly<Record<RequestKind, string>> = {
  gateway: "/fundingsources/programgateway",
  webhook: "/webhooks",
  product: "/cardproducts",
  user: "/users",
  card: "/cards",
  card_transition: "/cardtransitions",
  user_transition: "/usertransitions",
};

/** By which fields what lies under a token is known to be what was asked for. Others may be masked, or changed since. */
const IDENTITY: Readonly<Record<RequestKind, readonly string[]>> = {
  gateway: ["url"],
  webhook: ["name"],
  product: ["name"],
  user: ["token"],
  card: ["card_product_token", "user_token"],
  card_transition: ["card_token", "state"],
  user_transition: ["user_token", "status"],
};

/**
 * Marqeta's Core API. Every POST carries a token of ours in its body: sent again with the same content it is answered with what was made
 * first, with other content it is a 409. So nothing is made twice, whatever is lost on the way. No number of a card is asked for.
 */
export function createMarqetaIssuer(settings: MarqetaSettings): CardIssuer {
  const { baseUrl, applicationToken, adminToken, timeoutMs = TIMEOUT_MS } = settings;
  const authorization = `Basic ${Buffer.from(`${applicationToken}:${adminToken}`).toString("base64")}`;
  const ask = async (method: "GET" | "POST", path: string, body?: string): Promise<Answer> => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization, accept: "application/json", "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, body: objectOf(await answer.text()) };
  };

  /** What lies under a token that was used with other content: ours, or somebody else's. */
  const lookUp = async ({ kind, token, body }: IssuerRequest): Promise<IssuerOutcome> => {
    const found = await ask("GET", `${PATHS[kind]}/${token}`);
    if (found.status === 404) return { kind: "unknown", code: "token_lost" };
    if (found.status !== 200 || found.body === undefined) return { kind: "unknown", code: codeOf(found) };
    const asked = objectOf(body) ?? {};
    const isOurs = IDENTITY[kind].every((field) => asked[field] === found.body?.[field]);
    return isOurs ? { kind: "confirmed", card: cardOf(kind, found.body) } : { kind: "refused", code: "token_taken" };
  };

  return {
    prepare: (token, order) => JSON.stringify({ token, ...bodyOf(order) }),
    send: async (request) => {
      try {
        const answer = await ask("POST", PATHS[request.kind], request.body);
        if (answer.status === 409) return await lookUp(request);
        return outcomeOf(request, answer);
      } catch (error) {
        if (error instanceof Error) return { kind: "unknown", code: error.name };
        throw error;
      }
    },
  };
}

type Json = Readonly<Record<string, unknown>>;
type Answer = { readonly status: number; readonly body: Json | undefined };

/** Refusals that are not about what was asked for: another try may go well. */
const PASSING = new Set([401, 403, 407, 408, 425, 429]);

function outcomeOf({ kind, token }: IssuerRequest, answer: Answer): IssuerOutcome {
  const { status, body } = answer;
  if (status === 200 || status === 201) {
    // A page of something in between is no yes.
    return body?.["token"] === token
      ? { kind: "confirmed", card: cardOf(kind, body) }
      : { kind: "unknown", code: "not_an_answer" };
  }
  const isRefusal = status >= 400 && status < 500 && !PASSING.has(status) && body?.["error_code"] !== undefined;
  const code = codeOf(answer);
  return isRefusal ? { kind: "refused", code } : { kind: "unknown", code };
}

const CODE_LENGTH_MAX = 40;
const codeOf = ({ status, body }: Answer): string =>
  (text(body?.["error_code"]) ?? String(status)).slice(0, CODE_LENGTH_MAX);

const cardOf = (kind: RequestKind, body: Json): IssuedCard | null =>
  kind === "card" || kind === "card_transition" ? (issuedCard(body) ?? null) : null;

function objectOf(json: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** Reason code 00: the holder asked for it. */
const BY_US = { channel: "API", reason_code: "00" } as const;

function bodyOf(order: IssuerOrder): Json {
  switch (order.kind) {
    case "gateway":
      return {
        name: order.name,
        url: order.url,
        active: true,
        timeout_millis: GATEWAY_TIMEOUT_MS,
        basic_auth_username: order.caller.username,
        basic_auth_password: order.caller.password,
      };
    case "webhook":
      return {
        name: order.name,
        active: true,
        config: {
          url: order.url,
          secret: order.caller.signingSecret,
          basic_auth_username: order.caller.username,
          basic_auth_password: order.caller.password,
        },
        events: ["cardtransition.*", "transaction.*"],
      };
    case "product":
      return {
        name: order.name,
        start_date: order.startsOn,
        active: true,
        config: {
          poi: { ecommerce: true, atm: false, other: { allow: true } },
          card_life_cycle: { activate_upon_issue: false },
          fulfillment: { payment_instrument: "VIRTUAL_PAN" },
          jit_funding: {
            programgateway_funding_source: {
              enabled: true,
              funding_source_token: order.gatewayToken,
              refunds_destination: "GATEWAY",
            },
          },
        },
      };
    case "user": {
      const { firstName, lastName, email, birthDate, address } = order.holder;
      return {
        first_name: firstName,
        last_name: lastName,
        email,
        birth_date: birthDate,
        ...(address && {
          address1: address.line1,
          city: address.city,
          state: address.state,
          postal_code: address.postalCode,
          country: address.country,
        }),
        metadata: { partner_id: order.partnerId },
      };
    }
    case "card":
      return { card_product_token: order.productToken, user_token: order.userToken };
    case "card_transition":
      return { card_token: order.cardToken, state: order.to.toUpperCase(), ...BY_US };
    case "user_transition":
      return { user_token: order.userToken, status: order.to.toUpperCase(), ...BY_US };
  }
}
