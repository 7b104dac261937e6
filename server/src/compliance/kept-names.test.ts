import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must, ownBank } from "../../test/kit/journey-steps.ts";
import { mendAgain, undoAndRedo } from "../../test/kit/migrations.ts";
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
  // Later than the first comparison, or nobody could say which of the two is the latest.
  tenants.world.clock.advance(1);
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
/** The hash that an earlier release kept of a company's name. */
const plainKeyOf = (name: string): string =>
  createHash("sha256")
    .update(JSON.stringify(["organisation", name, "MT"]))
    .digest("hex");
/** All that is kept of a partner where names are compared, as text. */
const keptOf = async ({ id }: PartnerAt): Promise<string[]> =>
  (
    await asOwner<{ row: string }>(
      database,
      "select h::text as row from screening_hits h where partner_id = $1 union all select s::text from partner_screenings s where partner_id = $1",
      [id],
    )
  ).map(({ row }) => row);
const close = ({ auth }: PartnerAt) => must(ours, "DELETE", "/api/v1/partners/account", { auth });
const erase = async (partner: PartnerAt): Promise<Row> => {
  await close(partner);
  return eraseClosed(partner);
};
const eraseClosed = async (partner: PartnerAt): Promise<Row> => {
  const [row] = await asOwner<{ user_id: string }>(database, "select user_id from partners where id = $1", [
    partner.id,
  ]);
  return must(ours, "POST", "/api/v1/admin/privacy/erasures", {
    auth: ours.operatorKey,
    body: { userId: row?.user_id },
  });
};

/** Screening that finds nothing, and in the midst of which something happens: while names are compared, and as the partner is read again to note it. */
function findingNothing({
  whileComparing = async () => [],
  whileNoting = async () => undefined,
}: {
  readonly whileComparing?: () => Promise<unknown>;
  readonly whileNoting?: () => Promise<unknown>;
}) {
  const { app } = tenants.world;
  let isCompared = false;
  return createComplianceService({
    db: app.db,
    audit: app.audit,
    outbox: createOutbox(() => ({})),
    sealer: createSealer(Buffer.alloc(32)),
    nameKey: Buffer.alloc(32),
    partners: {
      ...app.partners,
      findPartners: async (tx, ids) => {
        const found = await app.partners.findPartners(tx, ids);
        if (isCompared) await whileNoting();
        return found;
      },
    },
    people: app.identity,
    taxes: app.tax,
    payouts: app.payouts,
    programs: app.programs,
    screening: {
      askForNews: async () => undefined,
      screen: async (_ctx, subjects) => {
        await whileComparing();
        isCompared = true;
        return subjects.map(() => []);
      },
    },
  });
}

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

  it("stands in a list of a partner's names that is read page by page, the latest first", async () => {
    const partner = await applicant("Pendragon Freight Ltd");
    for (const companyName of ["Quiet Lake", "Loud Lake"]) {
      await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName } });
      await ours.app.compliance.screenDue(ours.ctx());
    }
    const page = (query: Record<string, string>) =>
      must(ours, "GET", `/api/v1/admin/screening/partners/${partner.id}`, { auth: ours.admin, query });
    const whole = await page({});
    expect(whole["nextCursor"]).toBeNull();
    expect((whole["data"] as Row[]).length).toBeGreaterThan(2);
    const read: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { data, nextCursor } = await page({ limit: "1", ...(cursor === "" ? {} : { cursor }) });
      expect(data).toHaveLength(1);
      read.push(...(data as Row[]));
      cursor = nextCursor as string | null;
    }
    expect(read).toEqual(whole["data"]);
  });

  it("that an earlier release wrote down as it is, is sealed by the next job, and stays cleared", async () => {
    const partner = await applicant("Pendragon Freight");
    await clear(partner);
    const subject = { kind: "organisation", name: "Pendragon Freight", country: "MT" };
    const plain = plainKeyOf(subject.name);
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

/** Whether somebody in this database waits for a lock that is not of a row. */
const isErasureWaiting = async (): Promise<boolean> =>
  (
    await asOwner(
      database,
      "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    )
  ).length > 0;
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo()));
};

