import { describe, expect, it } from "vitest";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { TEAM, teamSuite } from "../../test/kit/team-suite.ts";

const LEFT = "What somebody of your team with Partners has made goes on working";

const { database, tenants, ours, owner, team } = teamSuite();

const handOver = (id: string, auth = owner().auth) => ours().send("POST", `${TEAM}/${id}/owner`, { auth });
const roleOf = async (auth: string) => (await must(ours(), "GET", "/api/v1/auth/me", { auth }))["teamRole"];
const mailsTo = async (email: string) => {
  await tenants().world.settle();
  await tenants().world.settle();
  return tenants().world.mails.filter(({ to }) => to === email);
};
/** Somebody on the team, with the mail that they read. */
async function colleague(role: "manager" | "finance" | "viewer" = "manager") {
  const auth = await ours().addColleague(owner(), role);
  const member = (await team()).members.at(-1);
  return { auth, id: member?.id ?? "", email: member?.email ?? "" };
}
const makeWebhook = (auth: string, path: string) =>
  must(ours(), "POST", "/api/v1/partner-api/webhooks", {
    auth,
    body: { url: `http://127.0.0.1:9/${path}`, events: ["commission.*"] },
  });

describe("a partner that is handed over", () => {
  it("is owned by its colleague from then on, keeps who owned it as a manager, tells both, and is in the trail", async () => {
    const other = await colleague("viewer");
    const { status, body } = await handOver(other.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      owner: { email: other.email },
      members: [{ email: owner().email, role: "manager", status: "joined" }],
    });
    expect([await roleOf(other.auth), await roleOf(owner().auth)]).toEqual(["owner", "manager"]);
    expect(await must(ours(), "GET", "/api/v1/partners/profile", { auth: other.auth })).toMatchObject({
      id: owner().id,
    });
    expect((await handOver((await team()).members[0]?.id ?? "")).status).toBe(403);
    expect((await mailsTo(other.email)).at(-1)?.subject).toBe("You own your partner's account with Partners");
    expect((await mailsTo(owner().email)).at(-1)?.subject).toBe(
      "You have handed over your partner's account with Partners",
    );
    const acts = await asOwner<{ before: object; after: object }>(
      database(),
      "select before, after from audit_log where action = 'partner.owner_changed' and target_id = $1",
      [owner().id],
    );
    expect(acts).toHaveLength(1);
  });

  it("may be handed back, and hears of its news where its owner is", async () => {
    const other = await colleague();
    await handOver(other.id);
    const back = (await team(other.auth)).members[0]?.id ?? "";
    expect((await handOver(back, other.auth)).status).toBe(200);
    expect([await roleOf(other.auth), await roleOf(owner().auth)]).toEqual(["manager", "owner"]);
  });

  it("is handed over by its owner alone, who has shown just now who they are, to who has joined", async () => {
    const other = await colleague();
    expect((await handOver(other.id, other.auth)).body).toMatchObject({ code: "access.scope_missing" });
    const invited = await must(ours(), "POST", TEAM, {
      auth: owner().auth,
      body: { email: `${fresh("invited")}@team.test`, role: "viewer" },
    });
    expect((await handOver(String(invited["id"]))).body).toMatchObject({ code: "partner.member_not_joined" });
    await asOwner(
      database(),
      "update sessions set proven_at = proven_at - interval '1 hour' where user_id = (select user_id from partners where id = $1)",
      [owner().id],
    );
    expect((await handOver(other.id)).body).toMatchObject({ status: 403, code: "auth.step_up_required" });
    expect(await team()).toMatchObject({ owner: { email: owner().email } });
  });

  it("is not handed over by another tenant's, nor to somebody else's colleague", async () => {
    const other = await colleague();
    const { theirs } = tenants();
    expect((await theirs.send("POST", `${TEAM}/${other.id}/owner`, { auth: theirs.partner.auth })).status).toBe(404);
    expect((await handOver(other.id, ours().rival.auth)).body).toMatchObject({ code: "partner.member_not_found" });
  });

  it("to two at once has one of them as its owner, and the other on its team still", async () => {
    const [one, two] = [await colleague(), await colleague("finance")];
    const answers = await Promise.all([handOver(one.id), handOver(two.id)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, expect.any(Number)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const roles = [await roleOf(one.auth), await roleOf(two.auth), await roleOf(owner().auth)];
    expect(roles.filter((role) => role === "owner")).toHaveLength(1);
    expect(roles[2]).toBe("manager");
  });

  it("while its colleague is taken off the team has an owner who is on it", async () => {
    const other = await colleague();
    const [handed, removed] = await Promise.all([
      handOver(other.id),
      ours().send("DELETE", `${TEAM}/${other.id}`, { auth: owner().auth }),
    ]);
    expect([handed.status, removed.status].filter((status) => status < 300)).toHaveLength(1);
    expect(await roleOf(owner().auth)).toBe(handed.status === 200 ? "manager" : "owner");
  });
});

describe("what somebody leaves behind who is taken off a team", () => {
  it("goes on working, and the owner is told by mail what it is", async () => {
    const other = await colleague();
    await makeWebhook(other.auth, "theirs");
    await makeWebhook(owner().auth, "mine");
    expect((await ours().send("DELETE", `${TEAM}/${other.id}`, { auth: owner().auth })).status).toBe(204);
    const mail = (await mailsTo(owner().email)).find(({ subject }) => subject === LEFT);
    expect(mail?.text).toContain("Webhook endpoint http://127.0.0.1:9/theirs");
    expect(mail?.text).not.toContain("9/mine");
    const { data } = await must(ours(), "GET", "/api/v1/partner-api/webhooks", { auth: owner().auth });
    expect((data as { status: string }[]).map(({ status }) => status)).toEqual(["active", "active"]);
  });

  it("counts the keys of who owned it before", async () => {
    const other = await colleague();
    await ours().makeKey(owner().auth, "partner", ["own:profile:read"]);
    await handOver(other.id);
    const former = (await team(other.auth)).members[0]?.id ?? "";
    await must(ours(), "DELETE", `${TEAM}/${former}`, { auth: other.auth });
    const mail = (await mailsTo(other.email)).find(({ subject }) => subject === LEFT);
    expect(mail?.text).toMatch(/API key \S/);
  });

  it("is not spoken of where there is nothing", async () => {
    const other = await colleague("viewer");
    await must(ours(), "DELETE", `${TEAM}/${other.id}`, { auth: owner().auth });
    expect((await mailsTo(owner().email)).map(({ subject }) => subject)).not.toContain(LEFT);
  });
});
