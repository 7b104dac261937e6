import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;

/** Nothing on a page is left to be guessed. */
describe.skipIf(CHROMIUM === undefined)("the portal says plainly", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;

  beforeAll(async () => {
    portal = await openPortal();
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
});
