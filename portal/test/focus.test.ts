import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

/** Where the focus is, by what it is and says; the page itself where nothing has it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = (globalThis as unknown as { document: { activeElement: Focused } }).document;
    type Focused = { tagName: string; textContent: string; closest(what: string): unknown };
    const place = activeElement.closest("[role=dialog]") === null ? "page" : "dialog";
    return `${place}: ${activeElement.tagName === "BODY" ? "nothing" : activeElement.textContent}`;
  });

/** Who goes by keys is somewhere after each decision, and not at the top of the page. */
describe.skipIf(CHROMIUM === undefined)("the focus", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    ({ page } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 }));
    await signIn(page, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("is at the heading of what was decided once its acts are gone", async () => {
    const { id } = await portal.world.addPartner({ email: "rita@resellers.test", partnerType: "reseller" });
    await visit(page, `/partners/${id}`);
    const heading = (await page.locator("h1").textContent()) ?? "";
    await page.getByRole("button", { name: "Approve partner" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("textbox").and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Partner approved").waitFor();
    await page.getByRole("button", { name: "Approve partner" }).waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe(`page: ${heading}`);
  });

  it("is back at what opened a dialog that was closed without a decision", async () => {
    const { id } = await portal.world.addPartner({ email: "rolf@resellers.test", partnerType: "reseller" });
    await visit(page, `/partners/${id}`);
    await page.getByRole("button", { name: "Refuse application" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("textbox").first().and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe("page: Refuse application");
  });

  it("stays in the drawer in which something was decided", async () => {
    const ada = await portal.world.addPartner({ email: "ada@partners.test" });
    const ticket = { subject: "Where is my statement", message: "How is this reckoned?" };
    const { body } = await portal.world.send<{ id: string }>("POST", "/api/v1/partners/tickets", {
      auth: ada.auth,
      key: "ticket",
      body: ticket,
    });
    await visit(page, `/support?open=${body.id}`);
    const solve = page.getByRole("dialog").getByRole("button", { name: "Mark solved" });
    await solve.focus();
    await page.keyboard.press("Enter");
    await solve.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/^dialog: (?!nothing)/);
  });

  it("is let go where somebody clicks beside everything", async () => {
    await visit(page, "/partners");
    await page.getByRole("button", { name: "Invite partners" }).focus();
    await page.locator("main").click({ position: { x: 4, y: 4 } });
    await expect.poll(() => focused(page)).toBe("page: nothing");
  });
});
