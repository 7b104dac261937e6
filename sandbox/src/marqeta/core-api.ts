import {
  CoreApiError,
  type Json,
  lastFourOf,
  type MarqetaKinds,
  type MarqetaWorld,
  newNumber,
  newToken,
  type Resource,
  shownNumber,
  textOf,
} from "./marqeta-world.ts";

type Collection = Exclude<keyof MarqetaKinds, "numbers" | "transactions" | "messages">;

/** A resource of the Core API: where it lies, what it asks for, and what it becomes. */
type Endpoint = {
  readonly path: string;
  readonly collection: Collection;
  readonly required: readonly string[];
  readonly make: (world: MarqetaWorld, body: Json, token: string) => Json;
};

const EXPIRY_YEARS = 4;

const stamped = (world: MarqetaWorld, body: Json, token: string): Json => ({
  ...body,
  token,
  created_time: world.clock.now().toISOString(),
  last_modified_time: world.clock.now().toISOString(),
});

function objectAt(world: MarqetaWorld, collection: Collection, token: unknown, name: string): Resource {
  const found = world.records[collection].get(textOf(token) ?? "");
  if (found === undefined) throw new CoreApiError("400047", `Invalid ${name}`);
  return found;
}

function makeProduct(world: MarqetaWorld, body: Json, token: string): Json {
  const config = (body["config"] ?? {}) as { jit_funding?: { programgateway_funding_source?: Json } };
  const gateway = config.jit_funding?.programgateway_funding_source;
  if (gateway?.["enabled"] === true) objectAt(world, "gateways", gateway["funding_source_token"], "funding source");
  return stamped(world, body, token);
}

function makeCard(world: MarqetaWorld, body: Json, token: string): Json {
  objectAt(world, "products", body["card_product_token"], "card product");
  const user = objectAt(world, "users", body["user_token"], "user");
  if (user.object["status"] !== "ACTIVE") throw new CoreApiError("400084", "Cardholder not active");
  const pan = newNumber(world.records.numbers.all().length + 1);
  world.records.numbers.put({ id: token, pan });
  const expires = new Date(world.clock.now());
  expires.setUTCFullYear(expires.getUTCFullYear() + EXPIRY_YEARS);
  return {
    ...stamped(world, body, token),
    last_four: lastFourOf(pan),
    expiration: `${String(expires.getUTCMonth() + 1).padStart(2, "0")}${String(expires.getUTCFullYear()).slice(-2)}`,
    expiration_time: expires.toISOString(),
    barcode: "",
    pin_is_set: false,
    state: "UNACTIVATED",
    state_reason: "New card",
    fulfillment_status: "ISSUED",
    instrument_type: "VIRTUAL_PAN",
  };
}

const CARD_MOVES: Readonly<Record<string, readonly string[]>> = {
  UNACTIVATED: ["ACTIVE", "TERMINATED"],
  ACTIVE: ["SUSPENDED", "TERMINATED"],
  SUSPENDED: ["ACTIVE", "TERMINATED"],
  TERMINATED: [],
};
const TRANSITION_TYPES: Readonly<Record<string, string>> = {
  ACTIVE: "state.activated",
  SUSPENDED: "state.suspended",
  TERMINATED: "state.terminated",
};

function makeCardTransition(world: MarqetaWorld, body: Json, token: string): Json {
  const card = objectAt(world, "cards", body["card_token"], "card");
  const state = textOf(body["state"]) ?? "";
  if (!CARD_MOVES[String(card.object["state"])]?.includes(state))
    throw new CoreApiError("400031", `Invalid card state transition from ${String(card.object["state"])} to ${state}`);
  const holder = objectAt(world, "users", card.object["user_token"], "user");
  if (state === "ACTIVE" && holder.object["status"] !== "ACTIVE")
    throw new CoreApiError("422605", "Cardholder not active");
  const at = world.clock.now().toISOString();
  world.records.cards.put({ ...card, object: { ...card.object, state, last_modified_time: at } });
  const transition = {
    ...body,
    token,
    user_token: card.object["user_token"],
    card_product_token: card.object["card_product_token"],
    last_four: card.object["last_four"],
    pan: asAnswer(world, "cards", card)["pan"],
    expiration: card.object["expiration"],
    fulfillment_status: "ISSUED",
    type: TRANSITION_TYPES[state],
    created_time: at,
  };
  world.emit({ cardtransitions: [transition] });
  return transition;
}

const USER_STATUSES = ["ACTIVE", "SUSPENDED", "CLOSED"];

