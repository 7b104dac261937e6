import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { playJourney } from "../kit/journey.ts";
import { fresh, type Objects } from "../kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import type { WellFormed } from "../kit/request-parts.ts";
import { REQUESTS, SIGNED_ROUTES } from "../kit/requests.ts";
import { openTwoTenants, type TwoTenants } from "../kit/two-tenants.ts";
import { BAD_UUIDS, badValues, jsonWith, placesOf, type Schema, withValue } from "./bad-values.ts";
import { refusal } from "./refusals.ts";

/** Thousands of requests: seconds on a free machine, more where it is shared. */
const MANY_MS = 180_000;

let database: ClonedDatabase;
let tenants: TwoTenants;
let objects: Objects;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  objects = await playJourney(tenants, tenants.ours);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const routes = (): DeclaredRoute[] =>
  tenants.everything.routes.filter(({ isHidden, name }) => !isHidden && !SIGNED_ROUTES.includes(name));
const withBody = () => routes().filter(({ schema }) => schema.body !== undefined);
const withQuery = () => routes().filter(({ schema }) => schema.querystring !== undefined);
const sample = ({ name }: DeclaredRoute): WellFormed => REQUESTS[name]?.(objects) ?? {};

/** Sends as somebody who may. */
function send(
  route: DeclaredRoute,
  sent: { params?: WellFormed["params"]; search?: string; json?: string; type?: string; key?: string },
) {
  const { ours } = tenants;
  const partner = ours.partner.auth;
  const auth = { public: undefined, person: partner, partner, either: partner, operator: ours.admin }[
    route.access.audience
  ];
  const params = sent.params ?? sample(route).params ?? {};
  const path = route.url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");
  return ours.send(route.method, sent.search === undefined ? path : `${path}?${sent.search}`, {
    auth,
    key: sent.key ?? (route.idempotency === "required" ? fresh("key") : undefined),
    ...(sent.json === undefined
      ? {}
      : { body: sent.json, headers: { "content-type": sent.type ?? "application/json" } }),
  });
}

type Sending = Parameters<typeof send>[1];

/** The server has work while the database has, and the other way about. */
const AT_ONCE = 8;

/** Collects what was not refused, or not answered, as it should be; of a failure its cause, or that of one sent at the same time. */
function collector() {
  const found: string[] = [];
  const inFlight = new Set<Promise<void>>();
  const causes = (): string => tenants.everything.takeFailures().map(String).join("; ").slice(0, 200);
  /** Waits for a place, not for the answer. */
  async function begin(what: string, look: () => Promise<string | undefined>): Promise<void> {
    const one = look()
      .catch(String)
      .then((why) => {
        if (why !== undefined) found.push(`${what}: ${why} ${causes()}`);
        inFlight.delete(one);
      });
    inFlight.add(one);
    if (inFlight.size >= AT_ONCE) await Promise.race(inFlight);
  }
  /** For requests of which none changes what another finds. */
  const expectRefused = (route: DeclaredRoute, what: string, sent: Sending, field?: readonly string[]) =>
    begin(`${route.name}, ${what}`, async () => {
      const { isRefused, why } = refusal(await send(route, sent), field);
      return isRefused ? undefined : why;
    });
  const expectAnswered = (route: DeclaredRoute, what: string, sent: Sending) =>
    begin(`${route.name}, ${what}`, async () => {
      const { status, text } = await send(route, sent);
      return status >= 500 ? `${status} ${text}` : undefined;
    });
  const strange = async (): Promise<string[]> => {
    await Promise.all(inFlight);
    return found;
  };
  return { strange, expectRefused, expectAnswered };
}

describe("a body", { timeout: MANY_MS }, () => {
  it.each([
    ["is no JSON", "{"],
    ["is empty", ""],
    ["is two documents", "{}{}"],
    ["is JavaScript", "{a: 1}"],
    ["is text", '"text"'],
    ["is a number", "12"],
    ["is null", "null"],
    ["is a list of lists", "[[]]"],
    ["would change what objects are", '{"__proto__": {"isAdmin": true}}'],
    ["would change what objects are made by", '{"constructor": {"prototype": {"isAdmin": true}}}'],
    ["is nested deeper than anybody reads", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["is larger than the limit", JSON.stringify({ padding: "x".repeat(1_100_000) })],
  ])("that %s is refused", async (what, json) => {
    const { strange, expectRefused } = collector();
    for (const route of withBody()) if (!isAllowed(route, [], what)) await expectRefused(route, what, { json });
    expect(await strange()).toEqual([]);
  });

  it("that no route asked for does no harm, however deep and with whatever key", async () => {
    const { strange, expectAnswered } = collector();
    const json = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const unasked = routes().filter(({ schema, method }) => schema.body === undefined && method === "POST");
    expect(unasked.length).toBeGreaterThan(5);
    for (const route of unasked) {
      await expectAnswered(route, "an unasked body", { json, key: fresh("key") });
      // These may come to something: one after the other.
      await strange();
    }
    expect(await strange()).toEqual([]);
  });

  it("of another media type is refused", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withBody())
      for (const type of [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "nonsense",
      ])
        await expectRefused(route, type, { json: "{}", type });
    expect(await strange()).toEqual([]);
  });

  it("with a field that nobody knows is refused, wherever it stands", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withBody()) {
      const { body } = sample(route);
      for (const { path, schema } of placesOf(route.schema.body as Schema, body)) {
        if (schema.type !== "object" || schema.patternProperties !== undefined) continue;
        const json = JSON.stringify(withValue(body, [...path, "unheardOf"], 1));
        await expectRefused(route, path.join("."), { json }, ["body", ...path]);
      }
    }
    expect(await strange()).toEqual([]);
  });

  it("that lacks what is required is refused", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withBody()) {
      const { body } = sample(route);
      for (const { path, schema } of placesOf(route.schema.body as Schema, body))
        for (const name of schema.required ?? []) {
          const json = JSON.stringify(withValue(body, [...path, name], undefined));
          await expectRefused(route, [...path, name].join("."), { json }, ["body", ...path]);
        }
    }
    expect(await strange()).toEqual([]);
  });

  it("with a wrong value in any field is refused, by its path", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withBody()) {
      const { body } = sample(route);
      for (const place of placesOf(route.schema.body as Schema, body)) {
        const { path } = place;
        if (path.length === 0) continue;
        for (const bad of badValues(place)) {
          if (isAllowed(route, path, bad.what)) continue;
          await expectRefused(route, `${path.join(".")} ${bad.what}`, { json: jsonWith(body, path, bad) }, [
            "body",
            ...path,
          ]);
        }
      }
    }
    expect(await strange()).toEqual([]);
  });
});

