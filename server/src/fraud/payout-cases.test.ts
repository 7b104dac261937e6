import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fresh, must, ownBank, requestPayout } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

const CASES = "/api/v1/admin/fraud/cases";
const RULES = "/api/v1/admin/fraud/rules";
const METHOD = "/api/v1/partners/payouts/method";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  // Replaced accounts are good at once: what is asked here is not how long they wait.
  const settings = { auth: ours.admin, body: { coolingOffHours: 0 } };
  await must(ours, "PUT", "/api/v1/admin/payouts/settings", settings);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Row = Record<string, unknown>;

/** Each a little later than the one before. */
const enter = async (who: PartnerAt, body: object) => {
  tenants.world.clock.advance(1);
  await must(ours, "PUT", METHOD, { auth: who.auth, body });
};
/** A partner who is paid to an account. */
const paidTo = async (body: object): Promise<PartnerAt> => {
  const who = (await ours.register("technology")) as PartnerAt;
  await must(ours, "PUT", `/api/v1/admin/partners/${who.id}/approve`, { auth: ours.admin, body: {} });
  await enter(who, body);
  return who;
};
const process = (payoutId: string) =>
  ours.send("POST", "/api/v1/admin/payouts/process", { auth: ours.operatorKey, key: fresh("key"), body: { payoutId } });
/** Lets a payout go, as far as to its transfer. */
const pay = async (who: PartnerAt, amount?: number): Promise<string> => {
  const payoutId = await requestPayout(ours, who, amount);
  expect((await process(payoutId)).status).toBe(200);
  await tenants.world.settle();
  return payoutId;
};
/** What becomes of a payout that is to leave, once everything has been screened. */
const asked = async (payoutId: string): Promise<"leaves" | "held"> => {
  await tenants.world.settle();
  await tenants.world.wake("fraud.screen_payouts");
  const { status, body } = await process(payoutId);
  if (status !== 200) expect(body).toMatchObject({ code: "payout.held" });
  return status === 200 ? "leaves" : "held";
};
const casesOf = async (payoutId: string): Promise<Row[]> =>
  (await must(ours, "GET", CASES, { auth: ours.admin, query: { subjectId: payoutId } }))["data"] as Row[];
