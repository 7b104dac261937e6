import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner } from "../../server/test/kit/postgres.ts";
import { CHROMIUM, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { clickOn, convertThrough, openPortal, PASSWORD, type PortalWorld, pay, sellThrough } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;

/** What the team looks up and puts right: sales, whose customers are, payouts in a partner's place, tiers. */
describe.skipIf(CHROMIUM === undefined)("the team's money desk", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let ada: { readonly id: string; readonly auth: string; readonly referralCode: string };
  let grace: { readonly id: string };
  let complaints: readonly string[];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const opened = await openWindow(browser, portal.url, LOOK);
    [admin, complaints] = [opened.page, opened.complaints];
    const { world } = portal;
    ada = await world.addPartner({ email: "ada@partners.test" });
    grace = await world.addPartner({ email: "grace@partners.test" });
    await sellThrough(world, ada.referralCode, "joan");
    await convertThrough(world, ada.referralCode, "hedy");
    await pay(world, "hedy");
    await world.settle();
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  const drawer = (name: string): Locator => admin.getByRole("dialog", { name });
  type Rows = {
    readonly data: readonly { readonly id: string; readonly externalId: string; readonly partnerId: string }[];
  };
  const read = async (url: string): Promise<Rows["data"]> =>
    (await portal.world.send<Rows>("GET", `/api/v1/${url}`, { auth: portal.world.operatorKey })).body.data;
  let sent = 0;
  const send = async (url: string, body: object): Promise<void> => {
    sent += 1;
    const answer = await portal.world.send("POST", `/api/v1/${url}`, {
      auth: portal.world.operatorKey,
      key: `sales-${sent}`,
      body,
    });
    expect({ url, isDone: answer.status < 300, body: answer.status < 300 || answer.body }).toMatchObject({
      url,
      isDone: true,
    });
  };

  it("a sale is found by its name, and says what it earned and why the customer is whose it is", async () => {
    const [known] = await read("admin/transactions?customerExternalId=joan");
    await visit(admin, "/sales");
    await admin.keyboard.press("Control+k");
    await admin.getByRole("combobox", { name: "Go anywhere" }).fill(known?.externalId ?? "");
    await admin.getByRole("option", { name: /Sale/ }).click();
    const sale = drawer("Sale");
    await sale.getByText("The last click before the sign-up decided.").waitFor();
    await sale.getByText("120.00").waitFor();
    await sale.getByRole("region", { name: "What it earned" }).getByRole("link", { name: "Recurring" }).waitFor();
    await sale.getByRole("region", { name: "Touches" }).getByText("decided").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    await sale.getByRole("link", { name: "Recurring" }).click();
    await drawer("Commission").getByText("Why this number").first().waitFor();
    await drawer("Commission").getByRole("link", { name: "See sale" }).click();
    await sale.waitFor();
    expect(new URL(admin.url()).pathname).toBe("/portal/sales");
  });

  it("a sale to a customer who is nobody’s yet says so, and what is missing; a name that nothing has is refused in place", async () => {
    const customer = "stranger";
    await send("referrals/signup", { externalId: customer, clickId: await clickOn(portal.world, ada.referralCode) });
    await pay(portal.world, customer);
    const [sale] = await read(`admin/transactions?customerExternalId=${customer}`);
    await visit(admin, "/sales?tab=explain");
    await admin.getByLabel("Of what").selectOption("transaction");
    await admin.getByLabel("Its name or id").fill(sale?.externalId ?? "");
    await admin.getByRole("button", { name: "Explain" }).last().click();
    await admin.getByText("Nothing has decided yet").waitFor();
    await admin.getByText("`convert` has not been called", { exact: false }).waitFor();
    await visit(admin, `/sales?q=${customer}`);
    await admin.locator("tbody").getByText("Nobody’s customer").waitFor();
    await admin.locator("tbody tr").first().click();
    await drawer("Sale").getByText("Nothing: the customer was nobody’s").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    await visit(admin, "/sales?tab=explain&type=click&q=nothing-like-an-id");
    await admin.getByRole("alert").waitFor();
    expect(await admin.getByRole("alert").count()).toBe(1);
  });

  it("a customer is given to another partner after what goes and what stays was shown; both partners' books follow", async () => {
    const [referral] = await read("admin/referrals?externalId=hedy");
    await visit(admin, `/referrals?open=${referral?.id}`);
    await admin.getByRole("button", { name: "Give customer to another partner" }).click();
    const giving = drawer("Give customer to another partner");
    await giving.getByText("Taken back at most").waitFor();
    await giving.getByText("60.00").waitFor();
    const give = giving.getByRole("button", { name: "Give customer to another partner" });
    await giving.getByLabel("Partner", { exact: true }).selectOption(ada.id);
    await giving.getByText("The customer is this partner’s already.").waitFor();
    expect(await give.isDisabled()).toBe(true);
    await giving.getByLabel("Partner", { exact: true }).selectOption(grace.id);
    await giving.getByLabel("Reason").fill("Grace had shown it to her before");
    expect(await seriousFindings(admin)).toEqual([]);
    await give.click();
    await admin.getByText("Customer given to another partner").waitFor();
    await portal.world.settle();
    const after = await read("admin/referrals?externalId=hedy&status=qualified");
    expect(after.map(({ partnerId }) => partnerId)).toEqual([grace.id]);
    await visit(admin, "/sales?tab=explain&type=customer&q=hedy");
    await admin.getByText("A person on the team gave the customer to another partner.").waitFor();
    await admin.getByRole("region", { name: "Whose it was before" }).waitFor();
  });

  it("a customer whom nobody brought is assigned to a partner", async () => {
    await visit(admin, "/referrals?act=assign");
    const dialog = drawer("Assign customer");
    await dialog.getByLabel("Your name for a customer").fill("stranger");
    await dialog.getByLabel("Partner", { exact: true }).selectOption(grace.id);
    await dialog.getByLabel("Reason").fill("She said so on the phone");
    expect(await seriousFindings(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Assign customer" }).click();
    await drawer("Referral").getByText("By hand").waitFor();
    const assigned = await read("admin/referrals?externalId=stranger");
    expect(assigned.map(({ partnerId }) => partnerId)).toEqual([grace.id]);
  });

  it("a payout is asked for in a partner's place after its preview, not without a method; the batch says who made and released it", async () => {
    for (const { id } of await read(`admin/commissions?partnerId=${ada.id}&status=pending`))
      await send(`admin/commissions/${id}/approve`, {});
    await visit(admin, "/payouts?act=request");
    const dialog = drawer("Request payout");
    const request = dialog.getByRole("button", { name: "Request payout" });
    await dialog.getByLabel("Partner", { exact: true }).selectOption(ada.id);
    await dialog.getByText("no payout method").waitFor();
    expect(await request.isDisabled()).toBe(true);
    await portal.world.send("PUT", "/api/v1/partners/payouts/method", {
      auth: await portal.world.signIn("ada@partners.test"),
      body: { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" },
    });
    await visit(admin, "/payouts?act=request");
    await dialog.getByLabel("Partner", { exact: true }).selectOption(ada.id);
    await dialog.getByText("Reaches the partner").waitFor();
    await dialog.getByLabel("Amount in USD").fill("100000");
    await dialog.getByText("This is more than is available.").waitFor();
    expect(await request.isDisabled()).toBe(true);
    await dialog.getByLabel("Amount in USD").fill("12.50");
    expect(await seriousFindings(admin)).toEqual([]);
    await request.click();
    await admin.getByText("Payout requested").waitFor();
    expect(await read(`admin/payouts?partnerId=${ada.id}`)).toMatchObject([{ amount: 1_250, status: "pending" }]);
    await admin.getByRole("button", { name: "New batch" }).click();
    await drawer("New batch").getByRole("button", { name: "Make batch" }).click();
    await admin.getByRole("button", { name: "Release payouts" }).click();
    await drawer("Release payouts").getByLabel("To release, type the total").fill("12.50");
    await drawer("Release payouts").getByRole("button", { name: "Release payouts" }).click();
    await admin.getByText("Payouts released").waitFor();
    await expect.poll(() => admin.getByText("by Mara admin", { exact: false }).count()).toBe(2);
  });

  it("a partner below its tier is moved with a reason, and the review is closed", async () => {
    const { world, database } = portal;
    await asOwner(database, "update partners set tier = 'tier2' where id = $1", [grace.id]);
    await asOwner(
      database,
      `insert into partner_tier_reviews (tenant_id, id, partner_id, tier, minimum, days, counted, opened_at, reviewed_at)
       values ($1, gen_random_uuid(), $2, 'tier2', 10, 365, 3, $3, $3)`,
      [world.ctx().tenantId, grace.id, world.clock.now()],
    );
    await visit(admin, "/partners?tab=reviews");
    await admin.locator("tbody").getByText("3 of 10 in 365 days").waitFor();
    await admin.getByRole("button", { name: "Decide review" }).click();
    const dialog = drawer("Decide review");
    await dialog.getByText("Nothing changes.").waitFor();
    await dialog.getByLabel("Tier from now on").selectOption("tier1");
    await dialog.getByLabel("Reason").fill("None since May");
    expect(await seriousFindings(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Move partner" }).click();
    await admin.getByText("Partner moved").waitFor();
    await admin.getByText("Nobody is below what their tier asks for").waitFor();
    await visit(admin, "/partners?tab=reviews&status=moved");
    await admin.locator("tbody").getByText("None since May").waitFor();
    expect(await asOwner(database, "select tier from partners where id = $1", [grace.id])).toEqual([{ tier: "tier1" }]);
  });

  it("nobody's console complained on the way, but of the name that nothing has", () => {
    expect(complaints.filter((complaint) => !complaint.includes("nothing-like-an-id"))).toEqual([]);
  });
});
