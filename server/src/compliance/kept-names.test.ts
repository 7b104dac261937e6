import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must, ownBank } from "../../test/kit/journey-steps.ts";
import { smallList } from "../../test/kit/ofac-list.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { createSealer } from "../platform/crypto/index.ts";
import { createOutbox } from "../platform/outbox/index.ts";
import { createComplianceService } from "./compliance-service.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
/** A second administrator. */
let second: string;

const CASES = "/api/v1/admin/screening/cases";
type Row = Record<string, unknown>;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  second = await ours.addMember("admin");
  const asOf = ours.ctx().now;
  const files = smallList([
    { number: 10, name: "PENDRAGON FREIGHT" },
    { number: 11, name: "TREVANION, Isolde", kind: "individual" },
  ]);
  await ours.app.compliance.importList(ours.ctx(), {
    source: "ofac",
    encoding: "utf-8",
    asOf,
    confirmedAt: asOf,
    files,
  });
  await ours.app.compliance.changeScreening(ours.ctx(), { isEnabled: true });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** A partner who was compared. */
async function applicant(companyName: string): Promise<PartnerAt> {
  const partner = (await ours.register("technology")) as PartnerAt;
  await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName, country: "MT" } });
  await tenants.world.settle();
  return partner;
}
const casesOf = async ({ id }: PartnerAt): Promise<Row[]> =>
  (await must(ours, "GET", CASES, { auth: ours.admin, query: { partnerId: id, sort: "openedAt" } }))["data"] as Row[];
const hitsOf = async (partner: PartnerAt): Promise<Row[]> => {
  const [newest] = (await casesOf(partner)).toReversed();
  return (await must(ours, "GET", `${CASES}/${String(newest?.["id"])}`, { auth: ours.admin }))["hits"] as Row[];
};
const clear = async (partner: PartnerAt): Promise<void> => {
  const [found] = (await casesOf(partner)).toReversed();
  for (const auth of [ours.admin, second])
    await must(ours, "POST", `${CASES}/${String(found?.["id"])}/votes`, {
      auth,
      body: { verdict: "clear", reason: "Somebody else", round: found?.["round"] },
    });
};
/** All that is kept of a partner where names are compared, as text. */
const keptOf = async ({ id }: PartnerAt): Promise<string[]> =>
  (
    await asOwner<{ row: string }>(
      database,
      "select h::text as row from screening_hits h where partner_id = $1 union all select s::text from partner_screenings s where partner_id = $1",
      [id],
    )
  ).map(({ row }) => row);
const erase = async (partner: PartnerAt): Promise<Row> => {
  await must(ours, "DELETE", "/api/v1/partners/account", { auth: partner.auth });
  const [row] = await asOwner<{ user_id: string }>(database, "select user_id from partners where id = $1", [
    partner.id,
  ]);
  return must(ours, "POST", "/api/v1/admin/privacy/erasures", {
    auth: ours.operatorKey,
    body: { userId: row?.user_id },
  });
};

describe("a name that was compared", () => {
  it("is kept as a keyed hash with where it was given, and sealed where people look at it", async () => {
    const partner = await applicant("Pendragon Freight Ltd");
    const [hit] = await hitsOf(partner);
    expect(hit).toMatchObject({ subject: { name: "Pendragon Freight Ltd", source: "profile", country: "MT" } });
    const kept = await keptOf(partner);
    expect(kept.length).toBeGreaterThan(1);
    for (const row of kept) expect(row).not.toContain("Pendragon Freight Ltd");
    const screenings = `/api/v1/admin/screening/partners/${partner.id}`;
    const { data } = await must(ours, "GET", screenings, { auth: ours.admin });
    expect((data as Row[])[0]).toMatchObject({
      names: [
        { kind: "person", source: "profile", name: "Ada" },
        { kind: "organisation", source: "profile", name: "Pendragon Freight Ltd" },
      ],
    });
    await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName: "Quiet Lake" } });
    const { data: later } = await must(ours, "GET", screenings, { auth: ours.admin });
    expect((later as Row[])[0]).toMatchObject({ names: [{ name: "Ada" }, { source: "profile", name: null }] });
    // What people decide about is what was found.
    expect(await hitsOf(partner)).toMatchObject([{ subject: { name: "Pendragon Freight Ltd" } }]);
  });

  it("that an earlier release wrote down as it is, is sealed by the next job, and stays cleared", async () => {
    const partner = await applicant("Pendragon Freight");
    await clear(partner);
    const subject = { kind: "organisation", name: "Pendragon Freight", country: "MT" };
    const plain = createHash("sha256")
      .update(JSON.stringify(Object.values(subject)))
      .digest("hex");
    await asOwner(
      database,
      "update screening_hits set name_sealed = null, subject_key = $2, subject = $3 where partner_id = $1",
      [partner.id, plain, JSON.stringify({ ...subject, source: "profile" })],
    );
    await asOwner(database, "delete from partner_screenings where partner_id = $1", [partner.id]);
    expect((await hitsOf(partner))[0]).toMatchObject({ subject });
    await ours.app.compliance.screenDue(ours.ctx());
    expect(await casesOf(partner)).toMatchObject([{ status: "cleared" }]);
    expect((await hitsOf(partner))[0]).toMatchObject({ subject });
    for (const row of await keptOf(partner)) expect(row).not.toMatch(new RegExp(`Pendragon Freight"|${plain}`));
  });
});

