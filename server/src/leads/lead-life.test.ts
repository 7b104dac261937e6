import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert, fresh, must } from "../../test/kit/journey-steps.ts";
import { ALL_LEADS, leadIdOf, newDeal, openLeads, type Row } from "../../test/kit/leads.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { DAY_MS } from "../kernel/clock.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let leads: ReturnType<typeof openLeads>;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  leads = openLeads(database, tenants);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

describe("a protected deal", () => {
  it("is moved by its partner through its stages, ends when it is lost, and says why", async () => {
    const deal = newDeal();
    const id = await leads.protect(deal);
    for (const status of ["contacted", "proposal", "qualified", "won"])
      expect((await leads.send(ours.partner, "PATCH", `/${id}`, { status })).body).toMatchObject({ status });
    expect((await leads.send(ours.partner, "PATCH", `/${id}`, { status: "lost" })).body).toMatchObject({
      code: "lead.reason_missing",
    });
    // Its customer has not come: it is held as long as it was.
    expect(await leads.register(deal, ours.rival)).toMatchObject({ outcome: "conflict" });
    await leads.send(ours.partner, "PATCH", `/${id}`, { status: "lost", reason: "No money" });
    const late = await leads.send(ours.partner, "PATCH", `/${id}`, { expectedValue: 1, currency: "USD" });
    expect(late.body).toMatchObject({ status: 409, code: "lead.wrong_state" });
  });

  it("is not driven on before it was accepted", async () => {
    const id = leadIdOf(await leads.register(newDeal()));
    const early = await leads.send(ours.partner, "PATCH", `/${id}`, { status: "proposal" });
    expect(early.body).toMatchObject({ status: 409, code: "lead.wrong_state" });
  });

  it("is renewed from its end as often as the programme lets its partner, however many ask at once; the operator may go on", async () => {
    const id = await leads.protect();
    const { endsAt } = await leads.read(id);
    const answers = await Promise.all([1, 2, 3].map(() => leads.send(ours.partner, "POST", `/${id}/renew`, {})));
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(["200", "409", "409"]);
    const later = (days: number) => new Date(Date.parse(String(endsAt)) + days * DAY_MS).toISOString();
    expect(await leads.read(id)).toMatchObject({ renewals: 1, endsAt: later(90) });
    await leads.tell("POST", `/${id}/renew`, { note: "As agreed" });
    expect(await leads.read(id)).toMatchObject({ renewals: 1, endsAt: later(180) });
  });

  it("is told to end once, ends by itself at its instant, and is free then", async () => {
    const { world } = tenants;
    const { clock, mails } = world;
    const deal = newDeal();
    const id = await leads.protect(deal);
    clock.advance(76 * DAY_MS - 1);
    await world.wake("leads.end");
    expect((await leads.eventsOf(id)).map(({ type }) => type)).not.toContain("lead.expiring");
    clock.advance(1);
    for (let turn = 0; turn < 2; turn += 1) await world.wake("leads.end");
    // The news first, then the mail that it asks for.
    for (let turn = 0; turn < 2; turn += 1) await world.settle();
    expect((await leads.eventsOf(id)).filter(({ type }) => type === "lead.expiring")).toHaveLength(1);
    expect(mails.some(({ to, subject }) => to === ours.partner.email && subject.includes("protection of a deal"))).toBe(
      true,
    );

    clock.advance(14 * DAY_MS - 1);
    await world.wake("leads.end");
    expect(await leads.read(id)).toMatchObject({ status: "accepted" });
    clock.advance(1);
    const late = await leads.send(ours.partner, "POST", `/${id}/renew`, {});
    expect(late.body).toMatchObject({ status: 409, code: "lead.wrong_state" });
    await world.wake("leads.end");
    expect(await leads.read(id)).toMatchObject({
      status: "expired",
      endsAt: null,
      entries: [{}, {}, { author: "program" }],
    });
    expect(await leads.register(deal, ours.rival)).toMatchObject({ outcome: "free" });
  });

  it("that is renewed is reminded of its new end", async () => {
    const { world } = tenants;
    const { clock } = world;
    const id = await leads.protect();
    clock.advance(80 * DAY_MS);
    await world.wake("leads.end");
    await leads.send(ours.partner, "POST", `/${id}/renew`, {});
    clock.advance(90 * DAY_MS);
    await world.wake("leads.end");
    expect((await leads.eventsOf(id)).filter(({ type }) => type === "lead.expiring")).toHaveLength(2);
  });
});

