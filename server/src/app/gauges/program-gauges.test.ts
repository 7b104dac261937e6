import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../../test/kit/seed.ts";
import { addProgramGauges } from "./program-gauges.ts";
import { createFiguresReader } from "./read-program-figures.ts";

let database: ClonedDatabase;
let world: WholeApp;
let partner: { id: string };

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  partner = await world.addPartner();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await database.drop();
});

const scrape = async (read = createFiguresReader(world.app)): Promise<string> => {
  const registry = new Registry();
  addProgramGauges(registry, read);
  return registry.metrics();
};
/** The values of a gauge by what its labels say, the tenant's left out. */
const valuesOf = (text: string, name: string): Record<string, number> =>
  Object.fromEntries(
    [...text.matchAll(new RegExp(`^${name}\\{tenant="[^"]+",?([^}]*)\\} (.+)$`, "gm"))].map(([, labels, value]) => [
      labels,
      Number(value),
    ]),
  );

describe("the programme's gauges", () => {
  it("tell what stands in the books of each tenant, and name no partner", async () => {
    const text = await scrape();
    expect(valuesOf(text, "tributary_partners")).toEqual({ 'tier="tier1",status="active"': 1 });
    expect(valuesOf(text, "tributary_payouts")).toEqual({
      'status="pending"': 0,
      'status="processing"': 0,
      'status="failed"': 0,
    });
    expect(valuesOf(text, "tributary_partner_registrations_per_day")[""]).toBeCloseTo(1 / 30, 5);
    expect(valuesOf(text, "tributary_partners_unassessed")).toEqual({ "": 0 });
    expect(text).toContain(`tenant="${world.ctx().tenantId}"`);
    expect(text).not.toContain(partner.id);
  });

  it("tell what is open of invoices, by currency, and since when the oldest is overdue", async () => {
    const { app } = world;
    const agreement = { startsOn: "2099-01-01", endsOn: null, supportFrom: null, maySetOff: false, dueDays: 30 };
    await app.fees.agreeFees(world.ctx(), { partnerId: partner.id, ...agreement });
    const issue = (currency: string, unitAmount: number) =>
      app.fees.issueInvoice(world.ctx(), {
        partnerId: partner.id,
        currency,
        lines: [{ description: "A day of training", quantity: 1, unitAmount }],
      });
    const [late, open] = [await issue("USD", 5_000), await issue("EUR", 700)];
    await issue("USD", 900);
    await app.fees.recordInvoicePayment(world.ctx(), { invoiceId: open.id, amount: 200, reference: "Wire" });
    await asOwner(
      database,
      "update partner_invoices set issued_on = issued_on - 90, due_on = issued_on - 60 where id = $1",
      [late.id],
    );
    const text = await scrape();
    expect(valuesOf(text, "tributary_invoices")).toEqual({ 'status="open"': 2, 'status="overdue"': 1 });
    expect(valuesOf(text, "tributary_invoice_open_amount")).toEqual({
      'status="open",currency="EUR"': 500,
      'status="open",currency="USD"': 900,
      'status="overdue",currency="USD"': 5_000,
    });
    const overdueDays = (valuesOf(text, "tributary_invoice_oldest_overdue_seconds")[""] ?? 0) / 86_400;
    expect(Math.floor(overdueDays)).toBe(60);
  });

  it("see an event that was recorded and not assessed", async () => {
    await asOwner(
      database,
      `update partner_sequences set last_number = last_number + 1 where partner_id = '${partner.id}'`,
    );
    expect(valuesOf(await scrape(), "tributary_partners_unassessed")).toEqual({ "": 1 });
    await asOwner(
      database,
      `update partner_sequences set last_number = last_number - 1 where partner_id = '${partner.id}'`,
    );
  });

  it("point at a partner whose sign-ups are mostly turned down, and at one whose clicks are mostly repeats", async () => {
    const day = async (signups: number, rejected: number, clicks: number, repeats: number): Promise<number> => {
      await asOwner(database, "delete from partner_funnel_days");
      await asOwner(
        database,
        `insert into partner_funnel_days (tenant_id, partner_id, metric_date, source, source_id, signups, rejected, clicks, repeat_clicks)
         values ('${world.ctx().tenantId}', '${partner.id}', '${world.ctx().now.toISOString()}', 'click', '${partner.id}', ${signups}, ${rejected}, ${clicks}, ${repeats})`,
      );
      return valuesOf(await scrape(), "tributary_partners_suspicious")[""] ?? Number.NaN;
    };
    expect(await day(25, 5, 0, 0)).toBe(1);
    expect(await day(26, 5, 0, 0)).toBe(0);
    expect(await day(4, 4, 0, 0)).toBe(0);
    expect(await day(0, 0, 200, 300)).toBe(1);
    expect(await day(0, 0, 201, 299)).toBe(0);
  });

  it("ask the books of a few tenants at a time, those that were read longest ago, and tell of all", async () => {
    const ids = [world.ctx().tenantId];
    for (let turn = 0; turn < 2; turn += 1)
      ids.push(await seedTenant(database, { at: world.clock.now(), isOperator: false }));
    for (const id of ids.slice(1)) await seedPartner(database, { tenantId: id, at: world.clock.now() });
    const read = createFiguresReader(world.app, 2);
    expect(await read()).toHaveLength(2);
    const first = await read();
    expect(first.map(({ tenant }) => tenant).toSorted()).toEqual(ids.toSorted());
    world.clock.advance(60_000);
    const next = await read();
    const readNow = next.filter(({ standing }) => standing.now.getTime() === world.clock.now().getTime());
    expect(readNow).toHaveLength(2);
    world.clock.advance(60_000);
    const last = await read();
    const later = last.filter(({ standing }) => standing.now.getTime() === world.clock.now().getTime());
    expect(new Set([...readNow, ...later].map(({ tenant }) => tenant)).size).toBe(3);
    await asOwner(database, "update tenants set status = 'suspended' where id = any ($1)", [ids.slice(1)]);
    expect(await read()).toHaveLength(1);
  });

  it("ask the books once for many scrapes, and tell nothing while they cannot be read", async () => {
    let asked = 0;
    const registry = new Registry();
    addProgramGauges(registry, async () => {
      asked += 1;
      return createFiguresReader(world.app)();
    });
    await Promise.all([registry.metrics(), registry.metrics()]);
    await registry.metrics();
    expect(asked).toBe(1);
    const text = await scrape(() => Promise.reject(new Error("the database is away")));
    expect(valuesOf(text, "tributary_partners")).toEqual({});
    expect(text).toContain("# TYPE tributary_partners gauge");
  });
});
