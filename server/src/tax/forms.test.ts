import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { type TaxWorld, taxWorld, W8_OF_BOB, W9_OF_ADA } from "../../test/kit/tax.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { CERTIFICATIONS, CONSENT } from "./certifications.ts";

let world: TaxWorld;
beforeAll(async () => {
  world = await taxWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const own = (partnerId: string) => world.tax.getOwnTax(world.partner(partnerId));
const told = async (type: string, partnerId: string): Promise<number> =>
  (
    await asOwner(world.clone, "select 1 from outbox_events where type = $1 and data ->> 'partnerId' = $2", [
      type,
      partnerId,
    ])
  ).length;
const toDay = (day: string) => world.advance(new Date(`${day}T12:00:00Z`).getTime() - world.clock.now().getTime());

describe("a signed form", () => {
  it("is shown with its number masked, its signature, and the version of the text that was signed", async () => {
    const partnerId = await world.newPartner();
    expect(await own(partnerId)).toMatchObject({ state: "missing", form: null });
    await world.sign(partnerId, W9_OF_ADA, "A. Lovelace");
    expect(await own(partnerId)).toMatchObject({
      state: "valid",
      form: {
        kind: "w9",
        version: 1,
        name: "Ada Lovelace",
        tin: "XXX-XX-6789",
        signatureName: "A. Lovelace",
        signatureIp: "203.0.113.9",
        signedAt: world.clock.now(),
        validUntil: null,
        certification: CERTIFICATIONS.w9.version,
      },
    });
  });

  it("leaves neither its number nor its name readable in any row", async () => {
    const partnerId = await world.newPartner();
    await world.sign(partnerId, { ...W9_OF_ADA, name: "Philippa Quentin", tin: "212-47-8391" });
    for (const table of ["tax_forms", "tax_partners", "audit_log", "outbox_events", "idempotency_keys"]) {
      const rows = await asOwner<{ row: string }>(world.clone, `select t::text as row from ${table} t`);
      const text = rows.map(({ row }) => row).join("\n");
      const bytes = (plain: string) => Buffer.from(plain).toString("hex");
      for (const secret of ["212478391", "212-47-8391", "Philippa Quentin"])
        expect({ table, has: text.includes(secret) || text.includes(bytes(secret)) }).toEqual({ table, has: false });
    }
  });

  it("signed twice is one; a change is the next version, and two at once are two versions", async () => {
    const partnerId = await world.newPartner();
    const first = await world.sign(partnerId, W9_OF_ADA);
    expect(await world.sign(partnerId, W9_OF_ADA)).toEqual(first);
    expect(await told("tax.form_signed", partnerId)).toBe(1);
    const moved = { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, line1: "2 Main St" } };
    const married = { ...W9_OF_ADA, name: "Ada King" };
    const both = await Promise.all([world.sign(partnerId, moved), world.sign(partnerId, married)]);
    expect(new Set(both.map(({ version }) => version))).toEqual(new Set([2, 3]));
    expect((await own(partnerId)).form?.version).toBe(3);
  });

  it("is signed by a person, of the text that is in force", async () => {
    const partnerId = await world.newPartner();
    const signature = { name: "Ada", certification: "w9-1999-01" };
    await expect(
      world.tax.signForm(await world.person(partnerId), { form: W9_OF_ADA, signature }),
    ).rejects.toMatchObject({
      code: "tax.text_outdated",
    });
    const current = { name: "Ada", certification: CERTIFICATIONS.w9.version };
    await expect(
      world.tax.signForm(world.partner(partnerId), { form: W9_OF_ADA, signature: current }),
    ).rejects.toMatchObject({ code: "access.person_required" });
    await expect(world.sign(partnerId, { ...W9_OF_ADA, tin: "000-00-0000" })).rejects.toMatchObject({
      code: "tax.tin_impossible",
      facts: { field: "tin" },
    });
    await expect(world.sign(partnerId, { ...W8_OF_BOB, countryOfOrigin: "XX" })).rejects.toMatchObject({
      code: "tax.country_unknown",
    });
    expect((await own(partnerId)).form).toBeNull();
  });

  it("never changes and is never deleted; only its key is forgotten", async () => {
    const partnerId = await world.newPartner();
    await world.sign(partnerId, W9_OF_ADA);
    for (const change of [
      "update tax_forms set tin_last4 = '0000'",
      "update tax_forms set data_key_sealed = ''",
      "delete from tax_forms",
    ])
      await expect(asOwner(world.clone, `${change} where true`)).rejects.toMatchObject({ code: "23001" });
  });

  it("shows the team who else has signed with the same number", async () => {
    const [one, two] = [await world.newPartner(), await world.newPartner()];
    const form = { ...W9_OF_ADA, tin: "321-45-6789" };
    await world.sign(one, form);
    expect(await world.tax.getPartnerTax(world.operator(), { partnerId: one })).toMatchObject({
      partnersWithNumber: 0,
    });
    await world.sign(two, { ...form, name: "Somebody Else" });
    expect(await world.tax.getPartnerTax(world.operator(), { partnerId: one })).toMatchObject({
      partnersWithNumber: 1,
    });
  });
});

describe("the time of a form", () => {
  it("of a foreign person ends with the third year, is told of before and after once each, and begins anew when signed again", async () => {
    const partnerId = await world.newPartner();
    expect(await world.sign(partnerId, W8_OF_BOB)).toMatchObject({ version: 1, validUntil: "2029-12-31" });
    await world.tax.remindOfForms(world.system());
    expect(await told("tax.form_expiring", partnerId)).toBe(0);
    await toDay("2029-11-15");
    await Promise.all([world.tax.remindOfForms(world.system()), world.tax.remindOfForms(world.system())]);
    await world.tax.remindOfForms(world.system());
    expect(await told("tax.form_expiring", partnerId)).toBe(1);
    expect(await own(partnerId)).toMatchObject({ state: "expiring" });
    await toDay("2030-01-01");
    await world.tax.remindOfForms(world.system());
    await world.tax.remindOfForms(world.system());
    expect(await told("tax.form_expired", partnerId)).toBe(1);
    expect(await told("tax.form_expiring", partnerId)).toBe(1);
    expect(await own(partnerId)).toMatchObject({ state: "expired" });
    expect(await world.sign(partnerId, W8_OF_BOB)).toMatchObject({ version: 2, validUntil: "2033-12-31" });
    expect(await own(partnerId)).toMatchObject({ state: "valid" });
  });

  it("is asked for by the team once a day, of those who have none", async () => {
    const [missing, valid] = [await world.newPartner(), await world.newPartner()];
    await world.sign(valid, W9_OF_ADA);
    const ask = () => world.tax.askForForms(world.operator(), { partnerIds: [missing, valid] });
    expect((await Promise.all([ask(), ask()])).map(({ asked }) => asked).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect((await own(missing)).askedAt).toEqual(world.clock.now());
    await world.advance(DAY_MS);
    expect(await ask()).toEqual({ asked: 1 });
    expect([await told("tax.form_requested", missing), await told("tax.form_requested", valid)]).toEqual([2, 0]);
    await world.sign(missing, W9_OF_ADA);
    expect((await own(missing)).askedAt).toBeNull();
  });
});

describe("electronic delivery", () => {
  it("is agreed to with the disclosure that was read, and withdrawn at any time", async () => {
    const partnerId = await world.newPartner();
    const ctx = await world.person(partnerId);
    const consent = CONSENT.version;
    await expect(world.tax.chooseDelivery(ctx, { isElectronic: true })).rejects.toMatchObject({
      code: "tax.text_outdated",
    });
    const given = await world.tax.chooseDelivery(ctx, { isElectronic: true, consent });
    await world.advance(DAY_MS);
    expect(await world.tax.chooseDelivery(await world.person(partnerId), { isElectronic: true, consent })).toEqual(
      given,
    );
    expect(await world.tax.chooseDelivery(ctx, { isElectronic: false })).toEqual({ consentedAt: null });
    expect((await own(partnerId)).consentedAt).toBeNull();
  });
});

describe("what is held of a person", () => {
  it("is all that was signed; of who was never paid it is forgotten at once, of others when the law lets", async () => {
    const [unpaid, paid] = [await world.newPartner(), await world.newPartner()];
    for (const partnerId of [unpaid, paid]) await world.sign(partnerId, W9_OF_ADA);
    await world.pay(paid, 100_00n);
    const source = world.tax.personalData;
    const subject = (partnerId: string) => ({ userId: partnerId, email: "ada@example.com", partnerId });
    const held = (partnerId: string) => world.db.read(world.system(), (tx) => source.collect(tx, subject(partnerId)));
    const forget = (partnerId: string) =>
      world.db.transaction(world.system(), (tx) => source.erase(tx, subject(partnerId)));
    expect(await held(unpaid)).toContainEqual(
      expect.objectContaining({ what: "tax_form", content: expect.objectContaining({ tin: "123-45-6789" }) }),
    );
    expect([await forget(unpaid), await forget(paid)]).toEqual([1, 0]);
    expect(await held(unpaid)).toContainEqual(expect.objectContaining({ what: "tax_form", content: null }));
    expect(await own(unpaid)).toMatchObject({ form: { name: null, tin: "XXX-XX-6789" } });
    await world.advance(6 * 366 * DAY_MS);
    expect(await forget(paid)).toBe(1);
  });
});
