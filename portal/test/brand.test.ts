import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_ACCENT } from "../../server/src/platform/default-look.ts";
import { LANGUAGES } from "../../server/src/platform/language/index.ts";
import { PLAIN_LOOK } from "../../server/src/platform/mail/index.ts";
import { styleOf } from "../../server/src/platform/pages/render-page.ts";
import { plainBranding } from "../../server/src/whitelabel/branding.ts";
import { BRAND } from "../src/ui/theme.ts";
import { CHROMIUM, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

it("is the same colour before anybody has chosen one, in the portal, in mails and on the pages that mails lead to", async () => {
  expect(BRAND).toBe(DEFAULT_ACCENT);
  expect(PLAIN_LOOK.button).toBe(DEFAULT_ACCENT);
  expect(plainBranding("Any")).toMatchObject({ accent: DEFAULT_ACCENT, mail: { button: DEFAULT_ACCENT } });
  expect(await readFile(new URL("../public/mark.svg", import.meta.url), "utf8")).toContain(`fill="${DEFAULT_ACCENT}"`);
  expect(styleOf(plainBranding("Any"))).toContain(`background:${DEFAULT_ACCENT}`);
});

it("is in the languages in which the server writes", async () => {
  const source = await readFile(new URL("../src/i18n/locale.ts", import.meta.url), "utf8");
  const ours = Object.entries(LANGUAGES).map(
    ([language, { name, direction }]) => `${language}: { name: "${name}", direction: "${direction}" }`,
  );
  expect(source).toContain(`LOCALES = { ${ours.join(", ")} }`);
});

/** How a programme looks, where people come in. */
describe.skipIf(CHROMIUM === undefined)("a brand", () => {
  let portal: PortalWorld;
  let browser: Browser;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("is put on when the page is opened: words, mark, links and a colour that can be read, in light and dark", async () => {
    const saved = await portal.world.send("PUT", "/api/v1/admin/branding", {
      auth: portal.world.operatorKey,
      body: {
        name: "Acme",
        accent: "#ffd400",
        radius: 2,
        font: "system",
        welcome: "Welcome to <b>Acme</b>",
        links: { terms: "https://acme.test/terms", privacy: null, imprint: null, help: null },
        mail: { ground: "#ffffff", text: "#161a1f", button: "#4453d6", buttonText: "#ffffff" },
        version: 0,
        logo: { name: "logo.png", content: DOT },
      },
    });
    expect(saved.status).toBe(200);
    for (const scheme of ["light", "dark"] as const) {
      const { page, complaints, close } = await openWindow(browser, portal.url, { scheme, width: 1280 });
      await page.goto("/portal/");
      await page.getByText("Welcome to <b>Acme</b>").waitFor();
      expect(await page.getByRole("link", { name: "Terms" }).getAttribute("href")).toBe("https://acme.test/terms");
      expect(await page.locator("main img").getAttribute("src")).toMatch(/^\/api\/v1\/brand\/images\//);
      const fill = await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent-fill')");
      expect(fill).not.toBe("");
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  }, 60_000);

  it("is read in a language that is kept for mails, whose words are written in each", async () => {
    const email = await portal.addMember("support");
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, email, PASSWORD);
    const kept = page.waitForResponse((response) => response.url().endsWith("/api/v1/auth/me/language"));
    await page.getByRole("button", { name: "עברית" }).click();
    expect((await kept).status()).toBe(204);
    await page.locator("html[lang=he][dir=rtl]").waitFor();
    await visit(page, "/settings?tab=templates");
    await page.getByText("תשלום של {{amount}} בוצע").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel("שפת ההודעות").selectOption("en");
    await page.getByText("A payout of {{amount}} was made").waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("has a domain of its own entered in the settings, with its records to copy and what is missing, and removed again", async () => {
    const email = await portal.addMember("admin");
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, email, PASSWORD);
    await visit(page, "/settings?tab=domains");
    await page.getByLabel("Domain", { exact: true }).fill("Partners.Acme-Cards.com");
    await page.getByRole("button", { name: "Enter a domain" }).click();
    const panel = page.getByRole("region", { name: "partners.acme-cards.com" });
    await panel.getByText("Waits for its records").waitFor();
    await panel.getByText("_tributary.partners.acme-cards.com").waitFor();
    expect(await panel.getByRole("button", { name: /^Copy/ }).count()).toBe(4);
    await portal.world.settle();
    await panel.getByText("DNS gave no answer").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await panel.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("No domain of your own").waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("that cannot be asked for leaves the page as it is built", async () => {
    const { page, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await page.route("**/api/v1/brand", (route) => route.abort());
    await page.goto("/portal/");
    const button = page.getByRole("button", { name: "Sign in", exact: true });
    await button.waitFor();
    expect(await page.locator("main img").getAttribute("src")).toMatch(/mark\.svg$/);
    await close();
  }, 60_000);
});