describe("an erasure", () => {
  it("leaves nothing of what a name was or was like, and who is erased is not compared again", async () => {
    const partner = await applicant("Pendragon Freight Inc");
    const bank = { ...ownBank(), holder: "Isolde Trevanion" };
    await clear(partner);
    await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: ours.admin, body: {} });
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: bank });
    await tenants.world.settle();
    expect(await hitsOf(partner)).toMatchObject([{ subject: { source: "payout_account", name: "Isolde Trevanion" } }]);
    await clear(partner);
    const before = await keptOf(partner);
    expect(await erase(partner)).toMatchObject({ status: "done" });
    await ours.app.compliance.screenDue(ours.ctx());
    const kept = await keptOf(partner);
    expect(kept.length).toBeLessThan(before.length);
    expect(kept.length).toBeGreaterThan(0);
    for (const row of kept) expect(row).toMatch(/,"erased [0-9a-f-]{36}",\[\],,/);
    expect((await casesOf(partner)).map(({ status }) => status)).toEqual(["cleared", "cleared"]);
    expect(await hitsOf(partner)).toEqual([]);
  });

  it("waits, as for a legal hold, while people have not decided or have confirmed a match, and goes on by itself", async () => {
    const partner = await applicant("Pendragon Freight Co");
    expect(await erase(partner)).toMatchObject({ status: "deferred", hindrances: [{ kind: "legal_hold" }] });
    expect(await hitsOf(partner)).toMatchObject([{ subject: { name: "Pendragon Freight Co" } }]);
    await clear(partner);
    await asOwner(database, "update privacy_erasures set checked_at = checked_at - interval '2 days'");
    await tenants.world.wake("privacy.carry_out_deferred");
    expect((await keptOf(partner)).filter((row) => !row.includes("erased "))).toEqual([]);
  });
});

describe("a name that changes while it is compared", () => {
  it("is compared as it is then, though nothing has told of the change", async () => {
    const partner = await applicant("Hazel Grove Tools");
    await asOwner(database, "delete from partner_screenings where partner_id = $1", [partner.id]);
    const { app } = tenants.world;
    const slow = createComplianceService({
      db: app.db,
      audit: app.audit,
      outbox: createOutbox(() => ({})),
      sealer: createSealer(Buffer.alloc(32)),
      nameKey: Buffer.alloc(32),
      partners: app.partners,
      people: app.identity,
      taxes: app.tax,
      payouts: app.payouts,
      programs: app.programs,
      screening: {
        askForNews: async () => undefined,
        screen: async (_ctx, subjects) => {
          await asOwner(database, "update partners set company_name = 'Pendragon Freight' where id = $1", [partner.id]);
          return subjects.map(() => []);
        },
      },
    });
    await slow.screenPartner(ours.ctx(), { partnerId: partner.id });
    expect(await casesOf(partner)).toEqual([]);
    await tenants.world.settle();
    expect(await casesOf(partner)).toMatchObject([{ status: "open" }]);
  });
});
