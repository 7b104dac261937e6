import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, flawsOf, launch, openWindow, seriousFindings, signIn, turnTo, visit } from "./browser.ts";
import {
  disputeAndInvoice,
  openPortal,
  PASSWORD,
  type PortalWorld,
  screenAndAgree,
  sellThrough,
  suspectCustomers,
} from "./portal-world.ts";

const PARTNER = "ada@partners.test";
const OPENED = {
  partner: [
    "/",
    "/links",
    "/referrals",
    "/commissions",
    "/disputes",
    "/disputes?act=report",
    "/leads",
    "/materials",
    "/support",
    "/support?act=ask",
    "/payouts",
    "/payouts?act=request",
    "/fees",
    "/fees?tab=budgets",
    "/fees?tab=claims",
    "/tax",
    "/tax?tab=documents",
    "/cards",
    "/cards?tab=spend",
    "/cards?tab=products",
    "/reports",
    "/agreements",
    "/team",
    "/team?act=invite",
    "/developers",
    "/developers?tab=webhooks",
    "/developers?tab=deliveries",
    "/settings",
    "/settings?tab=payout",
    "/settings?tab=terms",
    "/settings?tab=notices",
    "/start",
    "/start?tab=agreement",
    "/start?tab=tax",
    "/start?tab=payout",
    "/settings?tab=security",
    "/settings?tab=data",
  ],
  operator: [
    "/",
    "/partners",
    "/partners?tab=invitations",
    "/partners?tab=upgrades",
    "/partners?tab=reviews",
    "/partners?tab=coupons",
    "/partners?tab=coupons&act=create",
    "/referrals",
    "/referrals?act=assign",
    "/sales",
    "/sales?tab=explain",
    "/sales?tab=explain&type=customer&q=grace",
    "/commissions",
    "/commissions?act=grant",
    "/disputes",
    "/fraud",
    "/fraud?tab=rules",
    "/support",
    "/leads",
    "/leads?tab=conflict",
    "/leads?tab=elsewhere",
    "/leads?tab=all",
    "/leads?tab=rules",
    "/materials",
    "/payouts",
    "/payouts?tab=batches",
    "/payouts?tab=all",
    "/payouts?tab=compare",
    "/payouts?act=request",
    "/payouts?act=batch",
    "/payouts?act=bank-file",
    "/fees",
    "/fees?tab=budgets",
    "/fees?tab=claims",
    "/fees?act=issue",
    "/fees?tab=agreements",
    "/fees?tab=agreements&act=agree",
    "/tax",
    "/tax?tab=returns",
    "/tax?tab=settings",
    "/cards",
    "/cards?tab=spend",
    "/cards?tab=products",
    "/cards?tab=products&act=product",
    "/cards?tab=programs",
    "/reports",
    "/screening",
    "/sub-operators",
    "/sub-operators?act=create",
    "/agreements",
    "/plans",
    "/plans?act=draft",
    "/team",
    "/team?act=invite",
    "/audit",
    "/privacy",
    "/privacy?tab=people",
    "/privacy?tab=holds",
    "/privacy?tab=kept",
    "/developers",
    "/developers?tab=webhooks",
    "/developers?tab=deliveries",
    "/settings",
    "/settings?tab=sources",
    "/settings?tab=payouts",
    "/settings?tab=disputes",
    "/settings?tab=limits",
    "/settings?tab=branding",
    "/settings?tab=domains",
    "/settings?tab=templates",
    "/settings?tab=templates&open=digest",
    "/settings?tab=features",
    "/settings?tab=jobs",
    "/settings?tab=security",
    "/no-such-page",
  ],
} as const;
/** Pages of one thing: the tests make the thing. */
const OF_ONE = ["/partners/$id", "/plans/$id", "/payouts/batches/$id"];
const WITHOUT_SESSION = ["/register", "/forgot"];

describe.skipIf(CHROMIUM === undefined)("the portal in a browser", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let partnerId: string;
  let draftId: string;
  let drawers: readonly string[];
  let operatorDrawers: readonly string[];
  let cases: readonly string[];
  const email = { partner: PARTNER, operator: "" };

  beforeAll(async () => {
    portal = await openPortal();
    email.operator = await portal.addMember("admin");
    const partner = await portal.world.addPartner({ email: PARTNER });
    partnerId = partner.id;
    for (const customer of ["grace", "joan", "hedy"]) await sellThrough(portal.world, partner.referralCode, customer);
    const draft = await portal.world.send<{ id: string }>("POST", "/api/v1/admin/program/plans", {
      auth: portal.world.operatorKey,
      body: {},
    });
    draftId = draft.body.id;
    drawers = await disputeAndInvoice(portal.world, partner);
    operatorDrawers = await screenAndAgree(portal.world, partner);
    cases = await suspectCustomers(portal.world, partner, await portal.world.signIn(email.operator));
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
      const ofOne =
        role === "operator" ? [`/partners/${partnerId}`, `/plans/${draftId}`, ...operatorDrawers, ...cases] : [];
      for (const path of [...OPENED[role], ...ofOne, ...drawers]) {
        await turnTo(page, path);
        findings.push(...(await flawsOf(page, { turned: true })).map((flaw) => `${path} ${flaw}`));
      }
      await close();
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
    },
    480_000,
  );

  it("every page of the portal is among those that are opened", () => {
    const source = readFileSync(new URL("../src/app/paths.ts", import.meta.url), "utf8");
    const paths = [...source.matchAll(/^ {2}\w+: "(\/[^"]*)",$/gm)].map(([, path]) => path);
    const opened = [...OPENED.partner, ...OPENED.operator].map((path) => path.replace(/\?.*/, ""));
    expect(paths.length).toBeGreaterThan(20);
    expect([...opened, ...OF_ONE, ...WITHOUT_SESSION]).toEqual(expect.arrayContaining(paths));
  });

  it("who is not signed in can apply, come in, and get a new password: axe finds nothing serious there", async () => {
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    const findings: string[] = [];
    for (const path of ["/", ...WITHOUT_SESSION]) {
      await visit(page, path);
      findings.push(...(await flawsOf(page)).map((flaw) => `${path} ${flaw}`));
    }
    await close();
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it("what axe finds serious is found, in either look, and so is what scrolls sideways when it is turned", async () => {
    const { page, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, PARTNER, PASSWORD);
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { querySelector(name: string): { innerHTML: string } };
      };
      document.querySelector("main").innerHTML +=
        '<button></button><p style="color:#ccc;background:#fff">Pale</p>' +
        '<p style="color-scheme:light dark;color:light-dark(#000,#ccc);background:#fff">Pale in the dark</p>' +
        '<p style="width:30rem">Wide in large text</p>';
    });
    const flaws = await flawsOf(page, { turned: true });
    for (const look of ["(light, 1280)", "(dark, 390)"]) {
      const found = flaws.filter((flaw) => flaw.endsWith(look)).join();
      expect(found).toContain("button-name: <button></button>");
      expect(found).toContain('color-contrast: <p style="color:#ccc');
    }
    const palesInTheDark = flaws.filter((flaw) => flaw.includes("Pale in the dark"));
    expect(palesInTheDark).toEqual([expect.stringMatching(/^color-contrast: .*\(dark, 390\)$/)]);
    expect(flaws).toContain("scrolls sideways from right to left at 200 % and 390");
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
    // The words of the frame and those of the page come in two files, in whatever order.
    await page.getByRole("heading", { name: "עמלות" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "תשלומים" }).waitFor();
    await page.getByRole("columnheader", { name: "מצב" }).waitFor();
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
