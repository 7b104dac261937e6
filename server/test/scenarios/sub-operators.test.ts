import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import {
  type At,
  addAdmin,
  addBank,
  addSubOperator,
  atHost,
  breaksIn,
  done,
  NO_LIMITS,
  registerAt,
  report,
  type SubOperatorAt,
} from "../kit/sub-operators.ts";

const LIST = "/api/v1/admin/sub-operators";

let database: ClonedDatabase;
let world: WholeApp;
let operator: At;
let admin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  operator = atHost(world, "operator.test");
  admin = await addAdmin(world);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Figures = {
  readonly currency: string;
  readonly revenue: number;
  readonly share: number;
  readonly shareOwed: number;
};

const viewOf = (id: string) => done(operator, "GET", `${LIST}/${id}`, { auth: admin });

async function figuresOf(bank: SubOperatorAt, currency = "USD"): Promise<Figures | undefined> {
  await world.settle();
  return ((await viewOf(bank.id))["figures"] as Figures[]).find((one) => one.currency === currency);
}

const settle = (bank: SubOperatorAt, body: object) =>
  operator("POST", `${LIST}/${bank.id}/settlements`, { auth: admin, key: newId(), body: { currency: "USD", ...body } });

/** Every invariant, in the books of the parent and of the sub-operator. */
async function expectProven(...banks: SubOperatorAt[]): Promise<void> {
  expect(await breaksIn(world, world.ctx())).toEqual([]);
  for (const bank of banks) expect(await breaksIn(world, bank.ctx())).toEqual([]);
}

const earnedIn = async (bank: SubOperatorAt, partnerId: string): Promise<number> => {
  const [row] = await asOwner<{ earned: number }>(
    database,
    "select coalesce(sum(amount), 0)::int as earned from commissions where tenant_id = $1 and partner_id = $2 and commission_type = 'recurring' and status <> 'cancelled'",
    [bank.id, partnerId],
  );
  return row?.earned ?? 0;
};

