import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner } from "../../server/test/kit/postgres.ts";
import { CHROMIUM, isSideways, launch, openWindow, seriousFindings, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";
import { seedCommissions } from "./seed-commissions.ts";

const PARTNER = "ada@partners.test";
const WIDE = { scheme: "light", width: 1280 } as const;
const API = "**/api/v1/**";

/** What goes wrong between people, a browser and a server, and that nothing is lost by it. */
describe.skipIf(CHROMIUM === undefined)("the portal in trouble", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let partnerId: string;
  let admin: string;
  const windows: (() => Promise<void>)[] = [];
  const pages = new Map<string, Page>();

  beforeAll(async () => {
    portal = await openPortal();
    admin = await portal.addMember("admin");
    partnerId = (await portal.world.addPartner({ email: PARTNER })).id;
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    for (const close of windows) await close();
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  /** The window of somebody who has signed in; signing in is slow on purpose, so that each has one, and another by another name. */
  async function enter(
    email: string,
    { as = "", before }: { as?: string; before?: (page: Page) => Promise<void> } = {},
  ) {
    const known = pages.get(email + as);
    if (known) {
      await known.setViewportSize({ width: WIDE.width, height: 900 });
      return known;
    }
    const { page, close } = await openWindow(browser, portal.url, WIDE);
    windows.push(close);
    await before?.(page);
    await signIn(page, email, PASSWORD);
    pages.set(email + as, page);
    return page;
  }
  const tickets = async () => {
    const { body } = await portal.world.send<{ data: { subject: string }[] }>(
      "GET",
      "/api/v1/admin/tickets?limit=100",
      {
        auth: portal.world.operatorKey,
      },
    );
    return body.data.map(({ subject }) => subject);
  };
  async function writeTicket(page: Page, subject: string): Promise<void> {
    await visit(page, "/support?act=ask");
    await page.getByRole("dialog").getByLabel("Subject").fill(subject);
    await page.getByRole("dialog").getByLabel("Message").fill("How is this reckoned?");
  }
  const send = (page: Page) =>
    page.getByRole("dialog").getByRole("button", { name: "Send", exact: false }).last().click();

  it("a ticket is written by the partner, answered by the team, and read by the partner", async () => {
    const partner = await enter(PARTNER);
    await writeTicket(partner, "Where is my statement");
    await send(partner);
    await partner.getByText("Sent", { exact: false }).first().waitFor();
    const team = await enter(admin);
    await visit(team, "/support");
    await team.getByRole("button", { name: "Where is my statement" }).click();
    await team.getByRole("dialog").getByLabel("Message").fill("Below the payout: Statement.");
    await team.getByRole("dialog").getByRole("button", { name: "Answer" }).click();
    await team.getByRole("dialog").getByText("Below the payout: Statement.").waitFor();
    await visit(partner, "/support");
    await partner.getByRole("button", { name: "Where is my statement" }).click();
    await partner.getByText("Below the payout: Statement.").waitFor();
    expect(await tickets()).toEqual(["Where is my statement"]);
  });

  it("an act whose answer was lost is sent again under its key, and is done once", async () => {
    const partner = await enter(PARTNER);
    await writeTicket(partner, "Asked twice");
    // The server does it, and nobody hears of it; the client tries by itself before it gives up.
    await partner.route("**/api/v1/partners/tickets", async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      await route.fetch();
      await route.abort();
    });
    await send(partner);
    await partner.getByRole("dialog").getByText("Nothing was lost", { exact: false }).waitFor({ timeout: 60_000 });
    expect(await partner.getByRole("dialog").getByLabel("Subject").inputValue()).toBe("Asked twice");
    await partner.unroute("**/api/v1/partners/tickets");
    await send(partner);
    await partner.getByRole("dialog").getByLabel("Subject").waitFor({ state: "hidden" });
    expect((await tickets()).filter((subject) => subject === "Asked twice")).toHaveLength(1);
  }, 120_000);

  it("a file that is too large is not sent, an empty one neither, one that is not what it is called is refused, and markup in a name is text", async () => {
    const partner = await enter(PARTNER);
    await writeTicket(partner, "With a file");
    const dialog = partner.getByRole("dialog");
    const choose = (name: string, bytes: Uint8Array, mimeType = "image/png") =>
      dialog.locator("input[type=file]").setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) });
    await choose("large.png", new Uint8Array(2 * 2 ** 20 + 1));
    await dialog.getByText("At most three files", { exact: false }).last().waitFor();
    await choose("empty.png", new Uint8Array(0));
    await dialog.getByText("The file is empty").waitFor();
    await choose("picture.png", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0));
    await send(partner);
    await dialog.getByRole("alert").getByText("Files of this type are not taken", { exact: false }).waitFor();
    expect(await dialog.getByLabel("Subject").inputValue()).toBe("With a file");
    await choose('<img src=x onerror="document.title=1">.txt', Buffer.from("A note"), "text/plain");
    await send(partner);
    await partner.getByRole("dialog").getByRole("button", { name: "img src=x onerror=", exact: false }).waitFor();
    expect(await partner.locator("[role=dialog] img").count()).toBe(0);
    expect((await tickets()).filter((subject) => subject === "With a file")).toHaveLength(1);
  });

  it("while a slow server has not answered, the page says that it is loading, and an act that is pressed again is sent once", async () => {
    const partner = await enter(PARTNER);
    const held: (() => void)[] = [];
    let asked = 0;
    await partner.route("**/api/v1/partners/tickets*", async (route) => {
      if (route.request().method() === "POST") asked += 1;
      await new Promise<void>((go) => held.push(go));
      await route.fallback();
    });
    const release = async (): Promise<void> => {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      for (const go of held.splice(0)) go();
    };
    await partner.goto("/portal/support");
    await partner.locator("[data-loading]").first().waitFor();
    await release();
    await partner.locator("tbody tr").first().waitFor();
    await partner.getByRole("button", { name: "New ticket" }).click();
    await partner.getByRole("dialog").getByLabel("Subject").fill("Slowly");
    await partner.getByRole("dialog").getByLabel("Message").fill("Is anybody there?");
    const button = partner.getByRole("dialog").locator("button[type=submit]");
    await button.click();
    await button.click({ force: true });
    await partner.keyboard.press("Control+Enter");
    await release();
    await expect.poll(async () => (await tickets()).filter((subject) => subject === "Slowly")).toHaveLength(1);
    expect(asked).toBe(1);
    await partner.unroute("**/api/v1/partners/tickets*");
    for (const go of held) go();
  });

  it("while the server is away the page stays as it was and says so, and goes on by itself afterwards", async () => {
    const partner = await enter(PARTNER, { as: "later", before: (page) => page.clock.install() });
    await visit(partner, "/links");
    const row = partner.locator("tbody tr").first();
    await row.waitFor();
    await partner.route(API, (route) => route.abort());
    await partner.clock.runFor(40_000);
    await partner.keyboard.press("g");
    await partner.keyboard.press("r");
    const bar = partner.getByText("The server does not answer. Showing", { exact: false });
    for (let turn = 0; turn < 20 && !(await bar.isVisible()); turn += 1) await partner.clock.runFor(10_000);
    await bar.waitFor();
    await partner.unroute(API);
    for (let turn = 0; turn < 20 && (await bar.isVisible()); turn += 1) await partner.clock.runFor(10_000);
    await bar.waitFor({ state: "hidden" });
    expect(await partner.locator("h1").textContent()).toBe("Referrals");
  }, 120_000);

  it("who decides second is told so, and nothing that was written is lost", async () => {
    const { id } = await portal.world.addPartner({ email: "rita@resellers.test", partnerType: "reseller" });
    const [first, second] = [await enter(admin), await enter(admin, { as: "second" })];
    for (const page of [first, second]) await visit(page, `/partners/${id}`);
    await second.getByRole("button", { name: "Refuse application" }).click();
    await second.getByRole("dialog").getByLabel("Reason").fill("No business that we could find.");
    await first.getByRole("button", { name: "Approve partner" }).click();
    await first.getByRole("dialog").getByRole("button", { name: "Approve partner" }).click();
    await first.getByText("Partner approved").waitFor();
    await second.getByRole("dialog").getByRole("button", { name: "Refuse application" }).click();
    await second.getByRole("alert").getByText("The partner's state does not allow that").waitFor();
    expect(await second.getByRole("dialog").getByLabel("Reason").inputValue()).toBe("No business that we could find.");
  });

  it("who approves what somebody else has just refused is told so, and it stays refused", async () => {
    const { id } = await portal.world.addPartner({ email: "rolf@resellers.test", partnerType: "reseller" });
    const second = await enter(admin);
    await visit(second, `/partners/${id}`);
    await second.getByRole("button", { name: "Approve partner" }).click();
    const request = { auth: portal.world.operatorKey, body: { reason: "No such company" } };
    await portal.world.send("PUT", `/api/v1/admin/partners/${id}/reject`, request);
    await second.getByRole("dialog").getByRole("button", { name: "Approve partner" }).click();
    await second.getByRole("dialog").getByText("Somebody was quicker.", { exact: false }).waitFor();
    await second.keyboard.press("Escape");
    await second.getByText("Declined").first().waitFor();
    expect(await second.getByRole("button", { name: "Approve partner" }).count()).toBe(0);
  });

  it("several partners are approved at once, each with its outcome", async () => {
    const [, refused] = [
      await portal.world.addPartner({ email: "b1@resellers.test", partnerType: "reseller" }),
      await portal.world.addPartner({ email: "b2@resellers.test", partnerType: "reseller" }),
    ];
    const team = await enter(admin);
    await visit(team, "/partners?status=pending");
    await team.getByLabel("Mark all rows that are loaded").check();
    await team.getByRole("button", { name: "Approve 2" }).click();
    // Somebody else is faster with one of them.
    const faster = await portal.world.send("PUT", `/api/v1/admin/partners/${refused.id}/terminate`, {
      auth: portal.world.operatorKey,
      body: { reason: "Twice" },
    });
    expect(faster.body).toMatchObject({ status: "terminated" });
    await team.getByRole("dialog").getByRole("button", { name: "Approve 2" }).click();
    const results = team.getByLabel("What became of each");
    await results.getByText("The partner's state does not allow that", { exact: false }).waitFor();
    await results.getByText("done", { exact: false }).waitFor();
    expect(await results.locator("li").count()).toBe(2);
  });

  it("who looks as a partner sees its pages under a bar, can change nothing, and finds the way out", async () => {
    const team = await enter(admin);
    await visit(team, `/partners/${partnerId}`);
    await team.getByRole("button", { name: "See as the partner" }).click();
    await team.getByRole("dialog").getByLabel("Reason").fill("A ticket");
    await team.getByRole("dialog").getByRole("button", { name: "See as the partner" }).click();
    await team.getByText("Nothing can be changed.", { exact: false }).waitFor();
    await team.getByRole("link", { name: "Links" }).click();
    await team.getByRole("button", { name: "Create link" }).click();
    await team.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
    await team.getByRole("alert").getByText("You are looking as the partner", { exact: false }).waitFor();
    await team.keyboard.press("Escape");
    expect(await seriousFindings(team)).toEqual([]);
    await team.getByRole("button", { name: "Stop looking" }).click();
    await team.getByRole("link", { name: "Plans" }).waitFor();
    expect(new URL(team.url()).pathname).toBe(`/portal/partners/${partnerId}`);
  });

  it("the main way is walked by keys alone: to a page, to a dialog, through a list, and back", async () => {
    const { page, close } = await openWindow(browser, portal.url, WIDE);
    windows.push(close);
    await page.goto("/portal/");
    await page.locator("input[type=email]").focus();
    await page.keyboard.type(PARTNER);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation").waitFor();
    await page.keyboard.press("Control+k");
    // What is typed goes where the focus is, which comes a moment after what is seen.
    const focus = page.locator(":focus");
    await page.getByRole("combobox").and(focus).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.type("create link");
    await page.getByRole("option", { name: "Create link", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("Campaign").and(focus).waitFor();
    await page.keyboard.type("autumn");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "autumn", exact: true }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Next row").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Commissions" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/portal/commissions");
  });

  it("a name of 5,000 characters and text of twice the size leave nothing beside the page", async () => {
    await asOwner(portal.database, "update partners set company_name = $2 where id = $1", [
      partnerId,
      "Wide ".repeat(1_000),
    ]);
    const wide: string[] = [];
    for (const [email, paths] of [
      [admin, ["/", "/partners", `/partners/${partnerId}`, "/reports", "/settings?tab=payouts", "/fees?act=issue"]],
      [PARTNER, ["/", "/settings", "/start", "/commissions"]],
    ] as const) {
      const page = await enter(email);
      for (const path of paths) {
        await visit(page, path);
        await page.evaluate(() => {
          const { document } = globalThis as unknown as {
            document: { documentElement: { style: { fontSize: string } } };
          };
          document.documentElement.style.fontSize = "200%";
        });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          if (await isSideways(page)) wide.push(`${path} at ${width}`);
        }
      }
    }
    expect(wide).toEqual([]);
  }, 120_000);

  it("a list of 10,000 commissions is scrolled, sorted and filtered with few rows drawn and few pages kept, and is walked back to its beginning", async () => {
    const { tenantId } = portal.world.ctx();
    await asOwner(portal.database, seedCommissions({ tenantId, count: 10_000, until: portal.world.clock.now() }));
    const team = await enter(admin);
    await visit(team, "/commissions?currency=USD");
    const rows = team.locator("tbody tr[aria-rowindex]");
    const first = async () => Number(await rows.first().getAttribute("aria-rowindex"));
    const idOf = () => rows.first().locator("[data-row]").getAttribute("data-row");
    const newest = await idOf();
    let drawn = 0;
    // More than the pages that are kept.
    while ((await first()) < 900) {
      const before = await first();
      await team.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      await expect.poll(first).toBeGreaterThan(before);
      drawn = Math.max(drawn, await rows.count());
    }
    expect(drawn).toBeLessThan(150);
    await team.evaluate("scrollTo(0, 0)");
    await expect.poll(first).toBe(2);
    expect(await idOf()).toBe(newest);
    await team.evaluate("scrollTo(0, 20_000)");
    await expect.poll(first).toBeGreaterThan(100);
    const byCommission = team.locator("th").getByRole("button", { name: "Commission" });
    const place = async () => (await byCommission.boundingBox())?.x;
    const before = await place();
    await team.route("**/api/v1/admin/commissions?*", () => {});
    await team.evaluate("scrollTo(0, 0)");
    // Rows of the beginning are asked for and do not come: the head stays where it is.
    await expect.poll(() => rows.count()).toBe(0);
    expect(await place()).toBe(before);
    await team.unrouteAll();
    await team.reload();
    await team.evaluate("scrollTo(0, 20_000)");
    await byCommission.click();
    await team.locator("th[aria-sort=descending]", { hasText: "Commission" }).waitFor();
    await expect.poll(first).toBe(2);
    await team.getByRole("group", { name: "Filters" }).getByLabel("Status").selectOption("disputed");
    await expect.poll(async () => (await rows.first().textContent())?.includes("Disputed")).toBe(true);
    expect(await first()).toBe(2);
  }, 120_000);

  it("what the team changes of a plan is there after a reload, is begun anew when asked, and is kept no longer than it differs", async () => {
    const { send, operatorKey } = portal.world;
    const plans = await send<{ data: { tiers: object }[] }>("GET", "/api/v1/admin/program/plans", {
      auth: operatorKey,
    });
    const draft = await send<{ id: string }>("POST", "/api/v1/admin/program/plans", {
      auth: operatorKey,
      body: { tiers: plans.body.data[0]?.tiers },
    });
    const team = await enter(admin);
    await visit(team, `/plans/${draft.body.id}`);
    const bonus = team.getByLabel("Sign-up bonus").first();
    const saved = team.getByRole("status").filter({ hasText: "As saved." });
    const before = await bonus.inputValue();
    await bonus.fill("61.50");
    await team.reload();
    await team.getByText("What you typed before is here again").waitFor();
    expect(await bonus.inputValue()).toBe("61.50");
    await team.getByRole("button", { name: "Start over" }).click();
    await saved.waitFor();
    expect(await bonus.inputValue()).toBe(before);
    await bonus.fill("62.00");
    await team.getByRole("button", { name: "Save draft" }).click();
    await saved.waitFor();
    expect(await team.evaluate("Object.keys(sessionStorage).filter((name) => name.includes('plan_'))")).toEqual([]);
  });

  it("what was typed is there after a session has ended in the middle of a form, and is sent once signed in again", async () => {
    const partner = await enter(PARTNER);
    await writeTicket(partner, "Typed before the end");
    await asOwner(portal.database, "update sessions set revoked_at = now()");
    await send(partner);
    await partner.getByText("Your session has ended", { exact: false }).waitFor();
    await partner.locator("input[type=email]").fill(PARTNER);
    await partner.locator("input[name=password]").fill(PASSWORD);
    await partner.getByRole("button", { name: "Sign in", exact: true }).click();
    await partner.getByText("Your session has ended", { exact: false }).waitFor({ state: "hidden" });
    expect(await partner.getByRole("dialog").getByLabel("Subject").inputValue()).toBe("Typed before the end");
    await send(partner);
    await partner.getByRole("dialog").getByLabel("Subject").waitFor({ state: "hidden" });
    expect(await tickets()).toContain("Typed before the end");
  });
});
