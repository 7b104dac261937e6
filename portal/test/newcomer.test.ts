import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../../server/test/kit/factors.ts";
import { CHROMIUM, flawsOf, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld, sellThrough, suspectCustomers } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;
const PARTNER = "ada@partners.test";

/** What a partner who has never seen the portal has to be told by it. */
describe.skipIf(CHROMIUM === undefined)("a newcomer in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let page: Page;
  let ada: { readonly id: string; readonly auth: string; readonly referralCode: string };
  const complaints: string[][] = [];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const { world } = portal;
    ada = await world.addPartner({ email: PARTNER, partnerType: "technology" });
    await world.send("PUT", `/api/v1/admin/partners/${ada.id}/approve`, { auth: world.operatorKey, body: {} });
    const one = await openWindow(browser, portal.url, LOOK);
    page = one.page;
    complaints.push(one.complaints);
    await signIn(page, PARTNER, PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  /** Opens a list's first row, and returns its drawer. */
  async function openFirst(path: string) {
    await visit(page, path);
    await page.locator("tbody tr").first().locator("button").first().click();
    return page.getByRole("dialog");
  }

  it("who is approved at once reads so after applying, and not that a team looks at it", async () => {
    const theirs = await openWindow(browser, portal.url, LOOK);
    await theirs.page.goto("/portal/register?type=affiliate");
    await theirs.page.getByLabel("Name").fill("Grace");
    await theirs.page.getByLabel("E-mail").fill("grace@affiliates.test");
    await theirs.page.locator("input[type=password]").fill(PASSWORD);
    await theirs.page.getByRole("button", { name: "Send application" }).click();
    await theirs.page.getByText("You are approved at once", { exact: false }).waitFor();
    expect(await theirs.page.evaluate("document.activeElement.textContent")).toBe("Prove your e-mail");
    expect(await theirs.page.getByText("looks at your application", { exact: false }).count()).toBe(0);
    await theirs.close();
    expect(theirs.complaints).toEqual([]);
  }, 60_000);

  it("a sign stands before its number where one reads from the right", async () => {
    const theirs = await openWindow(browser, portal.url, LOOK);
    await theirs.page.goto("/portal/register");
    // Whoever reads another language chooses it before signing in.
    await theirs.page.getByRole("button", { name: "עברית" }).click();
    const bonus = theirs.page.getByText("+10%");
    await bonus.waitFor();
    // Of signs the direction is that of what is around them, unless a mark before them says another.
    expect((await bonus.textContent())?.codePointAt(0)).toBe(0x200e);
    await theirs.close();
  }, 60_000);

  it("a referral says through which place of the partner's it came, and a commission leads to it", async () => {
    const { world } = portal;
    const { body } = await world.send<{ url: string }>("POST", "/api/v1/partners/referrals/link", {
      auth: ada.auth,
      key: "link",
      body: { campaign: "newsletter-may", subIds: { sub1: "top" } },
    });
    const code = new URL(body.url).pathname.replace("/r/", "");
    await sellThrough(world, `${code}?sub2=bottom`, "joan");
    const drawer = await openFirst("/commissions");
    await drawer.getByRole("link", { name: "j…@c….test" }).click();
    const referral = page.getByRole("dialog", { name: "Referral" });
    for (const words of ["newsletter-may", "top", "bottom"]) await referral.getByText(words, { exact: true }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
  }, 60_000);

  it("a list leads to where it is exported, as rows and not as figures by day", async () => {
    await visit(page, "/commissions");
    await page.getByRole("link", { name: "Export" }).click();
    const exporting = page.getByRole("button", { name: "Export CSV" });
    await exporting.waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), exporting.click()]);
    expect(file.suggestedFilename()).toBe("commissions-30d.csv");
  }, 60_000);

  it("a QR code comes as pixels too, with the margin that scanners need", async () => {
    const drawer = await openFirst("/links");
    const saving = drawer.getByRole("button", { name: "Download PNG" });
    const [file] = await Promise.all([page.waitForEvent("download"), saving.click()]);
    expect(file.suggestedFilename()).toMatch(/\.png$/);
    // The first dark module of the finder pattern stands behind four light ones.
    expect(await drawer.getByRole("img", { name: "QR code of the link" }).locator("path").getAttribute("d")).toMatch(
      /^M4 4h/,
    );
  }, 60_000);

  it("a tax form begins with what the profile says, and the keyboard goes on at each step", async () => {
    await portal.world.send("PUT", "/api/v1/partners/profile", { auth: ada.auth, body: { country: "DE" } });
    await visit(page, "/tax");
    expect(await page.getByLabel("W-8BEN: Individual elsewhere").isChecked()).toBe(true);
    await page.getByRole("button", { name: "Next" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Step 2 of 5", { exact: false }).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toMatch(/^Step 2 of 5/);
    expect(await page.getByLabel("Country of citizenship").inputValue()).toBe("DE");
    expect(await flawsOf(page)).toEqual([]);
  }, 60_000);

  it("a step of setting up that is done hands the keyboard to the next", async () => {
    await visit(page, "/start");
    await page.getByRole("heading", { name: "Where your money goes", level: 2 }).waitFor();
    await page.getByLabel("Method", { exact: true }).selectOption("bank_file");
    await page.getByLabel("Account holder").fill("Ada");
    await page.getByRole("textbox", { name: "IBAN" }).fill("DE89370400440532013000");
    await page.getByRole("button", { name: "Add payout method" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Payout method saved").waitFor();
    await page.getByRole("heading", { name: "Where your money goes", level: 2 }).waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.matches('h2[tabindex]')")).toBe(true);
  }, 60_000);

  it("a payout that is too small is refused by its amount; one that was asked for says what it waits for", async () => {
    const { world } = portal;
    for (const customer of Array.from({ length: 20 }, (_, at) => `buyer-${at}`))
      await sellThrough(world, ada.referralCode, customer);
    const { body } = await world.send<{ data: { id: string }[] }>("GET", "/api/v1/admin/commissions?limit=100", {
      auth: world.operatorKey,
    });
    for (const { id } of body.data)
      await world.send("POST", `/api/v1/admin/commissions/${id}/approve`, { auth: world.operatorKey, key: id });
    await visit(page, "/payouts?act=request");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Amount in USD").fill("1");
    await dialog.getByRole("button", { name: "Request payout" }).click();
    await dialog.getByText("This is less than the smallest payout").waitFor();
    await dialog.getByLabel("Amount in USD").fill("");
    await dialog.getByRole("button", { name: "Request payout" }).click();
    await page.getByText("Payout requested").waitFor();
    const drawer = await openFirst("/payouts");
    await drawer.getByText("It waits for the team to release it", { exact: false }).waitFor();
    // Each line says what it draws on: when it was earned, and on whom.
    await drawer.getByRole("link", { name: /^Recurring, \d+ \w+, j…@c…\.test$/ }).waitFor();
    expect(await drawer.getByText(/^Commission, line/).count()).toBe(0);
  }, 120_000);

  it("the link that is there from the beginning has one name on every page", async () => {
    await visit(page, "/reports");
    const links = page.getByRole("region", { name: "Links and coupons" });
    await links.getByText("Your link", { exact: true }).waitFor();
    expect(await links.getByText(ada.referralCode, { exact: true }).count()).toBe(0);
  }, 60_000);

  it("home names what waits for the partner's own word, with its last day", async () => {
    const { world } = portal;
    await suspectCustomers(world, ada, await world.signIn(await portal.addMember("admin")));
    const { body } = await world.send<{ data: { id: string }[] }>(
      "GET",
      "/api/v1/partners/commissions?type=recurring",
      {
        auth: ada.auth,
      },
    );
    const dispute = await world.send<{ id: string }>("POST", "/api/v1/partners/commissions/dispute", {
      auth: ada.auth,
      key: "dispute",
      body: { commissionId: body.data[0]?.id, reason: "The rate should be higher." },
    });
    await world.send("POST", `/api/v1/admin/commissions/disputes/${dispute.body.id}/messages`, {
      auth: world.operatorKey,
      key: "question",
      body: { kind: "question", body: "Which rate do you mean?" },
    });
    await visit(page, "/");
    const waiting = page.getByRole("region", { name: "Waiting for you" });
    await waiting.getByRole("link", { name: /^Refused after a review: you can appeal until / }).waitFor();
    await waiting.getByRole("link", { name: /^A dispute needs your answer by / }).click();
    const open = page.getByRole("dialog");
    await open.getByText("Which rate do you mean?").waitFor();
    await open.getByLabel("Your answer to the team's question").fill("That of the newsletter.");
    await open.getByRole("button", { name: "Send answer" }).click();
    await open.getByText("Your side", { exact: false }).waitFor();
    await visit(page, "/");
    expect(await flawsOf(page, { turned: true })).toEqual([]);
  }, 60_000);

  it("whoever only looks on is offered nothing that their role leaves out", async () => {
    const { world } = portal;
    const colleague = "viewer@colleagues.test";
    await world.send("POST", "/api/v1/partners/team", {
      auth: ada.auth,
      key: "invite",
      body: { email: colleague, role: "viewer" },
    });
    await world.settle();
    const token = /token=([\w-]+)/.exec(world.mails.findLast(({ to }) => to === colleague)?.text ?? "")?.[1];
    await world.send("POST", "/api/v1/auth/join-team", { body: { token, name: "Vera", password: PASSWORD } });
    const viewer = await openWindow(browser, portal.url, LOOK);
    await signIn(viewer.page, colleague, PASSWORD);
    await visit(viewer.page, "/");
    await viewer.page.getByRole("button", { name: /^Copy: Share your link|^Share your link/ }).waitFor();
    expect(await viewer.page.getByText("Make another link", { exact: false }).count()).toBe(0);
    expect(await viewer.page.getByText("Waiting for you").count()).toBe(0);
    await visit(viewer.page, "/start");
    await viewer.page.getByRole("button", { name: /Where your money goes/ }).waitFor();
    expect(await viewer.page.getByRole("button", { name: /Your tax form/ }).count()).toBe(0);
    await viewer.close();
    expect(viewer.complaints).toEqual([]);
  }, 60_000);

  it("a key is bound to addresses as it is made, and an event that there is not is named", async () => {
    await visit(page, "/developers");
    await page.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog");
    await making.getByLabel("What it is for").fill("Our dashboard");
    await making.getByLabel("Addresses it calls from (optional)").fill("203.0.113.0/24, 2001:db8::1");
    await making.getByLabel("Read your payouts").check();
    await making.getByRole("button", { name: "Create key" }).click();
    await page.getByText("Secret of Our dashboard").waitFor();
    const { body } = await portal.world.send<{ data: { ipAllowList: string[] }[] }>(
      "GET",
      "/api/v1/partners/api-keys",
      {
        auth: ada.auth,
      },
    );
    expect(body.data[0]?.ipAllowList).toEqual(["203.0.113.0/24", "2001:db8::1/128"]);
    await visit(page, "/developers?tab=webhooks");
    await page.getByRole("button", { name: "Add endpoint" }).first().click();
    const adding = page.getByRole("dialog");
    await adding.getByText(/^Events there are \(\d+\)$/).click();
    await adding.getByText("commission.approved").waitFor();
    expect(await flawsOf(page, { turned: true })).toEqual([]);
    await adding.getByLabel("Address").fill("https://hooks.partners.test/");
    await adding.getByLabel("Events").fill("payout.*, foo.bar");
    await adding.getByRole("button", { name: "Add endpoint" }).click();
    await adding.getByRole("alert").getByText("foo.bar").waitFor();
    expect(await flawsOf(page)).toEqual([]);
  }, 60_000);

  it("another password is asked for where one is signed in", async () => {
    await visit(page, "/settings?tab=security");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByText(`A link is on its way to ${PARTNER}`, { exact: false }).waitFor();
    await portal.world.settle();
    expect(portal.world.mails.findLast(({ to }) => to === PARTNER)?.text).toMatch(/password\S*token=/);
  }, 60_000);

  it("who has lost app and codes is let in again by whoever runs the programme, from the partner's own page", async () => {
    const { world } = portal;
    const theirs = await openWindow(browser, portal.url, LOOK);
    const loser = "loser@partners.test";
    const { id } = await world.addPartner({ email: loser });
    await signIn(theirs.page, loser, PASSWORD);
    await visit(theirs.page, "/settings?tab=security");
    await theirs.page.getByRole("button", { name: "Add an authenticator app" }).click();
    const secret = await theirs.page.getByRole("dialog").locator("code").innerText();
    await theirs.page.getByLabel("Code of the app").fill(codeOf(secret, world.clock.now()));
    await theirs.page.getByRole("button", { name: "Add", exact: true }).click();
    await theirs.page.getByRole("dialog", { name: "Recovery codes" }).waitFor();
    await theirs.close();

    const again = await openWindow(browser, portal.url, LOOK);
    await again.page.goto("/portal/");
    await again.page.locator("input[type=email]").fill(loser);
    await again.page.locator("input[name=password]").fill(PASSWORD);
    await again.page.locator("button[type=submit]").click();
    await again.page.getByRole("button", { name: /recovery code/i }).click();
    await again.page.getByText("Whoever runs the programme can take", { exact: false }).waitFor();

    const ours = await openWindow(browser, portal.url, LOOK);
    await signIn(ours.page, "admin@team.test", PASSWORD);
    await visit(ours.page, `/partners/${id}`);
    await ours.page.getByRole("button", { name: /^Reset second factors/ }).click();
    await ours.page.getByRole("dialog").getByLabel("Reason").fill("Called us; we know the voice");
    await ours.page.getByRole("dialog").getByRole("button", { name: "Reset second factors" }).click();
    await ours.page.getByText("Second factors reset").waitFor();
    expect(await flawsOf(ours.page)).toEqual([]);
    await ours.close();
    await signIn(again.page, loser, PASSWORD);
    expect(await again.page.getByRole("heading", { level: 1, name: "Home" }).isVisible()).toBe(true);
    await again.close();
  }, 60_000);

  it("the pages complain of nothing but what was refused on purpose", () => {
    expect(complaints.flat().filter((text) => !/40[09]/.test(text))).toEqual([]);
  });
});
