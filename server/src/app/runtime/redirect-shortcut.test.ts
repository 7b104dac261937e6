import { once } from "node:events";
import { type IncomingHttpHeaders, request as send } from "node:http";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openApp, type WholeApp } from "../../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { generateSecrets } from "../../platform/crypto/index.ts";
import type { App, Shortcut } from "../../platform/http/index.ts";
import { createLogger } from "../../platform/log/index.ts";
import { createMetrics, type Metrics } from "../../platform/metrics/index.ts";
import { LIMITS } from "../../platform/rate-limit/index.ts";
import { createServerOf } from "./create-server.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HOST = "operator.test";

type Way = { readonly http: App; readonly origin: string; readonly metrics: Metrics; readonly lines: string[] };
type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
type Asked = { path: string; method?: string; headers?: Readonly<Record<string, string>> };

let database: ClonedDatabase;
let world: WholeApp;
let neighbour: string;
let code: string;
let archived: string;
/** Requests that the shortcut took. */
let taken = 0;
let short: Way;
let long: Way;

/** The program's own server over the world's services, with the shortcut given. */
async function serve(shortcut: Shortcut): Promise<Way> {
  const lines: string[] = [];
  const metrics = createMetrics({});
  const http = await createServerOf({
    app: { ...world.app, shortcut },
    metrics,
    metricsToken: undefined,
    checks: [],
    isStopping: () => false,
    logger: createLogger({ level: "debug", isPretty: false, destination: { write: (line) => void lines.push(line) } }),
    secrets: generateSecrets(),
    publicUrl: "https://operator.test",
    trustProxy: true,
    servesApi: true,
  });
  return { http, origin: await http.listen({ host: "127.0.0.1", port: 0 }), metrics, lines };
}

const counted: Shortcut = {
  get route() {
    return world.app.shortcut.route;
  },
  prepare: (...address) => {
    const take = world.app.shortcut.prepare(...address);
    return (request) => {
      const its = take?.(request);
      if (its !== undefined) taken += 1;
      return its;
    };
  },
};

