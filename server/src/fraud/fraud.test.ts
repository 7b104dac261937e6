import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BANK, convert, fresh, must, requestPayout, sale, visit } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { DAY_MS } from "../kernel/clock.ts";

const CASES = "/api/v1/admin/fraud/cases";
const RULES = "/api/v1/admin/fraud/rules";
const REVIEWS = "/api/v1/partners/reviews";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: ours.partner.auth, body: BANK });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Row = Record<string, unknown>;
const { stringify } = JSON;
const rowsOf = (body: Row) => body["data"] as Row[];

/** A customer of the partner who pays from the partner's own account. */
const convertSelf = () => convert(ours, ours.partner, { paymentAccount: "de89 3704 0044 0532 0130 00" });
const caseOf = async (subjectId: string): Promise<Row> => {
  const [found] = rowsOf(await must(ours, "GET", CASES, { auth: ours.support, query: { subjectId } }));
  return found ?? {};
};
const decide = (id: unknown, decision: string, auth: string, more: object = {}) =>
  ours.send("POST", `${CASES}/${String(id)}/decide`, { auth, body: { decision, reason: "So it is", ...more } });
const appeal = (id: unknown, auth = ours.partner.auth) =>
  ours.send("POST", `${REVIEWS}/${String(id)}/appeal`, { auth, body: { message: "They are my employer" } });
const pay = async (customer: string, more: object = {}) => {
  const body = sale(ours, customer, more);
  await must(ours, "POST", "/api/v1/transactions", { auth: ours.operatorKey, key: fresh("key"), body });
};
/** The commissions on a customer, by status. */
const earned = async (referralId: string): Promise<Record<string, number>> => {
  const rows = await asOwner<{ status: string; sum: string }>(
    database,
    "select status, sum(amount) from commissions where referral_id = $1 group by status",
    [referralId],
  );
  return Object.fromEntries(rows.map(({ status, sum }) => [status, Number(sum)]));
};
const afterHold = async () => {
  tenants.world.clock.advance(40 * DAY_MS);
  await tenants.world.wake("commissions.approve_due");
};
const changeRules = async (change: object, auth: string) => {
  const { version } = await must(ours, "GET", RULES, { auth });
  return ours.send("PUT", RULES, { auth, body: { version, change, reason: "For a test" } });
};
/** What the checks of the modules find: a replay of the sequences among them. */
const books = async () => {
  const { app, ctx } = tenants.world;
  const found = [];
  for (const { run } of app.moduleChecks) found.push(...(await run(ctx())).breaks);
  return found;
};

const statusOf = async (referral: string) =>
  (await asOwner<{ status: string }>(database, "select status from referrals where id = $1", [referral]))[0]?.status;

/** People whose tokens are good now. */
const people = async () => ({
  first: await ours.addMember("admin"),
  second: await ours.addMember("finance"),
  partner: await tenants.world.signIn(ours.partner.email),
  rival: await tenants.world.signIn(ours.rival.email),
});
const openCase = async (auth: string) => {
  const { referral, customer } = await convertSelf();
  const [found] = rowsOf(await must(ours, "GET", CASES, { auth, query: { subjectId: referral } }));
  return { referral, customer, id: String(found?.["id"]) };
};

describe("an appeal", () => {
  it("shows a partner of which kind the doubt is, in its own cases alone, and neither rule nor figure", async () => {
    const {
      admin: first,
      partner: { auth: partner },
      rival: { auth: rival },
    } = ours;
    const { id, referral } = await openCase(first);
    const listed = await must(ours, "GET", REVIEWS, { auth: partner, query: { subjectId: referral } });
    expect(rowsOf(listed)[0]).toMatchObject({ id, reasons: ["same_person"], status: "open", canAppeal: true });
    for (const inner of ["self_payment", "score", "evidence", "points", "assignedTo", "decidedBy", "version"])
      expect(stringify(listed)).not.toContain(`"${inner}`);
    expect((await appeal(id, rival)).status).toBe(404);
    expect(rowsOf(await must(ours, "GET", REVIEWS, { auth: rival, query: { subjectId: referral } }))).toEqual([]);
    expect((await appeal(id, partner)).body).toMatchObject({ status: "open", canAppeal: false });
    expect(await must(ours, "GET", `${CASES}/${id}`, { auth: first })).toMatchObject({
      appeal: "They are my employer",
    });
  });

  it("is offered by mail to whom something was refused, with its last day; so is told what came of it", async () => {
    const { world } = tenants;
    const told = async () => {
      await world.settle();
      await world.settle();
      return world.mails
        .splice(0)
        .filter(({ text }) => text.includes("after a review") || text.includes("a review, and"));
    };
    const { admin: first, finance: second, partner } = ours;
    const { id } = await openCase(first);
    await told();
    const { body } = await decide(id, "refuse", first, { reason: "Paid from your account" });
    const [refused, ...more] = await told();
    expect(more).toEqual([]);
    expect(refused?.text).toContain("Paid from your account");
    expect(refused).toMatchObject({ to: partner.email, text: expect.stringContaining("You can appeal until") });
    expect(refused?.text).toContain("/portal/commissions");
    expect(body).toMatchObject({ status: "refused" });
    await appeal(id, partner.auth);
    await decide(id, "clear", second, { reason: "Proven by a contract" });
    expect((await told()).map(({ to }) => to)).toEqual([partner.email]);
  });
});

