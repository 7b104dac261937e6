import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, isSideways, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld, sellThrough } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;
const IBANS = ["DE89370400440532013000", "GB33BUKB20201555555555"] as const;
type Partner = { readonly id: string; readonly auth: string; readonly referralCode: string };

/** A day on which money leaves, and not all of it does: what the pages say of that. */
describe.skipIf(CHROMIUM === undefined)("payday in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let complaints: readonly string[];
  let ada: Partner;
  let grace: Partner;

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    const opened = await openWindow(browser, portal.url, LOOK);
    [admin, complaints] = [opened.page, opened.complaints];
    const { world } = portal;
    [ada, grace] = [
      await world.addPartner({ email: "ada@partners.test" }),
      await world.addPartner({ email: "grace@partners.test" }),
    ];
    for (const [index, { id, auth, referralCode }] of [ada, grace].entries()) {
      await sellThrough(world, referralCode, `customer-${index}`);
      const method = { kind: "bank_file", holder: `Holder ${index}`, iban: IBANS[index] };
      await world.send("PUT", "/api/v1/partners/payouts/method", { auth, body: method });
      for (const commission of await read(`admin/commissions?partnerId=${id}&status=pending`))
        await send(`admin/commissions/${commission.id}/approve`, {});
    }
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  const drawer = (name: string): Locator => admin.getByRole("dialog", { name });
  const read = async (url: string): Promise<readonly { readonly id: string }[]> =>
    (
      await portal.world.send<{ data: readonly { readonly id: string }[] }>("GET", `/api/v1/${url}`, {
        auth: portal.world.operatorKey,
      })
    ).body.data;
  let sent = 0;
  const send = async (url: string, body: object, method: "POST" | "PUT" = "POST"): Promise<void> => {
    sent += 1;
    const answer = await portal.world.send(method, `/api/v1/${url}`, {
      auth: portal.world.operatorKey,
      key: `payday-${sent}`,
      body,
    });
    expect({ url, status: answer.status < 300 ? "done" : answer.body }).toEqual({ url, status: "done" });
  };
  async function makeBatch(): Promise<void> {
    await visit(admin, "/payouts");
    await admin.getByRole("button", { name: "New batch" }).click();
    await drawer("New batch").getByRole("button", { name: "Make batch" }).click();
    await admin.getByRole("heading", { name: "Payout batch" }).waitFor();
  }
  const steps = (): Promise<string[]> => admin.locator("ol > li[data-done]").allTextContents();

  it("a batch that was dropped was not released by what its page says, and its payouts wait", async () => {
    await makeBatch();
    await admin.getByText("2 rows, that is all").waitFor();
    await admin.getByRole("button", { name: "Drop batch" }).click();
    await drawer("Drop batch").getByText("Its payouts wait again, outside of the batch.").waitFor();
    await drawer("Drop batch").getByRole("button", { name: "Drop batch" }).click();
    await admin.getByText("No payout is in this batch any more").waitFor();
    await expect.poll(steps).toEqual(["Preview"]);
    expect(await seriousFindings(admin)).toEqual([]);
  });

  it("what may not leave at the release is named with its sum, and the list is as long as what left", async () => {
    await makeBatch();
    await admin.getByText("2 rows, that is all").waitFor();
    await send(`admin/partners/${grace.id}/suspend`, { reason: "We look at a complaint." }, "PUT");
    await admin.getByRole("button", { name: "Release payouts" }).click();
    await drawer("Release payouts").getByLabel("To release, type the total").fill("120.00");
    await drawer("Release payouts").getByRole("button", { name: "Release payouts" }).click();
    await admin.getByText("1 of 2 payouts released").waitFor();
    await admin.getByText("One payout, 60.00 USD, was not released").waitFor();
    await admin.getByText("1 row, that is all").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    await admin.getByRole("link", { name: "See what waits, and why" }).click();
    await admin.locator("tbody").getByText("partner suspended").waitFor();
  });

  it("a bank file says how many payments are in it and of which day it is, and one with none is not downloaded", async () => {
    await portal.world.settle();
    await visit(admin, "/payouts?act=bank-file");
    const download = drawer("Download bank file").getByRole("button", { name: "Download bank file" });
    const [file] = await Promise.all([admin.waitForEvent("download"), download.click()]);
    expect(file.suggestedFilename()).toMatch(/^bank-file-\d{4}-\d\d-\d\d\.csv$/);
    await admin.getByText("One payment is in the file").waitFor();
    await visit(admin, "/payouts?act=bank-file");
    await download.click();
    await drawer("Download bank file").getByText("Nothing waits for the bank").waitFor();
  });

  it("a payout that the bank sent back is on Home until its partner asks again, and says what to do", async () => {
    await portal.world.settle();
    const [paid] = await read(`admin/payouts?partnerId=${ada.id}&status=completed`);
    await send(`admin/payouts/${paid?.id}/return`, { reason: "Account closed", reference: "R-1042" });
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Failed payouts, not paid since" }).click();
    await admin.locator("tbody").getByText("Account closed").click();
    const payout = admin.getByRole("dialog", { name: /Payout/ });
    await payout.getByText("The amount is the partner’s balance again").waitFor();
    expect(await seriousFindings(admin)).toEqual([]);
    await portal.world.send("POST", "/api/v1/partners/payouts/request", {
      auth: ada.auth,
      key: "ada-again",
      body: { currency: "USD" },
    });
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Payout requests" }).waitFor();
    expect(await admin.getByRole("link", { name: "Failed payouts, not paid since" }).count()).toBe(0);
  });

  it("an act in the audit trail is said by what it was done to, and leads there", async () => {
    await visit(admin, "/audit?type=partner");
    await admin.locator("tbody").getByText("Payout method changed").first().waitFor();
    await visit(admin, "/audit?type=payout_batch");
    await admin.locator("tbody tr").filter({ hasText: "Released" }).click();
    expect(await seriousFindings(admin)).toEqual([]);
    await admin.getByRole("dialog", { name: "Act" }).getByRole("link").click();
    await admin.getByRole("heading", { name: "Payout batch" }).waitFor();
  });

  it("a partner's wish to be forgotten is on Home, where it is asked", async () => {
    await portal.world.send("POST", "/api/v1/privacy/erasure", { auth: grace.auth, key: "forget", body: {} });
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Wishes to be forgotten" }).click();
    await admin.locator("tbody").getByText("To be decided").waitFor();
    expect(new URL(admin.url()).searchParams.get("status")).toBe("asked");
  });

  it("a name of two hundred letters without a blank widens neither a list that is narrowed to it nor a drawer", async () => {
    await portal.world.send("PUT", "/api/v1/partners/profile", {
      auth: ada.auth,
      body: { companyName: "W".repeat(200) },
    });
    await portal.world.send("POST", "/api/v1/partners/commissions/dispute", {
      auth: ada.auth,
      key: "long-dispute",
      body: { missing: { kind: "customer", reference: "katherine" }, reason: "One is missing." },
    });
    await visit(admin, `/commissions?partnerId=${ada.id}`);
    await admin.getByText("WWWW").first().waitFor();
    expect(await isSideways(admin)).toBe(false);
    await visit(admin, "/disputes");
    await admin.locator("tbody tr").first().click();
    const body = admin.getByRole("dialog").locator(".mantine-Drawer-body");
    await body.getByText("WWWW").first().waitFor();
    const isWide = (one: unknown): boolean => {
      const { scrollWidth, clientWidth } = one as { scrollWidth: number; clientWidth: number };
      return scrollWidth > clientWidth;
    };
    expect(await body.evaluate(isWide)).toBe(false);
  });

  it("nobody's console complained on the way", () => {
    expect(complaints).toEqual([]);
  });
});
