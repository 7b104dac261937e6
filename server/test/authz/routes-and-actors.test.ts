import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_SCOPES } from "../../src/identity/index.ts";
import { type Access, createHttpServer } from "../../src/platform/http/index.ts";
import { ROLE_SCOPES, type Scope, TEAM_ROLE_SCOPES } from "../../src/platform/scopes.ts";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { must, nothing } from "../kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { REQUESTS } from "../kit/requests.ts";
import { openTwoTenants, type TwoTenants } from "../kit/two-tenants.ts";
import { ROOT } from "../tidy/source-tree.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
/** Authorization headers of everybody, by name. Of keys there are as many as routes ask for scopes. */
let auths: Record<Named, string | undefined>;
const keys = new Map<string, string>();
let partnersKey: { readonly id: string; readonly auth: string; readonly scope: Scope } | undefined;

const NOBODYS = [
  "nobody",
  "an expired token",
  "a session that was ended",
  "another tenant's admin",
  "another tenant's key",
  "a revoked key",
  "a key with a wrong secret",
  "a malformed credential",
] as const;
/** Of a partner's team; the owner is `partner`. */
const COLLEAGUES = {
  "the partner's manager": "manager",
  "the partner's finance": "finance",
  "the partner's viewer": "viewer",
} as const;
const PEOPLE = ["partner", ...names(COLLEAGUES), "support", "finance", "admin"] as const;
const KEYS = [
  "a partner's key with the scope",
  "a partner's key without it",
  "an operator's key with the scope",
  "an operator's key without it",
] as const;
type Colleague = keyof typeof COLLEAGUES;
type Named = (typeof NOBODYS)[number] | (typeof PEOPLE)[number];
type Actor = Named | (typeof KEYS)[number];
const ACTORS: readonly Actor[] = [...NOBODYS, ...PEOPLE, ...KEYS];

function names<Name extends string>(of: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(of) as Name[];
}
const isColleague = (actor: Actor): actor is Colleague => actor in COLLEAGUES;

const TOKEN_MINUTES = 10;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  const { world, ours, theirs } = tenants;
  world.clock.advance((TOKEN_MINUTES + 1) * 60_000);
  const [admin, ended] = [await ours.addMember("admin"), await ours.addMember("admin")];
  const sessions = await must(ours, "GET", "/api/v1/auth/sessions", { auth: ended });
  const [session] = sessions["data"] as { id: string }[];
  await must(ours, "DELETE", `/api/v1/auth/sessions/${session?.id}`, { auth: ended });
  const revoked = await ours.makeKey(admin, "admin", KEY_SCOPES.operator);
  await must(ours, "DELETE", `/api/v1/admin/api-keys/${revoked.id}`, { auth: admin });
  const [id = ""] = Buffer.from(ours.operatorKey.replace("Basic ", ""), "base64").toString().split(":");
  auths = {
    nobody: undefined,
    "an expired token": ours.admin,
    "a session that was ended": ended,
    "another tenant's admin": await theirs.addMember("admin"),
    "another tenant's key": theirs.operatorKey,
    "a revoked key": revoked.auth,
    "a key with a wrong secret": `Basic ${Buffer.from(`${id}:${"A".repeat(43)}`).toString("base64")}`,
    "a malformed credential": "Bearer not.a.token",
    partner: await world.signIn(ours.partner.email),
    "the partner's manager": await ours.addColleague(ours.partner, "manager"),
    "the partner's finance": await ours.addColleague(ours.partner, "finance"),
    "the partner's viewer": await ours.addColleague(ours.partner, "viewer"),
    support: await ours.addMember("support"),
    finance: await ours.addMember("finance"),
    admin,
  };
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** The scope that a route asks of one side. */
const scopeOf = ({ access }: DeclaredRoute, owner: "partner" | "operator"): Scope | undefined =>
  access.audience === "either" ? access.scopes[owner] : "scope" in access ? access.scope : undefined;

