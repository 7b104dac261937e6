import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { must, ownBank, requestPayout } from "../../test/kit/journey-steps.ts";
import { type SmallEntry, smallList } from "../../test/kit/ofac-list.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
/** A second administrator. */
let second: string;
let third: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  [second, third] = [await ours.addMember("admin"), await ours.addMember("admin")];
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const CASES = "/api/v1/admin/screening/cases";
type Row = Record<string, unknown>;

let day = 0;
/** Every list is of a later hour than the one before. */
async function putIntoForce(entries: readonly SmallEntry[], settles = true): Promise<void> {
  day += 1;
  const asOf = new Date(ours.ctx().now.getTime() - 3_600_000 + day * 1_000);
  await ours.app.compliance.importList(ours.ctx(), {
    source: "ofac",
    files: smallList(entries),
    encoding: "utf-8",
    asOf,
    confirmedAt: asOf,
    isMeant: true,
  });
  if (settles) await tenants.world.settle();
}
const turn = (isEnabled: boolean) => ours.app.compliance.changeScreening(ours.ctx(), { isEnabled });
const rename = async (partner: PartnerAt, companyName: string, country = "GB"): Promise<void> => {
  await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName, country } });
};
const casesOf = async (partner: PartnerAt): Promise<Row[]> =>
  (await must(ours, "GET", CASES, { auth: ours.admin, query: { partnerId: partner.id, sort: "openedAt" } }))[
    "data"
  ] as Row[];
const vote = (id: unknown, auth: string, verdict = "clear", round = 1) =>
  ours.send("POST", `${CASES}/${String(id)}/votes`, { auth, body: { verdict, reason: "Compared by hand", round } });
const release = (payoutId: string) =>
  ours.send("POST", "/api/v1/admin/payouts/process", { auth: ours.admin, key: payoutId, body: { payoutId } });
/** An active partner with a payout that waits. */
async function payee(companyName: string): Promise<{ partner: PartnerAt; payout: string }> {
  await turn(false);
  const partner = await ours.register("technology");
  await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: ours.admin, body: {} });
  await rename(partner, companyName);
  await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ownBank() });
  const payout = await requestPayout(ours, partner);
  await asOwner(database, "update payout_methods set usable_at = null where partner_id = $1", [partner.id]);
  return { partner, payout };
}

const approveByItself = () =>
  asOwner(database, "update programs set auto_approved_tiers = '{tier1}' where tenant_id = $1", [ours.tenantId]);

const LISTED = { number: 20, name: "GREEN HARBOUR TRADING", country: "Iran" } as const;
const OTHERS = { number: 21, name: "SOMEBODY, Else", kind: "individual" } as const;

beforeEach(async () => {
  await turn(false);
  await putIntoForce([OTHERS]);
});

describe("screening that is off", () => {
  it("holds nobody and asks for no list", async () => {
    const { payout } = await payee("Green Harbour Trading");
    expect((await release(payout)).status).toBe(200);
  });
});

