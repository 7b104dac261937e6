import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { runDueJobs } from "../platform/jobs/index.ts";
import { createOutbox } from "../platform/outbox/index.ts";

let database: ClonedDatabase;
let world: WholeApp;
let people = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const URL = "/api/v1/partners/notice-preferences";
type Preference = { kind: string; delivery: string; isAlways: boolean };

/** A partner who has read what registering brought. */
async function newPartner() {
  people += 1;
  const email = `reader-${people}@partners.test`;
  const partner = await world.addPartner({ email });
  await world.settle();
  await world.settle();
  world.mails.length = 0;
  return { ...partner, email, mails: () => world.mails.filter(({ to }) => to === email) };
}

/** Tells that something happened to a partner, as the modules below do, and has it taken. */
type Telling = { readonly at?: Date; readonly data?: object };
async function tell(partnerId: string, ...told: readonly (string | Telling)[]): Promise<void> {
  const types = told.filter((each) => typeof each === "string");
  const how: Telling = told.find((each) => typeof each !== "string") ?? {};
  const now = how.at ?? world.clock.now();
  const data = { id: newId(), partnerId, amount: 1_250n, currency: "USD", referralCode: "ada", ...how.data };
  await world.app.db.transaction({ ...world.ctx(), now }, (tx) =>
    createOutbox(() => ({})).publish(
      tx,
      types.map((type) => ({ type, objectType: "thing", objectId: newId(), data })),
    ),
  );
  await world.settle();
  await world.settle();
}

const choose = (auth: string, preferences: readonly { kind: string; delivery: string }[]) =>
  world.send<{ data: Preference[]; code: string }>("PUT", URL, { auth, body: { preferences } });

const nextMorning = async (days = 1) => {
  world.clock.advance(days * DAY_MS);
  await world.wake("notices.make_digests");
  await world.settle();
};

