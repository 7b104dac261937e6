import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const PARTNER = "ada@partners.test";

describe.skipIf(CHROMIUM === undefined)("taxes in a browser", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let operator: string;

  beforeAll(async () => {
    portal = await openPortal();
    operator = await portal.addMember("admin");
    const { world } = portal;
    const partner = await world.addPartner({ email: PARTNER });
    const { send, operatorKey } = world;
    await send("PUT", "/api/v1/partners/payouts/method", {
      auth: partner.auth,
      body: { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" },
    });
    world.clock.advance(4 * 86_400_000);
    const body = { partnerId: partner.id, amount: 300_000, currency: "USD", reason: "For a test" };
    const grant = await send<{ id: string }>("POST", "/api/v1/admin/commissions/grant", {
      auth: operatorKey,
      key: "g",
      body,
    });
    await send("POST", `/api/v1/admin/commissions/${grant.body.id}/approve`, { auth: operatorKey, key: "a" });
    const payout = await send<{ id: string }>("POST", "/api/v1/admin/payouts/request", {
      auth: operatorKey,
      key: "r",
      body: { partnerId: partner.id, currency: "USD" },
    });
    await send("POST", "/api/v1/admin/payouts/process", {
      auth: operatorKey,
      key: "p",
      body: { payoutId: payout.body.id },
    });
    await world.settle();
    // A browser keeps its cookies by the machine's clock.
    world.clock.moveTo(new Date());
    browser = await launch();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("a partner signs its form step by step, and its number is kept nowhere in the browser", {
    timeout: 300_000,
  }, async () => {
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, PARTNER, PASSWORD);
    await visit(page, "/tax");
    const findings: string[] = [];
    const next = async (name = "Next"): Promise<void> => {
      findings.push(...(await seriousFindings(page)));
      await page.getByRole("button", { name, exact: true }).click();
    };
    await next();
    await page.getByLabel("Name as on your tax return").fill("Ada Lovelace");
    await next();
    await page.getByLabel("Street and number").fill("1 Main St");
    await page.getByLabel("City").fill("Austin");
    await page.getByLabel("State").fill("TX");
    await page.getByLabel("Postal code").fill("78701");
    await next();
    await page.getByLabel("Taxpayer number").fill("123-45-6789");
    // Left in the middle: what was typed is there again, but for what is kept nowhere.
    expect(await storedText(page)).not.toContain("6789");
    await page.reload();
    await page.getByText("What you typed before is here again", { exact: false }).waitFor();
    expect(await page.getByLabel("Taxpayer number").inputValue()).toBe("");
    await page.getByLabel("Taxpayer number").fill("123-45-6789");
    await next();
    await page.getByText("1 Main St, 78701 Austin, TX", { exact: false }).waitFor();
    await page.getByLabel("Your name, as your signature").fill("Ada Lovelace");
    await page.getByLabel("I have read it, and sign").check();
    await next("Sign");
    await page.getByText("XXX-XX-6789").waitFor();
    expect(await storedText(page)).not.toMatch(/6789|Lovelace|Main St/);
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it("the team sees what the partner was paid and its form, and axe finds nothing serious", {
    timeout: 300_000,
  }, async () => {
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, operator, PASSWORD);
    const findings: string[] = [];
    await visit(page, "/tax");
    await page.getByText("3,000.00").first().waitFor();
    await page.getByRole("row").nth(1).getByRole("button").first().click();
    await page.getByText("XXX-XX-6789").last().waitFor();
    findings.push(...(await seriousFindings(page)));
    await visit(page, "/tax?tab=settings");
    findings.push(...(await seriousFindings(page)));
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

/** All that the page keeps beyond itself. */
const storedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { localStorage, sessionStorage } = globalThis as unknown as Record<string, object>;
    return JSON.stringify([localStorage, sessionStorage]);
  });