describe("screening that is on", () => {
  it("holds money until the partner is compared, and lets it go then", async () => {
    const { partner, payout } = await payee("Blue Meadow Analytics");
    await turn(true);
    expect((await release(payout)).body).toMatchObject({
      code: "payout.held",
      facts: { reason: expect.stringContaining("not compared") },
    });
    await tenants.world.settle();
    expect((await release(payout)).status).toBe(200);
    const { data } = await must(ours, "GET", `/api/v1/admin/screening/partners/${partner.id}`, { auth: ours.finance });
    expect(data).toMatchObject([{ names: [{ name: "Ada" }, { name: "Blue Meadow Analytics" }], country: "GB" }]);
  });

  it("holds a match in a case with its evidence, which only two different people clear", async () => {
    const { partner, payout } = await payee("Green Harbor Trading Ltd");
    await putIntoForce([OTHERS, LISTED]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    expect(found).toMatchObject({ status: "open", round: 1, partnerId: partner.id });
    const detail = await must(ours, "GET", `${CASES}/${String(found?.["id"])}`, { auth: ours.finance });
    expect(detail["hits"]).toMatchObject([
      {
        entryId: "ofac_sdn:20",
        matchedName: "GREEN HARBOUR TRADING",
        subject: { name: "Green Harbor Trading Ltd", country: "GB" },
        countryDiffers: true,
        kindDiffers: false,
      },
    ]);
    expect((await release(payout)).body).toMatchObject({
      code: "payout.held",
      facts: { reason: expect.stringContaining("waits") },
    });

    expect((await vote(found?.["id"], ours.admin)).body).toMatchObject({ status: "open" });
    expect((await vote(found?.["id"], ours.admin)).body).toMatchObject({ status: "open" });
    expect((await release(payout)).status).toBe(409);
    expect((await vote(found?.["id"], second)).body).toMatchObject({ status: "cleared" });
    expect((await vote(found?.["id"], third)).body).toMatchObject({ status: 409, code: "screening.case_decided" });
    expect((await release(payout)).status).toBe(200);
  });

  it("remembers a clearing for the same name and entry, and asks again when either is another", async () => {
    const { partner } = await payee("Green Harbour Trading");
    await putIntoForce([OTHERS, LISTED]);
    await turn(true);
    await tenants.world.settle();
    const [first] = await casesOf(partner);
    await vote(first?.["id"], ours.admin);
    await vote(first?.["id"], second);
    await putIntoForce([OTHERS, LISTED, { number: 22, name: "FAR AWAY" }]);
    expect(await casesOf(partner)).toHaveLength(1);
    await putIntoForce([OTHERS, { ...LISTED, remarks: "Now with a remark." }]);
    expect(await casesOf(partner)).toHaveLength(2);
    const again = (await casesOf(partner))[1];
    await vote(again?.["id"], ours.admin);
    await vote(again?.["id"], second);
    await rename(partner, "Green Harbour Trading", "IR");
    await tenants.world.settle();
    expect((await casesOf(partner)).map(({ status }) => status)).toEqual(["cleared", "cleared", "open"]);
  });

  it("keeps holding whoever takes another name while a case is open", async () => {
    const { partner, payout } = await payee("Green Harbour Trading");
    await putIntoForce([OTHERS, LISTED]);
    await turn(true);
    await tenants.world.settle();
    await rename(partner, "Blue Meadow Analytics");
    await tenants.world.settle();
    expect((await release(payout)).body).toMatchObject({
      code: "payout.held",
      facts: { reason: expect.stringContaining("waits") },
    });
    // Not even by turning it off.
    await turn(false);
    expect((await release(payout)).status).toBe(409);
  });

  it("compares a new list with its delta alone, and clears nobody before that", async () => {
    const { partner, payout } = await payee("Quiet Lake Media");
    await turn(true);
    await tenants.world.settle();
    const { screening } = await spyOnEntries(async () => {
      await putIntoForce([OTHERS, { number: 30, name: "QUIET LAKE MEDIA" }], false);
      expect((await release(payout)).body).toMatchObject({
        facts: { reason: expect.stringContaining("not compared") },
      });
      await tenants.world.settle();
    });
    expect(await casesOf(partner)).toMatchObject([{ status: "open" }]);
    // What was compared with every partner is the one new entry.
    expect(screening).toBe(1);
  });

  it("begins another round with new evidence: a decision on the old one no longer counts", async () => {
    const { partner } = await payee("Silver Coast Shipping");
    await putIntoForce([OTHERS, { number: 40, name: "SILVER COAST SHIPPING" }]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    await vote(found?.["id"], ours.admin);
    await putIntoForce([
      OTHERS,
      { number: 40, name: "SILVER COAST SHIPPING" },
      { number: 41, name: "SILVER COAST SHIPPING CO" },
    ]);
    expect(await casesOf(partner)).toMatchObject([{ status: "open", round: 2 }]);
    expect((await vote(found?.["id"], second)).body).toMatchObject({ status: 409, code: "screening.evidence_changed" });
    expect((await vote(found?.["id"], second, "clear", 2)).body).toMatchObject({ status: "open" });
    expect((await vote(found?.["id"], ours.admin, "clear", 2)).body).toMatchObject({ status: "cleared" });
  });

  it("waits where people differ, and blocks for good where they confirm", async () => {
    const { partner, payout } = await payee("Iron Gate Metals");
    await putIntoForce([OTHERS, { number: 50, name: "IRON GATE METALS" }]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    await vote(found?.["id"], ours.admin, "clear");
    expect((await vote(found?.["id"], second, "confirm")).body).toMatchObject({ status: "escalated" });
    expect((await vote(found?.["id"], third, "clear")).body).toMatchObject({ status: "escalated" });
    await vote(found?.["id"], ours.admin, "confirm");
    expect((await vote(found?.["id"], third, "confirm")).body).toMatchObject({ status: "confirmed" });
    await putIntoForce([OTHERS]);
    expect((await release(payout)).body).toMatchObject({ facts: { reason: expect.stringContaining("confirmed") } });
    const reopened = await ours.send("POST", `${CASES}/${String(found?.["id"])}/reopen`, {
      auth: ours.admin,
      body: { reason: "Taken off the list" },
    });
    expect(reopened.body).toMatchObject({ status: "open", round: 2 });
    await vote(found?.["id"], ours.admin, "clear", 2);
    await vote(found?.["id"], second, "clear", 2);
    expect((await release(payout)).status).toBe(200);
  });

  it("is decided once where two people decide at once", async () => {
    const { partner } = await payee("Twin Peak Exports");
    await putIntoForce([OTHERS, { number: 60, name: "TWIN PEAK EXPORTS" }]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    const answers = await Promise.all([ours.admin, second, third].map((auth) => vote(found?.["id"], auth)));
    // The lock gives them an order: one opens, the second decides, the third comes too late.
    expect(new Set(answers.map(({ body }) => body["status"]))).toEqual(new Set([409, "cleared", "open"]));
    const decided = await asOwner(
      database,
      "select 1 from outbox_events where object_id = $1 and type = 'screening.case_cleared'",
      [String(found?.["id"])],
    );
    expect(decided).toHaveLength(1);
  });

  it("opens one case where two workers find the same", async () => {
    const { partner } = await payee("Double Finding House");
    await putIntoForce([OTHERS, { number: 65, name: "DOUBLE FINDING HOUSE" }], false);
    await turn(true);
    const { compliance } = ours.app;
    await Promise.all([1, 2, 3].map(() => compliance.screenPartner(ours.ctx(), { partnerId: partner.id })));
    expect(await casesOf(partner)).toMatchObject([{ status: "open", round: 1 }]);
  });

  it("holds a partner whose name it cannot read, for people", async () => {
    const { partner } = await payee("王小明");
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    const { hits } = await must(ours, "GET", `${CASES}/${String(found?.["id"])}`, { auth: ours.admin });
    expect(hits).toMatchObject([{ entryId: "unreadable", entry: null, score: null }]);
  });

  it("clears nobody by a list that is too old, and everybody again when it is confirmed", async () => {
    const { payout } = await payee("Old Mill Bakery");
    await turn(true);
    await tenants.world.settle();
    await asOwner(
      database,
      "update sanctions_lists set as_of = as_of - interval '8 days', confirmed_at = confirmed_at - interval '8 days' where tenant_id = $1",
      [ours.tenantId],
    );
    expect((await release(payout)).body).toMatchObject({ facts: { reason: expect.stringContaining("too old") } });
    expect(await must(ours, "GET", "/api/v1/admin/screening", { auth: ours.admin })).toMatchObject({
      list: { isStale: true },
    });
    await ours.app.compliance.importList(ours.ctx(), {
      source: "ofac",
      files: smallList([OTHERS]),
      encoding: "utf-8",
      asOf: ours.ctx().now,
      confirmedAt: ours.ctx().now,
    });
    expect((await release(payout)).status).toBe(200);
  });

  it("approves nobody whom it holds, and by itself who was held and is cleared", async () => {
    await approveByItself();
    await putIntoForce([OTHERS, { number: 70, name: "ADA", kind: "individual" }]);
    await turn(true);
    const applicant = await ours.register("affiliate");
    await rename(applicant, "Ada's own");
    await tenants.world.settle();
    const profile = () => must(ours, "GET", "/api/v1/partners/profile", { auth: applicant.auth });
    expect((await profile())["status"]).toBe("pending");
    const refused = await ours.send("PUT", `/api/v1/admin/partners/${applicant.id}/approve`, {
      auth: ours.admin,
      body: {},
    });
    expect(refused.body).toMatchObject({ status: 409, code: "partner.approval_held" });
    const [found] = await casesOf(applicant);
    // Its country came after its registration: with that the name was compared once more.
    await vote(found?.["id"], ours.admin, "clear", 2);
    await vote(found?.["id"], second, "clear", 2);
    expect((await profile())["status"]).toBe("active");
  });

  it("holds who has not said its country while countries are blocked, and approves it by itself when it has", async () => {
    await approveByItself();
    await turn(true);
    const applicant = await ours.register("affiliate");
    await tenants.world.settle();
    const approve = () =>
      ours.send("PUT", `/api/v1/admin/partners/${applicant.id}/approve`, { auth: ours.admin, body: {} });
    expect((await approve()).body).toMatchObject({
      code: "partner.approval_held",
      facts: { reason: expect.stringContaining("country is not known") },
    });
    await rename(applicant, "Maple Row");
    await tenants.world.settle();
    const profile = await must(ours, "GET", "/api/v1/partners/profile", { auth: applicant.auth });
    expect(profile).toMatchObject({ status: "active", country: "GB" });
  });

  it("blocks the countries that are named, and those alone", async () => {
    const { partner, payout } = await payee("Cedar Valley Crafts");
    await turn(true);
    await rename(partner, "Cedar Valley Crafts", "KP");
    await tenants.world.settle();
    expect((await release(payout)).body).toMatchObject({ facts: { reason: expect.stringContaining("country") } });
    const body = { blockedCountries: ["CU"] };
    await must(ours, "PUT", "/api/v1/admin/screening/settings", { auth: ours.admin, body });
    expect((await release(payout)).status).toBe(200);
    const wrong = await ours.send("PUT", "/api/v1/admin/screening/settings", {
      auth: ours.admin,
      body: { blockedCountries: ["XX"] },
    });
    expect(wrong.body).toMatchObject({ status: 400, code: "screening.country_unknown" });
    await must(ours, "PUT", "/api/v1/admin/screening/settings", {
      auth: ours.admin,
      body: { blockedCountries: ["CU", "IR", "KP"] },
    });
  });
});

describe("a case", () => {
  it("is nothing that keys, partners, finance or another tenant decide or see", async () => {
    const { partner } = await payee("Hidden Bay Imports");
    await putIntoForce([OTHERS, { number: 80, name: "HIDDEN BAY IMPORTS" }]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    const id = found?.["id"];
    expect((await vote(id, ours.operatorKey)).status).toBe(403);
    expect((await vote(id, ours.finance)).status).toBe(403);
    expect((await vote(id, partner.auth)).status).toBe(403);
    const { theirs } = tenants;
    const url = `${CASES}/${String(id)}`;
    expect((await theirs.send("GET", url, { auth: theirs.admin })).status).toBe(404);
    const body = { verdict: "clear", reason: "Mine", round: 1 };
    expect((await theirs.send("POST", `${url}/votes`, { auth: theirs.admin, body })).status).toBe(404);
    expect((await theirs.send("POST", `${url}/reopen`, { auth: theirs.admin, body: { reason: "Mine" } })).status).toBe(
      404,
    );
  });

  it("is told to the operator alone, and names nobody in the audit", async () => {
    const { partner } = await payee("Secret Garden Tools");
    await putIntoForce([OTHERS, { number: 90, name: "SECRET GARDEN TOOLS" }]);
    await turn(true);
    await tenants.world.settle();
    const [found] = await casesOf(partner);
    const told = await asOwner<{ type: string; data: object }>(
      database,
      "select type, data from outbox_events where object_id = $1",
      [String(found?.["id"])],
    );
    const acts = await asOwner<{ after: object }>(database, "select after from audit_log where target_id = $1", [
      String(found?.["id"]),
    ]);
    expect(told.map(({ type }) => type)).toEqual(["screening.case_opened"]);
    expect(acts).toHaveLength(1);
    expect(JSON.stringify([told, acts]).toLowerCase()).not.toContain("secret garden");
  });
});

/** How many entries, at most, were looked at for a partner while `work` ran: what the database was asked for. */
async function spyOnEntries(work: () => Promise<void>): Promise<{ screening: number }> {
  const before = await newest();
  await work();
  const after = await newest();
  const [row] = await asOwner<{ count: string }>(
    database,
    "select count(*) as count from sanctions_entries where tenant_id = $1 and from_version > $2 and from_version <= $3",
    [ours.tenantId, before, after],
  );
  return { screening: Number(row?.count) };
}
const newest = async (): Promise<string> =>
  (
    await asOwner<{ version: string }>(
      database,
      "select max(version) as version from sanctions_lists where tenant_id = $1",
      [ours.tenantId],
    )
  )[0]?.version ?? "0";
