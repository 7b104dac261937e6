import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BANK, convert, fresh, must, sale } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { DAY_MS } from "../kernel/clock.ts";

const CASES = "/api/v1/admin/fraud/cases";
const RULES = "/api/v1/admin/fraud/rules";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
/** Somebody on the team whose token is good now. */
let admin: string;

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
beforeEach(async () => {
  admin = await ours.addMember("admin");
});

type Row = Record<string, unknown>;

/** A customer of the partner who pays from the partner's own account, so that it is held, and the case of it. */
async function heldCustomer() {
  const { referral, customer } = await convert(ours, ours.partner, { paymentAccount: BANK.iban });
  return { referral, customer, caseId: (await casesOf(referral))[0]?.["id"] };
}
const casesOf = async (subjectId: string): Promise<Row[]> =>
  (await must(ours, "GET", CASES, { auth: admin, query: { subjectId } }))["data"] as Row[];
const decide = (id: unknown, decision: "clear" | "refuse") =>
  ours.send("POST", `${CASES}/${String(id)}/decide`, { auth: admin, body: { decision, reason: "So it is" } });
const pay = async (customer: string, amount: number) => {
  const body = sale(ours, customer, { amount });
  await must(ours, "POST", "/api/v1/transactions", { auth: ours.operatorKey, key: fresh("key"), body });
};
/** Gives the customer to another partner, and returns its referral there. */
const give = async (referral: string, to: PartnerAt): Promise<string> => {
  const moved = await must(ours, "POST", `/api/v1/admin/referrals/${referral}/reattribute`, {
    auth: admin,
    key: fresh("key"),
    body: { partner: to.referralCode, reason: "Theirs" },
  });
  return String(moved["id"]);
};
const areHeld = async (...referrals: string[]): Promise<boolean[]> => {
  const rows = await asOwner<{ referral_id: string; is_held: boolean }>(
    database,
    "select referral_id, is_held from referral_standings where referral_id = any ($1)",
    [referrals],
  );
  return referrals.map((id) => rows.find(({ referral_id }) => referral_id === id)?.is_held ?? false);
};
/** Puts a commission of the customer in dispute: what a dispute has to do with stays with its partner. */
const dispute = async (referral: string, partner: PartnerAt) => {
  const [commission] = await asOwner<{ id: string }>(
    database,
    "select id from commissions where referral_id = $1 and reverses_id is null and status = 'pending'",
    [referral],
  );
  const auth = await tenants.world.signIn(partner.email);
  const body = { commissionId: commission?.id, reason: "Too little" };
  await must(ours, "POST", "/api/v1/partners/commissions/dispute", { auth, key: fresh("key"), body });
};
const statuses = async (referral: string): Promise<string[]> =>
  (
    await asOwner<{ status: string }>(database, "select distinct status from commissions where referral_id = $1", [
      referral,
    ])
  ).map(({ status }) => status);
/** What the checks of the modules find: a replay of the sequences among them. */
const books = async () => {
  const { app, ctx } = tenants.world;
  const found = [];
  for (const { run } of app.moduleChecks) found.push(...(await run(ctx())).breaks);
  return found;
};

