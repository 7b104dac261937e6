import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type CardSide, connectProgram, makeProduct } from "../../test/kit/cards.ts";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import {
  addAdmin,
  addSubOperator,
  atHost,
  breaksIn,
  cardSideOf,
  done,
  registerAt,
  type SubOperatorAt,
} from "../../test/kit/sub-operators.ts";
import { DAY_MS } from "../kernel/clock.ts";

let database: ClonedDatabase;
let world: WholeApp;
let admin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  admin = await addAdmin(world);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const tomorrow = () => new Date(world.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10);
const fees = () => ({ startsOn: tomorrow(), supportFrom: null, maySetOff: true, dueDays: 30 });

/** A sub-operator with a partner that may have cards, and a card programme. */
async function openBank(more: object): Promise<{ bank: SubOperatorAt; side: CardSide; programId: string }> {
  const bank = await addSubOperator(world, admin, more);
  const partner = await registerAt(world, bank.at, { partnerType: "whitelabel" });
  await done(bank.at, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: bank.admin, body: {} });
  const side = cardSideOf(bank, partner);
  return { bank, side, programId: await connectProgram(world, side) };
}

const usagesOf = (partnerId: string) =>
  asOwner<{ tenant_id: string; reference: string; quantity: number }>(
    database,
    "select tenant_id, reference, quantity from partner_fee_usages where partner_id = $1",
    [partnerId],
  );

/** Something else is made at the issuer under a token of ours. */
async function occupy(token: string): Promise<void> {
  const { url, applicationToken, adminToken } = world.marqeta;
  const credentials = Buffer.from(`${applicationToken}:${adminToken}`).toString("base64");
  await fetch(`${url}/cardproducts`, {
    method: "POST",
    headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
    body: JSON.stringify({ token, name: "Theirs", start_date: "2026-01-01" }),
  });
}

type Told = Parameters<WholeApp["app"]["whitelabel"]["chargeCardProducts"]>[1];
const eventsOf = async (tenantId: string): Promise<Told> =>
  (await asOwner(
    database,
    "select position, type, data from outbox_events where tenant_id = $1 and type = 'sub_operator.card_product_made'",
    [tenantId],
  )) as unknown as Told;