describe("a release put back and forward again", () => {
  it("loses names, and nothing that was cleared; what was found meanwhile has its name", async () => {
    const [cleared, open] = [await applicant("Pendragon Freight GmbH"), await applicant("Pendragon Freight AG")];
    await clear(cleared);
    await undoAndRedo(database, "20261201191100_compliance_sealed_names");
    await asOwner(
      database,
      `insert into screening_hits (tenant_id, case_id, partner_id, subject_key, entry_id, entry_hash, round, subject, evidence, found_at)
       select tenant_id, case_id, partner_id, $2, entry_id, entry_hash, round, $3, evidence, found_at from screening_hits where partner_id = $1`,
      [
        open.id,
        plainKeyOf("Pendragon Freight AG"),
        JSON.stringify({ kind: "organisation", name: "Pendragon Freight AG", country: "MT", source: "profile" }),
      ],
    );
    for (let turn = 0; turn < 2; turn += 1) await ours.app.compliance.screenDue(ours.ctx());
    expect(await casesOf(cleared)).toMatchObject([{ status: "cleared", round: 1 }]);
    expect(await hitsOf(cleared)).toMatchObject([{ subject: { name: "" } }]);
    expect(await casesOf(open)).toMatchObject([{ status: "open", round: 1 }]);
    expect(await hitsOf(open)).toMatchObject([{ subject: { name: "Pendragon Freight AG" } }]);
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

  it("waits for a comparison that is being noted, also where nothing was found, and forgets it", async () => {
    const partner = await applicant("Hazel Grove Paints");
    await close(partner);
    await asOwner(database, "delete from partner_screenings where partner_id = $1", [partner.id]);
    let erased: Promise<Row> | undefined;
    const slow = findingNothing({
      whileNoting: async () => {
        erased = eraseClosed(partner);
        await Promise.race([erased, until(isErasureWaiting)]);
      },
    });
    await slow.screenPartner(ours.ctx(), { partnerId: partner.id });
    expect(await erased).toMatchObject({ status: "done" });
    const kept = await keptOf(partner);
    expect(kept.length).toBeGreaterThan(0);
    for (const row of kept) expect(row).toMatch(/,"erased [0-9a-f-]{36}",\[\],,/);
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

describe("an erasure of before names of hits were erased", () => {
  it("is made up for, but not while a case is undecided", async () => {
    const [partner, undecided] = [await applicant("Pendragon Freight SA"), await applicant("Pendragon Freight NV")];
    await clear(partner);
    const kept = await keptOf(partner);
    for (const one of [partner, undecided]) {
      await close(one);
      await asOwner(
        database,
        `insert into privacy_erasures (tenant_id, id, user_id, role, origin, status, asked_at, erased_at, certificate)
         select tenant_id, id, user_id, 'partner', 'operator', 'done', now(), now(), '{}' from partners where id = $1`,
        [one.id],
      );
    }
    const held = await keptOf(undecided);
    await mendAgain(database, "20261201197200_compliance_erased_before");
    const left = await keptOf(partner);
    expect([left.length > 0, left.length < kept.length]).toEqual([true, true]);
    for (const row of left) expect(row).toMatch(/,"erased [0-9a-f-]{36}",\[\],,/);
    expect(await keptOf(undecided)).toEqual(held);
  });
});

describe("a name that changes while it is compared", () => {
  it("is compared as it is then, though nothing has told of the change", async () => {
    const partner = await applicant("Hazel Grove Tools");
    await asOwner(database, "delete from partner_screenings where partner_id = $1", [partner.id]);
    const slow = findingNothing({
      whileComparing: () =>
        asOwner(database, "update partners set company_name = 'Pendragon Freight' where id = $1", [partner.id]),
    });
    await slow.screenPartner(ours.ctx(), { partnerId: partner.id });
    expect(await casesOf(partner)).toEqual([]);
    await tenants.world.settle();
    expect(await casesOf(partner)).toMatchObject([{ status: "open" }]);
  });
});
