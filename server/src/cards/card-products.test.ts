import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectProgram } from "../../test/kit/cards.ts";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let programId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  programId = await connectProgram(tenants.world, ours);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const world = () => tenants.world;
const marqeta = () => tenants.world.marqeta;
const rows = (statement: string, values: unknown[] = []) => asOwner(database, statement, values);

describe("a card product", () => {
  it("owes its fee once it is made, once", async () => {
    const admin = await ours.addMember("admin");
    const agreement = { startsOn: "2030-01-01", endsOn: null, supportFrom: null, maySetOff: true, dueDays: 30 };
    await must(ours, "PUT", `/api/v1/admin/fees/agreements/${ours.rival.id}`, { auth: admin, body: agreement });
    marqeta().faults.inject({ kind: "drop_after_acting" }, { on: "POST /cardproducts" });
    const made = await must(ours, "POST", "/api/v1/admin/card-products", {
      auth: admin,
      body: { partnerId: ours.rival.id, programId, name: fresh("product") },
    });
    await world().settle();
    const usages = () =>
      rows("select reference, quantity from partner_fee_usages where partner_id = $1", [ours.rival.id]);
    expect(await usages()).toEqual([]);
    for (let time = 0; time < 2; time++)
      await world().app.cards.sendRequest(ours.ctx(), { programId, id: String(made["id"]) });
    expect(await usages()).toEqual([{ reference: `${String(made["name"])}, ${String(made["id"])}`, quantity: 1 }]);
  });

  it("is made in no other partner's own programme, and for no partner whose terms have no cards", async () => {
    const admin = await ours.addMember("admin");
    const dedicated = await connectProgram(world(), { ...ours, admin }, { partnerId: ours.rival.id });
    const ask = (partnerId: string, at: string) =>
      ours.send("POST", "/api/v1/admin/card-products", {
        auth: admin,
        body: { partnerId, programId: at, name: fresh("product") },
      });
    expect((await ask(ours.partner.id, dedicated)).body).toMatchObject({ code: "card_program.of_another_partner" });
    expect((await ask(ours.rival.id, dedicated)).status).toBe(201);
    const plain = await ours.register("affiliate");
    expect((await ask(plain.id, programId)).body).toMatchObject({ status: 403, code: "feature.not_included" });
  });

  it("our tokens go nowhere but to the issuer", async () => {
    const admin = await ours.addMember("admin");
    for (const baseUrl of [
      "https://marqeta.example.com/v3",
      "http://sandbox-api.marqeta.com/v3",
      "https://a.marqeta.com:8443",
    ])
      expect(
        (
          await ours.send("POST", "/api/v1/admin/card-programs", {
            auth: admin,
            body: { name: "P", currency: "USD", baseUrl, applicationToken: "a", adminToken: "b" },
          })
        ).body,
      ).toMatchObject({ status: 400, code: "card_program.address_refused" });
  });
});
