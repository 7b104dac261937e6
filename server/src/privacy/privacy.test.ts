import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD } from "../../test/kit/app.ts";
import { connectProgram, makeCard, makeProduct, settleCards } from "../../test/kit/cards.ts";
import { convert, fresh, fund, grant, must, ownBank, requestPayout } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

const ADMIN = "/api/v1/admin/privacy";
const OWN = "/api/v1/privacy";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Row = Record<string, unknown>;
const subjects = async (query: object, side = ours): Promise<Row[]> =>
  (await must(side, "GET", `${ADMIN}/subjects`, { auth: side.operatorKey, query: { ...query } }))["data"] as Row[];
const personOf = async ({ email }: PartnerAt): Promise<string> => String((await subjects({ email }))[0]?.["userId"]);
const erase = (userId: string) => must(ours, "POST", `${ADMIN}/erasures`, { auth: ours.operatorKey, body: { userId } });
const close = (partner: PartnerAt) => must(ours, "DELETE", "/api/v1/partners/account", { auth: partner.auth });
const newPartner = async (): Promise<PartnerAt> => {
  const partner = await ours.register("affiliate");
  await tenants.world.settle();
  return partner;
};
const customer = async (): Promise<{ externalId: string; userId: string; email: string }> => {
  const { customer: externalId } = await convert(ours, ours.partner);
  const [found] = await subjects({ externalId });
  return { externalId, userId: String(found?.["userId"]), email: String(found?.["email"]) };
};

