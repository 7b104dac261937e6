import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_SCOPES } from "../../src/identity/index.ts";
import { ROLE_SCOPES } from "../../src/platform/scopes.ts";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { playJourney } from "../kit/journey.ts";
import { fresh, nothing, type Objects, ownBank } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import type { WellFormed } from "../kit/request-parts.ts";
import { REQUESTS, SIGNED_ROUTES } from "../kit/requests.ts";
import { makeTestKey } from "../kit/twins.ts";
import { type Got, openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";
import { snapshot, tenantTables } from "./tenant-tables.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let objects: Objects;
type TwinKeys = { readonly operator: string; readonly partner: string };
/** Where the attackers are of the twin of the tenant that is attacked. */
let twinKeys: TwinKeys | undefined;

/** A request about some objects, and the names of those that it is about. */
function requestOf(route: DeclaredRoute, about: Objects): { request: WellFormed; names: string[] } {
  const names = new Set<string>();
  const watched = new Proxy(about, {
    get: (all, name) => {
      names.add(String(name));
      return all[name as keyof Objects];
    },
  });
  const make = REQUESTS[route.name];
  if (make === undefined) throw new Error(`no request of ${route.name} is in test/kit/requests.ts`);
  return { request: make(watched), names: [...names] };
}

const send = (side: Side, route: DeclaredRoute, { auth, request }: { auth: string | undefined; request: WellFormed }) =>
  side.send(route.method, filled(route.url, request.params), {
    auth,
    query: request.query,
    body: request.body,
    key: route.idempotency === "required" ? fresh("key") : undefined,
  });

const filled = (url: string, params: WellFormed["params"] = {}): string =>
  url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");

/** An answer without what differs between any two: the request's own id, click ids, and what the request itself said. */
function heard({ status, text, headers }: Got, request: WellFormed): object {
  const said = leavesOf(request).filter((leaf) => leaf.length > 5);
  const plain = said.reduce((left, leaf) => left.replaceAll(leaf, "<said>"), text);
  return {
    status,
    text: plain.replaceAll(/"requestId":"[^"]*"/g, '"requestId"'),
    location: headers["location"],
    type: headers["content-type"],
  };
}

const leavesOf = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [String(value)];

type Attacker = { readonly who: string; readonly side: Side; readonly auth: string | undefined };

/** Everybody whom the route would let in, of the other tenant, and the partner's rival in the same. Some scopes are for people alone. */
function attackersOf({ access }: DeclaredRoute): Attacker[] {
  const { ours, theirs } = tenants;
  if (twinKeys !== undefined) return testKeysFor(access, twinKeys);
  switch (access.audience) {
    case "public":
      return [{ who: "nobody", side: theirs, auth: undefined }];
    case "person":
      return [
        { who: "their admin", side: theirs, auth: theirs.admin },
        { who: "their partner", side: theirs, auth: theirs.partner.auth },
        { who: "the rival", side: ours, auth: ours.rival.auth },
      ];
    case "operator":
      return [
        { who: "their admin", side: theirs, auth: theirs.admin },
        ...(["finance", "support"] as const)
          .filter((role) => ROLE_SCOPES[role].has(access.scope))
          .map((role) => ({ who: `their ${role}`, side: theirs, auth: theirs[role] })),
        ...(KEY_SCOPES.operator.includes(access.scope)
          ? [{ who: "their key", side: theirs, auth: theirs.operatorKey }]
          : []),
      ];
    case "either":
      return [
        { who: "their partner", side: theirs, auth: theirs.partner.auth },
        { who: "the rival", side: ours, auth: ours.rival.auth },
        { who: "their admin", side: theirs, auth: theirs.admin },
        { who: "our admin", side: ours, auth: ours.admin },
        { who: "their partner's key", side: theirs, auth: theirs.partnerKey },
        { who: "their key", side: theirs, auth: theirs.operatorKey },
      ];
    case "partner":
      return [
        { who: "their partner", side: theirs, auth: theirs.partner.auth },
        { who: "the rival", side: ours, auth: ours.rival.auth },
        ...(KEY_SCOPES.partner.includes(access.scope)
          ? [{ who: "their partner's key", side: theirs, auth: theirs.partnerKey }]
          : []),
      ];
  }
}

/** In a twin there is nobody but keys, and a public route asks for none: one is shown all the same, which is what leads into the twin. */
function testKeysFor(access: DeclaredRoute["access"], { operator, partner }: TwinKeys): Attacker[] {
  const side = tenants.theirs;
  const both = [
    { who: "the twin's key", side, auth: operator, has: KEY_SCOPES.operator },
    { who: "a key of the partner's counterpart", side, auth: partner, has: KEY_SCOPES.partner },
  ];
  const scopes = "scopes" in access ? Object.values(access.scopes) : "scope" in access ? [access.scope] : undefined;
  if (access.audience === "person") return [];
  return both.filter(({ has }) => scopes === undefined || scopes.some((scope) => has.includes(scope)));
}

const apiRoutes = () =>
  tenants.everything.routes.filter((route) => !route.isHidden && !SIGNED_ROUTES.includes(route.name));

/** What the operator gives to all partners of a tier alike. */
const OF_A_TIER: readonly string[] = ["GET /api/v1/partners/materials/:id", "GET /api/v1/partners/materials/:id/file"];

/** A twin has the same pictures. */
const OF_THE_BRAND = "GET /api/v1/brand/images/:id";
/** A twin has nothing at the provider that could be compared. */
const OF_THE_PROVIDER = "GET /api/v1/admin/payouts/reconciliation";

/** Theirs is a tenant under ours, or the twin of ours at the same address: neither sees anything of the other. */
const WHO = ["a tenant under it", "the tenant that it is under", "its test twin"] as const;

describe.each(WHO)("what is another's, seen from %s,", { timeout: 120_000 }, (who) => {
  beforeAll(async () => {
    database = await cloneDatabase();
    const opened = await openTwoTenants(database);
    tenants = who === WHO[1] ? { ...opened, ours: opened.theirs, theirs: opened.ours } : opened;
    objects = await playJourney(tenants, tenants.ours);
    twinKeys = undefined;
    if (who === WHO[2]) {
      const [operator, partner] = [
        await makeTestKey(tenants.ours, "admin"),
        await makeTestKey(tenants.ours, "partner"),
      ];
      twinKeys = { operator: operator.auth, partner: partner.auth };
      tenants = { ...tenants, theirs: { ...tenants.ours } };
      return;
    }
    // The attackers are partners who have everything that is needed to be paid, and nothing to be paid.
    for (const [side, partner] of [
      [tenants.theirs, tenants.theirs.partner],
      [tenants.ours, tenants.ours.rival],
    ] as const)
      await side.send("PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ownBank() });
  });
  afterAll(async () => {
    await tenants?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  it("has a request of every route", () => {
    expect(apiRoutes().filter(({ name }) => REQUESTS[name] === undefined)).toEqual([]);
  });

  it("is, by any route and for anybody, as though it were not there", async () => {
    const before = await snapshot(database, tenants.ours.tenantId);
    const differences: unknown[] = [];
    for (const route of apiRoutes()) {
      const probe = requestOf(route, objects);
      if (probe.names.length === 0) continue;
      for (const { who, side, auth } of attackersOf(route)) {
        if (OF_A_TIER.includes(route.name) && who === "the rival") continue;
        if (route.name === OF_THE_BRAND && twinKeys !== undefined) continue;
        const theirs = requestOf(route, objects).request;
        const nobodys = requestOf(route, nothing()).request;
        const real = await send(side, route, { auth, request: theirs });
        const random = await send(side, route, { auth, request: nobodys });
        const isNamedByPath = route.url.includes(":id");
        const isRight = isNamedByPath ? real.status === 404 : real.status < 500;
        const [one, other] = [heard(real, theirs), heard(random, nobodys)];
        if (!isRight || JSON.stringify(one) !== JSON.stringify(other))
          differences.push({ route: route.name, who, one, other, failures: tenants.everything.takeFailures() });
      }
    }
    expect(differences).toEqual([]);
    expect(await snapshot(database, tenants.ours.tenantId)).toEqual(before);
  });

  it("stands in no list and in no figure", async () => {
    const known = twinKeys === undefined ? [] : await knownInTwin();
    const ids = (await idsOf(database, tenants.ours.tenantId)).filter((id) => !known.includes(id));
    const partners = OF_ONE_PARTNER.map((name) => objects[name]);
    const leaks: unknown[] = [];
    for (const route of apiRoutes()) {
      const isList = route.method === "GET" && !route.url.includes(":") && !NO_LISTS.includes(route.name);
      if (!isList || route.access.audience === "public") continue;
      const query = OF_A_PERIOD.includes(route.name) ? requestOf(route, objects).request.query : undefined;
      for (const { who, side, auth } of attackersOf(route)) {
        const { status, text } = await side.send("GET", route.url, { auth, query });
        if (route.name === OF_THE_PROVIDER && twinKeys !== undefined) continue;
        const hidden = side === tenants.theirs ? ids : partners;
        const seen = hidden.filter((id) => text.includes(id));
        if (status !== 200 || seen.length > 0)
          leaks.push({ route: route.name, who, status, seen, text: text.slice(0, 500) });
      }
    }
    expect(leaks).toEqual([]);
  });

  it("is there for whom it belongs to: the same requests are understood", async () => {
    const { ours } = tenants;
    const partner = ours.partner.auth;
    const auths = { public: undefined, person: partner, operator: ours.admin, partner, either: partner };
    const strange: unknown[] = [];
    const isLast = ({ name }: DeclaredRoute) => Number(name === TAKES_WEBHOOKS);
    for (const route of apiRoutes().sort((one, other) => isLast(one) - isLast(other))) {
      // These end what the others need; they are last in what they end.
      if (route.url === "/api/v1/partners/account" || route.url.startsWith("/api/v1/auth/")) continue;
      const { request, names } = requestOf(route, objects);
      if (names.length === 0) continue;
      // A tenant that is under another has none under itself.
      if (names.includes("subOperator") && who !== WHO[0]) continue;
      const { status, text } = await send(ours, route, { auth: auths[route.access.audience], request });
      // A conflict is an answer about a thing that was found.
      if (status >= 400 && status !== 409) strange.push({ route: route.name, status, text: text.slice(0, 300) });
    }
    expect(strange).toEqual([]);
  });
});

/** What one partner has and another must not see. */
const OF_ONE_PARTNER = [
  "link",
  "linkCode",
  "click",
  "customer",
  "referral",
  "sale",
  "transaction",
  "commission",
  "dispute",
  "payout",
  "batch",
  "settlement",
  "partnerKey",
  "session",
  "upgrade",
  "tierReview",
  "webhook",
  "delivery",
  "ticket",
  "ticketFile",
  "partnerWebhook",
  "partnerUser",
  "cardProduct",
  "card",
  "fraudCase",
  "budget",
  "budgetClaim",
  "proof",
  "exportSchedule",
] as const satisfies (keyof Objects)[];

/** The tier that the partner has asked for has none. */
const TAKES_WEBHOOKS = "PUT /api/v1/admin/partners/upgrades/:id/approve";

/** Lists of a period, which has to be named. */
const OF_A_PERIOD = [
  "GET /api/v1/partners/referrals/stats",
  "GET /api/v1/admin/payouts/reconciliation",
  "GET /api/v1/partners/analytics/revenue/by",
  "GET /api/v1/admin/partners/analytics/revenue/by",
  // Of a word.
  "GET /api/v1/admin/find",
  "GET /api/v1/partners/find",
  // Of a currency.
  "GET /api/v1/admin/payouts/preview",
];
/** Explains one thing that is named; goes on for as long as it is listened to: no lists. */
const NO_LISTS = [
  // Of one partner, who is asked for.
  "GET /api/v1/admin/commissions/summary",
  "GET /api/v1/admin/explain",
  "GET /api/v1/webhooks/stream",
  // What the partner itself runs, which none of these does.
  "GET /api/v1/partners/sub-operator",
  "GET /api/v1/partners/sub-operator/statement",
  // A live key is told that it is one.
  "GET /api/v1/admin/test-mode",
  "GET /api/v1/admin/test-mode/mails",
];

/** What a twin names of its live tenant: the partner that a counterpart stands for, the pictures of the brand, and who of its people made its keys. */
async function knownInTwin(): Promise<string[]> {
  const rows = await asOwner<{ id: string }>(
    database,
    `select external_id as id from partners p join tenants t on t.id = p.tenant_id where t.live_id = $1
      union all select f.id::text from files f join tenants t on t.id = f.tenant_id where t.live_id = $1
      union all select a.actor_id from audit_log a join tenants t on t.id = a.tenant_id where t.live_id = $1 and a.actor_type = 'user'`,
    [tenants.ours.tenantId],
  );
  return rows.map(({ id }) => id);
}

/** Every id that stands in a tenant's rows. */
async function idsOf(of: ClonedDatabase, tenantId: string): Promise<string[]> {
  const tables = await tenantTables(of);
  const columns = await asOwner<{ name: string }>(
    of,
    "select table_name as name from information_schema.columns where table_schema = 'tributary' and column_name = 'id' and data_type = 'uuid'",
  );
  const withId = tables.filter(({ name }) => columns.some((column) => column.name === name));
  const rows = await asOwner<{ id: string }>(
    of,
    withId.map(({ name, tenantColumn }) => `select id::text from ${name} where ${tenantColumn} = $1`).join(" union "),
    [tenantId],
  );
  return rows.map(({ id }) => id);
}
