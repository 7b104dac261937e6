import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLICK_ID, startFakeTributary } from "./fake-tributary.ts";
import { openBrowser, openShopKit, type ShopKit, wordsOf } from "./shop-test-kit.ts";
import { startShop } from "./start-shop.ts";

describe("a shop whose Tributary is in trouble", () => {
  let kit: ShopKit;
  beforeEach(async () => {
    kit = await openShopKit();
    await kit.browser.get(`/?tid=${CLICK_ID}`);
    await kit.browser.send("/signup", { name: "Ana", email: "ana@example.com" });
  });
  afterEach(() => kit.close());

  const payments = () => kit.tributary.calls.filter(({ path }) => path.endsWith("/transactions"));
  const buy = async () => wordsOf((await kit.browser.send("/checkout/studio", {})).text);
  const retry = async () => wordsOf((await kit.browser.send("/reports/retry", {})).text);

  it.each([
    { failure: 500, words: "Tributary is in trouble itself (500)" },
    { failure: 429, words: "Tributary asks the shop to slow down" },
    { failure: 403, words: "Tributary does not admit the shop's key" },
    { failure: "silence", words: "Tributary takes too long to answer" },
    { failure: "act, then silence", words: "Tributary takes too long to answer" },
  ] as const)(
    "says so ($failure), and tells it again under the same key with the same bytes: one payment",
    async ({ failure, words }) => {
      kit.tributary.fail(failure);
      const shown = await buy();
      expect(shown).toContain(words);
      expect(shown).toContain("Paid. Thank you.");
      expect(await retry()).toContain("Commission 2.90 USD");
      const [first, second] = payments();
      expect(second?.key).toBe(first?.key);
      expect(second?.body).toEqual(first?.body);
      expect(kit.tributary.transactions.size).toBe(1);
    },
  );

  it("lets no payment overtake the conversion it rests on", async () => {
    await kit.browser.send("/signout", {});
    kit.tributary.calls.length = 0;
    kit.tributary.fail(500, 500, 500);
    await kit.browser.get(`/?tid=${CLICK_ID}`);
    const page = await kit.browser.send("/signup", { name: "Ben", email: "ben@example.com" });
    expect(wordsOf(page.text)).toContain(
      "Tributary is in trouble itself (500). Nobody is tied to you; your account is not affected.",
    );
    await buy();
    expect(payments()).toEqual([]);
    await retry();
    await retry();
    await retry();
    expect(kit.tributary.calls.filter(({ status }) => status < 300).map(({ path }) => path.split("/").at(-1))).toEqual([
      "convert",
      "transactions",
    ]);
  });

  it("still has what it was to tell after a restart, and tells it when it is connected", async () => {
    kit.tributary.fail(500);
    await buy();
    const { tributary } = kit;
    await kit.restart({ tributaryUrl: "http://127.0.0.1:9", apiKey: tributary.apiKey });
    expect(await retry()).toContain("Tributary does not answer at http://127.0.0.1:9");
    kit.shop().connect({ url: tributary.url, apiKey: tributary.apiKey, docsUrl: "http://127.0.0.1:8080/docs#sales" });
    expect(await retry()).toContain("Commission 2.90 USD");
    expect((await kit.browser.get("/account")).text).toContain("http://127.0.0.1:8080/docs#sales");
    expect(new Set(payments().map(({ key }) => key)).size).toBe(1);
  });
});

describe("a shop that has no key yet", () => {
  it("sells all the same, says what is missing, and tells everything once it is connected", async () => {
    const tributary = await startFakeTributary();
    const shop = await startShop();
    const browser = openBrowser(() => shop.url);
    await browser.get(`/?tid=${CLICK_ID}`);
    await browser.send("/signup", { name: "Ana", email: "ana@example.com" });
    const bought = await browser.send("/checkout/studio", {});
    expect(wordsOf(bought.text)).toContain("The shop has no key for Tributary yet. Your purchase is not affected.");
    shop.connect({ url: tributary.url, apiKey: { id: "wrong", secret: "wrong" } });
    const refused = await browser.send("/reports/retry", {});
    expect(wordsOf(refused.text)).toContain("does not admit the shop's key: This key is not known");
    shop.connect({ url: tributary.url, apiKey: tributary.apiKey });
    expect(wordsOf((await browser.send("/reports/retry", {})).text)).toContain("Commission 2.90 USD");
    expect(tributary.calls.map(({ status }) => status)).toEqual([201, 200]);
    await shop.close();
    await tributary.close();
  });
});
