import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;
const PARTNER = "ada@partners.test";

/** What is set up and looked after between the days on which money moves. */
describe.skipIf(CHROMIUM === undefined)("a desk in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let partner: Page;
  const complaints: string[][] = [];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const [one, other] = [await openWindow(browser, portal.url, LOOK), await openWindow(browser, portal.url, LOOK)];
    [admin, partner] = [one.page, other.page];
    complaints.push(one.complaints, other.complaints);
    const { id } = await portal.world.addPartner({ email: PARTNER, partnerType: "technology" });
    await portal.world.send("PUT", `/api/v1/admin/partners/${id}/approve`, {
      auth: portal.world.operatorKey,
      body: {},
    });
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
    await signIn(partner, PARTNER, PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  const mailsTo = async (email: string): Promise<number> => {
    await portal.world.settle();
    return portal.world.mails.filter(({ to }) => to === email).length;
  };
  /** Presses what opens a dialog, and in it what is called the same: in the dialog of that name, for the drawer behind it is one too. */
  async function confirm(page: Page, name: string | RegExp, act: string): Promise<void> {
    await page.getByRole("button", { name }).click();
    await page.getByRole("dialog", { name: act, exact: true }).getByRole("button", { name: act, exact: true }).click();
  }

  it("an invitation to apply is listed, sent again and withdrawn", async () => {
    const email = "joan@invited.test";
    await visit(admin, "/partners?tab=invitations");
    await admin.getByText("Nobody is invited").waitFor();
    await admin.getByRole("button", { name: "Invite partners" }).click();
    await admin.getByRole("dialog").getByLabel("E-mails").fill(email);
    await admin.getByRole("dialog").getByRole("button", { name: "Invite partners" }).click();
    await admin.locator("tbody").getByText(email).waitFor();
    await admin.locator("tbody").getByText("Invited", { exact: true }).waitFor();
    expect(await mailsTo(email)).toBe(1);
    await admin.getByRole("button", { name: `Send invitation again: ${email}` }).click();
    await admin.getByText(`Invitation sent again to ${email}`).waitFor();
    expect(await mailsTo(email)).toBe(2);
    expect(await seriousFindings(admin)).toEqual([]);
    await confirm(admin, `Withdraw invitation: ${email}`, "Withdraw invitation");
    await admin.getByText("Nobody is invited").waitFor();
  });

  it("somebody on the team is invited again, given another role, kept out and let in", async () => {
    const email = "grace@team.test";
    await visit(admin, "/team?act=invite");
    await admin.getByRole("dialog").getByLabel("E-mail").fill(email);
    await admin.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
    await admin.getByRole("button", { name: email }).click();
    const drawer = admin.getByRole("dialog");
    await drawer.getByRole("button", { name: "Send invitation again" }).click();
    await admin.getByText("Invitation sent").last().waitFor();
    await expect.poll(() => mailsTo(email)).toBe(2);
    expect(await seriousFindings(admin)).toEqual([]);
    await drawer.getByLabel(`Role: ${email}`).selectOption("finance");
    await drawer.getByRole("button", { name: "Change role" }).click();
    await admin.getByText("Role changed").waitFor();
    await admin.locator("tbody").getByText("Finance").waitFor();
    await confirm(admin, "Disable account", "Disable account");
    await admin.getByText("Account disabled").waitFor();
    await confirm(admin, "Enable account", "Enable account");
    await admin.getByText("Account enabled").waitFor();
  });

  it("the programme is set up: where links lead is where they may lead, and who is approved by itself", async () => {
    await visit(admin, "/settings");
    await admin.getByLabel("Where links lead").fill("https://shop.example.com/start");
    await admin.getByLabel("Hosts that links may lead to").fill("");
    await admin.getByLabel("Tier 2").check();
    await admin.getByRole("button", { name: "Save changes" }).click();
    await admin.getByText("Changes saved").waitFor();
    const { body } = await portal.world.send("GET", "/api/v1/admin/program", { auth: portal.world.operatorKey });
    expect(body).toMatchObject({
      destinationHosts: ["shop.example.com"],
      defaultDestination: "https://shop.example.com/start",
      autoApprovedTiers: ["tier1", "tier2"],
    });
  });

  it("an endpoint is changed, gets another secret, and is deleted only after a word", async () => {
    await visit(partner, "/developers?tab=webhooks");
    await partner.getByRole("button", { name: "Add endpoint" }).click();
    await partner.getByRole("dialog").getByLabel("Address").fill("http://127.0.0.1:9/hooks");
    await partner.getByRole("dialog").getByRole("button", { name: "Add endpoint" }).click();
    await partner.getByText("Keep it now").waitFor();
    await partner.getByRole("button", { name: "http://127.0.0.1:9/hooks" }).click();
    const drawer = partner.getByRole("dialog").first();
    await drawer.getByLabel("Events").fill("payout.*");
    await drawer.getByRole("button", { name: "Save changes" }).click();
    await partner.locator("tbody").getByText("payout.*").waitFor();
    await confirm(partner, "Make new secret", "Make new secret");
    await drawer.getByText("Keep it now").waitFor();
    expect(await seriousFindings(partner)).toEqual([]);
    await confirm(partner, "Delete endpoint", "Delete endpoint");
    await partner.getByText("No endpoints yet").waitFor();
  });

  it("a partner asks for another tier, and sees that it waits", async () => {
    await visit(partner, "/settings?tab=terms");
    await partner.getByLabel("Tier", { exact: true }).selectOption("tier2");
    await partner.getByRole("button", { name: "Ask for this tier" }).click();
    await partner.getByText("Your request for tier 2 is in review").waitFor();
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Tier requests" }).waitFor();
    expect(await seriousFindings(partner)).toEqual([]);
  });

  it("a partner is paid on a day of its own choice", async () => {
    await visit(partner, "/settings?tab=payout");
    await partner.getByLabel("Payout is asked for").selectOption("month");
    await partner.getByLabel("Day").fill("15");
    await partner.getByRole("button", { name: "Save schedule" }).click();
    await partner.getByText(/Next on 15/).waitFor();
    expect(await seriousFindings(partner)).toEqual([]);
  });

  it("a partner closes its account by typing its code, and no other way", async () => {
    await visit(partner, "/settings?tab=data");
    await partner.getByRole("button", { name: "Close account" }).click();
    const dialog = partner.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Close account" }).isDisabled()).toBe(true);
    const label = (await dialog.getByText(/type your code/).textContent()) ?? "";
    await dialog.getByLabel(/type your code/).fill(label.split(" ").at(-1) ?? "");
    await dialog.getByRole("button", { name: "Close account" }).click();
    await partner.getByText("Account closed").waitFor();
    await partner.getByText("Your account is closed.", { exact: false }).waitFor();
  });

  it("nobody's console complained on the way", () => {
    expect(complaints.flat()).toEqual([]);
  });
});
