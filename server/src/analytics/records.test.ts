import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { createPartnerAnalyticsService } from "./partner-analytics-service.ts";

const NOW = new Date("2026-03-31T12:00:00Z");
let database: ClonedDatabase;
let db: Database;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let tenantId: string;
let partnerId: string;
let rivalId: string;
let commissionId: string;
let ticketId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  const analytics = createPartnerAnalyticsService({
    db,
    programs: { getProgram: () => Promise.resolve({ timeZone: "UTC", currency: "USD" }) },
    maskEmail: () => "masked",
  });
  app = await serveRoutes([analyticsRoutes(analytics)], () => NOW);
  await seedTenant(database, { at: NOW });
  tenantId = await seedTenant(database, { at: NOW, isOperator: false });
  [partnerId, rivalId] = [
    await seedPartner(database, { tenantId, at: NOW }),
    await seedPartner(database, { tenantId, at: NOW }),
  ];
  await asOwner(database, "update partners set company_name = $2 where id = $1", [partnerId, "50% Kestrel_Sons"]);
  commissionId = await figureSeeds(database, tenantId).commission(partnerId, NOW, { amount: 525n });
  ticketId = newId();
  await asOwner(
    database,
    `insert into support_tickets (tenant_id, id, partner_id, subject, status, opened_at, updated_at)
     values ($1, $2, $3, 'Where is my statement', 'open', $4, $4)`,
    [tenantId, ticketId, partnerId, new Date("2026-03-30T12:00:00Z")],
  );
  await asOwner(
    database,
    `insert into partner_notes (tenant_id, id, partner_id, body, written_at) values ($1, $2, $3, 'Called', $4)`,
    [tenantId, newId(), partnerId, new Date("2026-03-29T12:00:00Z")],
  );
});
afterAll(async () => {
  await app.close();
  await db[Symbol.asyncDispose]();
  await database.drop();
});

async function read(url: string) {
  const answer = await app.inject({ method: "GET", url });
  return { status: answer.statusCode, body: answer.json() };
}
const found = async (path: string, q: string) =>
  (await read(`/api/v1/${path}/find?q=${encodeURIComponent(q)}`)).body.data as { kind: string; id: string }[];

describe("finding", () => {
  it("finds a partner by a part of its name, whatever signs are in it, and anything by its id", async () => {
    app.as({ tenantId, partnerId: null });
    expect(await found("admin", "50% kestrel_")).toMatchObject([{ kind: "partner", id: partnerId }]);
    expect(await found("admin", "50x")).toEqual([]);
    expect(await found("admin", commissionId)).toMatchObject([
      { kind: "commission", id: commissionId, partnerId, amount: 525, currency: "USD" },
    ]);
    expect(await found("admin", "statement")).toMatchObject([{ kind: "ticket", id: ticketId }]);
  });

  it("finds sales by the name that they have outside and by their customer's, for who may read them; whose they are or nobody's", async () => {
    const [{ id: transactionId, customer } = { id: "", customer: "" }] = await asOwner<{
      id: string;
      customer: string;
    }>(
      database,
      `with u as (
         insert into users (tenant_id, id, role, external_id, created_at, updated_at)
         values ($1, $2, 'customer', 'fernbill-7', $4, $4) returning id, external_id)
       insert into transactions (tenant_id, id, external_id, user_id, kind, amount, currency, occurred_at, recorded_at)
       select $1, $3, 'in_4711', u.id, 'payment', 2900, 'USD', $4, $4 from u
       returning id, 'fernbill-7' as customer`,
      [tenantId, newId(), newId(), NOW],
    );
    app.as({ tenantId, partnerId: null });
    const sale = { kind: "transaction", id: transactionId, partnerId: null, title: "in_4711", amount: 2900 };
    for (const q of ["in_4711", customer, transactionId]) expect(await found("admin", q)).toMatchObject([sale]);
    app.as({ tenantId, partnerId });
    expect(await found("partners", "in_4711")).toEqual([]);
    app.as({ tenantId, partnerId: null, scopes: ["partners:read"] });
    expect(await found("admin", "in_4711")).toEqual([]);
  });

  it("finds for a partner what is its own, and for nobody what another has", async () => {
    app.as({ tenantId, partnerId });
    expect(await found("partners", commissionId)).toMatchObject([{ id: commissionId }]);
    app.as({ tenantId, partnerId: rivalId });
    expect(await found("partners", commissionId)).toEqual([]);
    expect(await found("partners", "statement")).toEqual([]);
    app.as({ tenantId: await seedTenant(database, { at: NOW, isOperator: false }), partnerId: null });
    expect(await found("admin", commissionId)).toEqual([]);
  });

  it("finds only what the caller may read", async () => {
    app.as({ tenantId, partnerId: null, scopes: ["partners:read"] });
    expect(await found("admin", commissionId)).toEqual([]);
    expect(await found("admin", "statement")).toEqual([]);
    expect(await found("admin", "kestrel")).toMatchObject([{ kind: "partner" }]);
  });

  it("refuses what names nothing", async () => {
    app.as({ tenantId, partnerId: null });
    expect((await read("/api/v1/admin/find?q=a")).status).toBe(400);
  });
});

describe("a partner's timeline", () => {
  const timeline = (query = "", id = partnerId) => read(`/api/v1/admin/partners/${id}/timeline${query}`);

  it("has what happened of every kind in one line, the newest first, page after page", async () => {
    app.as({ tenantId, partnerId: null });
    const { body } = await timeline("?limit=1");
    expect(body.data).toMatchObject([{ kind: "ticket", what: "opened", objectId: ticketId }]);
    const next = await timeline(`?limit=1&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ data: [{ kind: "note", text: "Called" }], nextCursor: null });
  });

  it("leaves out what the caller may not read, and of another tenant's partner there is none", async () => {
    app.as({ tenantId, partnerId: null, scopes: ["partners:read"] });
    expect((await timeline()).body.data.map(({ kind }: { kind: string }) => kind)).toEqual(["note"]);
    app.as({ tenantId: await seedTenant(database, { at: NOW, isOperator: false }), partnerId: null });
    expect((await timeline()).status).toBe(404);
  });

  it("is narrowed to one kind", async () => {
    app.as({ tenantId, partnerId: null });
    expect((await timeline("?kind=note")).body.data).toMatchObject([{ kind: "note", text: "Called" }]);
    expect((await timeline("?kind=act")).body.data).toEqual([]);
  });
});
