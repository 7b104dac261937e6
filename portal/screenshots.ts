import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launch, openWindow, signIn, visit } from "./test/browser.ts";

// `npm run screenshots -- http://127.0.0.1:3000 HOME`: pictures of every page into docs/screenshots, of the demo that runs there.
const [url = "http://127.0.0.1:3000", home = ".tributary"] = process.argv.slice(2);
const FOLDER = fileURLToPath(new URL("../docs/screenshots", import.meta.url));
const QUALITY = 72;

const PAGES = {
  partner: {
    home: "/",
    links: "/links",
    referrals: "/referrals",
    commissions: "/commissions",
    disputes: "/disputes",
    materials: "/materials",
    receipt: "/commissions?type=recurring&status=pending",
    payouts: "/payouts",
    fees: "/fees",
    tax: "/tax",
    cards: "/cards",
    reports: "/reports",
    developers: "/developers",
    settings: "/settings?tab=payout",
    start: "/start?tab=payout",
    notices: "/settings?tab=notices",
  },
  operator: {
    home: "/",
    partners: "/partners",
    coupons: "/partners?tab=coupons",
    referrals: "/referrals",
    commissions: "/commissions",
    disputes: "/disputes",
    fraud: "/fraud",
    leads: "/leads",
    materials: "/materials",
    payouts: "/payouts",
    fees: "/fees",
    tax: "/tax",
    reports: "/reports",
    plans: "/plans",
    team: "/team",
    developers: "/developers?tab=webhooks",
    settings: "/settings",
    templates: "/settings?tab=templates",
    jobs: "/settings?tab=jobs",
    palette: "/",
    partner: "/partners?q=nordbank",
    draft: "/plans?status=draft",
  },
} as const;
const LOOKS = [
  { scheme: "light", width: 1280, suffix: "light" },
  { scheme: "dark", width: 1280, suffix: "dark" },
  { scheme: "light", width: 390, suffix: "phone" },
] as const;
/** What is done on a page before its picture is taken. */
const BEFORE: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  receipt: async (page) => {
    await page.locator("tbody tr").first().click();
    await page.getByRole("dialog").locator("table").waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("no");
    await page.getByRole("option").nth(3).waitFor();
  },
  partner: async (page) => {
    await page.locator("tbody [data-row]").first().click();
    await page.locator("ol li").first().waitFor();
  },
  draft: async (page) => {
    await page.locator("tbody [data-row]").first().click();
    await page.getByRole("heading", { name: "Draft plan" }).waitFor();
  },
};

const { logins } = JSON.parse(await readFile(join(home, "demo.json"), "utf8")) as {
  logins: readonly { role: string; email: string; password: string }[];
};
const loginOf = (role: keyof typeof PAGES) => {
  const wanted = role === "partner" ? "partner, tier1" : "admin";
  const login = logins.find((one) => one.role === wanted);
  if (login === undefined) throw new Error(`the demo in ${home} has no login of ${wanted}`);
  return login;
};

/** As WebP, a third of what PNG takes. */
async function picture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, "base64"));
}

await mkdir(FOLDER, { recursive: true });
const browser = await launch();
for (const { suffix, ...look } of LOOKS) {
  for (const role of ["partner", "operator"] as const) {
    const { page, complaints, close } = await openWindow(browser, url, look);
    const { email, password } = loginOf(role);
    await signIn(page, email, password);
    for (const [name, path] of Object.entries(PAGES[role])) {
      await visit(page, path);
      await BEFORE[name]?.(page);
      await page.waitForTimeout(400);
      await picture(page, `${role}-${name}-${suffix}`);
    }
    for (const complaint of complaints) console.error(complaint);
    await close();
  }
}
await browser.close();