describe("a card product that a sub-operator has had made", { timeout: 120_000 }, () => {
  it("owes its parent the card fee once: told again, by eight workers at once, and with an answer of the issuer that was lost", async () => {
    const { bank, side, programId } = await openBank({ fees: fees() });
    world.marqeta.faults.inject({ kind: "drop_after_acting" }, { on: "POST /cardproducts" });
    const made = await must(side, "POST", "/api/v1/admin/card-products", {
      auth: side.admin,
      body: { partnerId: side.partner.id, programId, name: fresh("product") },
    });
    const id = String(made["id"]);
    await world.settle();
    // Not made, for all that is known.
    expect([await eventsOf(bank.id), await usagesOf(bank.partnerId)]).toEqual([[], []]);
    for (let time = 0; time < 2; time++) await world.app.cards.sendRequest(bank.ctx(), { programId, id });
    const told = await eventsOf(bank.id);
    expect(told).toHaveLength(1);
    await Promise.all(Array.from({ length: 8 }, () => world.app.whitelabel.chargeCardProducts(bank.ctx(), told)));
    await world.settle();
    const reference = `${String(made["name"])}, ${id}`;
    const usage = { tenant_id: world.ctx().tenantId, reference, quantity: 1 };
    expect(await usagesOf(bank.partnerId)).toEqual([usage]);
    // Its own partner owes it nothing that was not agreed on.
    expect(await usagesOf(side.partner.id)).toEqual([]);

    world.clock.advance(DAY_MS);
    admin = await addAdmin(world);
    await world.wake("fees.issue_due");
    const listed = await done(
      atHost(world, "operator.test"),
      "GET",
      `/api/v1/admin/invoices?partnerId=${bank.partnerId}`,
      { auth: admin },
    );
    // 50,000.00 once, and 5,000.00 for the product.
    expect(listed["data"]).toMatchObject([{ total: 5_500_000, currency: "USD" }]);
    const [invoice] = listed["data"] as { id: string }[];
    const detail = await done(atHost(world, "operator.test"), "GET", `/api/v1/admin/invoices/${invoice?.id}`, {
      auth: admin,
    });
    expect(detail["lines"]).toMatchObject([
      { description: "Set-up" },
      { description: `Card product ${reference}`, amount: 500_000 },
    ]);
  });

  it("owes nothing where no fees are agreed on, nor where the issuer refused it; and what the operator has made for itself tells nobody", async () => {
    const { bank, side, programId } = await openBank({});
    await makeProduct(world, side, { programId });
    await world.settle();
    expect(await eventsOf(bank.id)).toHaveLength(1);
    expect(await usagesOf(bank.partnerId)).toEqual([]);

    const charged = await openBank({ fees: fees() });
    const { side: there, programId: at } = charged;
    const refused = await must(there, "POST", "/api/v1/admin/card-products", {
      auth: there.admin,
      body: { partnerId: there.partner.id, programId: at, name: fresh("product") },
    });
    await occupy(String(refused["id"]));
    await world.settle();
    const [row] = await asOwner<{ status: string }>(database, "select status from card_products where id = $1", [
      refused["id"],
    ]);
    expect(row?.status).toBe("refused");
    expect([await eventsOf(charged.bank.id), await usagesOf(charged.bank.partnerId)]).toEqual([[], []]);
    expect(await eventsOf(world.ctx().tenantId)).toEqual([]);
  });

  it("is found by the check of the books where it is charged twice, or not at all, in the parent's books and in its own", async () => {
    const { bank, side, programId } = await openBank({ fees: fees() });
    await world.app.fees.agreeFees(bank.ctx(), {
      partnerId: side.partner.id,
      startsOn: tomorrow(),
      endsOn: null,
      supportFrom: null,
      maySetOff: false,
      dueDays: 30,
    });
    world.clock.advance(1);
    const id = await makeProduct(world, side, { programId });
    await world.settle();
    expect([...(await breaksIn(world, world.ctx())), ...(await breaksIn(world, bank.ctx()))]).toEqual([]);
    for (const [ctx, partnerId] of [
      [world.ctx(), bank.partnerId],
      [bank.ctx(), side.partner.id],
    ] as const) {
      const [usage] = await usagesOf(partnerId);
      await asOwner(
        database,
        `insert into partner_fee_usages (tenant_id, id, partner_id, reference, quantity, recorded_at)
         select tenant_id, gen_random_uuid(), partner_id, 'Again, ' || $2, 1, recorded_at from partner_fee_usages where partner_id = $1`,
        [partnerId, id],
      );
      expect(await breaksIn(world, ctx)).toEqual([expect.stringMatching(`${id}.* is charged 2 times`)]);
      await asOwner(database, "delete from partner_fee_usages where partner_id = $1", [partnerId]);
      expect(await breaksIn(world, ctx)).toEqual([expect.stringMatching(`${id}.* is charged 0 times`)]);
      await world.app.fees.recordCardUsage(ctx, { partnerId, reference: usage?.reference ?? "", quantity: 1 });
      expect(await breaksIn(world, ctx)).toEqual([]);
    }
  });

  it("is told to the parent before the sub-operator is removed, and is invoiced though it was removed since", async () => {
    const { bank, side, programId } = await openBank({ fees: fees() });
    const operator = atHost(world, "operator.test");
    const remove = () =>
      operator("PUT", `/api/v1/admin/sub-operators/${bank.id}/remove`, { auth: admin, body: { reason: "It ends" } });
    const made = await must(side, "POST", "/api/v1/admin/card-products", {
      auth: side.admin,
      body: { partnerId: side.partner.id, programId, name: fresh("product") },
    });
    const id = String(made["id"]);
    await world.app.cards.sendRequest(bank.ctx(), { programId, id });
    expect(await remove()).toMatchObject({
      status: 409,
      body: { code: "sub_operator.still_owed", facts: { owed: [], unbookedSales: 0, unchargedCardProducts: 1 } },
    });
    await world.settle();
    expect((await remove()).body).toMatchObject({ status: "removed" });
    expect(await usagesOf(bank.partnerId)).toHaveLength(1);
    world.clock.advance(DAY_MS);
    admin = await addAdmin(world);
    await world.wake("fees.issue_due");
    const listed = await done(operator, "GET", `/api/v1/admin/invoices?partnerId=${bank.partnerId}`, { auth: admin });
    expect(listed["data"]).toMatchObject([{ total: 5_500_000, currency: "USD" }]);
    expect(await breaksIn(world, world.ctx())).toEqual([]);
    await asOwner(database, "update partner_fee_usages set quantity = 2 where partner_id = $1", [bank.partnerId]);
    expect(await breaksIn(world, world.ctx())).toEqual([expect.stringContaining("on which it stands 0 times")]);
  });
});