describe("news", () => {
  it("reaches a partner at once, once however often the outbox tells, and says so in both bodies", async () => {
    const ada = await newPartner();
    await tell(ada.id, "payout.completed");
    await asOwner(database, "update outbox_events set dispatched_at = null");
    await world.settle();
    await world.settle();
    expect(ada.mails()).toMatchObject([{ subject: "A payout of 12.50 USD was made" }]);
    const [mail] = ada.mails();
    expect(mail?.text).toContain("Partners has paid you 12.50 USD.");
    expect(mail?.html).toContain("Partners has paid you 12.50 USD.");
  });

  it("of a payout that the bank has yet to be given says that, and not that it was paid", async () => {
    const ada = await newPartner();
    await tell(ada.id, { data: { bankFile: "waiting" } }, "payout.completed");
    expect(ada.mails()).toMatchObject([{ subject: "A payout of 12.50 USD goes to your bank" }]);
    expect(ada.mails()[0]?.text).toContain("the next file that Partners hands to its bank");
    expect(ada.mails()[0]?.text).not.toContain("has paid you");
  });

  it("leads to what it is about, and where nothing says which, to the place of such things", async () => {
    const ada = await newPartner();
    const [subject, objectId] = [newId(), newId()];
    const about = async (type: string, data: object) => {
      world.mails.length = 0;
      await world.app.db.transaction(world.ctx(), (tx) =>
        createOutbox(() => ({})).publish(tx, [
          { type, objectType: "thing", objectId, data: { partnerId: ada.id, ...data } },
        ]),
      );
      await world.settle();
      await world.settle();
      return /\/portal\S*/.exec(ada.mails()[0]?.text ?? "")?.[0];
    };
    const reason = "Agreed";
    const money = { amount: 1_250n, currency: "USD" };
    expect(await about("partner_notice.dispute_resolved", { subject, reason })).toBe(
      `/portal/disputes?open=${subject}`,
    );
    expect(await about("partner_notice.commission_granted", { subject, reason })).toBe(
      `/portal/commissions?open=${subject}`,
    );
    expect(await about("partner_notice.debt_written_off", { reason })).toBe("/portal/commissions");
    expect(await about("payout.completed", money)).toBe(`/portal/payouts?open=${objectId}`);
    expect(await about("budget.claim_rejected", money)).toBe(`/portal/fees?tab=claims&open=${objectId}`);
    expect(await about("tax.form_requested", {})).toBe("/portal/tax");
    expect(await about("partner.rejected", {})).toBe("/portal/");
  });

  it("of long ago is none: what is brought in from elsewhere is mailed to nobody", async () => {
    const ada = await newPartner();
    const at = (days: number) => new Date(world.clock.now().getTime() - days * DAY_MS);
    await tell(ada.id, { at: at(8) }, "payout.completed");
    expect(ada.mails()).toEqual([]);
    await tell(ada.id, { at: at(6) }, "payout.completed");
    expect(ada.mails()).toHaveLength(1);
  });

  it("of an application's end and of a partnership's is not left to be guessed", async () => {
    const ada = await newPartner();
    await tell(ada.id, "partner.approved", "partner.rejected", "partner.terminated");
    expect(
      ada
        .mails()
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual([
      "Welcome: you are a partner of Partners",
      "Your application to Partners was declined",
      "Your partnership with Partners has ended",
    ]);
  });

  it("that its reader has turned off is not sent, also where it waited to be", async () => {
    const ada = await newPartner();
    await choose(ada.auth, [{ kind: "payout_completed", delivery: "off" }]);
    await tell(ada.id, "payout.completed", "commission.approved");
    await choose(ada.auth, [{ kind: "commission_approved", delivery: "off" }]);
    await nextMorning();
    expect(ada.mails()).toEqual([]);
  });

  it("about money in danger is always sent, and carries no way to end it", async () => {
    const ada = await newPartner();
    const refused = await choose(ada.auth, [{ kind: "payout_failed", delivery: "off" }]);
    expect(refused).toMatchObject({ status: 400, body: { code: "notice.always_sent" } });
    await tell(ada.id, "payout.failed");
    expect(ada.mails()).toMatchObject([{ subject: "A payout did not reach you" }]);
    expect(ada.mails()[0]?.unsubscribeUrl).toBeUndefined();
  });

  it("is sent by the queue when a mail server that was down takes mail again", async () => {
    const ada = await newPartner();
    const { mailer } = world.app;
    const before = { ...mailer };
    Object.assign(mailer, { send: async () => Promise.reject(new Error("connection refused")) });
    await tell(ada.id, "payout.completed");
    Object.assign(mailer, before);
    expect(ada.mails()).toEqual([]);
    await asOwner(database, "update tributary_jobs._private_jobs set run_at = now()");
    await world.settle();
    expect(ada.mails()).toHaveLength(1);
  });
});

describe("a digest", () => {
  it("tells the day before in one mail in the morning, once, whoever else makes it at the same time", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved", "referral.qualified");
    await nextMorning(0);
    expect(ada.mails()).toEqual([]);
    world.clock.advance(DAY_MS);
    await Promise.all([1, 2, 3].map(() => world.app.notices.makeDigests(world.ctx())));
    await world.settle();
    await nextMorning(0);
    expect(ada.mails()).toMatchObject([{ subject: "News of Partners: 2" }]);
    expect(ada.mails()[0]?.text).toContain("- A commission of 12.50 USD was approved\n- A referral qualified");
    await nextMorning();
    expect(ada.mails()).toHaveLength(1);
  });

  it("that is sent again after a crash is the same message, and holds nothing that came since", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved");
    await nextMorning();
    await tell(ada.id, "commission.approved");
    const [digest] = await asOwner<{ id: string }>(
      database,
      `update notice_digests set sent_at = null
        where user_id = (select user_id from partners where id = $1) returning id`,
      [ada.id],
    );
    await world.app.notices.sendDigest(world.ctx(), { id: digest?.id ?? "" });
    const [first, second] = ada.mails();
    expect(second).toEqual(first);
    expect(first?.messageId).toContain(digest?.id);
  });

  it("that was sent is not sent by a second job", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved");
    await nextMorning();
    const [digest] = await asOwner<{ id: string }>(
      database,
      "select id from notice_digests where user_id = (select user_id from partners where id = $1)",
      [ada.id],
    );
    await world.app.notices.sendDigest(world.ctx(), { id: digest?.id ?? "" });
    expect(ada.mails()).toHaveLength(1);
  });

  it("counts what it has no room for", async () => {
    const ada = await newPartner();
    await tell(ada.id, ...Array.from({ length: 53 }, () => "commission.approved"));
    await nextMorning();
    expect(ada.mails()[0]?.text).toContain("- and 3 more");
  });

  it("of a week comes on Monday, with what was to come daily before its reader chose", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved");
    await choose(ada.auth, [{ kind: "commission_approved", delivery: "weekly" }]);
    for (let day = 0; day < 7; day += 1) await nextMorning();
    expect(ada.mails()).toHaveLength(1);
  });
});

