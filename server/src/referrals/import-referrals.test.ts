import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { ImportedReferral } from "./import-rules.ts";
import { termsAtInstants } from "./terms-at.ts";

let world: ReferralWorld;
let partner: SeededPartner;

beforeAll(async () => {
  world = await referralWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.recorded.length = 0;
  world.told.length = 0;
  partner = await world.partner();
});

const ago = (days: number, ms = 0) => new Date(NOW.getTime() - days * DAY_MS - ms);
const row = (fields: Partial<ImportedReferral> = {}): ImportedReferral => ({
  externalId: `customer ${newId()}`,
  referralCode: partner.code,
  clickedAt: ago(11),
  convertedAt: ago(10),
  email: null,
  ...fields,
});
const run = async (...rows: ImportedReferral[]) => (await world.referrals.importReferrals(world.ctx(), rows)).results;
const codesOf = (results: Awaited<ReturnType<typeof run>>) => results.map((one) => one.error?.code ?? one.status);

describe("an import of referrals", () => {
  it("ties customers as of their instants, verified, in the partner's sequence, told and audited once", async () => {
    const one = row({ email: "Ada@Example.com" });
    const [result] = await run(one);
    expect(result?.status).toBe("imported");
    expect(await world.referrals.getReferralFor(world.ctx(), result?.id ?? "")).toMatchObject({
      externalId: one.externalId,
      status: "converted",
      source: "import",
      createdAt: one.convertedAt,
      convertedAt: one.convertedAt,
      verifiedAt: one.convertedAt,
      verificationRequired: false,
      termsId: partner.termsId,
    });
    expect(world.recorded).toMatchObject([
      { kind: "conversion", occurredAt: one.convertedAt, data: { isVerified: true, verificationRequired: false } },
    ]);
    expect(world.told.map((event) => event.type)).toEqual(["referral.converted"]);
  });

  it("of the same rows again changes nothing", async () => {
    const rows = [row(), row(), row()];
    const first = await run(...rows);
    const again = await run(...rows.toReversed(), rows[0] ?? row());
    expect(codesOf(again)).toEqual(["duplicate", "duplicate", "duplicate", "duplicate"]);
    expect(again.map((one) => one.id)).toEqual([first[2]?.id, first[1]?.id, first[0]?.id, first[0]?.id]);
    expect(world.recorded).toHaveLength(3);
  });

  it("numbers conversions by instant and external id, whatever the order of the rows and the size of the batch", async () => {
    const other = await world.partner();
    const tag = newId();
    const rows = Array.from({ length: 60 }, (_, index) =>
      row({
        externalId: `${tag} ${String((index * 7) % 60).padStart(2, "0")}${index % 5 === 0 ? "é" : ""}`,
        referralCode: index % 3 === 0 ? other.code : partner.code,
        convertedAt: ago(10 - (index % 4)),
      }),
    );
    await run(...rows);
    const stored = await world.owner<{ partner_id: string; external_id: string; occurred_at: Date }>(
      `select e.partner_id, u.external_id, e.occurred_at
         from partner_events e join referrals r on r.id = e.referral_id join users u on u.id = r.referred_user_id
        where e.partner_id = any ($1) order by e.partner_id, e.number`,
      [[partner.id, other.id]],
    );
    const sorted = stored.toSorted(
      (a, b) =>
        (a.partner_id < b.partner_id ? -1 : Number(a.partner_id > b.partner_id)) ||
        a.occurred_at.getTime() - b.occurred_at.getTime() ||
        Buffer.compare(Buffer.from(a.external_id), Buffer.from(b.external_id)),
    );
    expect(stored).toHaveLength(60);
    expect(stored).toEqual(sorted);
  });

  it("refuses row by row what cannot be, names the field, and takes the rest", async () => {
    const [gone, self] = [await world.partner({ terminatedAt: ago(20), status: "terminated" }), partner];
    const good = row();
    const results = await run(
      row({ externalId: "" }),
      row({ externalId: "a\nb" }),
      row({ referralCode: "nobodys" }),
      row({ referralCode: "?" }),
      row({ email: "no address" }),
      row({ convertedAt: new Date(Number.NaN) }),
      row({ convertedAt: new Date(NOW.getTime() + 1) }),
      row({ clickedAt: ago(9) }),
      row({ clickedAt: ago(40, 1) }),
      row({ referralCode: gone.code }),
      row({ email: self.email }),
      good,
      { ...good, convertedAt: ago(9) },
    );
    expect(results.map((one) => [one.error?.code ?? one.status, one.error?.facts["field"]])).toEqual([
      ["referral.external_id_invalid", "externalId"],
      ["referral.external_id_invalid", "externalId"],
      ["referral.code_unknown", "referralCode"],
      ["referral.code_unknown", "referralCode"],
      ["referral.email_invalid", "email"],
      ["referral.instant_invalid", "convertedAt"],
      ["referral.instant_invalid", "convertedAt"],
      ["referral.click_after_conversion", "clickedAt"],
      ["referral.out_of_window", "clickedAt"],
      ["referral.partner_inactive", "referralCode"],
      ["referral.self", "externalId"],
      ["imported", undefined],
      ["referral.already_converted", "externalId"],
    ]);
  });

  it("counts a click at the very limit, one that is not known, and a conversion before the partner's termination", async () => {
    const gone = await world.partner({ terminatedAt: ago(5), status: "terminated" });
    const results = await run(row({ clickedAt: ago(40) }), row({ clickedAt: null }), row({ referralCode: gone.code }));
    expect(codesOf(results)).toEqual(["imported", "imported", "imported"]);
  });

  it("turns a sign-up into its conversion and leaves a rejected one", async () => {
    const [open, refused] = [row(), row()];
    for (const { externalId } of [open, refused])
      await world.referrals.signUpReferral(world.ctx(), { externalId, clickId: await world.click(partner) });
    const rejected = (await world.referrals.findAllReferrals(world.ctx(), { externalId: refused.externalId })).data[0];
    await world.referrals.rejectReferral(world.ctx(), {
      referralId: rejected?.id ?? "",
      reason: "x",
      takesBackApproved: false,
    });
    expect(codesOf(await run(open, refused))).toEqual(["imported", "referral.was_rejected"]);
  });

  it("keeps the terms that were in force at each conversion", async () => {
    const termsId = newId();
    await world.owner(
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, effective_from, created_at)
       values ($1, $2, $3, 1, (select id from commission_plans where tenant_id = $1), 'tier2', '{"window": 60}', $4, $4)`,
      [world.tenantId, termsId, partner.id, ago(50)],
    );
    const rows = [60, 51, 50, 49, 10].map((days) => row({ convertedAt: ago(days), clickedAt: null }));
    const results = await run(...rows);
    const kept = await Promise.all(results.map(({ id }) => world.referrals.getReferralFor(world.ctx(), id ?? "")));
    expect(kept.map((one) => (one.termsId === termsId ? "new" : "old"))).toEqual(["old", "old", "new", "new", "new"]);
  });

  it("takes thousands at once, asking for terms a few times", async () => {
    const partners = [partner, await world.partner(), await world.partner()];
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      row({ referralCode: partners[index % 3]?.code ?? "", convertedAt: ago(10, index), clickedAt: ago(11) }),
    );
    const results = await run(...rows);
    expect(new Set(codesOf(results))).toEqual(new Set(["imported"]));
    expect(codesOf(await run(...rows)).every((status) => status === "duplicate")).toBe(true);
  });
});

describe("terms at many instants", () => {
  it("are those of each instant, and are asked for only where they change", async () => {
    let asked = 0;
    const changes = [0, 137, 138, 900];
    const termsOf = (at: Date) => ({
      id: String(changes.filter((from) => from <= at.getTime()).length),
      attributionWindowDays: 30,
    });
    const deps = {
      partners: {
        ...world.deps.partners,
        currentTerms: (_tx: unknown, partnerIds: readonly string[], at: Date) => {
          asked += 1;
          return Promise.resolve(
            new Map(
              partnerIds
                .filter((id) => id !== "none")
                .map((id) => [id, id === "still" ? termsOf(new Date(0)) : termsOf(at)]),
            ),
          );
        },
      },
    };
    const pairs = Array.from({ length: 1_000 }, (_, index) =>
      ["moving", "still", "none"].map((partnerId) => ({ partnerId, at: new Date(index) })),
    ).flat();
    const termsAt = await world.db.read(world.ctx(), (tx) => termsAtInstants(deps, tx, pairs));
    for (const { partnerId, at } of pairs) {
      const expected = partnerId === "none" ? undefined : partnerId === "still" ? "1" : termsOf(at).id;
      expect(termsAt(partnerId, at)?.id).toBe(expected);
    }
    expect(asked).toBeLessThan(100);
    expect((await world.db.read(world.ctx(), (tx) => termsAtInstants(deps, tx, [])))("still", NOW)).toBeUndefined();
  });
});
