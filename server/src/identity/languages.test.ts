import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IdentityBench, linkToken, openIdentity, PASSWORD, type Tenancy } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import type { User } from "./user-repository.ts";

const NEW_PASSWORD = "drei Katzen auf dem Dach";
const HEBREW = /\p{Script=Hebrew}/u;
const IN_HEBREW = "he-IL,he;q=0.9,en;q=0.8";

let database: ClonedDatabase;
let bench: IdentityBench;
beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database);
});
afterAll(() => bench?.[Symbol.asyncDispose]());

let caller = 0;
type Asking = { readonly language?: string; readonly auth?: string; readonly tenancy?: Tenancy };
const ask = (
  method: "GET" | "POST" | "PUT",
  url: string,
  { language, auth, tenancy = bench.operator }: Asking,
  body?: object,
) =>
  bench.app.inject({
    method,
    url,
    ...(body && { payload: body }),
    headers: {
      host: tenancy.host,
      "x-forwarded-for": `203.0.113.${(caller += 1)}`,
      ...(language !== undefined && { "accept-language": language }),
      ...(auth !== undefined && { authorization: auth }),
    },
  });
const post = (url: string, body: object, asking: Asking = {}) => ask("POST", `/api/v1/auth/${url}`, asking, body);
const form = (url: string, fields: Record<string, string>, language: string) =>
  bench.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      host: bench.operator.host,
      "content-type": "application/x-www-form-urlencoded",
      "x-forwarded-for": `203.0.113.${(caller += 1)}`,
      "accept-language": language,
    },
  });

const keptOf = async ({ id }: Pick<User, "id">): Promise<unknown> =>
  (await asOwner(database, "select language from users where id = $1", [id]))[0]?.["language"];
/** The mail that somebody is sent for a reset. */
async function resetMailTo(user: User, asking: Asking = {}) {
  await bench.runJobs();
  bench.mails.length = 0;
  expect((await post("password/request-reset", { email: user.email }, asking)).statusCode).toBe(202);
  await bench.runJobs();
  expect(bench.mails).toHaveLength(1);
  return bench.mails[0];
}
async function signInAs(user: User, asking: Asking = {}): Promise<string> {
  const answer = await post("sign-in", { email: user.email, password: PASSWORD }, asking);
  expect(answer.statusCode).toBe(200);
  return `Bearer ${answer.json<{ accessToken: string }>().accessToken}`;
}