describe("a partner of the third tier becomes a sub-operator", { timeout: 120_000 }, () => {
  it("whose own partner refers a customer who pays, is refunded and charges back: commission there, share here, to the cent", async () => {
    const bank = await addSubOperator(world, admin);
    expect(await viewOf(bank.id)).toMatchObject({
      status: "active",
      contract: { mode: "share", parentShare: 0.5, revenueShare: 0.5 },
    });
    const partner = await registerAt(world, bank.at);
    const followed = await bank.at("GET", `/r/${partner.referralCode}`, {});
    const clickId = new URL(String(followed.headers["location"])).searchParams.get("tid");
    await done(bank.at, "POST", "/api/v1/referrals/convert", {
      auth: bank.key,
      body: { externalId: "customer 1", clickId, email: "dee@customers.test" },
    });

    const customer = { customerExternalId: "customer 1" };
    const payment = await report(world, bank, customer);
    expect(await figuresOf(bank)).toMatchObject({ revenue: 10_000, share: 5_000, shareOwed: 5_000 });
    expect(await earnedIn(bank, partner.id)).toBe(1_000);
    expect((await settle(bank, { kind: "payment", amount: 5_000, reference: "Wire 1" })).status).toBe(200);

    const takesBack = { ...customer, tax: 0, originalExternalId: payment };
    await report(world, bank, { ...takesBack, kind: "refund", amount: 3_600 });
    expect(await figuresOf(bank)).toMatchObject({ revenue: 7_000, share: 3_500, shareOwed: -1_500 });
    expect(await earnedIn(bank, partner.id)).toBe(700);

    const chargeback = await report(world, bank, { ...takesBack, kind: "chargeback", amount: 12_000 });
    expect(await figuresOf(bank)).toMatchObject({ revenue: 0, share: 0, shareOwed: -5_000 });
    expect(await earnedIn(bank, partner.id)).toBe(0);
    expect((await settle(bank, { kind: "repayment", amount: 5_000, reference: "Wire 2" })).status).toBe(200);

    await report(world, bank, { ...takesBack, kind: "chargeback_won", amount: 12_000, originalExternalId: chargeback });
    expect(await figuresOf(bank)).toMatchObject({ revenue: 7_000, share: 3_500, shareOwed: 3_500 });
    expect(await earnedIn(bank, partner.id)).toBe(700);

    const shares = await done(operator, "GET", `${LIST}/${bank.id}/shares?sort=bookedAt`, { auth: admin });
    expect(
      Object.fromEntries((shares["data"] as { kind: string; share: number }[]).map(({ kind, share }) => [kind, share])),
    ).toEqual({
      chargeback: -3_500,
      chargeback_won: 3_500,
      payment: 5_000,
      refund: -1_500,
    });
    await expectProven(bank);
  });

  it("owes the set-up fee and the licence of its terms instead, where that is the contract, and no share", async () => {
    const startsOn = new Date(world.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10);
    const fees = { startsOn, supportFrom: startsOn, maySetOff: true, dueDays: 30 };
    const bank = await addSubOperator(world, admin, { mode: "licence", fees });
    await report(world, bank, {});
    world.clock.advance(DAY_MS);
    admin = await addAdmin(world);
    await world.wake("fees.issue_due");
    // 50,000.00 once, 10,000.00 and 2,000.00 of support for the month; what was sold is the sub-operator's.
    expect(await figuresOf(bank)).toMatchObject({
      revenue: 10_000,
      share: 0,
      shareOwed: 0,
      feesCharged: 6_200_000,
      feesOwed: 6_200_000,
    });
    await expectProven(bank);
  });

  it("under another contract from a date on: what was sold before keeps its own, with what reverses it later", async () => {
    const bank = await addSubOperator(world, admin);
    const before = await report(world, bank, {});
    await world.settle();
    const from = new Date(world.clock.now().getTime() + DAY_MS);
    const contracts = `${LIST}/${bank.id}/contracts`;
    const agreed = { mode: "share", revenueShare: 0.4, effectiveFrom: from.toISOString(), reason: "Addendum" };
    await done(operator, "POST", contracts, { auth: admin, body: agreed });
    await report(world, bank, {});
    expect(await figuresOf(bank)).toMatchObject({ revenue: 20_000, share: 10_000 });

    world.clock.advance(DAY_MS);
    admin = await addAdmin(world);
    await report(world, bank, {});
    expect(await figuresOf(bank)).toMatchObject({ revenue: 30_000, share: 16_000 });
    await report(world, bank, { kind: "refund", amount: 12_000, tax: 0, originalExternalId: before });
    expect(await figuresOf(bank)).toMatchObject({ revenue: 20_000, share: 11_000 });
    await done(operator, "POST", contracts, { auth: admin, body: { mode: "licence", reason: "No share any more" } });
    world.clock.advance(1);
    await report(world, bank, {});
    expect(await figuresOf(bank)).toMatchObject({ revenue: 30_000, share: 11_000 });
    expect(await viewOf(bank.id)).toMatchObject({ contract: { number: 3, mode: "licence", revenueShare: null } });
    // Fees follow: the terms say the same.
    const terms = await world.app.db.read(world.ctx(), (tx) =>
      world.app.partners.currentTerms(tx, [bank.partnerId], world.clock.now()),
    );
    expect(terms.get(bank.partnerId)).toMatchObject({ mode: "licence" });

    const past = new Date(world.clock.now().getTime() - DAY_MS).toISOString();
    for (const [body, code] of [
      [{ ...agreed, effectiveFrom: past }, "sub_operator.contract_in_past"],
      [{ mode: "licence", revenueShare: 0.5, reason: "?" }, "sub_operator.licence_has_no_share"],
      [{ mode: "share", revenueShare: 0.6, reason: "?" }, "plan.rate_out_of_range"],
      [{ mode: "share", revenueShare: 0.450_000_1, reason: "?" }, "sub_operator.rate_invalid"],
    ] as const)
      expect((await operator("POST", contracts, { auth: admin, body })).body["code"]).toBe(code);
    await expectProven(bank);
  });

  it("by a request that is sound: what is wrong with it is named, and nothing is made", async () => {
    const partnerId = await addBank(world, admin);
    const affiliate = await world.addPartner({ email: `${newId()}@example.com` });
    const taken = await addSubOperator(world, admin);
    const sound = {
      partnerId,
      name: "Bank",
      host: `${newId()}.bank.test`,
      admin: { email: "bo@bank.test", name: "Bo" },
      limits: NO_LIMITS,
    };
    const ask = async (more: object) =>
      (await operator("POST", LIST, { auth: admin, body: { ...sound, ...more } })).body["code"];
    expect(await ask({ partnerId: newId() })).toBe("partner.not_found");
    expect(await ask({ partnerId: affiliate.id })).toBe("sub_operator.partner_unfit");
    expect(await ask({ partnerId: taken.partnerId })).toBe("sub_operator.exists");
    for (const host of ["bank", "*.bank.test", "bank..test", "bank_1.test", "10.0.0.1", "bank.test:80"])
      expect([host, await ask({ host })]).toEqual([host, "sub_operator.host_invalid"]);
    for (const host of [taken.host, taken.host.toUpperCase(), "operator.test"])
      expect(await ask({ host })).toBe("sub_operator.host_taken");
    expect(await ask({ limits: { ...NO_LIMITS, currencies: ["ZZZ"] } })).toBe("sub_operator.currency_unknown");
    expect(await ask({ limits: { ...NO_LIMITS, countries: ["ZZ"] } })).toBe("sub_operator.country_unknown");
    expect(await ask({ limits: { ...NO_LIMITS, currencies: ["EUR"] } })).toBe("sub_operator.currency_not_allowed");
    const fees = {
      startsOn: world.clock.now().toISOString().slice(0, 10),
      supportFrom: null,
      maySetOff: true,
      dueDays: 30,
    };
    expect(await ask({ fees })).toBe("sub_operator.fees_too_early");
    expect(await ask({ revenueShare: 0.1 })).toBe("plan.rate_out_of_range");
    // A sub-operator makes none of its own.
    const { body } = await taken.at("POST", LIST, {
      auth: taken.admin,
      body: { ...sound, partnerId: await tier3At(taken) },
    });
    expect(body["code"]).toBe("sub_operator.nested");
    const [left] = await asOwner<{ count: number }>(
      database,
      "select count(*)::int as count from tenants where host = $1",
      [sound.host],
    );
    expect(left?.count).toBe(0);
  });
});