const memberId = async (auth: string) =>
  ((await must(ours, "GET", "/api/v1/auth/me", { auth }))["user"] as { id: string }).id;

describe("a case", () => {
  it("shows its evidence, the version of the rules, the customer, and where else it was seen", async () => {
    const { admin: first } = ours;
    const { id, referral } = await openCase(first);
    const detail = await must(ours, "GET", `${CASES}/${id}`, { auth: first });
    expect(detail).toMatchObject({
      evaluation: {
        findings: expect.arrayContaining([expect.objectContaining({ rule: "self_payment", points: 90 })]),
        subjectId: referral,
      },
      customer: { email: expect.stringMatching(/@customers\.test$/) },
    });
    expect(detail["related"]).toContainEqual(
      expect.objectContaining({ kind: "payment", subjectId: ours.partner.id, partnerId: ours.partner.id }),
    );
    expect(stringify(await asOwner(database, "select * from fraud_signals"))).not.toContain("DE89");
  });

  it("that two people decide at once is decided once", async () => {
    const { admin: first, finance: second } = ours;
    const { id, referral } = await openCase(first);
    const answers = await Promise.all([
      decide(id, "clear", first),
      decide(id, "refuse", second),
      decide(id, "clear", second),
    ]);
    // A refusal can still be cleared: two decisions in turn are one refusal and what cleared it.
    const won = answers.filter(({ status }) => status === 200).map(({ body }) => body["status"]);
    const cleared = won.filter((status) => status === "cleared").length;
    expect([won.length > 0, cleared <= 1]).toEqual([true, true]);
    const acts = await asOwner<{ kind: string }>(
      database,
      "select kind from partner_events where referral_id = $1 and kind like 'fraud%' order by number",
      [referral],
    );
    expect(acts.map(({ kind }) => kind)).toEqual(["fraud_hold", "fraud_release"].slice(0, 1 + cleared));
  });

  it("goes to members of the team, and is told to the operator alone", async () => {
    const {
      admin: first,
      partner: { auth: partner },
    } = ours;
    const { id } = await openCase(first);
    const assign = (assignedTo: string) => ours.send("PATCH", `${CASES}/${id}`, { auth: first, body: { assignedTo } });
    expect((await assign(await memberId(partner))).body).toMatchObject({ code: "fraud.assignee_unknown" });
    expect((await assign(await memberId(first))).body).toMatchObject({ assignedTo: await memberId(first) });
    const told = await asOwner<{ type: string; data: object }>(
      database,
      "select type, data from outbox_events where object_id = $1 order by position",
      [id],
    );
    expect(told.map(({ type }) => type)).toEqual(["fraud.case_opened", "fraud.case_assigned"]);
    expect(stringify(told)).not.toContain("self_payment");
  });

  it("of another tenant is as though it were not there", async () => {
    const { admin: first } = ours;
    const { id } = await openCase(first);
    const { theirs } = tenants;
    const admin = await theirs.addMember("admin");
    expect((await theirs.send("GET", `${CASES}/${id}`, { auth: admin })).status).toBe(404);
    const decided = await theirs.send("POST", `${CASES}/${id}/decide`, {
      auth: admin,
      body: { decision: "clear", reason: "Ours" },
    });
    expect(decided.body).toMatchObject({ status: 404, code: "fraud.case_not_found" });
    expect(rowsOf(await must(theirs, "GET", CASES, { auth: admin }))).toEqual([]);
  });
});

