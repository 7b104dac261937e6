import { describe, expect, it } from "vitest";
import { PASSWORD } from "../../test/kit/app.ts";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { TEAM, teamSuite } from "../../test/kit/team-suite.ts";

const PROFILE = "/api/v1/partners/profile";

const { database, tenants, ours, owner, team } = teamSuite();

const newEmail = () => `${fresh("colleague")}@team.test`;
const invite = (email: string, role = "manager", auth = owner().auth) =>
  ours().send("POST", TEAM, { auth, body: { email, role } });
const linkTo = async (email: string): Promise<string | undefined> => {
  await tenants().world.settle();
  const mail = tenants().world.mails.findLast(({ to }) => to === email);
  return /join-team\?token=([\w-]+)/.exec(mail?.text ?? "")?.[1];
};
const join = (token: string | undefined, password = PASSWORD) =>
  ours().send("POST", "/api/v1/auth/join-team", { body: { token, name: "Grace", password } });

describe("somebody who is invited to a partner's team", () => {
  it("joins by the link in the mail, once, and acts for the partner as far as their role goes", async () => {
    const email = newEmail();
    expect((await invite(email, "viewer")).body).toMatchObject({ email, role: "viewer", status: "invited" });
    const token = await linkTo(email);
    expect((await join(token)).status).toBe(204);
    expect((await join(token)).body).toMatchObject({ code: "auth.link_invalid" });
    const auth = await tenants().world.signIn(email);
    expect(await must(ours(), "GET", PROFILE, { auth })).toMatchObject({ id: owner().id });
    expect(await must(ours(), "GET", "/api/v1/auth/me", { auth })).toMatchObject({
      partnerId: owner().id,
      teamRole: "viewer",
    });
    const write = await ours().send("PUT", PROFILE, { auth, body: { companyName: "Mine" } });
    expect(write.body).toMatchObject({ status: 403, code: "access.scope_missing" });
    expect(await team()).toMatchObject({
      owner: { email: owner().email },
      members: [{ email, name: "Grace", role: "viewer", status: "joined" }],
    });
  });

  it("is nobody before that: their e-mail stays free to register with, and an account has it only once they join", async () => {
    const email = newEmail();
    await invite(email);
    const token = await linkTo(email);
    await must(ours(), "POST", "/api/v1/partners/register", { body: { email, password: PASSWORD, name: "Own boss" } });
    await tenants().world.settle();
    const verification = tenants().world.mails.findLast(({ to }) => to === email);
    expect(verification?.text).toContain("verify-email");
    expect((await join(token)).body).toMatchObject({ status: 409, code: "user.email_taken" });
  });

  it("tells whoever invites nothing of whether the e-mail has an account", async () => {
    const [known, unknown] = [ours().rival.email, newEmail()];
    const answers = [await invite(known), await invite(unknown)];
    const shapes = answers.map(({ status, body }) => [status, Object.keys(body), body["status"], body["name"]]);
    expect(shapes[0]).toEqual(shapes[1]);
    expect((await team()).members.map(({ status }) => status)).toEqual(["invited", "invited"]);
    // The mails do not differ either: neither names the partner, and what it calls itself is in no mail to a stranger.
    await tenants().world.settle();
    const texts = [known, unknown].map((email) =>
      tenants()
        .world.mails.findLast(({ to }) => to === email)
        ?.text.replace(/token=[\w-]+/, "token"),
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it("joins by no old link: not after a week, nor once they were taken off, though they were invited again", async () => {
    const email = newEmail();
    const { body: member } = await invite(email);
    const first = await linkTo(email);
    expect((await join(first, "too short")).body).toMatchObject({ code: "user.password_weak" });
    expect((await ours().send("DELETE", `${TEAM}/${String(member["id"])}`, { auth: owner().auth })).status).toBe(204);
    expect((await join(first)).body).toMatchObject({ code: "auth.link_invalid" });
    const { body: again } = await invite(email);
    const second = await linkTo(email);
    expect((await join(first)).body).toMatchObject({ code: "auth.link_invalid" });
    await asOwner(database(), "update partner_members set link_expires_at = $2 where id = $1", [
      again["id"],
      tenants().world.clock.now(),
    ]);
    expect((await join(second)).body).toMatchObject({ code: "auth.link_invalid" });
  });

  it("is refused twice, as its owner, in a role that is none, and beyond what a team holds", async () => {
    const email = newEmail();
    await invite(email);
    for (const again of [email, email.toUpperCase(), owner().email])
      expect((await invite(again)).body).toMatchObject({ status: 409, code: "partner.member_exists" });
    expect((await invite(newEmail(), "owner")).status).toBe(400);
    await asOwner(
      database(),
      `insert into partner_members (tenant_id, id, partner_id, email, role, invited_by, invited_at)
       select tenant_id, gen_random_uuid(), partner_id, i || '@filled.test', 'viewer', invited_by, invited_at
         from partner_members, generate_series(1, 24) i where partner_id = $1`,
      [owner().id],
    );
    expect((await invite(newEmail())).body).toMatchObject({ status: 409, code: "partner.team_full" });
  });

  it("reads a page that says what the link is for, and joins by its form", async () => {
    const email = newEmail();
    await invite(email);
    const token = (await linkTo(email)) ?? "";
    const page = await ours().send("GET", `/auth/join-team?token=${token}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(token)]);
    const post = (fields: Record<string, string>) =>
      tenants().everything.http.inject({
        method: "POST",
        url: "/auth/join-team",
        headers: { host: ours().host, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(fields).toString(),
      });
    expect((await post({ token, name: "", password: PASSWORD })).statusCode).toBe(400);
    expect((await post({ token, name: "Grace", password: "too short" })).body).toContain("easy to guess");
    expect((await post({ token, name: "Grace", password: PASSWORD })).body).toContain("Welcome");
    expect(await tenants().world.signIn(email)).toContain("Bearer ");
  });
});

describe("the owner of a team", () => {
  const joined = async (role: "manager" | "finance" | "viewer") => {
    const auth = await ours().addColleague(owner(), role);
    const [member] = (await team()).members;
    return { auth, id: member?.id ?? "", email: member?.email ?? "" };
  };

  it("gives another role, which counts with the next request", async () => {
    const { auth, id } = await joined("viewer");
    const links = () =>
      ours().send("POST", "/api/v1/partners/referrals/link", { auth, body: { campaign: fresh("c") } });
    expect((await links()).status).toBe(403);
    await must(ours(), "PATCH", `${TEAM}/${id}`, { auth: owner().auth, body: { role: "manager" } });
    expect((await links()).status).toBe(201);
  });

  it("takes somebody off: their session ends, nobody signs in to their account again, and their e-mail is free", async () => {
    const { auth, id, email } = await joined("finance");
    expect((await ours().send("DELETE", `${TEAM}/${id}`, { auth: owner().auth })).status).toBe(204);
    expect((await ours().send("GET", PROFILE, { auth })).status).toBe(401);
    const again = await ours().send("POST", "/api/v1/auth/sign-in", { body: { email, password: PASSWORD } });
    expect(again.body).toMatchObject({ code: "auth.credentials_wrong" });
    await ours().send("POST", "/api/v1/auth/password/request-reset", { body: { email } });
    expect((await invite(email, "viewer", ours().rival.auth)).status).toBe(201);
    expect((await join(await linkTo(email))).status).toBe(204);
    const elsewhere = await tenants().world.signIn(email);
    expect(await must(ours(), "GET", PROFILE, { auth: elsewhere })).toMatchObject({ id: ours().rival.id });
  });

  it("shows again who they are before they invite, change, remove, close the account or lead the money elsewhere", async () => {
    const { id } = await joined("viewer");
    await asOwner(
      database(),
      "update sessions set proven_at = proven_at - interval '1 hour' where user_id = (select user_id from partners where id = $1)",
      [owner().id],
    );
    const bank = { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" };
    const answers = [
      await invite(newEmail()),
      await ours().send("PATCH", `${TEAM}/${id}`, { auth: owner().auth, body: { role: "manager" } }),
      await ours().send("DELETE", `${TEAM}/${id}`, { auth: owner().auth }),
      await ours().send("DELETE", "/api/v1/partners/account", { auth: owner().auth }),
      await ours().send("PUT", "/api/v1/partners/payouts/method", { auth: owner().auth, body: bank }),
    ];
    expect(answers.map(({ body }) => body["code"])).toEqual(answers.map(() => "auth.step_up_required"));
    await must(ours(), "POST", "/api/v1/auth/step-up", { auth: owner().auth, body: { password: PASSWORD } });
    await must(ours(), "PUT", "/api/v1/partners/payouts/method", { auth: owner().auth, body: bank });
  });

  it("finds nobody of another partner's team, nor of another tenant's", async () => {
    const { id } = await joined("viewer");
    for (const [side, auth] of [
      [ours(), ours().rival.auth],
      [tenants().theirs, tenants().theirs.partner.auth],
    ] as const) {
      const answers = [
        await side.send("PATCH", `${TEAM}/${id}`, { auth, body: { role: "manager" } }),
        await side.send("DELETE", `${TEAM}/${id}`, { auth }),
      ];
      expect(answers.map(({ body }) => [body["status"], body["code"]])).toEqual(
        answers.map(() => [404, "partner.member_not_found"]),
      );
    }
  });
});

it("whoever works for a partner is no customer that it has brought", async () => {
  const email = newEmail();
  await invite(email);
  await join(await linkTo(email));
  const { body: link } = await ours().send("POST", "/api/v1/partners/referrals/link", {
    auth: owner().auth,
    body: { campaign: fresh("c") },
  });
  await ours().send("GET", `/r/${String(link["code"])}`);
  const [click] = await asOwner<{ id: string }>(database(), "select id from clicks where partner_id = $1", [
    owner().id,
  ]);
  const asked = await ours().send("POST", "/api/v1/referrals/convert", {
    auth: ours().operatorKey,
    body: { externalId: fresh("self"), clickId: click?.id, email },
  });
  expect(asked.body).toMatchObject({ code: "referral.self" });
});