const detailOf = async (payoutId: string): Promise<Row> => {
  const [newest] = await casesOf(payoutId);
  return must(ours, "GET", `${CASES}/${String(newest?.["id"])}`, { auth: ours.admin });
};
const rulesFound = async (payoutId: string): Promise<string[]> =>
  ((await detailOf(payoutId))["evaluation"] as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
const decide = async (payoutId: string, decision: "clear" | "refuse") => {
  const [newest] = await casesOf(payoutId);
  const body = { decision, reason: "So it is" };
  return must(ours, "POST", `${CASES}/${String(newest?.["id"])}/decide`, { auth: ours.admin, body });
};
const cancel = (who: PartnerAt, payoutId: string) =>
  must(ours, "POST", `/api/v1/partners/payouts/${payoutId}/cancel`, { auth: who.auth });
/** As much is asked about by a rule that is active while the work is done. */
const HIGH = 20_000;

const withHighValue = async (work: () => Promise<void>) => {
  const set = async (mode: string) => {
    const { version } = await must(ours, "GET", RULES, { auth: ours.admin });
    const change = { rules: { high_value_payout: { mode, amounts: { USD: HIGH } } } };
    await must(ours, "PUT", RULES, { auth: ours.admin, body: { version, change, reason: "For a test" } });
  };
  await set("active");
  try {
    await work();
  } finally {
    await set("off");
  }
};

describe("an account that another partner enters too", () => {
  it("holds the one who came later, not the one whose it was; the case shows both", async () => {
    const bank = ownBank();
    const first = await paidTo(bank);
    const payout = await requestPayout(ours, first);
    const later = await paidTo(bank);
    expect(await asked(payout)).toBe("leaves");
    expect(await casesOf(payout)).toEqual([]);
    const second = await requestPayout(ours, later);
    expect(await asked(second)).toBe("held");
    expect((await detailOf(second))["accounts"]).toMatchObject([
      { partnerId: first.id, isCurrent: true, paid: 1 },
      { partnerId: later.id, isCurrent: true, paid: 0 },
    ]);
  });

  it("is whose it was proven to be by a payout, also where somebody has only entered it before", async () => {
    const bank = ownBank();
    const squatter = await paidTo(bank);
    const owner = await paidTo(bank);
    const payout = await requestPayout(ours, owner);
    expect(await asked(payout)).toBe("held");
    await decide(payout, "clear");
    expect(await asked(payout)).toBe("leaves");
    await tenants.world.settle();
    expect(await asked(await requestPayout(ours, owner))).toBe("leaves");
    expect(await asked(await requestPayout(ours, squatter))).toBe("held");
  });

  it("and has left again unpaid is nobody's but whose it is; who comes back to it comes later", async () => {
    const bank = ownBank();
    const wrong = await paidTo(bank);
    await enter(wrong, ownBank());
    const owner = await paidTo(bank);
    await enter(wrong, bank);
    expect(await asked(await requestPayout(ours, owner))).toBe("leaves");
    expect(await asked(await requestPayout(ours, wrong))).toBe("held");
  });

  it("and that its partner comes to while a payout waits, opens one case about that", async () => {
    const bank = ownBank();
    await paidTo(bank);
    const late = await paidTo(ownBank());
    const payout = await requestPayout(ours, late);
    await tenants.world.settle();
    expect(await casesOf(payout)).toEqual([]);
    await enter(late, bank);
    for (let turn = 0; turn < 2; turn += 1) await tenants.world.wake("fraud.screen_payouts");
    expect(await casesOf(payout)).toHaveLength(1);
  });

  it("proves nothing by a payout that came back", async () => {
    const bank = ownBank();
    const early = await paidTo(bank);
    const payoutId = await pay(early);
    const body = { reason: "Account unknown" };
    await must(ours, "POST", `/api/v1/admin/payouts/${payoutId}/return`, { auth: ours.admin, key: fresh("key"), body });
    const [claim] = await asOwner<{ paid: number }>(
      database,
      "select paid from fraud_accounts where partner_id = $1 and is_current",
      [early.id],
    );
    expect(claim).toEqual({ paid: 0 });
  });
});

describe("a clearing of a payout", () => {
  it("holds for the account that it was given on: another is asked about again", async () => {
    const bank = ownBank();
    await paidTo(bank);
    const later = await paidTo(bank);
    const payout = await requestPayout(ours, later);
    expect(await asked(payout)).toBe("held");
    await decide(payout, "clear");
    const others = ownBank();
    await paidTo(others);
    await enter(later, others);
    expect(await asked(payout)).toBe("held");
    expect(await casesOf(payout)).toHaveLength(2);
    await decide(payout, "clear");
    expect(await asked(payout)).toBe("leaves");
  });

  it("holds for what was found then: what has come to light since is asked about", async () => {
    const bank = ownBank();
    await paidTo(bank);
    const owner = await paidTo(ownBank());
    await withHighValue(async () => {
      const payout = await requestPayout(ours, owner, HIGH);
      expect(await asked(payout)).toBe("held");
      expect(await rulesFound(payout)).toContain("high_value_payout");
      await decide(payout, "clear");
      expect(await casesOf(payout)).toHaveLength(1);
      await enter(owner, bank);
      expect(await asked(payout)).toBe("held");
      expect(await rulesFound(payout)).toEqual(expect.arrayContaining(["shared_account"]));
      await decide(payout, "clear");
      expect(await asked(payout)).toBe("leaves");
    });
  });
});

describe("a payout by hand", () => {
  it("is asked about once more before the bank file hands it out, and a person with it", async () => {
    const file = async () =>
      (await ours.send("POST", "/api/v1/admin/payouts/bank-file", { auth: ours.admin, body: {} })).text;
    const who = await paidTo(ownBank());
    const payoutId = await pay(who, HIGH);
    await withHighValue(async () => {
      expect(await file()).not.toContain(payoutId);
      await tenants.world.wake("fraud.screen_payouts");
      expect(await casesOf(payoutId)).toMatchObject([{ status: "open", isHeld: true }]);
      const held = await must(ours, "GET", "/api/v1/admin/payouts", {
        auth: ours.admin,
        query: { isHeld: "true", partnerId: who.id },
      });
      expect(held["data"]).toMatchObject([{ id: payoutId, held: { code: "payout.held", reason: "fraud_review" } }]);
      await decide(payoutId, "clear");
      expect(await file()).toContain(payoutId);
    });
  });
});

describe("a payout that was refused", () => {
  // Rules are held against ninety days before they act, and most of what is asked above is held on purpose: that is long past.
  beforeAll(async () => {
    tenants.world.clock.advance(91 * 86_400_000);
    ours = { ...ours, admin: await ours.addMember("admin") };
  });

  it("follows the partner to the next one, smaller and to another account; a person can clear that one", async () => {
    const who = await paidTo(ownBank());
    let payout = "";
    await withHighValue(async () => {
      payout = await requestPayout(ours, who, HIGH);
      expect(await asked(payout)).toBe("held");
      await decide(payout, "refuse");
    });
    expect(await asked(payout)).toBe("held");
    await cancel(who, payout);
    await enter(who, ownBank());
    const next = await requestPayout(ours, who);
    expect(await asked(next)).toBe("held");
    expect(await rulesFound(next)).toContain("held_before");
    await decide(next, "clear");
    expect(await asked(next)).toBe("leaves");
    // Who has cleared it had the refusal before them: on this account it is not asked about again.
    await tenants.world.settle();
    expect(await asked(await requestPayout(ours, who))).toBe("leaves");
    // On another it is.
    await enter(who, ownBank());
    expect(await asked(await requestPayout(ours, who))).toBe("held");
  });

  it("or was taken back while a person was asked, is asked about again by whatever comes next", async () => {
    const who = await paidTo(ownBank());
    let payout = "";
    await withHighValue(async () => {
      payout = await requestPayout(ours, who, HIGH);
      expect(await asked(payout)).toBe("held");
    });
    // While it waits, another of the partner is judged by itself.
    expect(await asked(await requestPayout(ours, who))).toBe("leaves");
    await cancel(who, payout);
    expect(await asked(await requestPayout(ours, who))).toBe("held");
  });
});