describe("the language of a mail", () => {
  it("of somebody who never said which is that of whoever caused it, and is not taken for theirs", async () => {
    const user = await bench.addPerson("finance");
    expect((await resetMailTo(user, { language: IN_HEBREW }))?.subject).toMatch(HEBREW);
    expect((await resetMailTo(user))?.subject).toBe("Set a new password for Test");
    expect(await keptOf(user)).toBeNull();
  });

  it("is the one in which somebody signed in first, until they choose another; the link's page is in it too", async () => {
    const user = await bench.addPerson("finance");
    await signInAs(user, { language: IN_HEBREW });
    const auth = await signInAs(user, { language: "en" });
    const mail = await resetMailTo(user, { language: "en" });
    expect(mail?.subject).toMatch(HEBREW);
    expect(mail?.text).toMatch(/\/auth\/reset-password\?token=[\w-]+&lang=he\s/);
    expect((await ask("GET", "/api/v1/auth/me", { auth })).json()).toMatchObject({ language: "he" });
    const chosen = await ask("PUT", "/api/v1/auth/me/language", { auth }, { language: "en" });
    expect(chosen.statusCode).toBe(204);
    const english = await resetMailTo(user, { language: IN_HEBREW });
    expect(english?.subject).toBe("Set a new password for Test");
    expect(english?.text).toContain("&lang=en");
  });

  it("is not waited for by somebody who signs in several times at once", async () => {
    const user = await bench.addPerson("finance");
    const auths = await Promise.all(["he", "en", "he"].map((language) => signInAs(user, { language })));
    expect(new Set(auths).size).toBe(3);
    await signInAs(user, { language: "he" });
    expect(await keptOf(user)).toMatch(/^(he|en)$/);
  });

  it("is chosen of those that there are, by somebody who is signed in, for themselves alone", async () => {
    const user = await bench.addPerson("finance");
    const other = await bench.addPerson("finance");
    const auth = await signInAs(user);
    for (const body of [{ language: "tlh" }, { language: "" }, {}, { language: "he", userId: other.id }])
      expect((await ask("PUT", "/api/v1/auth/me/language", { auth }, body)).statusCode).toBe(400);
    expect((await ask("PUT", "/api/v1/auth/me/language", {}, { language: "he" })).statusCode).toBe(401);
    const elsewhere = { auth, tenancy: bench.neighbour };
    expect((await ask("PUT", "/api/v1/auth/me/language", elsewhere, { language: "he" })).statusCode).toBe(401);
    expect((await ask("PUT", "/api/v1/auth/me/language", { auth }, { language: "he" })).statusCode).toBe(204);
    expect([await keptOf(user), await keptOf(other)]).toEqual(["he", null]);
  });

  it("of an invitation is the inviter's; whoever takes it is written to in their own from then on", async () => {
    const ctx = { ...bench.operator.ctx, language: "he" as const };
    const invited = await bench.identity.inviteUser(ctx, { email: "new@people.test", name: null, role: "support" });
    bench.mails.length = 0;
    await bench.runJobs();
    expect(bench.mails[0]?.subject).toMatch(HEBREW);
    // Which they read, nobody knows yet: the page asks their browser.
    expect(bench.mails[0]?.text).not.toContain("lang=");
    const fields = { token: linkToken(bench.mails), name: "Noa", password: NEW_PASSWORD };
    const joined = await form("/auth/accept-invitation", fields, "en-GB");
    expect([joined.statusCode, joined.body.includes("Welcome. Sign in")]).toEqual([200, true]);
    expect(await keptOf(invited)).toBe("en");
  });
});

describe("a page that a mail leads to", () => {
  const PATHS = ["verify-email", "reset-password", "accept-invitation", "set-up"];

  it("is in the language that its address names, else in the browser's, else in English, and offers the other with its token", async () => {
    for (const path of PATHS) {
      const url = `/auth/${path}?token=abc`;
      const pages = [
        await ask("GET", url, {}),
        await ask("GET", url, { language: IN_HEBREW }),
        await ask("GET", `${url}&lang=he`, { language: "en" }),
        await ask("GET", `${url}&lang=en`, { language: IN_HEBREW }),
        await ask("GET", `${url}&lang=tlh`, { language: "fr" }),
      ];
      const opening = /<html lang="(..)" dir="(...)">/;
      expect(pages.map(({ body }) => opening.exec(body)?.slice(1).join(" "))).toEqual([
        "en ltr",
        "he rtl",
        "he rtl",
        "en ltr",
        "en ltr",
      ]);
      expect(pages[0]?.body).toContain('<a href="?token=abc&amp;lang=he" lang="he" hreflang="he">עברית</a>');
      expect(pages[1]?.body).toContain('<a href="?token=abc&amp;lang=en" lang="en" hreflang="en">English</a>');
      const words = (pages[1]?.body ?? "").replaceAll(
        /<style>.*<\/style>|<script>.*<\/script>|<nav>.*<\/nav>|<[^>]*>/gs,
        "",
      );
      expect(words.replace("Partners", "")).not.toMatch(/[a-z]/i);
    }
  });

  it("refuses in its language, and says no more of what was typed than before", async () => {
    const fields = { token: "abc", password: NEW_PASSWORD };
    const refused = await form("/auth/reset-password", fields, IN_HEBREW);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('role="alert">הקישור אינו תקף');
    expect(refused.body).not.toContain(NEW_PASSWORD);
    // What a form leads to has no address that could be asked for in another language.
    expect(refused.body).toContain("<nav></nav>");
    const odd = await form("/auth/reset-password", { nothing: "of it" }, IN_HEBREW);
    expect([odd.statusCode, odd.body.includes("משהו בטופס חסר")]).toEqual([400, true]);
  });
});
