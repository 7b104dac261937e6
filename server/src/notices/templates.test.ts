import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { createOutbox } from "../platform/outbox/index.ts";

let database: ClonedDatabase;
let world: WholeApp;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const URL = "/api/v1/admin/notice-templates";
const words = { subject: "{{amount}} of {{programme}}", text: "Dear <partner>,\n\nyou have {{amount}}." };
type View = {
  name: string;
  code: string;
  version: number;
  isDefault: boolean;
  subject: string;
  html: string;
  data: View[];
  nextCursor: unknown;
};
const ask = (method: "GET" | "PUT" | "POST" | "DELETE", path = "", body?: object) =>
  world.send<View>(method, `${URL}${path}`, { auth: world.operatorKey, key: newId(), ...(body && { body }) });

describe("the words of a mail", () => {
  it("are the operator's in the next mail, escaped whole in its HTML, and the program's again when that is wished", async () => {
    const ada = await world.addPartner({ email: "ada@partners.test" });
    const tell = async () => {
      world.mails.length = 0;
      const data = { partnerId: ada.id, amount: 1_250n, currency: "USD" };
      await world.app.db.transaction(world.ctx(), (tx) =>
        createOutbox(() => ({})).publish(tx, [
          { type: "payout.completed", objectType: "payout", objectId: newId(), data },
        ]),
      );
      await world.settle();
      await world.settle();
      return world.mails.findLast(({ to }) => to === "ada@partners.test");
    };
    expect(await ask("PUT", "/payout_completed", words)).toMatchObject({ status: 200, body: { version: 1 } });
    const mail = await tell();
    expect(mail).toMatchObject({ subject: "12.50 USD of Partners" });
    expect(mail?.html).toContain("<p>Dear &lt;partner&gt;,</p><p>you have 12.50 USD.</p>");
    expect(await ask("DELETE", "/payout_completed")).toMatchObject({ body: { version: 2, isDefault: true } });
    expect(await tell()).toMatchObject({ subject: "A payout of 12.50 USD was made" });
    const { body } = await ask("GET", "/payout_completed/versions");
    expect(body.data).toMatchObject([
      { version: 2, written: null },
      { version: 1, written: words },
    ]);
    const first = await ask("GET", "/payout_completed/versions?limit=1&sort=version");
    expect(first.body).toMatchObject({ data: [{ version: 1 }], nextCursor: expect.any(String) });
    const rest = `/payout_completed/versions?limit=1&sort=version&cursor=${String(first.body.nextCursor)}`;
    expect((await ask("GET", rest)).body).toMatchObject({ data: [{ version: 2 }], nextCursor: null });
  });

  it("that name what there is not are refused by its name, and nothing changes", async () => {
    const before = await ask("GET");
    const refused = await ask("PUT", "/payout_failed", { ...words, text: "{{iban}}" });
    expect(refused).toMatchObject({ status: 400, body: { code: "notice.fact_unknown", facts: { fact: "iban" } } });
    expect(await ask("PUT", "/weather", words)).toMatchObject({ status: 400 });
    expect(await ask("PUT", "/payout_failed", { subject: "a\nb", text: "c" })).toMatchObject({ status: 400 });
    expect((await ask("GET")).body).toEqual(before.body);
  });

  it("are numbered without a gap by whoever writes at the same time", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask("PUT", "/tier_changed", { subject: "a", text: "b" })));
    expect(answers.map(({ body }) => body.version).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  it("are shown with examples before they are in force, and nothing is kept of that", async () => {
    const shown = await ask("POST", "/payout_failed/preview", { written: words });
    expect(shown).toMatchObject({ status: 200, body: { subject: "12.50 USD of Partners" } });
    expect(shown.body.html).toContain("&lt;partner&gt;");
    const kept = await asOwner(database, "select 1 from notice_templates where name = 'payout_failed'");
    expect(kept).toEqual([]);
  });

  it("are of a language each: the reader's own, else the operator's English ones, else the program's in the reader's language", async () => {
    const noa = await world.addPartner({ email: "noa@partners.test" });
    const chosen = await world.send("PUT", "/api/v1/auth/me/language", { auth: noa.auth, body: { language: "he" } });
    expect(chosen.status).toBe(204);
    const tell = async () => {
      world.mails.length = 0;
      const data = { partnerId: noa.id, amount: 125_000n, currency: "ILS" };
      await world.app.db.transaction(world.ctx(), (tx) =>
        createOutbox(() => ({})).publish(tx, [
          { type: "payout.returned", objectType: "payout", objectId: newId(), data },
        ]),
      );
      await world.settle();
      await world.settle();
      return world.mails.findLast(({ to }) => to === "noa@partners.test");
    };
    const brought = await tell();
    expect(brought).toMatchObject({ subject: "תשלום חזר" });
    expect(brought?.html).toContain('<html lang="he" dir="rtl">');
    expect(brought?.text).toContain("1,250.00\u200f ILS");

    const path = "/payout_returned";
    const english = { subject: "Back: {{amount}}", text: "It came back." };
    const hebrew = { subject: "חזר: {{amount}}", text: "התשלום חזר." };
    expect(await ask("PUT", path, english)).toMatchObject({ body: { version: 1, language: "en", writtenIn: "en" } });
    const shown = await ask("GET", "?language=he");
    expect(shown.body.data.find((view) => view.name === "payout_returned")).toMatchObject({
      ...english,
      language: "he",
      writtenIn: "en",
      version: 0,
      isDefault: false,
    });
    const inEnglish = await tell();
    expect(inEnglish).toMatchObject({ subject: "Back: 1,250.00 ILS" });
    expect(inEnglish?.html).toContain('<html lang="en" dir="ltr">');

    expect(await ask("PUT", `${path}?language=he`, hebrew)).toMatchObject({ body: { version: 1, writtenIn: "he" } });
    expect(await tell()).toMatchObject({ subject: "חזר: 1,250.00\u200f ILS" });
    const preview = await ask("POST", `${path}/preview?language=he`, { written: hebrew });
    expect(preview.body.html).toContain('dir="rtl"');
    const versions = async (language: string) =>
      (await ask("GET", `${path}/versions?language=${language}`)).body.data.map(({ version }) => version);
    expect([await versions("en"), await versions("he")]).toEqual([[1], [1]]);

    await ask("DELETE", `${path}?language=he`);
    await ask("DELETE", path);
    expect(await tell()).toMatchObject({ subject: "תשלום חזר" });
    expect(await ask("PUT", `${path}?language=tlh`, english)).toMatchObject({ status: 400 });
  });

  it("are sent as a test to the person who asks", async () => {
    expect(await ask("POST", "/payout_failed/test")).toMatchObject({ status: 202 });
    const admin = await asOwner<{ id: string }>(database, "select user_id as id from partners limit 1");
    world.mails.length = 0;
    await world.app.notices.sendTest(world.ctx(), { name: "payout_failed", userId: admin[0]?.id ?? "" });
    expect(world.mails).toMatchObject([{ subject: "[Test] A payout did not reach you" }]);
  });
});