describe("an export", () => {
  it("has everything of the person who asks, as one document and as a table for each kind of record, and no secret", async () => {
    const partner = await newPartner();
    await grant(ours, partner.id);
    const bank = { kind: "bank_file", holder: "Ada Export", iban: "DE89370400440532013000" };
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: bank });
    const { text } = await ours.send("GET", `${OWN}/export`, { auth: partner.auth, query: { format: "json" } });
    const { data, keptHowLong } = JSON.parse(text) as { data: Record<string, Row[]>; keptHowLong: Row };
    expect(data["account"]).toMatchObject([{ email: partner.email, role: "partner" }]);
    expect(data["partner"]).toMatchObject([{ id: partner.id }]);
    expect(data["sessions"]?.length).toBeGreaterThan(0);
    expect(data["commissions"]).toMatchObject([{ amount: "1000", currency: "USD" }]);
    expect(data["payout-methods"]).toMatchObject([{ details: { holder: "Ada Export", iban: bank.iban } }]);
    expect(data["acts"]?.map(({ action }) => action)).toContain("payout_method.changed");
    expect(Object.keys(keptHowLong)).toContain("books");
    expect(text).not.toMatch(/argon2|password/i);
  });

  it("of one's own is given to whoever has just shown who they are, and to no session that was left open", async () => {
    const partner = await newPartner();
    const userId = await personOf(partner);
    await asOwner(database, "update sessions set proven_at = proven_at - interval '1 hour' where user_id = $1", [
      userId,
    ]);
    const { body } = await ours.send("GET", `${OWN}/export`, { auth: partner.auth });
    expect(body).toMatchObject({ status: 403, code: "auth.step_up_required" });
  });

  it("is a zip of well-formed tables, in which no cell begins a formula", async () => {
    const partner = await newPartner();
    await must(ours, "PUT", "/api/v1/partners/profile", {
      auth: partner.auth,
      body: { companyName: "=HYPERLINK(1)" },
    });
    const answer = await tenants.everything.http.inject({
      method: "GET",
      url: `${OWN}/export`,
      headers: { host: ours.host, authorization: partner.auth },
    });
    expect(answer.headers).toMatchObject({
      "content-type": "application/zip",
      "cache-control": "no-store",
      "content-disposition": expect.stringMatching(/^attachment; filename="personal-data-[0-9a-f-]+\.zip"$/),
    });
    const files = unzipSync(new Uint8Array(answer.rawPayload));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["everything.json", "account.csv", "partner.csv"]));
    expect(strFromU8(files["partner.csv"] ?? new Uint8Array())).toContain("'=HYPERLINK(1)");
  });

  it("of a customer is found by the operator's name for them and by e-mail, and stands in the trail", async () => {
    const { externalId, userId, email } = await customer();
    expect((await subjects({ email })).map((row) => row["userId"])).toEqual([userId]);
    const answer = await ours.send("GET", `${ADMIN}/subjects/${userId}/export`, {
      auth: ours.operatorKey,
      query: { format: "json" },
    });
    const { data } = JSON.parse(answer.text) as { data: Record<string, Row[]> };
    expect(data["account"]).toMatchObject([{ externalId, email }]);
    expect(data["clicks"]).toHaveLength(1);
    expect(data["referral"]).toHaveLength(1);
    const acts = await asOwner(
      database,
      "select 1 from audit_log where target_id = $1 and action = 'privacy.exported'",
      [userId],
    );
    expect(acts).toHaveLength(1);
  });

  it("has nothing that is kept under an e-mail which they have not shown to be theirs", async () => {
    const email = `${fresh("victim")}@people.test`;
    await must(ours, "POST", "/api/v1/admin/partners/invitations", { auth: ours.admin, body: { emails: [email] } });
    // Whoever can name a customer, or register, can give any address.
    const { customer: externalId } = await convert(ours, ours.partner);
    await asOwner(database, "update users set email = $2, email_verified_at = null where external_id = $1", [
      externalId,
      email,
    ]);
    const [{ userId = "" } = {}] = (await subjects({ externalId })) as { userId?: string }[];
    const sections = async () => {
      const query = { format: "json" };
      const { text } = await ours.send("GET", `${ADMIN}/subjects/${userId}/export`, { auth: ours.operatorKey, query });
      return (JSON.parse(text) as { data: Record<string, Row[]> }).data;
    };
    expect(await sections()).toMatchObject({ account: [{ email }], invitations: [] });
    await asOwner(database, "update users set email_verified_at = created_at where id = $1", [userId]);
    expect(await sections()).toMatchObject({ invitations: [{ email }] });
    await asOwner(database, "update users set email_verified_at = null where id = $1", [userId]);
    expect(await erase(userId)).toMatchObject({ status: "done" });
    const kept = await asOwner(database, "select 1 from partner_invitations where email = $1", [email]);
    expect(kept).toHaveLength(1);
  });

  it("is found of any of many who share an e-mail: a list that is cut says so", async () => {
    const email = `${fresh("shared")}@people.test`;
    const addCustomers = (from: number, to: number) =>
      asOwner(
        database,
        `insert into users (tenant_id, id, role, email, external_id, created_at, updated_at)
         select $1, gen_random_uuid(), 'customer', $2, $2 || n, now(), now() from generate_series($3::int, $4::int) n`,
        [ours.tenantId, email, from, to],
      );
    const found = () => must(ours, "GET", `${ADMIN}/subjects`, { auth: ours.operatorKey, query: { email } });
    await addCustomers(1, 50);
    const whole = await found();
    expect([(whole["data"] as Row[]).length, whole["isCut"]]).toEqual([50, false]);
    await addCustomers(51, 51);
    const cut = await found();
    expect([(cut["data"] as Row[]).length, cut["isCut"]]).toEqual([50, true]);
    expect(await subjects({ externalId: `${email}51` })).toHaveLength(1);
  });

  it("of somebody in another tenant is not there, and a search that names nobody finds nobody", async () => {
    const { userId, email } = await customer();
    const { theirs } = tenants;
    expect(await subjects({ email, userId }, theirs)).toEqual([]);
    const asked = await theirs.send("GET", `${ADMIN}/subjects/${userId}/export`, { auth: theirs.operatorKey });
    expect(asked.body).toMatchObject({ status: 404, code: "privacy.subject_not_found" });
    expect(await subjects({})).toEqual([]);
  });
});

