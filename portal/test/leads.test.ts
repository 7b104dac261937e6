import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, flawsOf, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const ADA = "ada@resellers.test";
const BEN = "ben@resellers.test";
/** Twelve by four pixels. */
const PICTURE = Buffer.from("R0lGODdhDAAEAIAAAERT1v///ywAAAAADAAEAAACCISPqcvtD2MrADs=", "base64");

describe.skipIf(CHROMIUM === undefined)("leads and materials in a browser", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let team: string;

  beforeAll(async () => {
    portal = await openPortal();
    team = await portal.addMember("admin");
    const { send, operatorKey } = portal.world;
    for (const email of [ADA, BEN]) {
      const { id } = await portal.world.addPartner({ email, partnerType: "reseller" });
      await send("PUT", `/api/v1/admin/partners/${id}/approve`, { auth: operatorKey, body: {} });
    }
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  const arrive = async (email: string, path: string, more: { locale?: string } = {}) => {
    const opened = await openWindow(browser, portal.url, { scheme: "light", width: 1280, ...more });
    await signIn(opened.page, email, PASSWORD);
    await visit(opened.page, path);
    return opened;
  };
  const register = async (page: Page, company: string, contact: string) => {
    await page.getByRole("button", { name: "Register a deal" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Company").fill(company);
    await dialog.getByLabel("Contact's e-mail").fill(contact);
    await dialog.getByRole("button", { name: "Register a deal" }).click();
    return dialog;
  };
  it("a deal goes from one partner to the team and back, and another is told no more than that it is not free", async () => {
    const ada = await arrive(ADA, "/leads");
    const registered = await register(ada.page, "Larkspur Bakery Ltd", "iris@larkspur.test");
    await registered.getByText("This deal is free").waitFor();
    expect(await flawsOf(ada.page)).toEqual([]);
    await registered.getByRole("button", { name: "Open deal" }).click();
    await ada.page.getByRole("dialog").getByText("Protection begins when it is accepted").waitFor();

    const ben = await arrive(BEN, "/leads");
    const refused = await register(ben.page, "Larkspur Bakery", "ruth@larkspur.test");
    await refused.getByText("This deal is not free").waitFor();
    expect(await ben.page.content()).not.toContain(ADA);
    await ben.close();

    const admin = await arrive(team, "/leads");
    await admin.page.locator("tbody tr").first().click();
    const drawer = admin.page.getByRole("dialog");
    await drawer.getByRole("button", { name: "Accept deal" }).click();
    const decide = admin.page.getByRole("dialog", { name: "Accept deal" });
    await decide.getByRole("button", { name: "Accept deal" }).click();
    await decide.waitFor({ state: "hidden" });
    expect(await flawsOf(admin.page)).toEqual([]);
    await visit(admin.page, "/leads?tab=conflict");
    await admin.page.locator("tbody tr").first().click();
    await admin.page.getByText("Another partner holds a deal of this domain").waitFor();
    expect(await flawsOf(admin.page)).toEqual([]);

    await visit(ada.page, "/leads");
    await ada.page.locator("tbody tr").first().click();
    await ada.page.getByRole("dialog").getByRole("button", { name: "Proposal" }).click();
    await ada.page.getByText("Deal changed").waitFor();
    expect(await flawsOf(ada.page)).toEqual([]);
    expect([...ada.complaints, ...ben.complaints, ...admin.complaints]).toEqual([]);
    await ada.close();
    await admin.close();
  }, 120_000);

  it("a banner goes up, comes with the partner's own link, and is gone when it is archived", async () => {
    const admin = await arrive(team, "/materials");
    await admin.page.getByRole("button", { name: "Add material" }).click();
    const dialog = admin.page.getByRole("dialog");
    await dialog.locator("input[type=file]").setInputFiles({ name: "b.gif", mimeType: "image/gif", buffer: PICTURE });
    await dialog.getByLabel("What the banner says").fill('Cards "for" you');
    await dialog.getByLabel("Title").fill("Leaderboard");
    expect(await flawsOf(admin.page)).toEqual([]);
    await dialog.getByRole("button", { name: "Add material" }).click();
    const drawer = admin.page.getByRole("dialog", { name: "Material" });
    await drawer.getByText("12 × 4").waitFor();
    expect(
      await drawer.locator("img").evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(12);
    expect(await flawsOf(admin.page)).toEqual([]);

    const ada = await arrive(ADA, "/materials");
    await ada.page.locator("tbody tr").first().click();
    const code = await ada.page.getByRole("region", { name: "Code for your page" }).locator("pre").textContent();
    expect(code).toMatch(
      /^<a href="http:\/\/operator\.test\/r\/[\w-]+" rel="sponsored noopener"><img src="[^"]+" alt="Cards &quot;for&quot; you" width="12" height="4"><\/a>$/,
    );
    expect(await flawsOf(ada.page)).toEqual([]);

    await drawer.getByRole("button", { name: "Archive material" }).click();
    await admin.page
      .getByRole("dialog", { name: "Archive material" })
      .getByRole("button", { name: "Archive material" })
      .click();
    await drawer.getByRole("button", { name: "Offer again" }).waitFor();
    await visit(ada.page, "/materials");
    await ada.page.getByText("No materials yet").waitFor();
    expect([...ada.complaints, ...admin.complaints]).toEqual([]);
    await ada.close();
    await admin.close();
  }, 120_000);

  it("both read from right to left where the reader's language does", async () => {
    const { page, complaints, close } = await arrive(ADA, "/leads", { locale: "he-IL" });
    await page.locator("tbody tr").first().click();
    await page.getByRole("dialog").locator("h3").first().waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await visit(page, "/materials");
    expect(await flawsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
