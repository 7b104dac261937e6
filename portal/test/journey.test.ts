import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../server/src/kernel/clock.ts";
import { CHROMIUM, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld, sellThrough } from "./portal-world.ts";

const APPLICANT = "grace@resellers.test";
const LOOK = { scheme: "light", width: 1280 } as const;

/** One partnership from the application to the money, each step by whoever takes it, in a browser. */
describe.skipIf(CHROMIUM === undefined)("a partnership in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let partner: Page;
  let admin: Page;
  const complaints: string[][] = [];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const [one, other] = [await openWindow(browser, portal.url, LOOK), await openWindow(browser, portal.url, LOOK)];
    [partner, admin] = [one.page, other.page];
    complaints.push(one.complaints, other.complaints);
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("is invited by a mail that leads to where partners apply", async () => {
    await visit(admin, "/partners");
    await admin.getByRole("button", { name: "Invite partners" }).click();
    await admin.getByRole("dialog").getByLabel("E-mails").fill(`${APPLICANT}\n${APPLICANT}, other@resellers.test`);
    await admin.getByRole("dialog").getByRole("button", { name: "Invite partners" }).click();
    await admin.getByText("2 invitations sent").waitFor();
    await portal.world.settle();
    const mail = portal.world.mails.findLast(({ to }) => to === APPLICANT);
    expect(mail?.text).toMatch(/\/portal\/register$/m);
  });

  it("applies, and proves the e-mail by the link in the mail", async () => {
    await partner.goto("/portal/register");
    await partner.getByText("25% for life").waitFor();
    await partner.getByRole("button", { name: "Apply as Reseller" }).click();
    await partner.getByLabel("Name").fill("Grace Hopper");
    await partner.getByLabel("Company").fill("Hopper & Daughters");
    await partner.getByLabel("E-mail").fill(APPLICANT);
    await partner.locator("input[type=password]").fill(PASSWORD);
    await partner.getByRole("button", { name: "Send application" }).click();
    await partner.getByRole("heading", { name: "Prove your e-mail" }).waitFor();
    await portal.world.settle();
    const mail = portal.world.mails.findLast(({ to }) => to === APPLICANT);
    const link = new URL(/https?:\S+token=[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "");
    await partner.goto(link.pathname + link.search);
    await partner.locator("input[type=password]").fill(PASSWORD);
    await partner.getByLabel("Show password").check();
    expect(await partner.locator("input[name=password]").getAttribute("type")).toBe("text");
    await partner.getByRole("button").click();
    await partner.getByText("Your e-mail is confirmed").waitFor();
    await partner.getByRole("link", { name: "Sign in" }).click();
    await partner.locator("input[name=password]").waitFor();
    await signIn(partner, APPLICANT, PASSWORD);
    await partner.getByText("Your application is in review").waitFor();
    expect(await partner.getByText("Your application is in review").isVisible()).toBe(true);
  });

  it("is refused with what it reads of why, and applies again", async () => {
    const { send, operatorKey } = portal.world;
    const { body } = await send<{ data: { id: string }[] }>("GET", "/api/v1/admin/partners", { auth: operatorKey });
    await send("PUT", `/api/v1/admin/partners/${body.data[0]?.id}/reject`, {
      auth: operatorKey,
      body: { reason: "Odd", tell: "Your company has no imprint." },
    });
    await visit(partner, "/");
    await partner.getByText("Your company has no imprint.").waitFor();
    // A link is not offered that would earn nothing.
    expect(await partner.getByRole("heading", { name: "Next steps" }).count()).toBe(0);
    await partner.getByRole("button", { name: "Apply again" }).click();
    const sending = partner.getByRole("dialog").getByRole("button", { name: "Send application" });
    // The keyboard comes to it, and reads why it cannot be pressed yet.
    await sending.focus();
    await partner.getByRole("tooltip").getByText("Fill in first what is not optional", { exact: false }).waitFor();
    await partner.getByRole("dialog").getByLabel("What has changed").fill("It has one by now.");
    await sending.click();
    await partner.getByText("Your application is in review").waitFor();
    expect(await partner.getByText("Your application is in review").isVisible()).toBe(true);
  });

  it("is approved from the operator's queue", async () => {
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Applications" }).click();
    await admin.getByRole("button", { name: "Hopper & Daughters" }).click();
    await admin.getByRole("button", { name: "Approve partner" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Approve partner" }).click();
    await admin.getByText("Partner approved").waitFor();
    await visit(partner, "/");
    await partner.getByRole("button", { name: "Request payout" }).waitFor();
    expect(await partner.getByRole("button", { name: "Request payout" }).isVisible()).toBe(true);
  });

  it("makes a link, through which a customer comes and pays", async () => {
    await visit(partner, "/links");
    await partner.getByRole("button", { name: "Create link" }).click();
    await partner.getByRole("dialog").getByLabel("Campaign").fill("spring");
    await partner.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
    await partner.getByRole("button", { name: "spring", exact: true }).click();
    const address = await partner.getByRole("dialog").locator("code").first().textContent();
    await sellThrough(portal.world, new URL(address ?? "").pathname.replace("/r/", ""), "joan");
    await visit(partner, "/referrals");
    await partner.locator("tbody").getByText("Paying").waitFor();
    expect(await partner.locator("tbody").getByText("Paying").isVisible()).toBe(true);
  });

  it("sees what was earned and why, and disputes it; the number stands", async () => {
    await visit(partner, "/commissions?type=recurring");
    await partner.locator("tbody tr").first().click();
    await partner.getByRole("dialog").getByText("Why this number").first().waitFor();
    await partner.getByRole("button", { name: "Dispute this number" }).click();
    await partner.getByLabel("What is wrong with it").fill("The rate should be higher.");
    await partner.getByRole("button", { name: "Send dispute" }).click();
    await partner.getByText("Dispute sent").waitFor();

    await visit(admin, "/disputes?status=open");
    await admin.locator("tbody tr").first().click();
    await admin.getByRole("button", { name: "Let the number stand" }).click();
    await admin.getByLabel("Answer to the partner").fill("The receipt shows the rate that holds.");
    await admin.getByRole("dialog").getByRole("button", { name: "Let the number stand" }).last().click();
    await admin.getByText("Dispute resolved").waitFor();
    expect(await admin.getByText("Dispute resolved").isVisible()).toBe(true);
  });

  it("says where the money goes: at Stripe, which leads back to the step that says whether it is done", async () => {
    await visit(partner, "/start?tab=payout");
    await partner.getByLabel("Country").selectOption("US");
    await partner.getByRole("button", { name: "Add payout method" }).click();
    await partner.getByRole("heading", { name: "Set up payouts" }).waitFor();
    // Left there, it is still to do here.
    await visit(partner, "/start");
    await partner.locator("li[data-state=now]").getByText("Where your money goes").click();
    await partner.getByText("Stripe needs more from you").waitFor();
    await partner.getByRole("button", { name: "Finish at Stripe" }).click();
    await partner.getByRole("heading", { name: "Set up payouts" }).waitFor();
    // Sent beside the page: the programme's own address, where Stripe leads back to, is nobody's here.
    const form = partner.locator("form");
    const action = new URL((await form.getAttribute("action")) ?? "", partner.url()).href;
    const bank = await form.locator("select").inputValue();
    const ended = await partner.request.post(action, {
      form: { bank, ending: "complete", holder: "" },
      maxRedirects: 0,
    });
    const { pathname, search } = new URL(ended.headers()["location"] ?? "");
    expect(pathname + search).toBe("/portal/start?tab=payout");
    await visit(partner, pathname.replace("/portal", "") + search);
    await partner.getByRole("button", { name: "Finish at Stripe" }).click();
    await partner.getByText("Ready").waitFor();
  });

  it("is paid: asks for the money, the operator releases it by typing the total, and it arrives", async () => {
    const { world } = portal;
    world.stripe.addFunds({ amount: 1_000_000, currency: "usd" });
    world.clock.advance(31 * DAY_MS);
    await world.wake("commissions.approve_due");
    // The sessions have ended meanwhile.
    await signIn(partner, APPLICANT, PASSWORD);
    await signIn(admin, "admin@team.test", PASSWORD);
    await visit(partner, "/payouts");
    await partner.getByRole("button", { name: "Request payout" }).click();
    await partner.getByRole("dialog").getByText("It is sent to: Stripe.").waitFor();
    await partner.getByRole("dialog").getByRole("button", { name: "Request payout" }).click();
    await partner.getByText("Payout requested").waitFor();

    await visit(admin, "/payouts");
    await admin.getByRole("button", { name: "New batch" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Make batch" }).click();
    await admin.getByRole("button", { name: "Release payouts" }).click();
    const dialog = admin.getByRole("dialog");
    const total = /([\d,]+\.\d\d) USD/.exec((await dialog.textContent()) ?? "")?.[1] ?? "";
    expect(await dialog.getByRole("button", { name: "Release payouts" }).isDisabled()).toBe(true);
    await dialog.getByLabel("To release, type the total").fill(total);
    await dialog.getByRole("button", { name: "Release payouts" }).click();
    await admin.getByText("Payouts released").waitFor();
    await world.settle();

    await visit(partner, "/payouts");
    await partner.locator("tbody").getByText("Paid").waitFor();
    expect(world.stripe.totalTransferred("usd")).toBeGreaterThan(0n);
  });

  it("is told what came since the last visit", async () => {
    await visit(partner, "/");
    expect(await partner.getByText("Since your last visit").count()).toBe(0);
    await partner.evaluate((daysMs) => {
      const { localStorage } = globalThis as unknown as { localStorage: Record<string, string> };
      const name = Object.keys(localStorage).find((key) => key.startsWith("tributary_visit_")) ?? "";
      localStorage[name] = JSON.stringify({ seenMs: Date.now() - daysMs, beforeMs: null });
    }, 3 * DAY_MS);
    await portal.world.wake("analytics.roll_up");
    await visit(partner, "/");
    await partner.getByRole("link", { name: "1 new paying customer" }).waitFor();
    await visit(partner, "/links");
    const row = partner.locator("tbody tr").filter({ hasText: "spring" });
    await row.locator("td").nth(4).getByText("1", { exact: true }).waitFor();
  });

  it("nobody's console complained on the way, but of the sessions that had ended", () => {
    expect(complaints.flat().filter((complaint) => !complaint.includes("401 (Unauthorized)"))).toEqual([]);
  });
});