describe("a query", { timeout: MANY_MS }, () => {
  it("with a wrong value in any field is refused, by its path", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withQuery()) {
      if (route.url.startsWith("/r/")) continue;
      const { query = {}, body } = sample(route);
      const json = body === undefined ? {} : { json: JSON.stringify(body) };
      for (const place of placesOf(route.schema.querystring as Schema, query)) {
        const { path, schema } = place;
        const [name] = path;
        if (name === undefined) continue;
        for (const bad of badValues(place)) {
          if (isAllowed(route, path, bad.what)) continue;
          // All is text here; what is an object in a body cannot be said.
          const text = bad.raw ?? (typeof bad.value === "string" ? bad.value : undefined);
          if (text === undefined || !isWellFormed(text) || isTextOfType(schema, text)) continue;
          const search = new URLSearchParams({ ...texted(query), [name]: text.slice(0, 10_000) }).toString();
          await expectRefused(route, `${name} ${bad.what}`, { search, ...json }, ["querystring", name]);
        }
      }
    }
    expect(await strange()).toEqual([]);
  });

  it("with a field that nobody knows, or twice what stands once, is refused", async () => {
    const { strange, expectRefused } = collector();
    for (const route of withQuery()) {
      if (route.url.startsWith("/r/")) continue;
      const known = new URLSearchParams(texted(sample(route).query ?? {})).toString();
      await expectRefused(route, "unheardOf", { search: `${known}&unheardOf=1` });
      for (const name of Object.keys((route.schema.querystring as Schema).properties ?? {}))
        await expectRefused(route, `${name} twice`, { search: `${name}=1&${name}=2&${known}` });
    }
    expect(await strange()).toEqual([]);
  });

  it("with escapes that stand for nothing is answered", async () => {
    const { strange, expectAnswered } = collector();
    for (const route of withQuery())
      for (const name of [
        ...Object.keys((route.schema.querystring as Schema).properties ?? {}),
        "sub1",
        "utm_campaign",
        "to",
      ])
        for (const text of ["%", "%zz", "%00", "%ff", "%ed%a0%80", "%u0000", "[]=", "&&&", "x".repeat(20_000)])
          await expectAnswered(route, `${name}=${text}`, { search: `${name}=${text}` });
    expect(await strange()).toEqual([]);
  });
});

describe("an id in the path", { timeout: MANY_MS }, () => {
  it("that is none is refused", async () => {
    const { strange, expectRefused } = collector();
    for (const route of routes()) {
      const names = [...route.url.matchAll(/:(id|\w+Id)\b/g)].map(([, name = ""]) => name);
      for (const name of names)
        for (const id of [
          ...BAD_UUIDS.filter((one) => one !== ""),
          "%00",
          "%ed%a0%80",
          "%",
          "..%2f..%2fadmin",
          "x".repeat(5_000),
        ])
          await expectRefused(route, id, {
            params: {
              ...sample(route).params,
              [name]: id.startsWith("%") || id.startsWith("..") ? id : encodeURIComponent(id),
            },
            ...(sample(route).body && { json: JSON.stringify(sample(route).body) }),
          });
    }
    expect(await strange()).toEqual([]);
  });
});

describe("after all of it", () => {
  it("the books hold", async () => {
    const { world, ours } = tenants;
    for await (const finding of prove({ db: world.app.db, ctx: ours.ctx(), moduleChecks: world.app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});

const texted = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

/** Half a character cannot be said in an address. */
const isWellFormed = (text: string): boolean => !/[\ud800-\udfff]/.test(text);

/** As text these are of the type after all. */
const isTextOfType = (schema: Schema, text: string): boolean =>
  (schema.type === "integer" && /^\d{1,15}$/.test(text)) ||
  (schema.type === "boolean" && ["true", "false"].includes(text));

/** Where a value is right after all. */
function isAllowed(route: DeclaredRoute, path: readonly string[], what: string): boolean {
  const place = `${route.name} ${path.join(".")}`;
  return ALLOWED.some(([of, values]) => of.test(place) && values.test(what));
}
const ALLOWED: readonly [place: RegExp, values: RegExp][] = [
  // What stands there is a reason that may be left out, and the body with it.
  [/^PUT \/api\/v1\/admin\/partners\/(upgrades\/)?:id\/approve $/, /^is null$/],
  // Each of many events has an answer of its own, and is refused by itself: the suite of transactions has these.
  [/^POST \/api\/v1\/transactions transactions\.0\.currency$/, /no currency "QQQ"/],
  // A list of what there is in a currency that is none is empty.
  [/^GET \S+ currency$/, /no currency "QQQ"/],
  // What visitors bring along is made clean, so that no visit is lost for it.
  [/^POST \/api\/v1\/referrals\/track /, /with NUL|with half a character/],
];