/** An active partner of the third tier of a sub-operator. */
async function tier3At(bank: SubOperatorAt): Promise<string> {
  const { id } = await registerAt(world, bank.at, { partnerType: "whitelabel" });
  await done(bank.at, "PUT", `/api/v1/admin/partners/${id}/approve`, { auth: bank.admin, body: {} });
  return id;
}

describe("the share of a sale", { timeout: 120_000 }, () => {
  it("is booked once, told again, by eight workers at once, and whichever of its events comes first", async () => {
    const bank = await addSubOperator(world, admin);
    const payment = await report(world, bank, { amount: 1_177, tax: 0 });
    // Waits for its original, and is told with it.
    const early = { originalExternalId: "event-early", tax: 0 };
    await report(world, bank, { ...early, kind: "refund", amount: 400 });
    for (const amount of [500, 300])
      await report(world, bank, { kind: "refund", amount, tax: 0, originalExternalId: payment });
    await report(world, bank, { amount: 999, tax: 0, externalId: "event-early" });
    await report(world, bank, { kind: "card", amount: 50_000, tax: 0, revenue: 333, currency: "EUR" });
    const events = await asOwner<{ position: string; type: string; data: object }>(
      database,
      "select * from outbox_events where tenant_id = $1 and type = 'sub_operator.sold' order by position desc",
      [bank.id],
    );
    expect(events.length).toBe(6 - 1);
    const told = events as unknown as Parameters<typeof world.app.whitelabel.bookShares>[1];
    await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        world.app.whitelabel.bookShares(bank.ctx(), turn % 2 === 0 ? told : [...told].reverse()),
      ),
    );
    // 11.77 leaves 5.88 (the sub-operator's half is rounded up to 5.89) and 377 of 1,177 of it; 9.99 leaves 4.99, and 599 of 999 of it.
    expect(await figuresOf(bank)).toMatchObject({ revenue: 377 + 599, share: 588 - 400 + (499 - 200) });
    expect(await figuresOf(bank, "EUR")).toMatchObject({ revenue: 333, share: 166 });
    const rows = await asOwner(database, "select 1 from sub_operator_shares where sub_operator_id = $1", [bank.id]);
    expect(rows).toHaveLength(6);
    await expectProven(bank);
  });

  it("is seen to be wrong where a row is missing, or is of another amount", async () => {
    const bank = await addSubOperator(world, admin);
    await report(world, bank, {});
    // On its way: nothing is wrong yet.
    expect(await breaksIn(world, world.ctx())).toEqual([]);
    await asOwner(
      database,
      "update outbox_events set dispatched_at = occurred_at where tenant_id = $1 and dispatched_at is null",
      [bank.id],
    );
    const missing = await breaksIn(world, world.ctx());
    expect(missing).toHaveLength(1);
    expect(missing[0]).toContain("has no share");
    await asOwner(
      database,
      "update outbox_events set dispatched_at = null where tenant_id = $1 and type = 'sub_operator.sold'",
      [bank.id],
    );
    await world.settle();
    expect(await breaksIn(world, world.ctx())).toEqual([]);
    await asOwner(
      database,
      `begin; alter table sub_operator_shares disable trigger sub_operator_shares_append_only;
       update sub_operator_shares set amount = amount - 1 where sub_operator_id = '${bank.id}';
       alter table sub_operator_shares enable trigger sub_operator_shares_append_only; commit`,
    );
    expect((await breaksIn(world, world.ctx())).length).toBe(2);
    await asOwner(
      database,
      `begin; alter table sub_operator_shares disable trigger sub_operator_shares_append_only;
       update sub_operator_shares set amount = amount + 1 where sub_operator_id = '${bank.id}';
       alter table sub_operator_shares enable trigger sub_operator_shares_append_only; commit`,
    );
  });

  it("is settled by no more than is owed, either way, and by one reference once", async () => {
    const bank = await addSubOperator(world, admin);
    await report(world, bank, {});
    await world.settle();
    const codeOf = async (body: object) => (await settle(bank, body)).body["code"];
    expect(await codeOf({ kind: "payment", amount: 5_001, reference: "A" })).toBe("sub_operator.above_owed");
    expect(await codeOf({ kind: "repayment", amount: 1, reference: "A" })).toBe("sub_operator.above_owed");
    expect(await codeOf({ kind: "payment", amount: 1, currency: "EUR", reference: "A" })).toBe(
      "sub_operator.above_owed",
    );
    const both = await Promise.all(
      ["A", "B"].map((reference) => settle(bank, { kind: "payment", amount: 5_000, reference })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await figuresOf(bank))?.shareOwed).toBe(0);
    await report(world, bank, {});
    await world.settle();
    const [once] = both.flatMap(({ status }, index) => (status === 200 ? ["AB"[index]] : []));
    expect(await codeOf({ kind: "payment", amount: 1, reference: once })).toBe("sub_operator.settlement_recorded");
    await expectProven(bank);
  });
});
