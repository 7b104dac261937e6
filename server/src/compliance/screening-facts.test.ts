import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must, ownBank, requestPayout } from "../../test/kit/journey-steps.ts";
import { type SmallEntry, smallList } from "../../test/kit/ofac-list.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { CERTIFICATIONS } from "../tax/index.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
/** A second administrator. */
let second: string;

const CASES = "/api/v1/admin/screening/cases";
type Row = Record<string, unknown>;

const LIST: readonly SmallEntry[] = [
  { number: 10, name: "QUIMBY, Orlando Horatio", kind: "individual", country: "Cuba", remarks: "DOB 12 Mar 1961." },
  {
    number: 11,
    name: "TREVANION, Isolde",
    kind: "individual",
    remarks: "DOB circa 1957; National ID No. 77-430-219 (Malta).",
  },
  { number: 12, name: "PENDRAGON FREIGHT" },
];

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  second = await ours.addMember("admin");
  const asOf = ours.ctx().now;
  const of = { source: "ofac", encoding: "utf-8", asOf, confirmedAt: asOf } as const;
  await ours.app.compliance.importList(ours.ctx(), { ...of, files: smallList(LIST) });
  await ours.app.compliance.changeScreening(ours.ctx(), { isEnabled: true });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** A partner of its country, compared, who waits for approval. */
async function applicant(companyName: string): Promise<PartnerAt> {
  const partner = (await ours.register("technology")) as PartnerAt;
  await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName, country: "MT" } });
  await tenants.world.settle();
  return partner;
}
/** The same, active; `holder` is whose account it is paid to. */
async function payee(companyName: string, holder = "Ada"): Promise<PartnerAt> {
  const partner = await applicant(companyName);
  await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: ours.admin, body: {} });
  await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: { ...ownBank(), holder } });
  return partner;
}
const W8 = {
  kind: "w8ben",
  address: { line1: "1 Strait Street", city: "Valletta", country: "MT" },
  countryOfOrigin: "MT",
  services: "outside_us",
};
const sign = (partner: PartnerAt, form: Row) =>
  must(ours, "POST", "/api/v1/partners/tax/forms", {
    auth: partner.auth,
    body: { form: { ...W8, ...form }, signature: { name: "Signed", certification: CERTIFICATIONS.w8ben.version } },
  });
const casesOf = async ({ id }: PartnerAt): Promise<Row[]> => {
  const query = { partnerId: id, sort: "openedAt" };
  return (await must(ours, "GET", CASES, { auth: ours.admin, query }))["data"] as Row[];
};
const hitsOf = async (partner: PartnerAt): Promise<Row[]> => {
  const [newest] = (await casesOf(partner)).toReversed();
  return (await must(ours, "GET", `${CASES}/${String(newest?.["id"])}`, { auth: ours.finance }))["hits"] as Row[];
};
const clear = async (partner: PartnerAt): Promise<void> => {
  const [found] = (await casesOf(partner)).toReversed();
  for (const auth of [ours.admin, second])
    await must(ours, "POST", `${CASES}/${String(found?.["id"])}/votes`, {
      auth,
      body: { verdict: "clear", reason: "Somebody else", round: found?.["round"] },
    });
};
const release = (payoutId: string) =>
  ours.send("POST", "/api/v1/admin/payouts/process", { auth: ours.admin, key: payoutId, body: { payoutId } });

describe("the holder of an account", () => {
  it("is compared like a name of the partner, and payouts wait until it is", async () => {
    const partner = await payee("Salt Pan Software", "Pendragon Freight Ltd");
    const payout = await requestPayout(ours, partner);
    expect((await release(payout)).body).toMatchObject({ facts: { reason: expect.stringContaining("not compared") } });
    await tenants.world.settle();
    expect(await hitsOf(partner)).toMatchObject([
      { entryId: "ofac_sdn:12", subject: { kind: "either", name: "Pendragon Freight Ltd", source: "payout_account" } },
    ]);
    expect((await release(payout)).body).toMatchObject({ facts: { reason: expect.stringContaining("waits") } });
  });

  it("of another account is compared anew", async () => {
    const partner = await payee("Salt Pan Studio");
    await tenants.world.settle();
    expect(await casesOf(partner)).toEqual([]);
    const body = { ...ownBank(), holder: "PENDRAGON FREIGHT" };
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body });
    await tenants.world.settle();
    expect(await casesOf(partner)).toMatchObject([{ status: "open" }]);
  });
});

