import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, isSideways, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { disputeAndInvoice, openPortal, PASSWORD, type PortalWorld, sellThrough } from "./portal-world.ts";

const PARTNER = "ada@partners.test";
const PATHS = {
  partner: [
    "/",
    "/links",
    "/referrals",
    "/commissions",
    "/disputes",
    "/leads",
    "/materials",
    "/payouts",
    "/fees",
    "/reports",
    "/developers",
    "/developers?tab=webhooks",
    "/settings",
    "/settings?tab=payout",
    "/settings?tab=terms",
    "/settings?tab=security",
  ],
  operator: [
    "/",
    "/partners",
    "/partners?tab=upgrades",
    "/referrals",
    "/commissions",
    "/disputes",
    "/support",
    "/leads",
    "/leads?tab=elsewhere",
    "/leads?tab=rules",
    "/materials",
    "/payouts",
    "/payouts?tab=batches",
    "/payouts?tab=all",
    "/fees",
    "/fees?tab=agreements",
    "/reports",
    "/plans",
    "/team",
    "/developers",
    "/developers?tab=webhooks",
    "/developers?tab=deliveries",
    "/settings",
    "/settings?tab=payouts",
    "/settings?tab=limits",
    "/no-such-page",
  ],
} as const;
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"] as const;

describe.skipIf(CHROMIUM === undefined)("the portal in a browser", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let partnerId: string;
  let drawers: readonly string[];
  const email = { partner: PARTNER, operator: "" };

  beforeAll(async () => {
    portal = await openPortal();
    email.operator = await portal.addMember("admin");
    const partner = await portal.world.addPartner({ email: PARTNER });
    partnerId = partner.id;
    for (const customer of ["grace", "joan", "hedy"]) await sellThrough(portal.world, partner.referralCode, customer);
    drawers = await disputeAndInvoice(portal.world, partner);
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it.each(["partner", "operator"] as const)(
    "every page of the %s opens without a complaint, light and dark, wide and narrow, and axe finds nothing serious",
    async (role) => {
      const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
      await signIn(page, email[role], PASSWORD);
      const findings: string[] = [];
      const ofOne = role === "operator" ? [`/partners/${partnerId}`] : [];
      for (const path of [...PATHS[role], ...ofOne, ...drawers]) {
        await visit(page, path);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          if (await isSideways(page)) findings.push(`${path} scrolls sideways at ${width}`);
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            const serious = await seriousFindings(page);
            findings.push(...serious.map((finding) => `${path} (${colorScheme}, ${width}) ${finding}`));
          }
        }
      }
      await close();
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
    },
    240_000,
  );

  it("what axe finds serious is found", async () => {
    const { page, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, PARTNER, PASSWORD);
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { querySelector(name: string): { innerHTML: string } };
      };
      document.querySelector("main").innerHTML += '<button></button><p style="color:#ccc;background:#fff">Pale</p>';
    });
    const findings = (await seriousFindings(page)).join();
    expect(findings).toContain("button-name");
    expect(findings).toContain("color-contrast");
    await close();
  });

  it("a drawer shows the receipt, is in the address, and has nothing serious in it", async () => {
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, PARTNER, PASSWORD);
    await visit(page, "/commissions?type=recurring");
    await page.locator("tbody tr").first().click();
    await page.getByRole("dialog").getByText("Why this number").first().waitFor();
    expect(new URL(page.url()).searchParams.get("open")).toBeTruthy();
    await page.reload();
    await page.getByRole("dialog").getByText("10%").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goBack();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
    await close();
  });

  it("reads from right to left where the reader's language does", async () => {
    const look = { scheme: "light", width: 1280, locale: "he-IL" } as const;
    const { page, complaints, close } = await openWindow(browser, portal.url, look);
    await signIn(page, PARTNER, PASSWORD);
    await visit(page, "/commissions");
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    const nav = await page.getByRole("navigation").boundingBox();
    expect(nav?.x).toBeGreaterThan(640);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it("keeps no token where a script of the page could find it", async () => {
    const { page, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, PARTNER, PASSWORD);
    const kept = await page.evaluate(() => {
      const { localStorage, sessionStorage, document } = globalThis as unknown as {
        localStorage: object;
        sessionStorage: object;
        document: { cookie: string };
      };
      return JSON.stringify([localStorage, sessionStorage, document.cookie]);
    });
    expect(kept).not.toContain("eyJ");
    await close();
  });
});
