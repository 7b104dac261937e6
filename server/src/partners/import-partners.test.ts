import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { IMPORT_BATCH_MAX } from "./import-partners.ts";
import type { ImportedPartner } from "./import-rules.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());

const JOINED = new Date("2019-05-01T00:00:00Z");
const row = (fields: Partial<ImportedPartner> = {}): ImportedPartner => {
  const externalId = fields.externalId ?? newId();
  return { externalId, email: `${externalId}@people.test`, joinedAt: JOINED, ...fields };
};
const importRows = (rows: readonly ImportedPartner[]) =>
  bench.partners.importPartners(bench.operator("partners:write"), rows);
const statuses = async (rows: readonly ImportedPartner[]) =>
  (await importRows(rows)).map((result) => (result.status === "rejected" ? result.refusal.code : result.status));
const rowsOf = (externalId: string) =>
  asOwner<{ id: string }>(bench.database, "select * from partners where external_id = $1", [externalId]);

describe("an import of partners", () => {
  it("makes them active from the day they joined, with people who cannot sign in, in their recorded sequence", async () => {
    bench.recorded.length = 0;
    const given = row({
      partnerType: "reseller",
      tier: "tier1",
      referralCode: "Old-Code",
      country: "DE",
      companyName: "Ada Ltd",
    });
    const [result] = await importRows([given]);
    expect(result).toMatchObject({ status: "imported" });
    const [partner] = await rowsOf(given.externalId);
    expect(partner).toMatchObject({
      status: "active",
      partner_type: "reseller",
      tier: "tier1",
      referral_code: "old-code",
      joined_at: JOINED,
      approved_at: JOINED,
      commission_rate: "10.00",
    });
    const id = partner?.id ?? "";
    expect(bench.recorded).toMatchObject([
      { number: 1n, kind: "terms" },
      { number: 2n, kind: "approval", occurredAt: JOINED },
    ]);
    expect(await bench.news(id)).toEqual(["partner.created"]);
    const people = await asOwner(bench.database, "select role, password_hash from users where email = $1", [
      given.email,
    ]);
    expect(people).toEqual([{ role: "partner", password_hash: null }]);
    const terms = await bench.db.read(bench.ctx(), (tx) => bench.partners.currentTerms(tx, [id], JOINED));
    expect(terms.get(id)).toMatchObject({ planVersion: 1, tier: "tier1" });
  });

  it("gives them the versions that were in force since they joined, each from its day", async () => {
    bench.clock.advance(DAY_MS);
    const { id: planId } = await bench.programs.draftPlan(bench.ctx(), {});
    await bench.programs.publishPlan(bench.ctx(), { planId });
    const publishedAt = bench.clock.now();
    bench.clock.advance(DAY_MS);
    const [early, late] = [row(), row({ joinedAt: bench.clock.now() })];
    await importRows([early, late]);
    const versionsOf = async (externalId: string) => {
      const id = (await rowsOf(externalId))[0]?.id ?? "";
      const at = async (instant: Date) =>
        (await bench.db.read(bench.ctx(), (tx) => bench.partners.currentTerms(tx, [id], instant))).get(id)?.planVersion;
      return [await at(JOINED), await at(publishedAt)];
    };
    expect(await versionsOf(early.externalId)).toEqual([1, 2]);
    expect(await versionsOf(late.externalId)).toEqual([2, 2]);
  });

  it("of the same rows twice changes nothing", async () => {
    const rows = [row(), row({ referralCode: `c-${newId()}` })];
    expect(await statuses(rows)).toEqual(["imported", "imported"]);
    const before = await asOwner(bench.database, "select count(*) n, sum(last_number) s from partner_sequences");
    expect(await statuses(rows)).toEqual(["duplicate", "duplicate"]);
    expect(await statuses([row({ externalId: rows[0]?.externalId ?? "", email: "other@people.test" })])).toEqual([
      "duplicate",
    ]);
    expect(await asOwner(bench.database, "select count(*) n, sum(last_number) s from partner_sequences")).toEqual(
      before,
    );
  });

  it("refuses what cannot be taken, row by row, and takes the rest", async () => {
    const email = `${newId()}@people.test`;
    const id = await bench.register({ email });
    const { referralCode } = await bench.db.read(bench.ctx(), (tx) => bench.partners.getPartner(tx, id));
    bench.outside.takenCodes.add("a-campaign");
    expect(
      await statuses([
        row({ email }),
        row({ referralCode }),
        row({ referralCode: "A-Campaign" }),
        row({ tier: "gold" }),
        row(),
      ]),
    ).toEqual([
      "partner.email_taken",
      "partner.code_taken",
      "partner.code_taken",
      "partner.import_invalid",
      "imported",
    ]);
  });

  it("by several at once of the same file takes each row once", async () => {
    const rows = Array.from({ length: 20 }, () => row());
    const all = (await Promise.all(Array.from({ length: 4 }, () => statuses(rows)))).flat();
    expect(all.filter((status) => status === "imported")).toHaveLength(20);
    expect(all.filter((status) => status === "duplicate")).toHaveLength(60);
  });

  it("takes a full batch in one transaction, which is audited", async () => {
    const rows = Array.from({ length: IMPORT_BATCH_MAX }, () => row());
    expect(new Set(await statuses(rows))).toEqual(new Set(["imported"]));
    const [act] = await asOwner(
      bench.database,
      "select action, jsonb_array_length(after->'partnerIds') n from audit_log order by position desc limit 1",
    );
    expect(act).toEqual({ action: "partner.imported", n: IMPORT_BATCH_MAX });
  });

  it("needs the scope", async () => {
    await expect(bench.partners.importPartners(bench.operator("partners:read"), [row()])).rejects.toEqual(
      expect.objectContaining({ code: "access.scope_missing" }),
    );
  });
});
