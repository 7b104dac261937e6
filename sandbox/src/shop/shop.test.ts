import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLICK_ID } from "./fake-tributary.ts";
import { openBrowser, openShopKit, type ShopKit, wordsOf } from "./shop-test-kit.ts";

const ANA = { name: "Ana Novak", email: "ana@example.com" };

describe("the shop", () => {
  let kit: ShopKit;
  beforeEach(async () => {
    kit = await openShopKit();
  });
  afterEach(() => kit.close());

  const calls = (path: string) => kit.tributary.calls.filter((call) => call.path === path);
  const conversions = () => calls("/api/v1/referrals/convert");
  const transactions = () => calls("/api/v1/transactions");
  const signUp = async (fields: Record<string, string> = {}, tid = CLICK_ID) => {
    await kit.browser.get(tid === "" ? "/" : `/?tid=${tid}`);
    return kit.browser.send("/signup", { ...ANA, ...fields });
  };
  const buy = (product = "studio", fields: Record<string, string> = {}) =>
    kit.browser.send(`/checkout/${product}`, fields);

  it("keeps the click of the landing page in its own cookie and names it when the visitor signs up", async () => {
    expect(wordsOf((await kit.browser.get(`/?tid=${CLICK_ID}`)).text)).toContain(
      "You came through a link of Blue Fern <Studio>",
    );
    expect(kit.browser.cookies.get("fernbill_click")).toBe(CLICK_ID);
    await kit.browser.get("/");
    const page = await kit.browser.send("/signup", { ...ANA, code: "" });
    expect(page.path).toBe("/account?done=welcome");
    expect(wordsOf(page.text)).toContain("You are now tied to Blue Fern <Studio> (code bluefern) , for good");
    expect(conversions()).toMatchObject([
      { status: 201, body: { clickId: CLICK_ID, email: ANA.email, emailVerified: true, ip: "127.0.0.1" } },
    ]);
    expect(conversions()[0]?.body["externalId"]).toMatch(/^FBC-/);
    expect(conversions()[0]?.body["deviceId"]).toBe(kit.browser.cookies.get("fernbill_device"));
  });

  it("ignores a click id that is none", async () => {
    await signUp({}, "%3Cscript%3E");
    expect(kit.browser.cookies.has("fernbill_click")).toBe(false);
    expect(conversions()).toEqual([]);
  });

  it("reports a purchase once, and shows what came of it: partner, each commission, how its figure comes about", async () => {
    await signUp();
    const words = wordsOf((await buy()).text);
    expect(transactions()).toMatchObject([
      { body: { kind: "payment", amount: 2900, currency: "USD", createCustomer: true } },
    ]);
    expect(words).toContain("worked this out for Blue Fern <Studio> (code bluefern) , who sent you");
    expect(words).toContain("Paid, less tax 29.00 × the partner's rate 10% Commission 2.90 USD");
    expect(words).toContain("Sign-up bonus, once for each customer Commission 50.00 USD");
    expect(words).toContain("Pending, clears 25 Dec 2026");
    expect(words).toContain("In time: yes, the partner is active");
  });

  it("takes a form that is sent twice for one purchase, one renewal, one refund", async () => {
    await signUp();
    const form = async (path: string) =>
      /name="form" value="(FB-[^"]+)"/.exec((await kit.browser.get(path)).text)?.[1] ?? "";
    const [bought, renewed, refunded] = [await form("/checkout/studio"), "FB-AAAAAAAA", "FB-BBBBBBBB"];
    for (const _ of [1, 2]) await buy("studio", { form: bought });
    for (const _ of [1, 2]) await kit.browser.send("/plan/renew", { form: renewed });
    for (const _ of [1, 2]) await kit.browser.send(`/acts/${bought}/refund`, { form: refunded, part: "all" });
    expect(transactions().map(({ body }) => [body["externalId"], body["kind"]])).toEqual([
      [bought, "payment"],
      [renewed, "payment"],
      [refunded, "refund"],
    ]);
  });

  it("pays the next month when it is told to, dated when it is due", async () => {
    await signUp();
    await buy();
    const page = await kit.browser.send("/plan/renew", {});
    const [first, second] = transactions().map(({ body }) => new Date(String(body["occurredAt"])));
    expect(second?.getUTCMonth()).toBe(((first?.getUTCMonth() ?? 0) + 1) % 12);
    expect(wordsOf(page.text)).toContain("Next month is paid.");
    expect(wordsOf(page.text)).not.toContain("Sign-up bonus");
  });

  it("refunds in part and in full, never more than is left, and names the payment", async () => {
    await signUp();
    const bought = /FB-\w+/.exec((await buy()).path)?.[0] ?? "";
    const refund = (fields: Record<string, string>) => kit.browser.send(`/acts/${bought}/refund`, fields);
    const part = wordsOf((await refund({ part: "some", amount: "10.00" })).text);
    expect(part).toContain("Taken back −1.00 USD");
    for (const amount of ["19.01", "0", "-1", "1.001", "ten", ""]) {
      const refused = await refund({ part: "some", amount });
      expect([refused.status, wordsOf(refused.text)]).toEqual([
        422,
        expect.stringContaining("19.00 USD can be refunded"),
      ]);
    }
    await refund({ part: "all" });
    expect(
      transactions()
        .slice(1)
        .map(({ body }) => [body["kind"], body["amount"], body["originalExternalId"]]),
    ).toEqual([
      ["refund", 1000, bought],
      ["refund", 1900, bought],
    ]);
    expect((await refund({ part: "all" })).status).toBe(422);
    expect(transactions()).toHaveLength(3);
  });

  it("shows what a full refund of the first payment cancels", async () => {
    await signUp();
    const bought = /FB-\w+/.exec((await buy()).path)?.[0] ?? "";
    const words = wordsOf((await kit.browser.send(`/acts/${bought}/refund`, { part: "all" })).text);
    expect(words).toContain(
      "Taken back from the commission Refunded so far 29.00 of 29.00 × the commission 2.90 Taken back −2.90 USD",
    );
    expect(words).toContain("Sign-up bonus Cancelled −50.00 USD");
  });

  it("lets a code count before the click, and the click where there is no such code", async () => {
    await signUp({ code: "FERN10" });
    expect(conversions().map(({ body, status }) => [body["couponCode"], status])).toEqual([["FERN10", 201]]);
    const other = openBrowser(() => kit.shop().url);
    await other.get(`/?tid=${CLICK_ID}`);
    await other.send("/signup", { name: "Ben", email: "ben@example.com", code: "NONE" });
    const tried = conversions().slice(1);
    expect(
      tried.map(({ body, status }) => [body["couponCode"] ?? body["referralCode"] ?? body["clickId"], status]),
    ).toEqual([
      ["NONE", 404],
      ["NONE", 409],
      [CLICK_ID, 201],
    ]);
    expect(new Set(tried.map(({ key }) => key)).size).toBe(3);
  });

  it("takes a code at the checkout of a customer whom nobody has brought, and reports it before the payment", async () => {
    const page = await signUp({}, "");
    expect(wordsOf(page.text)).toContain("you came without a partner's link or code");
    expect((await kit.browser.get("/checkout/studio")).text).toContain('name="code"');
    expect(wordsOf((await buy("studio", { code: "FERN10" })).text)).toContain("Commission 2.90 USD");
    expect(kit.tributary.calls.map(({ path }) => path.split("/").at(-1))).toEqual(["convert", "transactions"]);
    expect((await kit.browser.get("/checkout/studio")).text).not.toContain('name="code"');
  });

  it("says that nobody has a commission where nobody brought the customer", async () => {
    await signUp({}, "");
    expect(wordsOf((await buy()).text)).toContain("nobody has a commission on it");
  });

  it("says why Tributary refused a payment; the purchase stands", async () => {
    await signUp();
    const words = wordsOf((await buy("solo")).text);
    expect(words).toContain("Tributary refused it: No customer has this external id. Your purchase is not affected.");
    expect(words).toContain("Paid. Thank you.");
  });

  it("says less, and no wrong word, where Tributary cannot be asked what came of it", async () => {
    await signUp();
    const { path } = await buy();
    await kit.restart({ apiKey: { id: "other", secret: "key" } });
    expect(wordsOf((await kit.browser.get(path)).text)).toContain("cannot be looked up right now");
  });

  it("sends visitors to sign up and on to what they wanted; signing in again and out works", async () => {
    expect((await kit.browser.get("/checkout/studio")).path).toBe("/signup?next=studio");
    expect((await kit.browser.get("/account")).path).toBe("/signin");
    expect((await signUp({ next: "studio" })).path).toBe("/checkout/studio");
    expect((await kit.browser.send("/signout", {})).path).toBe("/");
    expect((await kit.browser.send("/signin", { email: "nobody@example.com" })).status).toBe(422);
    expect((await kit.browser.send("/signin", { email: "ANA@example.com" })).path).toBe("/account");
    expect((await kit.browser.get("/signup?next=studio")).text).toContain('href="/signin?next=studio"');
    const bought = await kit.browser.send("/signin", { email: "ana@example.com", next: "studio" });
    expect(bought.path).toBe("/checkout/studio");
    expect((await openBrowser(() => kit.shop().url).send("/signup", ANA)).status).toBe(422);
    for (const wrong of [{ name: "" }, { email: "ana" }]) expect((await signUp(wrong)).status).toBe(422);
  });

  it("shows and changes nobody else's payments", async () => {
    await signUp();
    const bought = /FB-\w+/.exec((await buy()).path)?.[0] ?? "";
    const other = openBrowser(() => kit.shop().url);
    await other.send("/signup", { name: "Ben", email: "ben@example.com" });
    expect((await other.get(`/account?act=${bought}`)).text).not.toContain(bought);
    expect((await other.send(`/acts/${bought}/refund`, { part: "all" })).status).toBe(404);
    await other.send("/checkout/studio", { form: bought });
    expect(new Set(transactions().map(({ body }) => body["externalId"])).size).toBe(2);
  });

  it("escapes whatever is typed, runs no script, and takes forms from its own pages alone", async () => {
    const evil = `<script>alert('x')</script>`;
    const pages = [
      await signUp({ name: evil }),
      await kit.browser.send("/signup", { name: evil, email: evil, code: evil }),
    ];
    for (const page of [
      ...pages,
      await kit.browser.get(`/?tid=${encodeURIComponent(evil)}`),
      await kit.browser.get("/nothing"),
    ]) {
      expect(page.text).not.toMatch(/<script|\son[a-z]+=/i);
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    expect((await kit.browser.get("/nothing")).status).toBe(404);
  });

  it.each([
    ["its own pages", { "sec-fetch-site": "same-origin", origin: "null" }, 303],
    ["its own pages, in a browser that says only the origin", { origin: "SHOP" }, 303],
    ["another site", { "sec-fetch-site": "cross-site", origin: "null" }, 403],
    ["another port of this machine", { "sec-fetch-site": "same-site", origin: "SHOP" }, 403],
    ["another site, in a browser that says only the origin", { origin: "https://example.com" }, 403],
    ["nobody knows where", { origin: "null" }, 403],
  ])("answers a form from %s", async (_, headers, status) => {
    const { url } = kit.shop();
    const answer = await fetch(`${url}/signup`, {
      method: "POST",
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, value.replace("SHOP", url)]),
      body: new URLSearchParams(ANA),
      redirect: "manual",
    });
    expect(answer.status).toBe(status);
    // A page that forbids the referrer makes browsers post with the origin `null`.
    expect((await fetch(`${url}/signup`)).headers.get("referrer-policy")).toBe("same-origin");
  });
});
