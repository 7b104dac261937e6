import { describe, expect, it } from "vitest";
import { FACTORS, factorSuite } from "../../test/kit/factor-suite.ts";
import { PASSWORD } from "../../test/kit/identity.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { User } from "./user-repository.ts";

const suite = factorSuite();
const { pass, call, password, show, now, tokenOf, acts, withApp, asked } = suite;

const STEP_UP = "/api/v1/auth/step-up";
/** As if they had signed in an hour ago. */
const forgetProof = ({ id }: User) =>
  asOwner(suite.database, "update sessions set proven_at = proven_at - interval '1 hour' where user_id = $1", [id]);

describe("proof of just now", () => {
  it("is asked before somebody is invited or given a role, and before a key is made: a session that was left open is not enough", async () => {
    const finance = await suite.bench.addPerson("finance");
    const admin = await suite.bench.addPerson("admin");
    const token = tokenOf(await password(admin));
    const acts = () =>
      Promise.all([
        call("POST", "/api/v1/admin/users", { token, body: { email: `${newId()}@people.test`, role: "admin" } }),
        call("PATCH", `/api/v1/admin/users/${finance.id}`, { token, body: { role: "support" } }),
        call("POST", "/api/v1/admin/api-keys", { token, body: { name: "A key", scopes: ["partners:read"] } }),
      ]);
    await forgetProof(admin);
    const refused = (await acts()).map(({ status, body }) => [status, body["code"]]);
    expect(refused).toEqual(Array.from({ length: 3 }, () => [403, "auth.step_up_required"]));
    expect((await call("POST", STEP_UP, { token, body: { password: PASSWORD } })).status).toBe(204);
    expect((await acts()).map(({ status }) => status)).toEqual([201, 200, 201]);
  });

  it("is asked before a factor is removed or added, and whoever has one shows it beside the password", async () => {
    const { token, secret, user } = await withApp();
    pass(20 * 60_000);
    const later = tokenOf(await show((await asked(user)).token, { code: now(secret) }));
    await forgetProof(user);
    expect((await call("DELETE", `${FACTORS}/totp`, { token: later })).body).toMatchObject({
      code: "auth.step_up_required",
    });
    expect((await call("POST", `${FACTORS}/passkeys/begin`, { token: later })).status).toBe(403);
    const wrong = await call("POST", STEP_UP, {
      token: later,
      body: { password: "not this one at all" },
    });
    expect(wrong.body).toMatchObject({ code: "auth.credentials_wrong" });
    const again = await call("POST", STEP_UP, { token: later, body: { password: PASSWORD } });
    expect(again).toMatchObject({
      status: 403,
      body: { code: "auth.step_up_factor_required", facts: { methods: ["totp", "recovery"] } },
    });
    // The password alone has shown nothing yet.
    expect((await call("DELETE", `${FACTORS}/totp`, { token: later })).status).toBe(403);
    const challenge = (again.body["facts"] as { token: string }).token;
    const answer = (body: object, by = later) =>
      call("POST", `${STEP_UP}/factor`, { token: by, body: { token: challenge, ...body } });
    expect((await answer({ code: "000000" })).body).toMatchObject({ code: "auth.factor_wrong" });
    expect((await show(challenge, { code: now(secret) })).body).toMatchObject({ code: "auth.challenge_invalid" });
    const thief = await withApp();
    expect((await answer({ code: now(thief.secret) }, thief.token)).body).toMatchObject({
      code: "auth.challenge_invalid",
    });
    expect((await answer({ code: now(secret) })).status).toBe(204);
    expect((await answer({ code: now(secret) })).body).toMatchObject({ code: "auth.challenge_invalid" });
    expect((await call("DELETE", `${FACTORS}/totp`, { token: later })).status).toBe(204);
    expect((await call("GET", "/api/v1/auth/me", { token })).status).toBe(401);
    expect((await password(user)).status).toBe(200);
  });

  it("is given by a recovery code as well, once, and its owner is told", async () => {
    const { token, codes, user } = await withApp();
    await forgetProof(user);
    const begin = async (): Promise<string> => {
      const { body } = await call("POST", STEP_UP, { token, body: { password: PASSWORD } });
      return (body["facts"] as { token: string }).token;
    };
    const answer = (challenge: string) =>
      call("POST", `${STEP_UP}/factor`, { token, body: { token: challenge, recoveryCode: codes[0] } });
    expect((await answer(await begin())).status).toBe(204);
    expect((await answer(await begin())).body).toMatchObject({ code: "auth.factor_wrong" });
    expect((await call("POST", `${FACTORS}/recovery-codes`, { token })).status).toBe(200);
    expect(await acts(user)).toContain("user.recovery_code_used");
    await suite.bench.runJobs();
    const mails = suite.bench.mails.filter(({ to }) => to === user.email).map(({ text }) => text);
    expect(mails.some((text) => text.includes("One of your recovery codes was used"))).toBe(true);
  });
});