describe("preferences", () => {
  it("show every kind with how it is sent; kinds that are not named stay as they are", async () => {
    const ada = await newPartner();
    const before = await world.send<{ data: Preference[] }>("GET", URL, { auth: ada.auth });
    const { body } = await choose(ada.auth, [{ kind: "commission_created", delivery: "weekly" }]);
    const changed = body.data.filter((one, index) => one.delivery !== before.body.data[index]?.delivery);
    expect(changed).toMatchObject([{ kind: "commission_created", delivery: "weekly" }]);
  });

  it("of somebody else stay as they are", async () => {
    const [ada, bob] = [await newPartner(), await newPartner()];
    await choose(ada.auth, [{ kind: "payout_completed", delivery: "off" }]);
    await tell(bob.id, "payout.completed");
    expect(bob.mails()).toHaveLength(1);
  });

  it("name what there is", async () => {
    const ada = await newPartner();
    expect(await choose(ada.auth, [{ kind: "weather", delivery: "off" }])).toMatchObject({ status: 400 });
    expect(await choose(ada.auth, [{ kind: "payout_completed", delivery: "hourly" }])).toMatchObject({ status: 400 });
    expect(await choose(ada.auth, [])).toMatchObject({ status: 400 });
  });
});

describe("a link to unsubscribe", () => {
  const pathOf = (url: string | undefined) => (url ?? "").replace("http://operator.test", "");
  const oneClick = (path: string) =>
    world.http.inject({
      method: "POST",
      url: path,
      headers: { host: "operator.test", "content-type": "application/x-www-form-urlencoded" },
      payload: "List-Unsubscribe=One-Click",
    });

  it("ends the mails of its kind by one post without signing in, and by nothing that only looks", async () => {
    const ada = await newPartner();
    await tell(ada.id, "payout.completed");
    const path = pathOf(ada.mails()[0]?.unsubscribeUrl);
    expect(await world.send("GET", path)).toMatchObject({ status: 200, body: expect.stringContaining("<form") });
    await tell(ada.id, "payout.completed");
    expect(ada.mails()).toHaveLength(2);
    expect(await oneClick(path)).toMatchObject({ statusCode: 200 });
    await tell(ada.id, "payout.completed", "payout.requested");
    expect(ada.mails().map(({ subject }) => subject)).toHaveLength(3);
  });

  it("of a digest ends all that came in it", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved");
    await nextMorning();
    await oneClick(pathOf(ada.mails()[0]?.unsubscribeUrl));
    await tell(ada.id, "commission.approved", "referral.qualified");
    await nextMorning();
    expect(ada.mails()).toHaveLength(1);
  });

  it("that nobody signed, or signed for another kind, changes nothing", async () => {
    const ada = await newPartner();
    await tell(ada.id, "payout.completed");
    const path = pathOf(ada.mails()[0]?.unsubscribeUrl);
    for (const forged of ["/notices/unsubscribe", path.replace("payout_completed", "payout_requested")])
      expect((await oneClick(forged)).statusCode).toBe(404);
    await tell(ada.id, "payout.requested");
    expect(ada.mails()).toHaveLength(2);
  });
});

describe("old notices", () => {
  it("are forgotten after ninety days, with their digests", async () => {
    const ada = await newPartner();
    await tell(ada.id, "commission.approved", "payout.completed");
    await nextMorning();
    world.clock.advance(91 * DAY_MS);
    await world.wake("notices.forget");
    const left = await asOwner(database, "select 1 from notices union all select 1 from notice_digests");
    expect(left).toEqual([]);
    // Nothing of it is sent by what still lies in the queue.
    await runDueJobs({ db: world.app.db, clock: world.clock, jobs: world.app.jobs, onError: () => {} });
    expect(ada.mails()).toHaveLength(2);
  });
});