describe("a tax form", () => {
  it("is compared by its name, and shows how date of birth and country fit without telling them", async () => {
    const partner = await payee("Lime Kiln Letters");
    await sign(partner, { name: "Orlando Horatio Quimby", birthDate: "1990-11-05" });
    await tenants.world.settle();
    expect(await hitsOf(partner)).toMatchObject([
      {
        entryId: "ofac_sdn:10",
        subject: { kind: "person", name: "Orlando Horatio Quimby", source: "tax_form" },
        birthDate: "differs",
        countryDiffers: true,
        numberAgrees: false,
      },
    ]);
    const rows = await asOwner<{ row: string }>(
      database,
      "select h::text as row from screening_hits h where partner_id = $1 union all select s::text from partner_screenings s where partner_id = $1",
      [partner.id],
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) expect(row).not.toMatch(/1990-11-05|Orlando Horatio Quimby|"Ada"|Lime Kiln Letters/);
  });

  it("with a number of the list is before people, whatever its names are", async () => {
    const partner = await payee("Orchard Wall Press");
    await sign(partner, { name: "Ursula Vane", birthDate: "1956-02-02", foreignTin: "77430219" });
    await tenants.world.settle();
    expect(await hitsOf(partner)).toMatchObject([
      { entryId: "ofac_sdn:11", matchedName: null, score: 0, rank: 1, numberAgrees: true, birthDate: "fits" },
      { entryId: "ofac_sdn:11" },
    ]);
  });

  it("that comes after a clearing is asked about: the clearing was given without it", async () => {
    const partner = await applicant("Isolde Trevanion");
    await clear(partner);
    expect(await casesOf(partner)).toMatchObject([{ status: "cleared" }]);
    await sign(partner, { name: "Isolde Trevanion", birthDate: "1958-06-30" });
    await tenants.world.settle();
    expect((await casesOf(partner)).map(({ status }) => status)).toEqual(["cleared", "open"]);
    await clear(partner);
    // Signed once more, it is another form with the same in it: that was before them.
    await sign(partner, { name: "Isolde Trevanion", birthDate: "1958-06-30", services: "both" });
    await tenants.world.settle();
    expect((await casesOf(partner)).map(({ status }) => status)).toEqual(["cleared", "cleared"]);
  });

  it("of who is compared already is not read as a whole", async () => {
    const partner = await payee("Chalk Farm Choir");
    await sign(partner, { name: "Ursula Vane", birthDate: "1956-02-02" });
    await tenants.world.settle();
    const payout = await requestPayout(ours, partner);
    await asOwner(database, "revoke select on tax_forms from tributary_server");
    await asOwner(database, "grant select (tenant_id, id, partner_id, country) on tax_forms to tributary_server");
    await expect(ours.app.compliance.screenDue(ours.ctx())).resolves.toEqual({ screened: 0 });
    const may = await ours.app.db.read(ours.ctx(), (tx) =>
      ours.app.compliance.mayBeApproved(tx, { partnerId: partner.id }),
    );
    expect(may).toEqual({ allowed: true });
    await asOwner(database, "grant select on tax_forms to tributary_server");
    expect((await release(payout)).status).toBe(200);
  });

  it("of a blocked country holds, whatever country the profile says", async () => {
    const partner = await payee("Copper Gate Audio");
    const payout = await requestPayout(ours, partner);
    await sign(partner, { name: "Ursula Vane", address: { line1: "1 Street", city: "Havana", country: "CU" } });
    await tenants.world.settle();
    expect((await release(payout)).body).toMatchObject({
      facts: { reason: expect.stringContaining("country of the partner's tax form is blocked") },
    });
  });
});
