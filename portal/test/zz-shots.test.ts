import { afterAll, beforeAll, expect, it } from "vitest";
import { isSideways, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld, sellThrough, suspectCustomers } from "./portal-world.ts";

let portal: PortalWorld;
let browser: any;
let cases: readonly string[];
let operator: string;
beforeAll(async () => {
  portal = await openPortal();
  operator = await portal.addMember("admin");
  const partner = await portal.world.addPartner({ email: "ada@partners.test" });
  for (const customer of ["grace", "joan"]) await sellThrough(portal.world, partner.referralCode, customer);
  cases = await suspectCustomers(portal.world, partner, await portal.world.signIn(operator));
  browser = await launch();
}, 240000);
afterAll(async () => {
  await browser?.close();
  await portal?.[Symbol.asyncDispose]();
});
it("shots", async () => {
  const out: string[] = [];
  for (const [scheme, width, locale] of [
    ["light", 1280, "en-GB"],
    ["dark", 1280, "en-GB"],
    ["light", 390, "en-GB"],
    ["light", 1280, "he-IL"],
  ] as const)
    for (const role of ["operator", "partner"] as const) {
      const { page, complaints, close } = await openWindow(browser, portal.url, { scheme, width, locale });
      await signIn(page, role === "operator" ? operator : "ada@partners.test", PASSWORD);
      for (const [index, path] of (role === "operator"
        ? ["/fraud", ...cases, "/fraud?tab=rules"]
        : ["/commissions"]
      ).entries()) {
        await visit(page, path);
        await page.waitForTimeout(400);
        if (path.includes("rules")) {
          await page
            .locator("button", { hasText: /shadow|הצל/ })
            .first()
            .click();
          await page.waitForTimeout(500);
        }
        const name = `/tmp/frd/shot-${role}-${index}-${scheme}-${width}-${locale}.png`;
        await page.screenshot({ path: name, fullPage: path.includes("rules") || role === "partner" });
        out.push(...(await seriousFindings(page)).map((f) => `${name}: ${f}`));
        if (await isSideways(page)) out.push(`${name} sideways`);
      }
      out.push(...complaints);
      await close();
    }
  console.log(out.join("\n") || "NO FINDINGS");
}, 300000);
