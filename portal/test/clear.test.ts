import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld, sellThrough } from "./portal-world.ts";

const PARTNER = "ada@partners.test";
const LOOK = { scheme: "light", width: 1280 } as const;

/** The day of an instant in New York. */
const dayThere = (at: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York", dateStyle: "short" }).format(new Date(at));
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Nothing on a page is left to be guessed. */
describe.skipIf(CHROMIUM === undefined)("the portal says plainly", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let ada: Awaited<ReturnType<PortalWorld["world"]["addPartner"]>>;

  beforeAll(async () => {
    portal = await openPortal();
    ada = await portal.world.addPartner({ email: PARTNER });
    browser = await launch();
    ({ page: admin } = await openWindow(browser, portal.url, LOOK));
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("which field of a plan was refused: it goes to its tier, and says it there by the field's own name", async () => {
    await visit(admin, "/plans?act=draft");
    await admin.getByRole("dialog").getByRole("button", { name: "Draft a plan" }).click();
    await admin.getByRole("status").getByText("As saved.").waitFor();
    const rate = admin.getByLabel("Recurring commission", { exact: true }).first();
    await rate.fill("95");
    await admin.getByRole("button", { name: /Tier 2/ }).click();
    await rate.waitFor({ state: "hidden" });
    await admin.getByRole("button", { name: "Save draft" }).click();
    await admin
      .getByRole("alert")
      .getByText(/Tier 1.* · Recurring commission: from/)
      .waitFor();
    await rate.waitFor();
    expect(await rate.getAttribute("aria-invalid")).toBe("true");
    await rate.fill("12");
    await admin.getByRole("alert").waitFor({ state: "hidden" });
    await admin.getByRole("button", { name: "Save draft" }).click();
    await admin.getByRole("status").getByText("As saved.").waitFor();
  });

  it("of a new material what was typed, after a reload too; a file is chosen again", async () => {
    await visit(admin, "/materials");
    await admin.getByRole("button", { name: "Add material" }).first().click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Autumn banner");
    await admin.reload();
    if ((await dialog.count()) === 0) await admin.getByRole("button", { name: "Add material" }).first().click();
    await dialog.getByText("What you typed before is here again.", { exact: false }).waitFor();
    expect(await dialog.getByLabel("Title").inputValue()).toBe("Autumn banner");
    await dialog.getByRole("button", { name: "Start over" }).click();
    expect(await dialog.getByLabel("Title").inputValue()).toBe("");
  });

  it("what a white-label partner's terms include, without a complaint where it runs no programme yet", async () => {
    const { world } = portal;
    const bank = { email: "bank@partners.test", partnerType: "whitelabel" } as const;
    const { id } = await world.addPartner(bank);
    await world.send("PUT", `/api/v1/admin/partners/${id}/approve`, { auth: world.operatorKey, body: {} });
    const { page, complaints, close } = await openWindow(browser, portal.url, LOOK);
    await signIn(page, bank.email, PASSWORD);
    await visit(page, "/settings?tab=terms");
    await page.getByText("A programme in your own brand").waitFor();
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    await close();
  });

  it("nothing of fees to a partner that has none, and of those that it has once it has", async () => {
    const { world } = portal;
    const { page } = await openWindow(browser, portal.url, LOOK);
    await signIn(page, PARTNER, PASSWORD);
    const menu = page.getByRole("navigation");
    await menu.getByRole("link", { name: "Payouts" }).waitFor();
    expect(await menu.getByRole("link", { name: "Fees" }).count()).toBe(0);
    const answer = await world.send("PUT", `/api/v1/admin/fees/agreements/${ada.id}`, {
      auth: world.operatorKey,
      body: { startsOn: "2026-01-01", endsOn: null, supportFrom: null, maySetOff: true, dueDays: 30 },
    });
    expect(answer.status).toBe(200);
    await page.reload();
    await menu.getByRole("link", { name: "Fees" }).waitFor();
    await page.context().close();
  });

  it("which days are shown of commissions: those of the programme, both of them in it, by the address alone", async () => {
    const { world } = portal;
    await world.send("PUT", "/api/v1/admin/program", {
      auth: world.operatorKey,
      body: { timeZone: "America/New_York" },
    });
    await sellThrough(world, ada.referralCode, "ida");
    const { body } = await world.send<{ data: { occurredAt: string }[] }>("GET", "/api/v1/admin/commissions?limit=1", {
      auth: world.operatorKey,
    });
    const day = dayThere(body.data[0]?.occurredAt ?? "");
    const { page } = await openWindow(browser, portal.url, LOOK);
    await signIn(page, PARTNER, PASSWORD);
    for (const one of [admin, page]) {
      await visit(one, "/commissions");
      await one.getByLabel("Period").selectOption("Days of your choice");
      await one.getByText("Days of the programme: America/New_York").waitFor();
      await one.getByLabel("From this day on").fill(day);
      await one.getByLabel("Until this day, it included").fill(day);
      const address = new RegExp(`period=days.*from=${day}.*until=${day}`);
      await expect.poll(() => decodeURIComponent(one.url()).replaceAll('"', "")).toMatch(address);
      await one.reload();
      await one.locator("tbody tr").first().waitFor();
      expect(await seriousFindings(one)).toEqual([]);
      await one.getByLabel("From this day on").fill(dayAfter(day));
      await one.getByText("It ends before it begins.").waitFor();
      await one.getByLabel("Until this day, it included").fill(dayAfter(day));
      await one.getByText("No commissions match").waitFor();
    }
    await page.context().close();
  });
});
