import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, PASSWORD, type WholeApp } from "../../server/test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../server/test/kit/postgres.ts";
import { type Client, createClient, isTributaryError, items } from "../src/index.ts";

let database: ClonedDatabase;
let world: WholeApp;
let baseUrl: string;
let operator: Client;
let partner: Client;
let partnerId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  baseUrl = await world.http.listen({ host: "127.0.0.1", port: 0 });
  // The tenant is told by the host of its address.
  const fetchThere: typeof fetch = (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set("x-forwarded-host", "operator.test");
    return fetch(url, { ...init, headers });
  };
  const [apiKey = "", secret = ""] = atob(world.operatorKey.replace("Basic ", "")).split(":");
  operator = createClient({ baseUrl, credentials: { apiKey, secret }, fetch: fetchThere });
  await world.addPartner({ email: "ada@example.com" });
  const stranger = createClient({ baseUrl, fetch: fetchThere });
  const { accessToken } = await stranger.signIn({ body: { email: "ada@example.com", password: PASSWORD } });
  partner = createClient({ baseUrl, credentials: { accessToken: () => accessToken }, fetch: fetchThere });
  partnerId = (await partner.getPartnerProfile()).id;
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

it("an operator's program and a partner's person read the same partner", async () => {
  expect((await operator.getPartner({ path: { id: partnerId } })).referralCode).toBe(
    (await partner.getPartnerProfile()).referralCode,
  );
});

it("a list is walked over all of its pages", async () => {
  for (const campaign of ["a", "b", "c"]) await partner.generateReferralLink({ body: { campaign } });
  const campaigns = new Set<string | null>();
  for await (const link of items(partner.listReferralLinks, { query: { limit: 2 } })) campaigns.add(link.campaign);
  expect(campaigns).toEqual(new Set([null, "a", "b", "c"]));
});

it("an act that is sent twice under one key is done once", async () => {
  const options = { idempotencyKey: "link-of-the-spring" };
  const first = await partner.generateReferralLink({ body: { campaign: "spring" } }, options);
  const again = await partner.generateReferralLink({ body: { campaign: "spring" } }, options);
  expect(again.id).toBe(first.id);
});

it("a refusal is an error with its code and its fields", async () => {
  const missing = await operator
    .getPartner({ path: { id: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42" } })
    .catch((error: unknown) => error);
  expect(isTributaryError(missing, "partner.not_found")).toBe(true);
  const bad = await partner.requestPayout({ body: { currency: "dollars" } }).catch((error: unknown) => error);
  expect(bad).toMatchObject({ code: "request.invalid", fields: [{ path: "body.currency" }] });
});

it("a file comes as a file", async () => {
  const file = await partner.exportAnalytics({ body: { period: "7d", format: "csv" } });
  expect(file).toBeInstanceOf(Blob);
  expect(await file.text()).toContain("date");
});

it("events are read as they happen, from the place that is given", async () => {
  await world.settle();
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { event, place } of operator.events({ lastEventId: "0", signal: stop.signal })) {
    expect(place).toMatch(/^\d+$/);
    seen.push(event.type);
    if (event.type === "link.created") break;
  }
  stop.abort();
  expect(seen).toContain("partner.created");
});