function makeUserTransition(world: MarqetaWorld, body: Json, token: string): Json {
  const user = objectAt(world, "users", body["user_token"], "user");
  const status = textOf(body["status"]) ?? "";
  if (!USER_STATUSES.includes(status)) throw new CoreApiError("400057", `Invalid status ${status}`);
  if (user.object["status"] === "CLOSED") throw new CoreApiError("400031", "A closed user cannot be changed");
  world.records.users.put({ ...user, object: { ...user.object, status, active: status === "ACTIVE" } });
  const transition = stamped(world, body, token);
  world.emit({ usertransitions: [transition] });
  return transition;
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    path: "/fundingsources/programgateway",
    collection: "gateways",
    required: ["name", "url", "basic_auth_username", "basic_auth_password"],
    make: stamped,
  },
  { path: "/webhooks", collection: "webhooks", required: ["name", "config", "events"], make: stamped },
  { path: "/cardproducts", collection: "products", required: ["name", "start_date"], make: makeProduct },
  {
    path: "/users",
    collection: "users",
    required: [],
    make: (world, body, token) => ({ ...stamped(world, body, token), active: true, status: "ACTIVE" }),
  },
  { path: "/cards", collection: "cards", required: ["card_product_token", "user_token"], make: makeCard },
  {
    path: "/cardtransitions",
    collection: "cardTransitions",
    required: ["card_token", "channel", "state"],
    make: makeCardTransition,
  },
  {
    path: "/usertransitions",
    collection: "userTransitions",
    required: ["user_token", "status", "reason_code", "channel"],
    make: makeUserTransition,
  },
];

const TOKEN_LENGTH_MAX = 36;
const ACTIVE_WEBHOOKS_MAX = 5;

/**
 * Makes a resource, or answers with what its token has made: a POST is idempotent by the token in its body. The same token with other content
 * is a 409, and nothing is changed.
 */
export function create(world: MarqetaWorld, endpoint: Endpoint, body: Json): Json {
  const token = textOf(body["token"]) ?? newToken();
  if (token.length > TOKEN_LENGTH_MAX) throw new CoreApiError("400057", "token: size must be between 1 and 36");
  const missing = endpoint.required.filter((name) => body[name] === undefined || body[name] === "");
  if (missing.length > 0) throw new CoreApiError("400057", `${missing.join(", ")}: may not be null`);
  const collection = world.records[endpoint.collection];
  const made = canonical(body);
  const before = collection.get(token);
  if (before !== undefined) {
    if (before.made !== made) throw new CoreApiError("409001", "Token already associated with a different payload");
    return asAnswer(world, endpoint.collection, before);
  }
  if (endpoint.collection === "webhooks" && collection.all().length >= ACTIVE_WEBHOOKS_MAX)
    throw new CoreApiError("400058", "No more than five active webhooks");
  const object = endpoint.make(world, body, token);
  return asAnswer(world, endpoint.collection, collection.put({ id: token, made, object }));
}

export function read(world: MarqetaWorld, endpoint: Endpoint, token: string, isShown = false): Json {
  const found = world.records[endpoint.collection].get(token);
  if (found === undefined) throw new CoreApiError("404001", "Requested resource was not found");
  return asAnswer(world, endpoint.collection, found, isShown);
}

const COUNT_DEFAULT = 5;
const COUNT_MAX = 10;

/** A page of a list, the last that was made first. */
export function list(world: MarqetaWorld, endpoint: Endpoint, query: Json): Json {
  const count = Number(query["count"] ?? COUNT_DEFAULT);
  const start = Number(query["start_index"] ?? 0);
  if (!Number.isInteger(count) || count < 1 || count > COUNT_MAX)
    throw new CoreApiError("400057", `count: must be between 1 and ${COUNT_MAX}`);
  if (!Number.isInteger(start) || start < 0) throw new CoreApiError("400057", "start_index: must not be negative");
  const all = world.records[endpoint.collection].all().reverse();
  const data = all.slice(start, start + count).map((resource) => asAnswer(world, endpoint.collection, resource));
  return {
    count: data.length,
    start_index: start,
    end_index: start + Math.max(data.length - 1, 0),
    is_more: start + count < all.length,
    data,
  };
}

/** A resource as it is answered: numbers and secrets masked. */
function asAnswer(world: MarqetaWorld, collection: Collection, { id, object }: Resource, isShown = false): Json {
  if (collection === "cards") {
    const pan = world.records.numbers.get(id)?.pan ?? "";
    return { ...object, pan: shownNumber(pan, isShown || world.showsNumbers) };
  }
  if (collection === "webhooks")
    return { ...object, config: { ...(object["config"] as Json), basic_auth_password: "******", secret: "******" } };
  return object;
}

/** The same content in one form, whatever the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