describe("a payout", () => {
  it("to an account that another partner has is kept until a person has cleared it", async () => {
    const { admin: first } = ours;
    const twin = await ours.register("technology");
    await must(ours, "PUT", `/api/v1/admin/partners/${twin.id}/approve`, { auth: first, body: {} });
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: twin.auth, body: BANK });
    const side: Side = { ...ours, admin: first };
    const payout = await requestPayout(side, twin as PartnerAt);
    const process = () =>
      ours.send("POST", "/api/v1/admin/payouts/process", {
        auth: ours.operatorKey,
        key: fresh("key"),
        body: { payoutId: payout },
      });
    expect((await process()).body).toMatchObject({ status: 409, code: "payout.held" });
    await tenants.world.settle();
    await tenants.world.wake("fraud.screen_payouts");
    const cases = rowsOf(await must(ours, "GET", CASES, { auth: first, query: { subjectId: payout } }));
    expect(cases).toEqual([expect.objectContaining({ subjectKind: "payout", isHeld: true, status: "open" })]);
    await decide(cases[0]?.["id"], "clear", first);
    expect((await process()).status).toBe(200);
  });
});

describe("a sale", () => {
  it("of a high value holds what its customer earns, told twice as once, and is not asked about again once cleared", async () => {
    const { admin: first } = ours;
    await changeRules({ rules: { high_value_sale: { mode: "active", amounts: { USD: 500_000 } } } }, first);
    const { referral, customer } = await convert(ours, ours.rival);
    await pay(customer, { amount: 499_999 });
    await tenants.world.settle();
    const asked = async () => rowsOf(await must(ours, "GET", CASES, { auth: first, query: { subjectId: referral } }));
    expect(await asked()).toEqual([]);
    await pay(customer, { amount: 500_000 });
    await tenants.world.settle();
    await asOwner(database, "update outbox_events set dispatched_at = null where type = 'commission.created'");
    await tenants.world.settle();
    const [found, ...others] = await asked();
    expect([found, others]).toMatchObject([{ isHeld: true, status: "open" }, []]);
    await decide(found?.["id"], "clear", first);
    await pay(customer, { amount: 600_000 });
    await tenants.world.settle();
    expect(await asked()).toHaveLength(1);
    await changeRules({ rules: { high_value_sale: { mode: "off" } } }, first);
  });
});

