import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { ownBank } from "../kit/journey-steps.ts";
import { mustSend } from "../kit/must-send.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { addStaff } from "../kit/staff.ts";

let database: ClonedDatabase;
let world: WholeApp;
const ADMIN = "admin@team.test";

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  await addStaff(world, { role: "admin", email: ADMIN });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Sends as somebody who has just signed in. */
async function as<Body = Record<string, unknown>>(
  who: string,
  method: "GET" | "POST" | "PUT",
  url: string,
  body?: object,
) {
  return mustSend<Body>(world, await world.signIn(who), method, `/api/v1${url}`, body);
}

/** What is told leads to what is written, and that to a mail. */
async function settleAll(): Promise<void> {
  for (let step = 0; step < 3; step += 1) await world.settle();
}

async function pay(partnerId: string, amount: number): Promise<string> {
  const grant = { partnerId, amount, currency: "USD", reason: "For the story" };
  const { id } = await as<{ id: string }>(ADMIN, "POST", "/admin/commissions/grant", grant);
  await as(ADMIN, "POST", `/admin/commissions/${id}/approve`);
  const payout = await as<{ id: string }>(ADMIN, "POST", "/admin/payouts/request", { partnerId, currency: "USD" });
  await as(ADMIN, "POST", "/admin/payouts/process", { payoutId: payout.id });
  await world.settle();
  return payout.id;
}
const w9 = (name: string, tin: string) => ({
  form: {
    kind: "w9",
    name,
    classification: "individual",
    address: { line1: "1 Main St", city: "Austin", region: "TX", postalCode: "78701", country: "US" },
    tinType: "ssn",
    tin,
    isSubjectToWithholding: false,
  },
  signature: { name, certification: "w9-2024-03" },
});
const fileOf = async (run: number): Promise<Record<string, string>[]> => {
  const answer = await world.http.inject({
    method: "GET",
    url: `/api/v1/admin/tax/years/2026/returns?run=${run}`,
    headers: { authorization: await world.signIn(ADMIN) },
  });
  expect(answer.headers["content-type"]).toMatch(/^text\/csv/);
  return parse(answer.body, { columns: true });
};

it("a tax year goes from payouts to returns, and a correction follows", { timeout: 120_000 }, async () => {
  const [ada, bob] = ["ada@example.com", "bob@example.com"];
  const partners = new Map<string, string>();
  for (const email of [ada, bob]) {
    partners.set(email, (await world.addPartner({ email })).id);
    await as(email, "PUT", "/partners/payouts/method", ownBank());
  }
  const [adaId = "", bobId = ""] = [partners.get(ada), partners.get(bob)];
  world.clock.advance(4 * DAY_MS);
  await as(ADMIN, "PUT", "/admin/tax/settings", {
    payoutsWait: "at_threshold",
    payer: {
      name: "Acme Inc",
      name2: null,
      ein: "12-3456789",
      line1: "2 Market St",
      line2: null,
      city: "Austin",
      region: "TX",
      postalCode: "78701",
      phone: "5125550123",
      email: "tax@acme.test",
    },
  });

  // Below the threshold Bob is paid without a form; the payout that reaches it waits for one, which he is asked for.
  await pay(bobId, 150_000);
  await expect(pay(bobId, 50_000)).rejects.toThrow("tax_form_missing");
  expect(await as(ADMIN, "POST", "/admin/tax/form-requests", { partnerIds: [bobId] })).toEqual({ asked: 1 });
  await settleAll();
  expect(world.mails.filter(({ to }) => to === bob).map(({ subject }) => subject)).toContainEqual(
    expect.stringContaining("tax form"),
  );
  await as(bob, "POST", "/partners/tax/forms", w9("Bob Cratchit", "123-45-6780"));
  const { data } = await as<{ data: { id: string }[] }>(
    ADMIN,
    "GET",
    `/admin/payouts?partnerId=${bobId}&status=pending`,
  );
  await as(ADMIN, "POST", "/admin/payouts/process", { payoutId: data[0]?.id });
  await world.settle();
  await as(ada, "POST", "/partners/tax/forms", w9("Ada Lovelace", "123-45-6789"));
  await pay(adaId, 300_000);
  const returned = await pay(adaId, 40_000);

  world.clock.moveTo(new Date("2027-01-10T12:00:00Z"));
  const closed = await as<{ runs: object[] }>(ADMIN, "POST", "/admin/tax/years/2026/close", {});
  expect(closed.runs).toMatchObject([{ run: 0, returns: 2, amount: 540_000 }]);
  await settleAll();
  const documents = await as<{ data: { id: string; year: number; amount: number }[] }>(
    ada,
    "GET",
    "/partners/tax/documents",
  );
  expect(documents.data).toMatchObject([{ year: 2026, amount: 340_000 }]);
  const told = world.mails.filter(({ subject }) => subject === "IMPORTANT TAX RETURN DOCUMENT AVAILABLE");
  expect(told.map(({ to }) => to).sort()).toEqual([ada, bob]);
  const pdf = await world.http.inject({
    method: "GET",
    url: `/api/v1/partners/tax/documents/${documents.data[0]?.id}/file`,
    headers: { authorization: await world.signIn(ada) },
  });
  expect(pdf.headers["content-type"]).toBe("application/pdf");
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  const boxes = (rows: Record<string, string>[]) =>
    rows.map((row) => `${row["Recipient Taxpayer ID Number"]}: ${row["Box 1 - Nonemployee Compensation"]}`).toSorted();
  expect(boxes(await fileOf(0))).toEqual(["123456780: 2000.00", "123456789: 3400.00"]);

  // The bank sends one of Ada's payouts back, and Bob's number was mistyped.
  await as(ADMIN, "POST", `/admin/payouts/${returned}/return`, { reason: "Account closed" });
  await as(bob, "POST", "/partners/tax/forms", w9("Bob Cratchit", "123-45-6781"));
  await as(ADMIN, "POST", "/admin/tax/years/2026/corrections");
  expect(boxes(await fileOf(1))).toEqual(["123456780: 0.00", "123456781: 2000.00", "123456789: 3000.00"]);
  for await (const { name, breaks } of prove({
    db: world.app.db,
    ctx: world.ctx(),
    moduleChecks: world.app.moduleChecks,
  }))
    expect({ name, breaks }).toEqual({ name, breaks: [] });
});
