import { createHmac } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../server/src/kernel/clock.ts";
import { startReceiver } from "../../server/test/kit/receiver.ts";
import { CHROMIUM, flawsOf, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { convertThrough, openPortal, PASSWORD, type PortalWorld, pay } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;
const PARTNER = "ada@partners.test";
/** As any sender signs: the base64 after `whsec_` is the key. */
const signatureOf = (secret: string, text: string): string =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
    .update(text)
    .digest("base64")}`;

/** What is set up and looked after between the days on which money moves. */
describe.skipIf(CHROMIUM === undefined)("a desk in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let partner: Page;
  let earner: { readonly id: string };
  let technology: string;
  const complaints: string[][] = [];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const [one, other] = [await openWindow(browser, portal.url, LOOK), await openWindow(browser, portal.url, LOOK)];
    [admin, partner] = [one.page, other.page];
    complaints.push(one.complaints, other.complaints);
    const { id } = await portal.world.addPartner({ email: PARTNER, partnerType: "technology" });
    technology = id;
    await portal.world.send("PUT", `/api/v1/admin/partners/${id}/approve`, {
      auth: portal.world.operatorKey,
      body: {},
    });
    earner = await longAgo(portal.world);
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

  it("a billing system is connected: its secret is shown once, and the page says when it is heard of", async () => {
    const { clock, send } = portal.world;
    await visit(admin, "/settings?tab=sources");
    await admin.getByRole("button", { name: "Connect billing system" }).click();
    const dialog = admin.getByRole("dialog", { name: "Connect billing system" });
    await dialog.getByLabel("System", { exact: true }).selectOption("generic");
    await dialog.getByLabel("Name").fill("Shop");
    await dialog.getByRole("button", { name: "Connect billing system" }).click();
    await admin.getByText("Keep it now").waitFor();
    const drawer = admin.getByRole("dialog", { name: "Billing system" });
    const [secret = "", address = ""] = await drawer.locator("code").allTextContents();
    await drawer.getByText("Nothing received yet").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    const sale = {
      externalId: "inv-1",
      customerExternalId: "nobody-here",
      kind: "payment",
      amount: 1_000,
      currency: "USD",
      occurredAt: clock.now().toISOString(),
    };
    const at = String(Math.floor(clock.now().getTime() / 1_000));
    const answer = await send("POST", new URL(address).pathname, {
      body: sale,
      headers: {
        "webhook-id": "msg-1",
        "webhook-timestamp": at,
        "webhook-signature": signatureOf(secret, `msg-1.${at}.${JSON.stringify(sale)}`),
      },
    });
    expect(answer.status).toBe(200);
    await admin.reload();
    await drawer.getByText("Receiving").waitFor();
    expect(await admin.getByText("Keep it now").count()).toBe(0);
    await confirm(admin, "Turn off", "Turn off");
    await admin.getByText("Billing system turned off").waitFor();
    await visit(admin, "/settings?tab=sources");
    await admin.locator("tbody").getByText("Customer is not known here").waitFor();
  });

  it("what differs after a late sale is shown before it is booked, and then nothing does", async () => {
    await visit(admin, `/partners/${earner.id}`);
    await admin.getByRole("button", { name: "Re-assess" }).click();
    const dialog = admin.getByRole("dialog", { name: "Re-assess" });
    await dialog.getByText("Taken back").first().waitFor();
    await dialog.getByLabel("Reason").fill("A sale was told of late");
    expect(await seriousFindings(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Book the difference" }).click();
    await admin.getByText("Difference booked").waitFor();
    await admin.getByRole("button", { name: "Re-assess" }).click();
    await dialog.getByText("nothing differs").waitFor();
    expect(await dialog.getByRole("button", { name: "Book the difference" }).isDisabled()).toBe(true);
  });

  it("a commission is granted by hand; what was paid of it and is taken back is owed, and written off", async () => {
    const { send, operatorKey } = portal.world;
    await visit(admin, `/partners/${earner.id}`);
    await admin.getByRole("button", { name: "Grant commission" }).click();
    const granting = admin.getByRole("dialog", { name: "Grant commission" });
    await granting.getByLabel("Amount in USD").fill("100");
    await granting.getByLabel("Reason").fill("A talk at the fair");
    await granting.getByText("Pending afterwards").waitFor();
    await granting.getByRole("button", { name: "Grant commission" }).click();
    await admin.getByText("Commission granted").waitFor();
    const { body } = await send<{ data: { id: string; amount: number }[] }>(
      "GET",
      `/api/v1/admin/commissions?partnerId=${earner.id}&type=bonus`,
      { auth: operatorKey },
    );
    expect(body.data).toMatchObject([{ amount: 10_000 }]);
    const act = async (url: string, sent: object): Promise<void> => {
      const { status } = await send("POST", `/api/v1/admin/${url}`, { auth: operatorKey, key: url, body: sent });
      expect({ url, isDone: status < 300 }).toEqual({ url, isDone: true });
    };
    const id = body.data[0]?.id ?? "";
    await act(`commissions/${id}/approve`, {});
    await act("payouts/request", { partnerId: earner.id, currency: "USD", amount: 10_000 });
    await act(`commissions/${id}/cancel`, { reason: "It was not held" });
    await visit(admin, `/partners/${earner.id}`);
    await admin.getByRole("button", { name: "Write off debt" }).click();
    const dialog = admin.getByRole("dialog", { name: "Write off debt" });
    await dialog.getByLabel("Amount in USD").fill("100.01");
    await dialog.getByLabel("Reason").fill("As a courtesy");
    await dialog.getByText("More than the partner owes").waitFor();
    expect(await dialog.getByRole("button", { name: "Write off debt" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Amount in USD").fill("");
    expect(await seriousFindings(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Write off debt" }).click();
    await admin.getByText("Debt written off").waitFor();
    await admin.getByRole("button", { name: "Write off debt" }).waitFor({ state: "hidden" });
  });

  it("a partner is asked first, and a customer that should not count is not counted any more", async () => {
    await visit(admin, `/partners/${earner.id}`);
    await admin.getByRole("button", { name: "Ask partner" }).click();
    const asking = admin.getByRole("dialog", { name: "Ask partner" });
    await asking.getByLabel("Subject").fill("Your site");
    await asking.getByLabel("Message").fill("Where do you tell of us?");
    await asking.getByRole("button", { name: "Send" }).click();
    await admin.getByText("Message sent").waitFor();
    await portal.world.settle();
    const mail = portal.world.mails.find(({ subject, text }) => `${subject} ${text}`.includes("Your site"));
    expect(mail?.to).toBe("grace@partners.test");
    await visit(admin, `/referrals?partnerId=${earner.id}`);
    await admin.locator("tbody tr").first().click();
    await admin.getByRole("button", { name: "Do not count customer" }).click();
    const rejecting = admin.getByRole("dialog", { name: "Do not count customer" });
    await rejecting.getByLabel("Also take back").check();
    await rejecting.getByLabel("Reason").fill("It is the partner itself");
    expect(await seriousFindings(admin)).toEqual([]);
    await rejecting.getByRole("button", { name: "Do not count customer" }).click();
    await admin.getByText("Customer is not counted").waitFor();
    await admin.locator("tbody").getByText("Not counted").waitFor();
  });

  it("a marketing budget is granted to a partner that is found by name", async () => {
    await visit(admin, "/fees?tab=budgets");
    await admin.getByRole("button", { name: "Grant budget" }).click();
    const dialog = admin.getByRole("dialog", { name: "Grant budget" });
    await dialog.getByLabel("Partner", { exact: true }).selectOption(earner.id);
    await dialog.getByLabel("Amount in USD").fill("500");
    await dialog.getByLabel("Reason").fill("The fair");
    await dialog.getByText("Left afterwards").waitFor();
    await dialog.getByRole("button", { name: "Grant budget" }).click();
    await admin.getByText("Budget granted").waitFor();
    expect(await admin.locator("tbody").getByText("500.00").count()).toBeGreaterThan(0);
  });

  it("a card programme is connected, a product is made in it, and closed", async () => {
    const { world } = portal;
    await visit(admin, "/cards?tab=programs");
    await admin.getByRole("button", { name: "Connect card programme" }).first().click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Cards");
    await dialog.getByLabel("Address").fill(world.marqeta.url);
    await dialog.getByLabel("Application token", { exact: true }).fill(world.marqeta.applicationToken);
    await dialog.getByLabel("Admin access token", { exact: true }).fill(world.marqeta.adminToken);
    await dialog.getByRole("button", { name: "Connect card programme" }).click();
    await admin.getByText("Card programme is being connected").waitFor();
    await world.settle();
    await visit(admin, "/cards?tab=products");
    await admin.getByRole("button", { name: "Make card product" }).click();
    await dialog.getByLabel("Partner", { exact: true }).selectOption(technology);
    await dialog.getByLabel("Name", { exact: true }).fill("Ada Card");
    await dialog.getByLabel("The most for one purchase").fill("250");
    await dialog.getByRole("button", { name: "Make card product" }).click();
    await admin.getByText("Card product is being made").waitFor();
    await world.settle();
    await visit(admin, "/cards?tab=products");
    await admin.locator("tbody").getByText("250.00").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    await confirm(admin, "Close product: Ada Card", "Close product");
    await admin.getByText("Card product closed").waitFor();
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
    await drawer.getByRole("button", { name: "Send test" }).click();
    await partner.getByText("Test sent").waitFor();
    await visit(partner, "/developers?tab=deliveries");
    await partner.getByRole("button", { name: "webhook.ping" }).click();
    await drawer.locator("pre").filter({ hasText: '"type": "webhook.ping"' }).waitFor();
    await visit(partner, "/developers?tab=webhooks");
    await partner.getByRole("button", { name: "http://127.0.0.1:9/hooks" }).click();
    await confirm(partner, "Make new secret", "Make new secret");
    await drawer.getByText("Keep it now").waitFor();
    expect(await seriousFindings(partner)).toEqual([]);
    await confirm(partner, "Delete endpoint", "Delete endpoint");
    await partner.getByText("No endpoints yet").waitFor();
  });

  it("a delivery shows each attempt with the headers and the body of what was sent and answered, light and dark, wide and narrow", async () => {
    await using receiver = await startReceiver();
    receiver.answer = (response) =>
      void response.writeHead(422, { "x-request-id": "r-81", "set-cookie": "a=b" }).end("no such customer");
    await visit(partner, "/developers?tab=webhooks");
    await partner.getByRole("button", { name: "Add endpoint" }).click();
    await partner.getByRole("dialog").getByLabel("Address").fill(receiver.url);
    await partner.getByRole("dialog").getByRole("button", { name: "Add endpoint" }).click();
    await partner.getByText("Keep it now").waitFor();
    await partner.getByRole("button", { name: receiver.url }).click();
    await partner.getByRole("dialog").first().getByRole("button", { name: "Send test" }).click();
    await partner.getByText("Test sent").waitFor();
    await portal.world.app.deliverer.deliverDue();
    await visit(partner, "/developers?tab=deliveries");
    await partner.locator("tbody tr").first().click();
    const drawer = partner.getByRole("dialog");
    await drawer.getByText("Attempt 1").waitFor();
    for (const part of ["Headers sent", "Headers answered", "Body answered"]) await drawer.getByText(part).click();
    await drawer.getByText(`webhook-id: ${String(receiver.received[0]?.headers["webhook-id"])}`).waitFor();
    await drawer.getByText("x-request-id: r-81").waitFor();
    await drawer.getByText("set-cookie: [redacted]").waitFor();
    await drawer.getByText("no such customer").waitFor();
    expect(await flawsOf(partner)).toEqual([]);
  });

  it("a draft of the plan says what is saved of it, and is not published before it is", async () => {
    await visit(admin, "/plans?act=draft");
    await admin.getByRole("dialog").getByRole("button", { name: "Draft a plan" }).click();
    await admin.getByRole("status").getByText("As saved.").waitFor();
    const publish = admin.getByRole("button", { name: "Publish plan" });
    await admin.getByLabel("Sign-up bonus").first().fill("60,5");
    await admin.getByRole("status").getByText("Save the draft before you publish it").waitFor();
    expect(await publish.isDisabled()).toBe(true);
    await admin.getByRole("button", { name: "Save draft" }).click();
    await admin.getByRole("status").getByText("As saved.").waitFor();
    await admin.getByRole("cell", { name: "60.50" }).waitFor();
    expect(await publish.isDisabled()).toBe(false);
  });

  it("whoever may not see every queue is told, too, whether something waits", async () => {
    const support = await openWindow(browser, portal.url, LOOK);
    await signIn(support.page, await portal.addMember("support"), PASSWORD);
    await visit(support.page, "/");
    const waiting = support.page.getByRole("region", { name: "Waiting for a decision" });
    await waiting.getByRole("link").or(waiting.getByText("Nothing waits")).first().waitFor();
    expect(await waiting.locator("[data-loading]").count()).toBe(0);
    complaints.push(support.complaints);
    await support.close();
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

/** A partner whose customer came long ago, pays today, and is told only now to have paid before: in its first year, and not in its second. */
async function longAgo(world: PortalWorld["world"]) {
  const today = world.clock.now();
  world.clock.moveTo(new Date(today.getTime() - 500 * DAY_MS));
  const partner = await world.addPartner({ email: "grace@partners.test" });
  await convertThrough(world, partner.referralCode, "joan");
  const first = world.clock.now();
  world.clock.moveTo(today);
  await pay(world, "joan");
  await pay(world, "joan", first);
  await world.settle();
  const auth = await world.signIn("grace@partners.test");
  await world.send("PUT", "/api/v1/partners/payouts/method", {
    auth,
    body: { kind: "bank_file", holder: "Grace", iban: "DE89370400440532013000" },
  });
  return partner;
}