describe("a customer who comes", () => {
  it("through the deal's partner wins it, once, and others are refused for good", async () => {
    const deal = newDeal();
    const id = await leads.protect(deal);
    const referralId = await leads.becomesCustomer(`alan@mail.${deal.domain}`, ours.partner);
    expect(await leads.read(id)).toMatchObject({ status: "won", tie: "own", referralId, endsAt: null });
    await leads.becomesCustomer(deal.contactEmail, ours.partner);
    expect(await leads.read(id)).toMatchObject({ referralId });
    const news = (await leads.eventsOf(id)).map(({ type }) => type);
    expect(news).toEqual(["lead.registered", "lead.accepted", "lead.won"]);
    tenants.world.clock.advance(400 * DAY_MS);
    await tenants.world.wake("leads.end");
    expect(await leads.read(id)).toMatchObject({ status: "won" });
    expect(await leads.register(deal, ours.rival)).toMatchObject({ outcome: "conflict" });
    const moved = await leads.send(ours.partner, "PATCH", `/${id}`, { status: "lost", reason: "Gone" });
    expect(moved.body).toMatchObject({ code: "lead.wrong_state" });
  });

  it("through another stays the other's, and is shown to the operator, who alone gives it over", async () => {
    const deal = newDeal();
    const id = await leads.protect(deal);
    const referralId = await leads.becomesCustomer(deal.contactEmail, ours.rival);
    expect(await leads.read(id)).toMatchObject({ status: "accepted", tie: "elsewhere", referralId: null });
    expect(await leads.readAll(id)).toMatchObject({ tie: "elsewhere", referralId });
    const queue = await must(ours, "GET", ALL_LEADS, { auth: ours.operatorKey, query: { tie: "elsewhere" } });
    expect((queue["data"] as Row[]).map((row) => row["id"])).toContain(id);
    const referral = await must(ours, "GET", `/api/v1/admin/referrals/${referralId}`, { auth: ours.operatorKey });
    expect(referral).toMatchObject({ partnerId: ours.rival.id });

    const given = await must(ours, "POST", `/api/v1/admin/referrals/${referralId}/reattribute`, {
      auth: ours.operatorKey,
      key: fresh("key"),
      body: { partner: ours.partner.id, reason: "It was their deal" },
    });
    await tenants.world.settle();
    expect(await leads.read(id)).toMatchObject({ status: "won", tie: "own", referralId: given["id"] });
    await must(ours, "POST", `/api/v1/admin/referrals/${String(given["id"])}/reattribute`, {
      auth: ours.operatorKey,
      key: fresh("key"),
      body: { partner: ours.rival.id, reason: "It was not" },
    });
    await tenants.world.settle();
    expect(await leads.read(id)).toMatchObject({
      status: "won",
      tie: "elsewhere",
      referralId: null,
      endsAt: expect.any(String),
    });
  });

  it("while the deal is being registered is seen by it, whichever of both is told first", async () => {
    const deal = newDeal();
    const registering = leads.register(deal);
    const coming = leads.becomesCustomer(`alan@${deal.domain}`, ours.partner);
    const [{ outcome, lead }, referralId] = await Promise.all([registering, coming]);
    await tenants.world.settle();
    // Either the registration saw the customer, or one of the two was told of the other.
    if (outcome === "yours") expect(lead).toBeNull();
    else expect(await leads.read(leadIdOf({ lead }))).toMatchObject({ status: "won", referralId });
  });

  it("who came before the news of the registration was told is found by it", async () => {
    const deal = newDeal();
    const { referral } = await convert(ours, ours.partner);
    const id = leadIdOf(await leads.register(deal));
    // As though the conversion had committed between the look at the customers and the end of the registration.
    await asOwner(
      database,
      "update users set email = $1 where id = (select referred_user_id from referrals where id = $2)",
      [`alan@${deal.domain}`, referral],
    );
    await tenants.world.settle();
    expect(await leads.read(id)).toMatchObject({ status: "won", referralId: referral });
  });
});