describe("rules", () => {
  it("in the shadow hold nothing and say what they would have done; a back-test says it of the past", async () => {
    const { admin: first } = ours;
    const click = await visit(ours, ours.rival.referralCode);
    const body = { externalId: fresh("customer"), clickId: click, email: `${fresh("c")}@mailinator.com` };
    const { id: referral } = await must(ours, "POST", "/api/v1/referrals/convert", { auth: ours.operatorKey, body });
    expect(rowsOf(await must(ours, "GET", CASES, { auth: first, query: { subjectId: referral } }))).toEqual([]);
    const [evaluation] = await asOwner<{ score: number; shadow_score: number }>(
      database,
      "select score, shadow_score from fraud_evaluations where subject_id = $1",
      [referral],
    );
    // At once after the click (50), a mailbox that is thrown away (30), where the partner signs in from (20).
    expect(evaluation).toEqual({ score: 0, shadow_score: 72 });
    const test = (more: object) => must(ours, "POST", `${RULES}/back-test`, { auth: first, body: more });
    const [now, shadow] = [await test({}), await test({ actsInShadow: true })];
    expect(Number(shadow["hold"])).toBeGreaterThan(Number(now["hold"]));
    expect(shadow["newlyHeld"]).toBeGreaterThan(0);
    expect((await must(ours, "GET", RULES, { auth: first }))["rules"]).toMatchObject({
      instant_conversion: { mode: "shadow" },
    });
  });

  it.each([
    ["rules_hold_everyone", { rules: { velocity_hour: { mode: "active", limit: 1, points: 100 } } }],
    ["rules_hold_too_much", { rules: { instant_conversion: { mode: "active", points: 100 } } }],
    ["rules_invalid", { rules: { ring: { limit: 1 } } }],
    ["partner_unknown", { trusted: ["0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11"] }],
  ])("are refused before they act: %s", async (name, change) => {
    const { admin: first } = ours;
    // A past of conversions at once after their clicks, as tests have it.
    for (let turn = 0; turn < 12; turn += 1) await convert(ours, ours.rival);
    const before = await must(ours, "GET", RULES, { auth: first });
    expect((await changeRules(change, first)).body).toMatchObject({ code: `fraud.${name}` });
    expect(await must(ours, "GET", RULES, { auth: first })).toEqual(before);
  });

  it("that two people change at once are changed by one, and keep every version", async () => {
    const { admin: first } = ours;
    const { version } = await must(ours, "GET", RULES, { auth: first });
    const put = (reviewAt: number) =>
      ours.send("PUT", RULES, { auth: first, body: { version, change: { reviewAt }, reason: "At once" } });
    const answers = await Promise.all([put(31), put(32), put(33)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({ version: Number(version) + 1 });
  });
});

describe("what is held of a person", () => {
  it("is told when asked, and forgotten: what was judged stays, what it was judged by does not", async () => {
    const { admin: first } = ours;
    const { referral, id } = await openCase(first);
    const [row] = await asOwner<{ user: string }>(
      database,
      'select referred_user_id as "user" from referrals where id = $1',
      [referral],
    );
    const person = { userId: row?.user ?? "", email: "" };
    const { app, ctx } = tenants.world;
    const told = await app.db.read(ctx(), (tx) => app.fraud.personalData.collect(tx, person));
    expect(told).toEqual([expect.objectContaining({ about: "conversion", id: referral, verdict: "hold" })]);
    await app.db.transaction(ctx(), (tx) => app.fraud.personalData.erase(tx, person));
    expect(await asOwner(database, "select 1 from fraud_signals where subject_id = $1", [referral])).toEqual([]);
    const detail = await must(ours, "GET", `${CASES}/${id}`, { auth: first });
    expect(detail).toMatchObject({
      evaluation: {
        facts: {},
        findings: expect.arrayContaining([{ rule: "self_payment", mode: "active", points: 90, evidence: {} }]),
      },
      related: [],
    });
    expect(await app.db.transaction(ctx(), (tx) => app.fraud.personalData.erase(tx, person))).toBe(0);
  });
});

/** Last: tokens are good for ten minutes of the test's clock. */
describe("as time passes, a customer who pays from the partner's own account", () => {
  it("is converted, and what it earns waits beyond its hold until a person has cleared it", async () => {
    const { referral, customer } = await convertSelf();
    expect(await caseOf(referral)).toMatchObject({ status: "open", isHeld: true, score: 90, subjectKind: "referral" });
    await pay(customer);
    await afterHold();
    expect(Object.keys(await earned(referral))).toEqual(["pending"]);

    const { world } = tenants;
    const admin = await ours.addMember("admin");
    const { id } = rowsOf(await must(ours, "GET", CASES, { auth: admin, query: { subjectId: referral } }))[0] as {
      id: string;
    };
    expect((await decide(id, "clear", admin)).body).toMatchObject({ status: "cleared", isHeld: false });
    await world.wake("commissions.approve_due");
    expect(Object.keys(await earned(referral))).toEqual(["approved"]);
    expect(await books()).toEqual([]);
  });

  it("refused, waits for the partner's word; nobody having said one, it is rejected and what was held is cancelled", async () => {
    const { world } = tenants;
    const admin = await ours.addMember("admin");
    const { referral, customer } = await convertSelf();
    await pay(customer);
    const [{ id } = { id: "" }] = rowsOf(
      await must(ours, "GET", CASES, { auth: admin, query: { subjectId: referral } }),
    ) as { id: string }[];
    expect((await decide(id, "refuse", admin)).body).toMatchObject({ status: "refused", isHeld: true });
    await world.wake("fraud.finalise_refusals");
    expect(await statusOf(referral)).not.toBe("rejected");
    world.clock.advance(14 * DAY_MS);
    await world.wake("fraud.finalise_refusals");
    await world.wake("fraud.finalise_refusals");
    expect(await statusOf(referral)).toBe("rejected");
    expect(Object.keys(await earned(referral))).toEqual(["cancelled"]);
    expect((await asOwner<Row>(database, "select status, reason from fraud_cases where id = $1", [id]))[0]).toEqual({
      status: "final",
      reason: "So it is",
    });
    expect(await books()).toEqual([]);
  });

  it("appealed against is decided by another person than who refused, and can free what was refused", async () => {
    const { first, second, partner } = await people();
    const { id, referral, customer } = await openCase(first);
    await pay(customer);
    await decide(id, "refuse", first);
    expect((await appeal(id, partner)).body).toMatchObject({ status: "appealed", canAppeal: false });
    expect((await appeal(id, partner)).status).toBe(409);
    tenants.world.clock.advance(30 * DAY_MS);
    await tenants.world.wake("fraud.finalise_refusals");
    const { first: again, second: other } = await people();
    expect(await statusOf(referral)).not.toBe("rejected");
    expect(second).not.toBe(other);
    // The same person, by the id that decided.
    await asOwner(database, "update fraud_cases set decided_by = $2 where id = $1", [id, await memberId(again)]);
    expect((await decide(id, "refuse", again)).body).toMatchObject({ status: 409, code: "fraud.same_person" });
    expect((await decide(id, "clear", other)).body).toMatchObject({ status: "cleared" });
    await tenants.world.wake("commissions.approve_due");
    expect(Object.keys(await earned(referral))).toEqual(["approved"]);
  });
});