/** Runs acts that wait for the partner's sequence in the order given, each once the one before it waits. */
async function inLine(partnerId: string, acts: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const holder = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
  await holder.connect();
  try {
    await holder.query("begin");
    await holder.query("select from partner_sequences where partner_id = $1 for update", [partnerId]);
    const running: Promise<unknown>[] = [];
    for (const act of acts) {
      running.push(act());
      while ((await waitingForLocks()) < running.length);
    }
    await holder.query("commit");
    return await Promise.all(running);
  } finally {
    await holder.end();
  }
}
async function waitingForLocks(): Promise<number> {
  const [row] = await asOwner<{ count: number }>(
    database,
    "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return row?.count ?? 0;
}

describe("a case whose customer went to another partner", () => {
  it("releases where the customer is, and what had stayed where it was", async () => {
    const { referral, customer, caseId } = await heldCustomer();
    await pay(customer, 10_000);
    await dispute(referral, ours.partner);
    const there = await give(referral, ours.rival);
    expect(await areHeld(referral, there)).toEqual([true, true]);
    expect((await decide(caseId, "clear")).status).toBe(200);
    expect(await areHeld(referral, there)).toEqual([false, false]);
    expect(await books()).toEqual([]);
  });

  it("releases where the customer is when it is decided, also where it goes there at that moment", async () => {
    const { referral, caseId } = await heldCustomer();
    const [there] = await inLine(ours.partner.id, [() => give(referral, ours.rival), () => decide(caseId, "clear")]);
    expect(await areHeld(referral, String(there))).toEqual([false, false]);
    expect(await books()).toEqual([]);
  });

  it("ends what had stayed, too, once a refusal is final, or somebody rejects the customer meanwhile", async () => {
    for (const isRejectedMeanwhile of [false, true]) {
      const { referral, customer, caseId } = await heldCustomer();
      await pay(customer, 10_000);
      await dispute(referral, ours.partner);
      const there = await give(referral, ours.rival);
      await decide(caseId, "refuse");
      if (isRejectedMeanwhile)
        await must(ours, "POST", `/api/v1/admin/referrals/${there}/reject`, {
          auth: admin,
          key: fresh("key"),
          body: { reason: "Nobody", takesBackApproved: false },
        });
      expect(await statuses(referral)).toEqual([isRejectedMeanwhile ? "cancelled" : "disputed"]);
      tenants.world.clock.advance(20 * DAY_MS);
      admin = await ours.addMember("admin");
      await tenants.world.wake("fraud.finalise_refusals");
      expect(await statuses(referral)).toEqual(["cancelled"]);
      const [row] = await asOwner<{ status: string }>(database, "select status from referrals where id = $1", [there]);
      expect(row).toEqual({ status: "rejected" });
      expect(await books()).toEqual([]);
    }
  });
});

describe("whoever waits by a case", () => {
  const reviewsOf = async ({ email }: PartnerAt, subjectId: string): Promise<Row[]> => {
    const auth = await tenants.world.signIn(email);
    return (await must(ours, "GET", "/api/v1/partners/reviews", { auth, query: { subjectId } }))["data"] as Row[];
  };
  const appeal = async ({ email }: PartnerAt, id: unknown, message: string) => {
    const auth = await tenants.world.signIn(email);
    return ours.send("POST", `/api/v1/partners/reviews/${String(id)}/appeal`, { auth, body: { message } });
  };

  it("may say what speaks for it: who has the customer now as well as who had it, each for itself", async () => {
    const { referral, caseId } = await heldCustomer();
    expect((await appeal(ours.rival, caseId, "Not mine yet")).status).toBe(404);
    const there = await give(referral, ours.rival);
    expect(await reviewsOf(ours.rival, there)).toMatchObject([
      { id: caseId, about: { type: "referral", id: there }, canAppeal: true, appeal: null },
    ]);
    expect((await appeal(ours.rival, caseId, "They came to me")).body).toMatchObject({ canAppeal: false });
    expect((await appeal(ours.rival, caseId, "Once more")).status).toBe(409);
    expect(await reviewsOf(ours.partner, referral)).toMatchObject([
      { id: caseId, about: { id: referral }, canAppeal: true, appeal: null },
    ]);
    expect((await appeal(ours.partner, caseId, "I know them")).status).toBe(200);
    expect(await must(ours, "GET", `${CASES}/${String(caseId)}`, { auth: admin })).toMatchObject({
      appeal: "I know them",
      otherPartners: [{ partnerId: ours.rival.id, referralId: there, appeal: "They came to me" }],
    });
  });

  it("waits by the referral by which it has the customer now, when the customer has come back, with what it has said", async () => {
    const { referral, caseId } = await heldCustomer();
    const there = await give(referral, ours.rival);
    await appeal(ours.rival, caseId, "They came to me");
    const back = await give(there, ours.partner);
    const again = await give(back, ours.rival);
    expect(await reviewsOf(ours.rival, again)).toMatchObject([
      { id: caseId, about: { type: "referral", id: again }, appeal: "They came to me", canAppeal: false },
    ]);
    expect(await reviewsOf(ours.rival, there)).toEqual([]);
    expect(await reviewsOf(ours.partner, back)).toMatchObject([{ id: caseId, about: { id: back }, canAppeal: true }]);
    expect((await appeal(ours.partner, caseId, "I know them")).status).toBe(200);
    expect(await must(ours, "GET", `${CASES}/${String(caseId)}`, { auth: admin })).toMatchObject({
      appeal: "I know them",
      otherPartners: [{ partnerId: ours.rival.id, referralId: again, appeal: "They came to me" }],
    });
    expect(await areHeld(again)).toEqual([true]);
    expect(await books()).toEqual([]);
  });

  it("may appeal against a refusal, which another person decides on then", async () => {
    const { referral, caseId } = await heldCustomer();
    const there = await give(referral, ours.rival);
    await decide(caseId, "refuse");
    expect((await appeal(ours.rival, caseId, "They are real")).body).toMatchObject({ status: "appealed" });
    expect((await decide(caseId, "clear")).status).toBe(409);
    // Against what is appealed already the other may still say its own.
    expect((await appeal(ours.partner, caseId, "So they are")).status).toBe(200);
    admin = await ours.addMember("admin");
    expect((await decide(caseId, "clear")).status).toBe(200);
    expect(await areHeld(referral, there)).toEqual([false, false]);
    expect(await books()).toEqual([]);
  });
});

describe("a sale of a high value", () => {
  it("that is judged after its customer has gone to another partner holds it there, in one case of the customer", async () => {
    const { version } = await must(ours, "GET", RULES, { auth: admin });
    const change = { rules: { high_value_sale: { mode: "active", amounts: { USD: 500_000 } } } };
    await must(ours, "PUT", RULES, { auth: admin, body: { version, change, reason: "For a test" } });
    const { referral, customer } = await convert(ours, ours.rival);
    await pay(customer, 600_000);
    const there = await give(referral, ours.partner);
    await tenants.world.settle();
    expect(await areHeld(referral, there)).toEqual([true, true]);
    expect(await casesOf(there)).toMatchObject([{ partnerId: ours.partner.id, isHeld: true }]);

    const back = await give(there, ours.rival);
    await pay(customer, 700_000);
    await tenants.world.settle();
    expect([await casesOf(referral), await casesOf(back)]).toEqual([[], []]);
    await decide((await casesOf(there))[0]?.["id"], "clear");
    expect(await areHeld(referral, there, back)).toEqual([false, false, false]);
    await pay(customer, 800_000);
    await tenants.world.settle();
    expect(await casesOf(back)).toEqual([]);
    expect(await books()).toEqual([]);
  });
});
