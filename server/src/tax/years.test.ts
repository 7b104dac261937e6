import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { PAYER, type TaxWorld, taxWorld, W8_OF_BOB, W9_OF_ADA } from "../../test/kit/tax.ts";
import type { W9 } from "./form-rules.ts";
import { IRIS_COLUMNS } from "./iris-template.ts";

let world: TaxWorld;
/** Each test has a year of its own. */
let year = 2026;
beforeAll(async () => {
  world = await taxWorld();
  await world.tax.changeTaxSettings(world.operator(), { payer: PAYER });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  year = world.clock.now().getUTCFullYear() + 1;
  await toDay(`${year}-03-01`);
  await figures({ threshold: 200_000 });
});

const toDay = (day: string) => world.advance(new Date(`${day}T12:00:00Z`).getTime() - world.clock.now().getTime());
const figures = (more: { threshold?: number | null; irisHeader?: string | null }) =>
  world.tax.enterYearFigures(world.operator(), { year, ...more });
const close = (leaveOutMissing = false) => world.tax.closeTaxYear(world.operator(), { year, leaveOutMissing });
const correct = () => world.tax.correctTaxYear(world.operator(), { year });
const toNextYear = () => toDay(`${year + 1}-01-10`);
const documents = async (partnerId: string) =>
  (await world.tax.findTaxDocuments(world.operator(), { year, partnerId })).data.toSorted(
    (one, other) => one.number - other.number,
  );
const figuresOf = async (partnerId: string) =>
  (await documents(partnerId)).map(({ kind, amount, withheld }) => [kind, amount, withheld]);
const fileOf = async (run: number, part?: number): Promise<Record<string, string>[]> => {
  const { content } = await world.tax.exportReturns(world.operator(), { year, run, ...(part ? { part } : {}) });
  return parse(await text(content), { columns: true });
};
/** Someone with a W-9 who was paid so much, by bank file: what is returned of it can be told at any time. */
const payee = async (amount: bigint, name = "Ada Lovelace"): Promise<string> => {
  const partnerId = await world.newBankPartner();
  await world.sign(partnerId, { ...W9_OF_ADA, name });
  await world.pay(partnerId, amount);
  return partnerId;
};

/** The bank has sent it back. */
const giveBack = (payoutId: string) =>
  world.payouts.recordReturn(world.operator(), { payoutId, reason: "Account closed" });