/** A key with a scope, made once; undefined where no key may have it. A partner has few keys: each key makes room for the next. */
async function keyWith(owner: "partner" | "operator", scope: Scope): Promise<string | undefined> {
  if (!KEY_SCOPES[owner].includes(scope)) return undefined;
  const name = `${owner} ${scope}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (owner === "operator") {
    const made = await tenants.ours.makeKey(auths.admin ?? "", "admin", [scope]);
    keys.set(name, made.auth);
    return made.auth;
  }
  if (partnersKey?.scope === scope) return partnersKey.auth;
  const auth = auths.partner ?? "";
  if (partnersKey !== undefined)
    await must(tenants.ours, "DELETE", `/api/v1/partners/api-keys/${partnersKey.id}`, { auth });
  partnersKey = { ...(await tenants.ours.makeKey(auth, "partner", [scope])), scope };
  return partnersKey.auth;
}

const document = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8")) as {
  readonly paths: Record<string, Record<string, { readonly security?: readonly object[] }>>;
};

/** One scope that is not the route's own, nor reads like it. */
const otherScope = (owner: "partner" | "operator", scope: Scope | undefined): Scope =>
  KEY_SCOPES[owner].find((one) => one !== scope) ?? "audit:read";

/** The Authorization header; null where there can be no such actor for the route. */
async function authOf(actor: Actor, route: DeclaredRoute): Promise<string | undefined | null> {
  const scope = scopeOf(route, actor.includes("partner") ? "partner" : "operator");
  switch (actor) {
    case "a partner's key with the scope":
      return (scope && (await keyWith("partner", scope))) ?? null;
    case "a partner's key without it":
      return keyWith("partner", otherScope("partner", scope));
    case "an operator's key with the scope":
      return (scope && (await keyWith("operator", scope))) ?? null;
    case "an operator's key without it":
      return keyWith("operator", otherScope("operator", scope));
    default:
      return auths[actor];
  }
}

/** What the route's declared access makes of an actor. */
const expected = (actor: Actor, { access }: DeclaredRoute) => expectedOf(actor, access);

function expectedOf(actor: Actor, access: Access): "let in" | 401 | 403 {
  if (access.audience === "public") return "let in";
  if (NOBODYS.some((one) => one === actor)) return 401;
  const isPerson = PEOPLE.some((one) => one === actor);
  switch (access.audience) {
    case "person":
      return isPerson ? "let in" : 403;
    case "partner":
      if (isColleague(actor)) return TEAM_ROLE_SCOPES[COLLEAGUES[actor]].has(access.scope) ? "let in" : 403;
      return actor === "partner" || actor === "a partner's key with the scope" ? "let in" : 403;
    case "either":
      return ["partner", "operator"].some(
        (audience) =>
          expectedOf(actor, { audience, scope: access.scopes[audience as "partner"] } as Access) === "let in",
      )
        ? "let in"
        : 403;
    case "operator":
      if (actor === "an operator's key with the scope") return "let in";
      return isPerson && actor !== "partner" && !isColleague(actor) && ROLE_SCOPES[actor as "admin"].has(access.scope)
        ? "let in"
        : 403;
  }
}

/**
 * Asks about nothing that there is, and without a body: whoever is let in is told so, and changes nothing. The account is closed by whoever
 * may: it is asked last.
 */
const ENDS = "/api/v1/partners/account";
const routes = (): DeclaredRoute[] =>
  [...tenants.everything.routes].sort((one, other) => Number(one.url === ENDS) - Number(other.url === ENDS));

const answers = new Map<string, Awaited<ReturnType<typeof askNow>>>();

/** What came of asking, once for all tables. */
async function ask(actor: Actor, route: DeclaredRoute) {
  const name = `${actor} ${route.name}`;
  const answer = answers.get(name) ?? (await askNow(actor, route));
  answers.set(name, answer);
  return answer;
}

async function askNow(actor: Actor, route: DeclaredRoute, method: string = route.method) {
  const auth = await authOf(actor, route);
  if (auth === null) return undefined;
  const { params = {} } = REQUESTS[route.name]?.(nothing()) ?? {};
  const url = route.url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");
  return tenants.ours.send(method, url, { auth });
}

const isLetIn = (status: number | undefined): boolean => status !== undefined && status !== 401 && status !== 403;

/** `session`, `apiKey`, or both, as openapi.json has them; none where it is open. */
function documentedCredentials({ method, url }: DeclaredRoute): string[] {
  const operation = document.paths[url.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
  return (operation?.security ?? [])
    .flatMap((one) => Object.keys(one))
    .sort()
    .reverse();
}

describe("every route", { timeout: 120_000 }, () => {
  it.each(ACTORS)("lets in by its declared access alone: %s", async (actor) => {
    const strange: unknown[] = [];
    for (const route of routes()) {
      if (route.url === ENDS && expected(actor, route) === "let in") continue;
      const answer = await ask(actor, route);
      if (answer === undefined) continue;
      const { status, text, body } = answer;
      const wanted = expected(actor, route);
      const isRight =
        wanted === "let in"
          ? status < 500 && status !== 401 && status !== 403
          : status === wanted && /^(access|auth)\.\w+$/.test(String(body["code"]));
      if (!isRight) strange.push({ route: route.name, wanted, status, text: text.slice(0, 300) });
    }
    expect(strange).toEqual([]);
  });

  it("is closed to every credential of a tenant above, and of one below", async () => {
    const { world, ours, theirs } = tenants;
    const strange: unknown[] = [];
    for (const [from, to] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const [apiKey, apiSecret] = Buffer.from(from.partnerKey.replace("Basic ", ""), "base64").toString().split(":");
      const exchanged = await must(from, "POST", "/api/v1/partner-api/auth", { body: { apiKey, apiSecret } });
      const credentials = {
        admin: await from.addMember("admin"),
        finance: await from.addMember("finance"),
        support: await from.addMember("support"),
        partner: (await from.register("technology")).auth,
        "operator's key": from.operatorKey,
        "partner's key": from.partnerKey,
        "partner-API token": `Bearer ${String(exchanged["accessToken"])}`,
      };
      await world.settle();
      for (const route of routes()) {
        if (route.access.audience === "public") continue;
        const { params = {} } = REQUESTS[route.name]?.(nothing()) ?? {};
        const url = route.url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");
        for (const [kind, auth] of Object.entries(credentials)) {
          const { status } = await to.send(route.method, url, { auth });
          if (status !== 401) strange.push({ route: route.name, kind, status });
        }
      }
    }
    expect(strange).toEqual([]);
  });

  it("admits the kinds of credential that the API document names, and no other", async () => {
    const wrong: unknown[] = [];
    for (const route of routes().filter(({ isHidden }) => !isHidden)) {
      const admitted = new Set<string>();
      for (const actor of ACTORS) {
        if (actor !== "nobody" && !PEOPLE.some((one) => one === actor) && !KEYS.some((one) => one === actor)) continue;
        const answer = route.url === ENDS ? undefined : await ask(actor, route);
        const isEnding = route.url === ENDS && expected(actor, route) === "let in";
        const isIn = isEnding ? (await authOf(actor, route)) !== null : isLetIn(answer?.status);
        if (isIn) admitted.add(actor === "nobody" ? "anybody" : actor.includes("key") ? "apiKey" : "session");
      }
      const named = documentedCredentials(route);
      // Where anybody is let in, whoever shows a credential is as well.
      const isRight = admitted.has("anybody")
        ? named.length === 0
        : named.join() === [...admitted].sort().reverse().join();
      if (!isRight) wrong.push({ route: route.name, named, admitted: [...admitted] });
    }
    expect(wrong).toEqual([]);
  });

  it("is as closed to HEAD as to GET", async () => {
    for (const route of routes()) {
      if (route.method !== "GET" || route.access.audience === "public") continue;
      expect([route.name, (await askNow("nobody", route, "HEAD"))?.status]).toEqual([route.name, 401]);
    }
  });

  it("declares who may call it: a route that does not is none", async () => {
    const undeclared = createHttpServer({
      ...tenants.world.app.guards,
      logger: false,
      routes: [(app) => void app.get("/api/v1/planted", () => "open to all")],
      trustProxy: false,
      publicUrl: "http://operator.test",
    });
    await expect(undeclared).rejects.toThrow("declares who may call it");
  });

  it("for operators' people is under /admin, but for what their systems report", () => {
    const others = routes().filter(
      ({ access, url }) => access.audience === "operator" && !url.startsWith("/api/v1/admin/"),
    );
    expect(others.map(({ name }) => name).sort()).toEqual([
      "POST /api/v1/referrals/convert",
      "POST /api/v1/referrals/signup",
      "POST /api/v1/referrals/validate",
      "POST /api/v1/referrals/verify",
      "POST /api/v1/transactions",
    ]);
    const open = routes().filter(
      ({ access, url }) => access.audience !== "operator" && url.startsWith("/api/v1/admin/"),
    );
    expect(open).toEqual([]);
  });
});

describe("a role of a partner's team", () => {
  /** The partner's routes that write and let an actor in, as they are below /api/v1. */
  const writingOf = (actor: Actor) =>
    routes()
      .filter(
        ({ access, method }) => (access.audience === "partner" || access.audience === "either") && method !== "GET",
      )
      .filter((route) => expected(actor, route) === "let in")
      .map(({ name }) => name.replace("/api/v1/", ""));
  const OWNERS_ALONE = [
    "DELETE partners/account",
    "DELETE partners/api-keys/:id",
    "DELETE partners/team/:id",
    "PATCH partners/team/:id",
    "POST partners/agreements/:id/accept",
    "POST partners/api-keys",
    "POST partners/team",
    "POST partners/team/:id/owner",
    "PUT partners/payouts/method",
  ];

  it("may not lead money elsewhere, make keys, change the team, bind the owner or end the account: that is the owner's", () => {
    const others = new Set(names(COLLEAGUES).flatMap(writingOf));
    expect(
      writingOf("partner")
        .filter((name) => !others.has(name))
        .sort(),
    ).toEqual(OWNERS_ALONE);
  });

  it("that manages touches no money and no taxes; finance nothing but them, disputes and questions; a viewer nothing", () => {
    expect(writingOf("the partner's manager").filter((name) => /payout|tax/.test(name))).toEqual([]);
    const byFinance =
      /^\w+ partners\/(payouts|tax|budgets|budget-claims|claims|fees|commissions|disputes|reviews|tickets|analytics)\b/;
    expect(writingOf("the partner's finance").filter((name) => !byFinance.test(name))).toEqual([]);
    expect(writingOf("the partner's viewer")).toEqual([
      "POST partners/commissions/preview",
      "POST partners/analytics/export",
    ]);
  });
});

describe("a role that reads", () => {
  /** A POST for the length of its question; it changes nothing. */
  const QUESTIONS = [
    "POST /api/v1/admin/commissions/preview",
    "POST /api/v1/partners/commissions/preview",
    "POST /api/v1/admin/program/plans/simulate",
    "POST /api/v1/admin/partners/analytics/export",
    "POST /api/v1/admin/fraud/rules/back-test",
  ];
  it("is refused by every route that writes, but those of its own work", () => {
    const writing = routes().filter(
      ({ access, method, name }) =>
        (access.audience === "operator" || access.audience === "partner" || access.audience === "either") &&
        method !== "GET" &&
        !QUESTIONS.includes(name),
    );
    // Support answers tickets, notes what it hears, looks as a partner, and does nothing else.
    const bySupport = writing.filter((route) => expected("support", route) === "let in").map(({ url }) => url);
    expect(
      bySupport.filter((url) => !/^\/api\/v1\/admin\/(tickets\b|partners\/:id\/(notes|look)\b)/.test(url)),
    ).toEqual([]);
    // Finance decides about money, notes what it hears, and does nothing else.
    const byFinance = writing.filter((route) => expected("finance", route) === "let in").map(({ url }) => url);
    expect(
      byFinance.filter(
        (url) =>
          !/^\/api\/v1\/admin\/(commissions|fees|fraud\/cases|invoices|payouts|payout-batches|payout-settlements|tax|partners\/:id\/notes|sub-operators\/:id\/settlements)\b/.test(
            url,
          ),
      ),
    ).toEqual([]);
  });

  it("and a scope that reads opens no route that writes", () => {
    const opened = routes().filter(
      (route) =>
        (["partner", "operator"] as const).some((owner) => scopeOf(route, owner)?.endsWith(":read")) &&
        route.method !== "GET" &&
        !QUESTIONS.includes(route.name),
    );
    expect(opened.map(({ name }) => name)).toEqual(["POST /api/v1/partners/analytics/export"]);
  });
});
