import { afterAll, beforeAll, expect, it } from "vitest";
import { OPERATIONS } from "../../src/webhooks/operation-events.ts";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { playJourney } from "../kit/journey.ts";
import { fresh, type Objects } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { REQUESTS } from "../kit/requests.ts";
import { openTwoTenants, type TwoTenants } from "../kit/two-tenants.ts";
import { type DescribedBody, misfits, type WebhookBody } from "../kit/webhook-bodies.ts";

/** What the program tells itself alone begins so. */
const INTERNAL = ["user.email_verified", "partner_notice.", "sub_operator.sold"];

/** Nothing was released to be paid by hand: the trail says that somebody asked, and nothing was handed out. */
const EMPTY_FILE = "exportBankFile";

let database: ClonedDatabase;
let tenants: TwoTenants;
let objects: Objects;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  objects = await playJourney(tenants, tenants.ours);
}, 120_000);
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** The ones that end what the others are about come last. */
const ENDS = [
  /^(remove|delete|end|withdraw|reject|revoke|close)/i,
  /^(suspendPartner|closeAccount|terminate|erase|acceptErasure|transferOwnership)/,
];
const rankOf = (operation: string): number => ENDS.findLastIndex((pattern) => pattern.test(operation));
const operationOf = ({ schema }: DeclaredRoute): string => (schema as { operationId?: string }).operationId ?? "";
const changing = (): DeclaredRoute[] =>
  tenants.everything.routes
    .filter(({ method, isHidden }) => method !== "GET" && !isHidden)
    .toSorted((one, other) => rankOf(operationOf(one)) - rankOf(operationOf(other)));

function send(route: DeclaredRoute) {
  const { admin, partner } = tenants.ours;
  const { params = {}, body, query } = REQUESTS[route.name]?.(objects) ?? {};
  const auth = {
    public: undefined,
    operator: admin,
    person: partner.auth,
    partner: partner.auth,
    either: partner.auth,
  };
  return tenants.ours.send(
    route.method,
    route.url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? ""),
    { auth: auth[route.access.audience], body, query, key: route.idempotency === "none" ? undefined : fresh("key") },
  );
}

type Places = { readonly events: string; readonly acts: string };
const places = async (): Promise<Places> => {
  const [last] = await asOwner<Places>(
    database,
    `select (select coalesce(max(position), 0) from outbox_events)::text as events,
            (select coalesce(max(position), 0) from audit_log)::text as acts`,
  );
  return last ?? { events: "0", acts: "0" };
};

/** What a request that succeeded has told, and how many acts it has left in the trail; undefined where it was refused. */
async function toldBy(route: DeclaredRoute) {
  const before = await places();
  const { status } = await send(route);
  if (status >= 300) return undefined;
  const told = await asOwner<{ type: string }>(
    database,
    "select distinct type from outbox_events where position > $1",
    [before.events],
  );
  const acts = await asOwner(database, "select action from audit_log where position > $1", [before.acts]);
  const types = told.map(({ type }) => type).filter((type) => !INTERNAL.some((one) => type.startsWith(one)));
  return { operation: operationOf(route), types, acts: acts.length };
}

it("a request that leaves an act in the trail tells what the table of operations says, and none tells anything else", async () => {
  const done = [];
  for (const route of changing()) done.push(await toldBy(route));
  const carriedOut = done.filter((one) => one !== undefined);
  expect(carriedOut.length).toBeGreaterThan(150);
  expect(
    carriedOut.filter(({ operation, types, acts }) => {
      const entry = OPERATIONS[operation] ?? "reads";
      return typeof entry === "string"
        ? types.length > 0
        : (acts > 0 && types.length === 0 && operation !== EMPTY_FILE) || types.some((type) => !entry.includes(type));
    }),
  ).toEqual([]);
}, 240_000);

it("what all of them have told fits its schemas, field by field, and none of it holds a secret", async () => {
  await tenants.world.settle();
  const catalogue = (await tenants.ours.send("GET", "/api/v1/webhooks/events")).body["events"] as DescribedBody[];
  const rows = await asOwner<{ body: string }>(database, "select body from webhook_events");
  const bodies = rows.map(({ body }) => JSON.parse(body) as WebhookBody);
  expect(new Set(bodies.map(({ type }) => type)).size).toBeGreaterThan(100);
  expect(misfits(catalogue, bodies)).toEqual([]);
  expect(rows.filter(({ body }) => /whsec_|"(secret|token|passwordHash|signingSecret)"/.test(body))).toEqual([]);
}, 120_000);

it("the example of an event that moves its object shows it in a state in which the event has left one, and another before", async () => {
  await tenants.world.settle();
  const catalogue = (await tenants.ours.send("GET", "/api/v1/webhooks/events")).body["events"] as DescribedBody[];
  const rows = await asOwner<{ body: string }>(database, "select body from webhook_events");
  const told = Map.groupBy(
    rows.map(({ body }) => JSON.parse(body) as WebhookBody),
    ({ type }) => type,
  );
  const movedTo = ({ changes }: WebhookBody): unknown => (changes?.["state"] ?? changes?.["status"])?.new;
  const moving = catalogue.flatMap(({ type, example }) => {
    const states = new Set((told.get(type) ?? []).map(movedTo));
    return states.size === 0 || states.has(undefined) ? [] : [{ type, shown: movedTo(example as WebhookBody), states }];
  });
  expect(moving.length).toBeGreaterThan(30);
  expect(moving.filter(({ shown, states }) => !states.has(shown))).toEqual([]);
  for (const { type, data, changes } of catalogue.map(({ example }) => example as WebhookBody))
    for (const [field, change] of Object.entries(changes ?? {}))
      expect([type, change.new, change.old === change.new]).toEqual([type, data[field], false]);
}, 120_000);
