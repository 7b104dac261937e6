import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { createSealer } from "../platform/crypto/index.ts";
import { createOutbox } from "../platform/outbox/index.ts";
import { createComplianceService } from "./compliance-service.ts";
import { numbersIn } from "./identity-numbers.ts";
import { createWatchmanScreening } from "./watchman-screening.ts";

/** As moov-io/watchman answers, version 2 of its API: fields of the entity lie beside `match`. */
const LIST_INFO = {
  lists: { us_ofac: 17_646, us_csl: 5_541 },
  listHashes: { us_ofac: "0629eff95986dde2", us_csl: "2a9f7d8a9e3f51c0" },
  startedAt: "2026-03-01T08:00:00Z",
  endedAt: "2026-03-01T08:00:09Z",
  version: "v0.52.0",
};
const MADURO = {
  name: "Nicolas MADURO MOROS",
  entityType: "person",
  sourceList: "us_ofac",
  sourceID: "22790",
  person: { name: "Nicolas MADURO MOROS", gender: "male" },
  match: 0.96,
};

type Answer = { readonly status?: number; readonly body: unknown };
let answers: Record<string, Answer>;
/** What is answered to some questions alone. */
let answersTo: (url: URL) => Answer | undefined;
const asked: URL[] = [];
const service = createServer((request: IncomingMessage, response: ServerResponse) => {
  const url = new URL(request.url ?? "/", "http://watchman.test");
  asked.push(url);
  const { status = 200, body } = answersTo(url) ?? answers[url.pathname] ?? { status: 404, body: {} };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
});
let base: string;
let database: ClonedDatabase;
let world: WholeApp;