describe("the year of a partner", () => {
  it("is what was transferred in it, by the day in the time zone of taxes, less what came back", async () => {
    const partnerId = await world.newBankPartner();
    await world.sign(partnerId, W9_OF_ADA);
    await world.advance(new Date(`${year}-12-31T23:30:00Z`).getTime() - world.clock.now().getTime());
    await world.pay(partnerId, 150_000n);
    const returned = await world.pay(partnerId, 70_000n);
    await world.advance(3_600_000);
    await world.pay(partnerId, 10_000n);
    expect(await world.lineOf(partnerId, year)).toMatchObject({ amount: 220_000n, transfers: 2, state: "report" });
    expect(await world.lineOf(partnerId, year + 1)).toMatchObject({ amount: 10_000n, state: "below" });
    // In New York it is still the old year.
    await world.tax.changeTaxSettings(world.operator(), { timeZone: "America/New_York" });
    expect(await world.lineOf(partnerId, year)).toMatchObject({ amount: 230_000n });
    await world.tax.changeTaxSettings(world.operator(), { timeZone: null });
    await giveBack(returned);
    expect(await world.lineOf(partnerId, year)).toMatchObject({ amount: 150_000n, transfers: 1, state: "below" });
    const { data } = await world.tax.findTaxPayments(world.operator(), { year, partnerId });
    expect(data.map(({ act, amount }) => `${act} ${amount}`).toSorted()).toEqual([
      "paid 150000",
      "paid 70000",
      "taken_back -70000",
    ]);
    await world.expectProven(partnerId);
  });

  it("is reported from the threshold on, to the cent, and says what stands against it", async () => {
    const [enough, short] = [await payee(200_000n), await payee(199_999n)];
    const nobody = await world.newPartner();
    await world.pay(nobody, 200_000n);
    const company = await world.newPartner();
    await world.sign(company, {
      ...W9_OF_ADA,
      name: "Acme Inc",
      classification: "c_corporation",
      tinType: "ein",
      tin: "12-3456780",
    });
    await world.pay(company, 900_000n);
    const [abroad, both] = [await world.newPartner(), await world.newPartner()];
    await world.sign(abroad, W8_OF_BOB);
    await world.sign(both, { ...W8_OF_BOB, services: "both" });
    for (const partnerId of [abroad, both]) await world.pay(partnerId, 900_000n);
    const states = await Promise.all(
      [enough, short, nobody, company, abroad, both].map(async (id) => (await world.lineOf(id, year))?.state),
    );
    expect(states).toEqual(["report", "below", "form_missing", "exempt", "foreign", "foreign_review"]);
    const view = await world.tax.getTaxYear(world.operator(), { year });
    expect(view.states.find(({ state }) => state === "report")).toMatchObject({ partners: 1, amount: 200_000n });
    const listed = await world.tax.findTaxLines(world.operator(), { year, state: "form_missing" });
    expect(listed.data.map(({ partnerId }) => partnerId)).toEqual([nobody]);
  });

  it("in another currency counts at the year's rate, rounded once, and stands still without one", async () => {
    const partnerId = await world.newBankPartner();
    await world.advance(72 * 3_600_000);
    await world.sign(partnerId, W9_OF_ADA);
    await world.pay(partnerId, 333_333n, "JPY");
    await world.pay(partnerId, 1n);
    expect(await world.lineOf(partnerId, year)).toMatchObject({ state: "rate_missing" });
    await world.tax.enterExchangeRate(world.operator(), { year, currency: "JPY", unitsPerDollar: 149.656 });
    // 333,333 / 149.656 = 2,227.328… dollars.
    expect(await world.lineOf(partnerId, year)).toMatchObject({ amount: 222_734n, state: "report" });
  });

  it("goes by the form that was in force when it ended, and takes a later one of the same kind", async () => {
    const partnerId = await payee(300_000n);
    await toNextYear();
    await world.sign(partnerId, W8_OF_BOB);
    expect(await world.lineOf(partnerId, year)).toMatchObject({ state: "report", form: "w9" });
    await world.sign(partnerId, { ...W9_OF_ADA, name: "Ada King" });
    expect(await world.lineOf(partnerId, year)).toMatchObject({ state: "report", form: "w9" });
  });
});