describe("an erasure", () => {
  it("of a partner ends what lives by it, and the certificate says what: its team, users, cards, keys and sessions", async () => {
    const { world } = tenants;
    const partner = await ours.register("technology");
    await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: ours.admin, body: {} });
    const programId = await connectProgram(world, ours);
    const productId = await makeProduct(world, ours, { programId, partner });
    const { id: card, userId: user } = await makeCard(world, ours, { productId, auth: partner.auth });
    const key = await ours.makeKey(partner.auth, "partner", ["own:profile:read"]);
    const colleague = `${fresh("colleague")}@team.test`;
    await must(ours, "POST", "/api/v1/partners/team", {
      auth: partner.auth,
      body: { email: colleague, role: "manager" },
    });
    await world.settle();
    const token = /token=([\w-]+)/.exec(world.mails.findLast(({ to }) => to === colleague)?.text ?? "")?.[1];
    await ours.send("POST", "/api/v1/auth/join-team", { body: { token, name: "Grace", password: PASSWORD } });
    const theirs = await world.signIn(colleague);
    expect((await ours.send("GET", "/api/v1/partners/profile", { auth: theirs })).status).toBe(200);

    const userId = await personOf(partner);
    await close(partner);
    const { certificate } = (await erase(userId)) as { certificate: { ended: { what: string; count: number }[] } };
    expect(certificate.ended).toEqual([
      { what: "Sessions that were ended", count: 1 },
      { what: "Accounts of the partner's team that were closed", count: 1 },
      { what: "Users of the partner that were closed", count: 1 },
      { what: "Cards that were ended", count: 1 },
    ]);
    expect((await ours.send("GET", "/api/v1/partners/profile", { auth: theirs })).status).toBe(401);
    expect((await ours.send("GET", "/api/v1/partners/profile", { auth: key.auth })).status).toBe(401);
    const left = await asOwner<Row>(
      database,
      `select c.state, u.status, (select count(*)::integer from partner_members m where m.partner_id = c.partner_id) as members
         from cards c join partner_users u on u.id = c.partner_user_id where c.id = $1 and u.id = $2`,
      [card, user],
    );
    expect(left).toEqual([{ state: "terminated", status: "closed", members: 0 }]);
    await settleCards(world);
    const made = world.marqeta.made("cards").find((one) => one["token"] === card);
    expect(made).toMatchObject({ state: "TERMINATED" });
  }, 30_000);

  it("of a customer takes e-mail, browser and address, keeps the operator's name for them, and is final", async () => {
    const { externalId, userId, email } = await customer();
    expect(await erase(userId)).toMatchObject({ status: "done", certificate: { kept: expect.any(Array) } });
    const [user] = await asOwner<Row>(database, "select email, name, external_id from users where id = $1", [userId]);
    expect(user).toEqual({ email: null, name: null, external_id: externalId });
    const [click] = await asOwner<Row>(
      database,
      "select c.ip, c.user_agent, c.visitor_id from clicks c join referrals r on r.click_id = c.id where r.referred_user_id = $1",
      [userId],
    );
    expect(click).toEqual({ ip: null, user_agent: null, visitor_id: null });
    // The host tells of them again: nothing comes back.
    const body = { externalId, email, emailVerified: true };
    await ours.send("POST", "/api/v1/referrals/signup", { auth: ours.operatorKey, body });
    expect(await subjects({ email })).toEqual([]);
  });

  it("asked twice, by whomever, at once or later, is one and does nothing again", async () => {
    const { userId } = await customer();
    const ask = () => ours.send("POST", `${ADMIN}/erasures`, { auth: ours.operatorKey, body: { userId } });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status, body }) => [status, body["status"]])).toEqual(answers.map(() => [201, "done"]));
    const again = await erase(userId);
    const rows = await asOwner<Row>(database, "select id, erased_at from privacy_erasures where user_id = $1", [
      userId,
    ]);
    expect(rows).toMatchObject([{ id: again["id"] }]);
    const acts = await asOwner(database, "select 1 from audit_log where target_id = $1 and action = 'privacy.erased'", [
      userId,
    ]);
    expect(acts).toHaveLength(1);
  });

  it("of a partner waits until what it is paid by hand stands in a bank file: without its bank details nobody could pay it", async () => {
    const partner = await newPartner();
    const userId = await personOf(partner);
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ownBank() });
    const payoutId = await requestPayout(ours, partner, 700);
    const auth = ours.operatorKey;
    await must(ours, "POST", "/api/v1/admin/payouts/process", { auth, key: fresh("key"), body: { payoutId } });
    await tenants.world.settle();
    await close(partner);
    expect(await erase(userId)).toMatchObject({
      status: "deferred",
      hindrances: [{ kind: "money_open", account: "bank_file", currency: "USD", amount: 700 }],
    });
    const file = await ours.send("POST", "/api/v1/admin/payouts/bank-file", { auth, body: {} });
    expect(file.text).toContain(payoutId);
    expect(await erase(userId)).toMatchObject({ status: "done" });
  });

  it("of a partner waits for the account to be closed and for every cent, says so, and is then carried out by itself", async () => {
    const partner = await newPartner();
    const userId = await personOf(partner);
    await fund(ours, partner.id, 700);
    expect(await erase(userId)).toMatchObject({
      status: "deferred",
      hindrances: [
        { kind: "account_open" },
        { kind: "money_open", account: "available", currency: "USD", amount: 700 },
      ],
    });
    await close(partner);
    const { world } = tenants;
    const tried = async () => {
      world.clock.moveTo(new Date(world.clock.now().getTime() + 86_400_000));
      await world.wake("privacy.carry_out_deferred");
      const [row] = await asOwner<Row>(database, "select status, hindrances from privacy_erasures where user_id = $1", [
        userId,
      ]);
      return row;
    };
    expect(await tried()).toMatchObject({ status: "deferred", hindrances: [{ kind: "money_open" }] });
    const start = world.mails.length;
    const [earned] = await asOwner<{ id: string }>(database, "select id from commissions where partner_id = $1", [
      partner.id,
    ]);
    await must(ours, "POST", `/api/v1/admin/commissions/${earned?.id}/cancel`, {
      auth: ours.operatorKey,
      body: { reason: "Given back by the partner" },
    });
    expect(await tried()).toMatchObject({ status: "done" });
    await world.settle();
    // They are told at the address that they had, and the address is forgotten by that.
    const mail = world.mails.slice(start).find(({ to }) => to === partner.email);
    expect(mail?.text).toContain("Kept: ");
    const left = await asOwner<Row>(
      database,
      "select e.told_sealed, u.email, u.status from privacy_erasures e join users u on u.id = e.user_id where u.id = $1",
      [userId],
    );
    expect(left).toEqual([{ told_sealed: null, email: `erased-${userId}@erased.invalid`, status: "disabled" }]);
  }, 30_000);

  it("is hindered by a legal hold until it is lifted", async () => {
    const { userId } = await customer();
    const hold = await must(ours, "POST", `${ADMIN}/holds`, {
      auth: ours.operatorKey,
      body: { userId, reason: "A lawsuit" },
    });
    const asked = await must(ours, "POST", `${ADMIN}/erasures`, { auth: ours.operatorKey, body: { userId } });
    expect(asked).toMatchObject({ status: "deferred", hindrances: [{ kind: "legal_hold" }] });
    await must(ours, "POST", `${ADMIN}/holds/${String(hold["id"])}/lift`, { auth: ours.operatorKey });
    const done = await must(ours, "POST", `${ADMIN}/erasures/${String(asked["id"])}/accept`, {
      auth: ours.operatorKey,
    });
    expect(done).toMatchObject({ status: "done", hindrances: [] });
  });

  it("that a person asks for is the operator's to decide: refused with a reason, asked for anew, withdrawn, granted", async () => {
    const partner = await newPartner();
    const ask = () => must(ours, "POST", `${OWN}/erasure`, { auth: partner.auth, body: {} });
    const own = async () => (await must(ours, "GET", `${OWN}/erasure`, { auth: partner.auth }))["erasure"];
    expect(await own()).toBeNull();
    const first = await ask();
    expect(first).toMatchObject({ status: "asked" });
    expect(await ask()).toEqual(first);
    await must(ours, "POST", `${ADMIN}/erasures/${String(first["id"])}/refuse`, {
      auth: ours.operatorKey,
      body: { reason: "Not yet" },
    });
    expect(await own()).toMatchObject({ status: "refused", refusal: "Not yet" });
    const late = await ours.send("POST", `${ADMIN}/erasures/${String(first["id"])}/accept`, { auth: ours.operatorKey });
    expect(late.body).toMatchObject({ status: 409, code: "privacy.erasure_wrong_state" });
    await ask();
    await must(ours, "DELETE", `${OWN}/erasure`, { auth: partner.auth });
    expect(await own()).toMatchObject({ status: "withdrawn" });
    const again = await ask();
    await close(partner);
    const done = await must(ours, "POST", `${ADMIN}/erasures/${String(again["id"])}/accept`, {
      auth: ours.operatorKey,
    });
    expect(done).toMatchObject({ status: "done", origin: "person" });
    // Whoever is erased has no session any more, and cannot sign in.
    expect((await ours.send("GET", `${OWN}/erasure`, { auth: partner.auth })).status).toBe(401);
  });

  it("has a certificate, once it is done, that names nobody", async () => {
    const { userId, email } = await customer();
    const done = await must(ours, "POST", `${ADMIN}/erasures`, { auth: ours.operatorKey, body: { userId } });
    const url = `${ADMIN}/erasures/${String(done["id"])}/certificate`;
    const { status, headers, text } = await ours.send("GET", url, { auth: ours.operatorKey });
    expect([status, headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect(text.startsWith("%PDF-")).toBe(true);
    expect(JSON.stringify(done)).not.toContain(email);
    const { theirs } = tenants;
    expect((await theirs.send("GET", url, { auth: theirs.operatorKey })).status).toBe(404);
    const asked = await must(ours, "POST", `${OWN}/erasure`, { auth: (await newPartner()).auth, body: {} });
    const early = await ours.send("GET", `${ADMIN}/erasures/${String(asked["id"])}/certificate`, {
      auth: ours.operatorKey,
    });
    expect(early.body).toMatchObject({ status: 409, code: "privacy.certificate_not_ready" });
  });

  it("of what somebody wrote and sent in tickets leaves neither words nor files", async () => {
    const partner = await newPartner();
    const word = fresh("word");
    const files = [{ name: "id.txt", content: Buffer.from(word).toString("base64") }];
    const body = { subject: word, message: word, files };
    await must(ours, "POST", "/api/v1/partners/tickets", { auth: partner.auth, body });
    await close(partner);
    await erase(await personOf(partner));
    const left = await asOwner<Row>(
      database,
      `select t.subject, m.body, convert_from(f.content, 'UTF8') as content
         from support_tickets t join support_messages m on m.ticket_id = t.id
         join support_message_files x on x.message_id = m.id join files f on f.id = x.file_id
        where t.partner_id = $1`,
      [partner.id],
    );
    expect(left).toEqual([{ subject: "erased", body: "erased", content: "erased" }]);
  });
});

it("what outlives an erasure is told by rule, and no column is in two places", async () => {
  const { rules, erased } = (await must(ours, "GET", `${ADMIN}/retention`, { auth: ours.operatorKey })) as {
    rules: { rule: string; columns: string[] }[];
    erased: string[];
  };
  expect(rules.map(({ rule }) => rule)).toEqual(["books", "claims", "trail", "reference", "passing"]);
  const all = [...erased, ...rules.flatMap(({ columns }) => columns)];
  expect(new Set(all).size).toBe(all.length);
});