beforeAll(async () => {
  // Time stands still: what is in memory stays there, and windows of limits do not end.
  vi.spyOn(performance, "now").mockReturnValue(1_000);
  database = await cloneDatabase();
  world = await openApp(database);
  neighbour = await seedTenant(database, { at: world.clock.now(), isOperator: false });
  const partner = await world.addPartner();
  code = partner.referralCode;
  const link = await world.send<{ id: string; code: string }>("POST", "/api/v1/partners/referrals/link", {
    auth: partner.auth,
    body: { campaign: "over" },
  });
  archived = link.body.code;
  const { body } = await world.send("POST", `/api/v1/partners/referrals/links/${link.body.id}/archive`, {
    auth: partner.auth,
  });
  if (body["status"] !== "archived") throw new Error("the link was not archived");
  short = await serve(counted);
  long = await serve({ route: "/no/route/:of-ours", prepare: () => undefined });
  for (const known of [code, archived]) await world.app.referrals.links.find(world.ctx(), known);
  await world.app.tenants.tenantForHost(HOST);
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all([short?.http.close(), long?.http.close()]);
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

async function ask({ origin }: Way, { path, method = "GET", headers = {} }: Asked): Promise<Answer> {
  const sent = send(origin, { path, method, agent: false, headers: { host: HOST, "user-agent": BROWSER, ...headers } });
  sent.end();
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

const clickOf = (answer: Answer) =>
  asOwner(
    database,
    `select partner_id, link_id, clicked_at, device_id, ip, user_agent, referrer, campaign, sub_ids
       from clicks where id = $1`,
    [clickIdOf(answer)],
  );
const clickIdOf = ({ headers }: Answer): string | null =>
  headers.location === undefined ? null : new URL(headers.location).searchParams.get("tid");

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const VISITOR = /visitor=[\w-]{22}\.[\w-]{22}/;

/** An answer with what it left behind, without what is of one request alone. */
async function whatCame(way: Way, asked: Asked) {
  way.lines.length = 0;
  const answer = await ask(way, asked);
  const clickId = clickIdOf(answer);
  const { date: _, ...headers } = answer.headers;
  const { "x-request-id": requestId } = headers;
  const lines = way.lines.map((line) => JSON.parse(line) as { reqId?: string });
  // What is logged is logged under the id that the caller is told.
  for (const { reqId } of lines) expect(reqId).toBe(requestId);
  const clicks = await clickOf(answer);
  const text = JSON.stringify({ status: answer.status, headers, body: answer.body, lines, isClick: clickId !== null })
    .replaceAll(UUID, "<id>")
    .replace(VISITOR, "visitor=<made>")
    .replaceAll(/"(time|durationMs)":("[^"]*"|\d+)/g, '"$1":0');
  return { ...(JSON.parse(text) as { status: number; headers: Record<string, string>; lines: object[] }), clicks };
}

const NEIGHBOUR = "the host of a neighbour";
const OF = "the code";

/** What is asked, and whether the shortcut is for it. */
const REQUESTS: readonly (Asked & { readonly what: string; readonly isShort: boolean })[] = [
  { what: "a visit", path: `/r/${OF}`, isShort: true },
  {
    what: "a visit with all that it may bring",
    path: `/r/${OF}?utm_campaign=spring&sub1=a&sub5=e&fbclid=1`,
    isShort: true,
  },
  {
    what: "names twice, blanks, escapes",
    path: `/r/${OF}?sub1=a&sub1=b&sub2=a+b&sub3=%C3%A9%00&sub4=%zz&sub5`,
    isShort: true,
  },
  { what: "an empty query", path: `/r/${OF}?`, isShort: true },
  { what: "a fragment behind the query", path: `/r/${OF}?sub1=a#b`, isShort: true },
  { what: "a referrer", path: `/r/${OF}`, headers: { referer: "https://blog.example/post?q=secret" }, isShort: true },
  { what: "a destination on our host", path: `/r/${OF}?to=https%3A%2F%2Fshop.test%2Fp%3Fa%3D1%23b`, isShort: true },
  { what: "a destination elsewhere", path: `/r/${OF}?to=https%3A%2F%2Fevil.example%2F`, isShort: true },
  { what: "a bot", path: `/r/${OF}`, headers: { "user-agent": "Googlebot/2.1" }, isShort: true },
  { what: "nobody's browser", path: `/r/${OF}`, headers: { "user-agent": "" }, isShort: true },
  { what: "a prefetch", path: `/r/${OF}`, headers: { "sec-purpose": "prefetch" }, isShort: true },
  { what: "an archived link", path: "/r/archived", isShort: true },
  { what: "a forged cookie", path: `/r/${OF}`, headers: { cookie: "a=b; tributary_visitor=forged" }, isShort: true },
  { what: "a cookie that is none", path: `/r/${OF}`, headers: { cookie: "=;;%%%" }, isShort: true },
  { what: "a port", path: `/r/${OF}`, headers: { host: `${HOST}:8080` }, isShort: true },
  {
    what: "our proxy's host",
    path: `/r/${OF}`,
    headers: { host: "inner", "x-forwarded-host": `evil.example, ${HOST}` },
    isShort: true,
  },
  { what: "a blank forwarded address", path: `/r/${OF}`, headers: { "x-forwarded-for": " , " }, isShort: true },
  {
    what: "an address that is none",
    path: `/r/${OF}`,
    headers: { "x-forwarded-for": "1.2.3.4, unknown" },
    isShort: true,
  },
  {
    what: "an address of IPv6",
    path: `/r/${OF}`,
    headers: { "x-forwarded-for": "1.2.3.4, 2001:db8::7 ,," },
    isShort: true,
  },
  { what: "HEAD", path: `/r/${OF}`, method: "HEAD", isShort: false },
  { what: "POST", path: `/r/${OF}`, method: "POST", isShort: false },
  { what: "an escaped code", path: `/r/%61${OF}`, isShort: false },
  { what: "a slash behind the code", path: `/r/${OF}/`, isShort: false },
  { what: "no code", path: "/r/", isShort: false },
  { what: "nobody's code", path: "/r/nobodys", isShort: true },
  { what: "no code at all", path: "/r/x'; drop table clicks; --".replaceAll(" ", "+"), isShort: false },
  { what: "a host of somebody else", path: `/r/${OF}`, headers: { host: NEIGHBOUR }, isShort: true },
  { what: "a path that only begins so", path: "/robots.txt", isShort: false },
];

describe("a redirect before the router", () => {
  it.each(REQUESTS)("answers, records, counts and logs as the route does: $what", async ({ isShort, ...asked }) => {
    const request = {
      ...asked,
      path: asked.path.replace(OF, code).replace("archived", archived),
      headers: Object.fromEntries(
        Object.entries(asked.headers ?? {}).map(([name, value]) => [
          name,
          value.replace(NEIGHBOUR, `${neighbour}.test`),
        ]),
      ),
    };
    const before = taken;
    const [byRoute, byShortcut] = [await whatCame(long, request), await whatCame(short, request)];
    expect(taken - before).toBe(isShort ? 1 : 0);
    expect(byShortcut).toEqual(byRoute);
    expect(byRoute.lines).toHaveLength(1);
  });

  it("is measured as the route is", async () => {
    const countsOf = async ({ metrics }: Way) =>
      (await metrics.registry.metrics())
        .split("\n")
        .filter((line) => line.startsWith("tributary_http_request_duration_seconds_count"));
    expect((await countsOf(long)).length).toBeGreaterThan(1);
    expect(await countsOf(short)).toEqual(await countsOf(long));
  });

  it("looks up a link that nobody has asked for yet", async () => {
    const { referralCode } = await world.addPartner();
    const before = taken;
    const answer = await ask(short, { path: `/r/${referralCode}` });
    expect([answer.status, taken - before]).toEqual([302, 1]);
    expect(await clickOf(answer)).toHaveLength(1);
  });

  it("counts against the same limit, once for each request, and refuses as the route does", async () => {
    const from = { path: `/r/${code}`, headers: { "x-forwarded-for": "198.51.100.7" } };
    const ways = [long, short, short, long];
    for (const way of ways) expect((await ask(way, from)).headers).not.toHaveProperty("ratelimit");
    const ctx = { ...world.ctx(), ip: "198.51.100.7" };
    const count = () => world.app.guards.countTracking(ctx);
    const { points } = LIMITS.tracking;
    expect(count().remaining).toBe(points - ways.length - 1);
    while (count().isAllowed);
    const before = taken;
    const refused = [await whatCame(long, from), await whatCame(short, from)] as const;
    expect(taken - before).toBe(1);
    expect(refused[0]).toMatchObject({ status: 429, headers: { "retry-after": "60" }, clicks: [] });
    expect(refused[1]).toEqual(refused[0]);
  });

  it("knows the visitors of the route, and the route its own", async () => {
    for (const [first, then] of [
      [short, long],
      [long, short],
    ] as const) {
      const [cookie = ""] = (await ask(first, { path: `/r/${code}` })).headers["set-cookie"] ?? [];
      const again = await ask(then, { path: `/r/${code}`, headers: { cookie: `a=b; ${cookie.split(";")[0]}` } });
      expect(again.headers["set-cookie"]).toBeUndefined();
      expect(await asOwner(database, "select is_repeat from clicks where id = $1", [clickIdOf(again)])).toEqual([
        { is_repeat: true },
      ]);
    }
  });

  it("leads nobody on whose click cannot be committed, and says so as the route does", async () => {
    await asOwner(database, "alter table clicks add constraint refuse_all check (clicked_at < '2000-01-01') not valid");
    const before = taken;
    const refused = [
      await whatCame(long, { path: `/r/${code}` }),
      await whatCame(short, { path: `/r/${code}` }),
    ] as const;
    await asOwner(database, "alter table clicks drop constraint refuse_all");
    expect(taken - before).toBe(1);
    expect(refused[0]).toMatchObject({ status: 503, headers: { "retry-after": "5" }, clicks: [] });
    expect(refused[0].headers).not.toHaveProperty("location");
    expect(refused[0].lines).toMatchObject([{ level: "warn" }, { level: "debug" }]);
    expect(refused[1]).toEqual(refused[0]);
  });

  it("loses no acknowledged click of a crowd, and makes none up", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(short, { path: `/r/${code}?sub1=crowd` })));
    const acknowledged = answers.map(clickIdOf);
    const stored = await asOwner<{ id: string }>(database, `select id from clicks where sub_ids ->> 'sub1' = 'crowd'`);
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(acknowledged));
    expect(stored).toHaveLength(200);
  });

  it("is waited for when the server stops, and its connection is let go", async () => {
    const waiting = () =>
      asOwner(database, "select 1 from pg_locks where not granted and relation = 'clicks'::regclass");
    const release = await lockClicks();
    const asked = ask(short, { path: `/r/${code}`, headers: { connection: "keep-alive" } });
    while ((await waiting()).length === 0);
    let isClosed = false;
    const closing = short.http.close().then(() => {
      isClosed = true;
    });
    await waiting();
    expect(isClosed).toBe(false);
    await release();
    const answer = await asked;
    expect([answer.status, answer.headers.connection]).toEqual([302, "close"]);
    expect(await clickOf(answer)).toHaveLength(1);
    await closing;
  });
});

/** Keeps every click from being written, until it is released. */
async function lockClicks() {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("begin; lock table tributary.clicks in access exclusive mode");
  return async () => {
    await client.query("rollback");
    await client.end();
  };
}
