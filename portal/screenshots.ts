import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launch, openWindow, signIn, visit } from "./test/browser.ts";

// `npm run screenshots -- http://127.0.0.1:3000 HOME [FOLDER]`: pictures of every page of the demo that runs there, light, dark and as on a phone. Without
// a folder only those that the guides show, into docs/screenshots.
const [url = "http://127.0.0.1:3000", home = ".tributary", folder] = process.argv.slice(2);
const FOLDER = folder ?? fileURLToPath(new URL("../docs/screenshots", import.meta.url));
const GUIDES = fileURLToPath(new URL("../docs/guides", import.meta.url));
const QUALITY = 72;

const PAGES = {
  partner: {
    home: "/",
    links: "/links",
    link: "/links",
    referrals: "/referrals",
    commissions: "/commissions",
    receipt: "/commissions?type=recurring&status=pending",
    disputes: "/disputes",
    leads: "/leads",
    materials: "/materials",
    payouts: "/payouts",
    payout: "/payouts",
    fees: "/fees",
    tax: "/tax",
    documents: "/tax?tab=documents",
    cards: "/cards",
    spend: "/cards?tab=spend",
    reports: "/reports",
    support: "/support",
    agreements: "/agreements",
    agreement: "/agreements",
    team: "/team",
    developers: "/developers",
    webhooks: "/developers?tab=webhooks",
    profile: "/settings",
    settings: "/settings?tab=payout",
    terms: "/settings?tab=terms",
    notices: "/settings?tab=notices",
    security: "/settings?tab=security",
    data: "/settings?tab=data",
    start: "/start?tab=payout",
  },
  operator: {
    home: "/",
    partners: "/partners",
    partner: "/partners?q=nordbank",
    invitations: "/partners?tab=invitations",
    upgrades: "/partners?tab=upgrades",
    reviews: "/partners?tab=reviews",
    coupons: "/partners?tab=coupons",
    subOperators: "/sub-operators",
    referrals: "/referrals",
    referral: "/referrals?status=qualified",
    assign: "/referrals?act=assign",
    sales: "/sales",
    sale: "/sales?kind=payment",
    explain: "/sales?tab=explain",
    commissions: "/commissions",
    disputes: "/disputes",
    dispute: "/disputes",
    fraud: "/fraud",
    case: "/fraud",
    rules: "/fraud?tab=rules",
    screening: "/screening",
    hit: "/screening",
    support: "/support",
    leads: "/leads?tab=all",
    lead: "/leads?tab=all",
    protection: "/leads?tab=rules",
    materials: "/materials",
    payouts: "/payouts",
    batches: "/payouts?tab=batches",
    transfers: "/payouts?tab=all",
    compare: "/payouts?tab=compare",
    request: "/payouts?act=request",
    fees: "/fees",
    owed: "/fees?tab=agreements",
    budgets: "/fees?tab=budgets",
    claims: "/fees?tab=claims",
    tax: "/tax",
    returns: "/tax?tab=returns",
    forms: "/tax?tab=settings",
    cards: "/cards",
    card: "/cards",
    spend: "/cards?tab=spend",
    products: "/cards?tab=products",
    programs: "/cards?tab=programs",
    reports: "/reports",
    agreements: "/agreements",
    plans: "/plans",
    draft: "/plans?status=draft",
    team: "/team",
    audit: "/audit",
    privacy: "/privacy",
    people: "/privacy?tab=people",
    holds: "/privacy?tab=holds",
    kept: "/privacy?tab=kept",
    developers: "/developers",
    webhooks: "/developers?tab=webhooks",
    deliveries: "/developers?tab=deliveries",
    settings: "/settings",
    limits: "/settings?tab=limits",
    sources: "/settings?tab=sources",
    paying: "/settings?tab=payouts",
    deadlines: "/settings?tab=disputes",
    branding: "/settings?tab=branding",
    domains: "/settings?tab=domains",
    templates: "/settings?tab=templates",
    features: "/settings?tab=features",
    jobs: "/settings?tab=jobs",
    security: "/settings?tab=security",
    palette: "/",
  },
} as const;
const LOOKS = [
  { scheme: "light", width: 1280, suffix: "light" },
  { scheme: "dark", width: 1280, suffix: "dark" },
  { scheme: "light", width: 390, suffix: "phone" },
] as const;
/** Opens the first row of the list, where there is one. */
async function openFirst(page: Page): Promise<void> {
  const row = page.locator("tbody [data-row]").first();
  if ((await row.count()) === 0) return;
  await row.click();
  await page.getByRole("dialog").waitFor();
  await page.waitForTimeout(400);
}
/** What is done on a page before its picture is taken. */
const BEFORE: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  ...Object.fromEntries(
    ["link", "payout", "agreement", "dispute", "case", "hit", "lead", "referral", "sale", "card"].map((name) => [
      name,
      openFirst,
    ]),
  ),
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
    await page.getByRole("button", { name: "Draft plan" }).first().click();
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

/** For the guides what a window shows, as WebP, a third of what PNG takes; else the whole page, to be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) return void (await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true }));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, "base64"));
}

const guides = await Promise.all((await readdir(GUIDES)).map((name) => readFile(join(GUIDES, name), "utf8")));
const isWanted = (name: string): boolean =>
  folder !== undefined || guides.some((text) => text.includes(`/${name}.webp`));

await mkdir(FOLDER, { recursive: true });
const browser = await launch();
for (const { suffix, ...look } of LOOKS) {
  for (const role of ["partner", "operator"] as const) {
    const { page, complaints, close } = await openWindow(browser, url, look);
    const { email, password } = loginOf(role);
    await signIn(page, email, password);
    for (const [name, path] of Object.entries(PAGES[role])) {
      if (!isWanted(`${role}-${name}-${suffix}`)) continue;
      try {
        await visit(page, path);
        await BEFORE[name]?.(page);
        await page.waitForTimeout(400);
        await picture(page, `${role}-${name}-${suffix}`);
      } catch (error) {
        // The others are taken all the same.
        console.error(`${role}-${name}-${suffix}: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
    for (const complaint of complaints) console.error(complaint);
    await close();
  }
}
await browser.close();