describe("closing a year", () => {
  it("waits for its end, its threshold, its rates and who pays; and for forms, unless told otherwise", async () => {
    await payee(300_000n);
    const nobody = await world.newPartner();
    await world.pay(nobody, 300_000n);
    await expect(close()).rejects.toMatchObject({ code: "tax.year_running" });
    await toNextYear();
    await figures({ threshold: null });
    await expect(close()).rejects.toMatchObject({ code: "tax.threshold_missing" });
    await figures({ threshold: 200_000 });
    await expect(close()).rejects.toMatchObject({ code: "tax.forms_missing", facts: { partners: 1 } });
    expect(await close(true)).toMatchObject({ status: "closed", runs: [{ run: 0, returns: 1, amount: 300_000n }] });
    await expect(close(true)).rejects.toMatchObject({ code: "tax.year_closed" });
    // Who was left out is filed once its form has come.
    await world.sign(nobody, W9_OF_ADA);
    await correct();
    expect(await figuresOf(nobody)).toEqual([["original", 300_000n, 0n]]);
  });

  it("by two at once is done once, and every partner is told of its document once", async () => {
    const partnerId = await payee(250_000n);
    await toNextYear();
    const settled = await Promise.allSettled([close(true), close(true)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await Promise.all([world.tax.tellDocuments(world.system()), world.tax.tellDocuments(world.system())]);
    const [document] = await documents(partnerId);
    const rows = await asOwner(
      world.clone,
      "select 1 from outbox_events where type = 'tax.document_available' and object_id = $1",
      [document?.id],
    );
    expect(rows).toHaveLength(1);
    for (const change of ["update tax_payments set amount = 1", "delete from tax_payments", "delete from tax_filings"])
      await expect(asOwner(world.clone, change)).rejects.toMatchObject({ code: "23001" });
  });
});

describe("a correction", () => {
  it("of an amount is one return with the right one, once however often it is asked for", async () => {
    const partnerId = await payee(220_000n);
    const second = await world.pay(partnerId, 40_000n);
    await toNextYear();
    await close(true);
    await expect(correct()).rejects.toMatchObject({ code: "tax.nothing_changed" });
    await giveBack(second);
    expect((await world.tax.findTaxDifferences(world.operator(), { year })).data).toMatchObject([
      { partnerId, kind: "amount", filedAmount: 260_000n, amount: 220_000n },
    ]);
    const settled = await Promise.allSettled([correct(), correct()]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await figuresOf(partnerId)).toEqual([
      ["original", 260_000n, 0n],
      ["amount", 220_000n, 0n],
    ]);
    await world.expectProven(partnerId);
  });

  it("below the threshold says what was paid, and of who need not be reported nothing", async () => {
    const [one, other] = [await payee(150_000n), await payee(300_000n)];
    const second = await world.pay(one, 60_000n);
    await toNextYear();
    await close(true);
    await giveBack(second);
    const incorporated: W9 = { ...W9_OF_ADA, classification: "s_corporation" };
    await world.sign(other, incorporated);
    await correct();
    expect(await figuresOf(one)).toEqual([
      ["original", 210_000n, 0n],
      ["amount", 150_000n, 0n],
    ]);
    expect(await figuresOf(other)).toEqual([
      ["original", 300_000n, 0n],
      ["amount", 0n, 0n],
    ]);
  });

  it("of a name or number is two returns: the wrong one with nothing, and the right one", async () => {
    const partnerId = await payee(300_000n, "Ada Lovelace");
    await toNextYear();
    await close(true);
    await world.sign(partnerId, { ...W9_OF_ADA, name: "Ada King", tin: "123-45-6780" });
    await correct();
    expect(await figuresOf(partnerId)).toEqual([
      ["original", 300_000n, 0n],
      ["void", 0n, 0n],
      ["identity", 300_000n, 0n],
    ]);
    const rows = (await fileOf(1)).filter((row) => row["Recipient Last Name (Surname)"]?.match(/Lovelace|King/));
    expect(
      rows.map((row) => [
        row["Recipient Last Name (Surname)"],
        row["Recipient Taxpayer ID Number"],
        row["Box 1 - Nonemployee Compensation"],
      ]),
    ).toEqual([
      ["Lovelace", "123456789", "0.00"],
      ["King", "123456780", "3000.00"],
    ]);
    // Another address alone is another form, and no correction.
    await world.sign(partnerId, { ...W9_OF_ADA, name: "Ada King", tin: "123-45-6780", businessName: "King's" });
    await expect(correct()).rejects.toMatchObject({ code: "tax.nothing_changed" });
    await world.expectProven(partnerId);
  });
});

describe("the file for the IRS", () => {
  it("has the columns of the template, one row a return, whole numbers, and no formula guard", async () => {
    const partnerId = await payee(1_234_567n, "=Ada Byron Lovelace");
    await toNextYear();
    await close(true);
    const { name, content } = await world.tax.exportReturns(world.operator(), { year });
    const [header, ...rows] = parse(await text(content)) as string[][];
    expect(name).toBe(`1099-nec-${year}-run-0.csv`);
    expect(header).toEqual(IRIS_COLUMNS);
    expect(header).toHaveLength(54);
    expect(header?.join(",")).toBe(TEMPLATE_OF_2024);
    const row = Object.fromEntries(IRIS_COLUMNS.map((column, index) => [column, rows[0]?.[index]]));
    expect(row).toMatchObject({
      "Form Type": "1099-NEC",
      "Tax Year": String(year),
      "Payer Taxpayer ID Number": "123456789",
      "Payer Name Type": "B",
      "Recipient TIN Type": "SSN",
      "Recipient Taxpayer ID Number": "123456789",
      "Recipient Name Type": "I",
      "Recipient First Name": "=Ada",
      "Recipient Middle Name": "Byron",
      "Recipient Last Name (Surname)": "Lovelace",
      "Recipient Business or Entity Name Line 1": "",
      "Recipient State/Province/Territory": "TX",
      "Form Account Number": partnerId.replaceAll("-", "").slice(-20),
      "Box 1 - Nonemployee Compensation": "12345.67",
      "Box 4 - Federal income tax withheld": "0.00",
    });
    const [audited] = await asOwner<{ n: string }>(
      world.clone,
      "select count(*)::text as n from audit_log where action = 'tax_returns.exported' and (after ->> 'year')::int = $1",
      [year],
    );
    expect(audited?.n).toBe("1");
  });

  it("follows a template that the operator enters, and names what it leaves empty", async () => {
    const header = `${TEMPLATE_OF_2024},Box 3 - Excess golden parachute payments`;
    expect(await figures({ irisHeader: header })).toMatchObject({
      columnsLeftEmpty: ["Box 3 - Excess golden parachute payments"],
    });
    for (const wrong of ["Form Type,Tax Year", `${TEMPLATE_OF_2024},Tax Year`, 'a "quote'])
      await expect(figures({ irisHeader: wrong })).rejects.toMatchObject({ code: "tax.header_invalid" });
    await payee(300_000n);
    await toNextYear();
    await close(true);
    expect((await fileOf(0)).map((row) => row["Box 3 - Excess golden parachute payments"])).toEqual([""]);
  });

  it("comes in parts of a hundred rows, each return in one of them", async () => {
    const partnerId = await payee(300_000n);
    await toNextYear();
    await close(true);
    // As many as two uploads and one more; of partners who are given a return by hand, since paying them takes long.
    await asOwner(
      world.clone,
      `with people as (
         insert into users (tenant_id, id, role, email, created_at, updated_at)
         select u.tenant_id, gen_random_uuid(), 'partner', gen_random_uuid() || '@example.com', u.created_at, u.created_at
           from users u join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id), generate_series(1, 200) where p.id = $1
         returning *
       ), many as (
         insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, created_at, updated_at)
         select o.tenant_id, gen_random_uuid(), o.program_id, n.id, o.partner_type, o.tier, n.id::text, o.status, o.joined_at, o.created_at, o.updated_at
           from partners o, people n where o.id = $1
         returning *
       )
       insert into tax_filings (tenant_id, id, year, partner_id, number, run, kind, form_id, amount, withheld, made_at)
       select f.tenant_id, gen_random_uuid(), f.year, m.id, 1, 0, 'original', f.form_id, f.amount, 0, f.made_at
         from tax_filings f, many m where f.partner_id = $1`,
      [partnerId],
    );
    const parts = await Promise.all([1, 2, 3].map((part) => fileOf(0, part)));
    expect(parts.map((rows) => rows.length)).toEqual([100, 100, 1]);
    const accounts = parts.flat().map((row) => row["Form Account Number"]);
    expect(new Set(accounts).size).toBe(201);
    expect((await fileOf(0)).map((row) => row["Form Account Number"])).toEqual(accounts);
    await expect(fileOf(0, 4)).rejects.toMatchObject({ code: "tax.run_not_found" });
    await expect(fileOf(1)).rejects.toMatchObject({ code: "tax.run_not_found" });
  });
});

/** As three public programs write it that file by it, tax years 2022 to 2024. */
const TEMPLATE_OF_2024 = [
  "Form Type,Tax Year,Payer TIN Type,Payer Taxpayer ID Number,Payer Name Type,Payer Business or Entity Name Line 1",
  "Payer Business or Entity Name Line 2,Payer First Name,Payer Middle Name,Payer Last Name (Surname),Payer Suffix,Payer Country",
  "Payer Address Line 1,Payer Address Line 2,Payer City/Town,Payer State/Province/Territory,Payer ZIP/Postal Code,Payer Phone Type",
  "Payer Phone,Payer Email Address,Recipient TIN Type,Recipient Taxpayer ID Number,Recipient Name Type",
  "Recipient Business or Entity Name Line 1,Recipient Business or Entity Name Line 2,Recipient First Name,Recipient Middle Name",
  "Recipient Last Name (Surname),Recipient Suffix,Recipient Country,Recipient Address Line 1,Recipient Address Line 2",
  "Recipient City/Town,Recipient State/Province/Territory,Recipient ZIP/Postal Code,Office Code,Form Account Number,2nd TIN Notice",
  "Box 1 - Nonemployee Compensation",
  "Box 2 - Payer made direct sales totaling $5000 or more of consumer products to a recipient for resale",
  "Box 4 - Federal income tax withheld,Combined Federal/State Filing,State 1,State 1 - State Tax Withheld",
  "State 1 - State/Payer state number,State 1 - State income,State 1 - Local income tax withheld,State 1 - Special Data Entries",
  "State 2,State 2 - State Tax Withheld,State 2 - State/Payer state number,State 2 - State income",
  "State 2 - Local income tax withheld,State 2 - Special Data Entries",
].join(",");