beforeAll(async () => {
  await new Promise<void>((done) => service.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  service.closeAllConnections();
  service.close();
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});
beforeEach(() => {
  asked.length = 0;
  answersTo = () => undefined;
  answers = { "/v2/listinfo": { body: LIST_INFO }, "/v2/search": { body: { query: {}, entities: [MADURO] } } };
});

const person = {
  kind: "person",
  name: "Nicolas Maduro",
  country: null,
  source: "profile",
  known: { birthDate: null, countries: [], numbers: [], key: null },
} as const;
const of = { version: 1n, since: null, alertAt: 0.905 };

describe("the screening service", () => {
  it("is asked for a kind, a name and the threshold, and says who it may be", async () => {
    const [hits] = await createWatchmanScreening(base).screen(world.ctx(), [person], of);
    expect(hits).toMatchObject([
      { entryId: "us_ofac:22790", matchedName: MADURO.name, score: 0.96, entry: { kind: "person" } },
    ]);
    expect(asked.map(({ pathname, search }) => `${pathname}${search}`)).toEqual([
      "/v2/search?type=person&name=Nicolas+Maduro&minMatch=0.9&limit=100",
    ]);
  });

  it("is asked for organisations of both kinds, and one that it names twice is one", async () => {
    const [hits] = await createWatchmanScreening(base).screen(world.ctx(), [{ ...person, kind: "organisation" }], of);
    expect(hits).toHaveLength(1);
    expect(asked.map(({ searchParams }) => searchParams.get("type"))).toEqual(["business", "organization"]);
  });

  it("is asked for all kinds where nobody says whose an account is, and tells dates of birth and numbers", async () => {
    const told = {
      birthDate: "1962-11-23T00:00:00Z",
      governmentIDs: [{ type: "cedula", country: "VE", identifier: "5.892.464" }],
    };
    answers["/v2/search"] = { body: { entities: [{ ...MADURO, person: told, business: null, organization: null }] } };
    const [hits] = await createWatchmanScreening(base).screen(world.ctx(), [{ ...person, kind: "either" }], of);
    expect(asked.map(({ searchParams }) => searchParams.get("type"))).toEqual(["person", "business", "organization"]);
    expect(hits).toMatchObject([{ entry: { birthDates: ["1962-11-23"], remarks: "ID No. 5.892.464 (VE)" } }]);
    expect(numbersIn(hits?.[0]?.entry?.remarks ?? null)).toEqual([{ number: "5892464", country: "VE" }]);
  });

  it("has another list when it says another hash of any, in whatever order", async () => {
    const newsOf = async (listHashes: object) => {
      answers["/v2/listinfo"] = { body: { ...LIST_INFO, listHashes } };
      const news = await createWatchmanScreening(base).askForNews(world.ctx());
      return news?.source === "watchman" ? news.contentHash : undefined;
    };
    const { us_ofac, us_csl } = LIST_INFO.listHashes;
    const known = await newsOf({ us_ofac, us_csl });
    expect(await newsOf({ us_csl, us_ofac })).toBe(known);
    expect(await newsOf({ us_ofac, us_csl: "other" })).not.toBe(known);
  });

  it.each<[string, Answer]>([
    ["fails", { status: 500, body: {} }],
    ["is no watchman", { body: "<html></html>" }],
    ["leaves the entities out", { body: {} }],
    ["says an error", { status: 400, body: { error: "type is required" } }],
    ["names an entity without its number", { body: { entities: [{ ...MADURO, sourceID: "" }] } }],
  ])("that %s clears nobody", async (_what, answer) => {
    answers["/v2/search"] = answer;
    await expect(createWatchmanScreening(base).screen(world.ctx(), [person], of)).rejects.toMatchObject({
      code: "screening.service_unavailable",
    });
  });
});

describe("partners under the service", () => {
  const complianceAt = (url: string) =>
    createComplianceService({
      db: world.app.db,
      audit: world.app.audit,
      outbox: createOutbox(() => ({})),
      sealer: createSealer(Buffer.alloc(32)),
      nameKey: Buffer.alloc(32),
      partners: world.app.partners,
      people: world.app.identity,
      taxes: world.app.tax,
      payouts: world.app.payouts,
      programs: world.app.programs,
      screening: createWatchmanScreening(url),
    });
  const addPartner = async (companyName: string): Promise<string> => {
    const { id, auth } = await world.addPartner();
    const body = { companyName, country: "GB" };
    const { status } = await world.send("PUT", "/api/v1/partners/profile", { auth, body });
    expect(status).toBe(200);
    return id;
  };
  const gateOf = async (partnerId: string) => {
    const { mayBeApproved } = complianceAt(base);
    return world.app.db.read(world.ctx(), (tx) => mayBeApproved(tx, { partnerId }));
  };

  it("are held while it is away, and cleared when it has answered", async () => {
    const partnerId = await addPartner("Ada Analytics");
    await world.app.compliance.changeScreening(world.ctx(), { isEnabled: true });
    answers["/v2/search"] = { body: { query: {}, entities: [] } };
    const compliance = complianceAt(base);
    await compliance.refreshList(world.ctx());
    const away = complianceAt("http://127.0.0.1:9");
    await expect(away.screenPartner(world.ctx(), { partnerId })).rejects.toMatchObject({
      code: "screening.service_unavailable",
    });
    await expect(away.refreshList(world.ctx())).rejects.toMatchObject({ code: "screening.service_unavailable" });
    expect(await gateOf(partnerId)).toMatchObject({ allowed: false, reason: expect.stringContaining("not compared") });
    await compliance.screenPartner(world.ctx(), { partnerId });
    expect(await gateOf(partnerId)).toEqual({ allowed: true });

    // Another list is another for everybody: it does not say what has changed.
    answers["/v2/listinfo"] = { body: { ...LIST_INFO, listHashes: { us_ofac: "another" } } };
    await compliance.refreshList(world.ctx());
    expect(await gateOf(partnerId)).toMatchObject({ allowed: false });
    answers["/v2/search"] = { body: { query: {}, entities: [MADURO] } };
    await compliance.screenDue(world.ctx());
    expect(await gateOf(partnerId)).toMatchObject({ allowed: false, reason: expect.stringContaining("waits") });
  });

  it("are compared though a name before them fails, which stays held and is told; and are not tried while the service is away", async () => {
    const [failing, behind] = [await addPartner("Poison Name"), await addPartner("Honest Trade")];
    answers["/v2/listinfo"] = { body: { ...LIST_INFO, listHashes: { us_ofac: "a third" } } };
    answers["/v2/search"] = { body: { query: {}, entities: [] } };
    const compliance = complianceAt(base);
    await compliance.refreshList(world.ctx());
    answersTo = ({ searchParams }) =>
      searchParams.get("name") === "Poison Name" ? { status: 500, body: {} } : undefined;
    await expect(compliance.screenDue(world.ctx())).rejects.toThrow(failing);
    expect(await gateOf(failing)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining("not compared"),
    });
    expect(await gateOf(behind)).toEqual({ allowed: true });
    answersTo = () => undefined;
    await compliance.screenDue(world.ctx());
    expect(await gateOf(failing)).toEqual({ allowed: true });
  });
});
