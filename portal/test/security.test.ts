import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../../server/test/kit/factors.ts";
import { asOwner } from "../../server/test/kit/postgres.ts";
import { CHROMIUM, flawsOf, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

describe.skipIf(CHROMIUM === undefined)("security and privacy in a browser", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let email: string;
  let secret: string;
  beforeAll(async () => {
    portal = await openPortal();
    email = await portal.addMember("finance");
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  it("an app is added, keeps its recovery codes to itself, and stands before the next sign-in", async () => {
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(page, email, PASSWORD);
    await visit(page, "/settings?tab=security");
    await page.getByRole("button", { name: "Add an authenticator app" }).click();
    secret = await page.getByRole("dialog").locator("code").innerText();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel("Code of the app").fill(codeOf(secret, portal.world.clock.now()));
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const codes = page.getByRole("dialog").getByRole("listitem");
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    expect(await flawsOf(page)).toEqual([]);
    await close();

    const again = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await again.page.goto("/portal/");
    await again.page.locator("input[type=email]").fill(email);
    await again.page.locator("input[name=password]").fill(PASSWORD);
    await again.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await again.page.getByLabel("Code of the app").waitFor();
    expect(await flawsOf(again.page)).toEqual([]);
    portal.world.clock.moveTo(new Date(portal.world.clock.now().getTime() + 30_000));
    await again.page.getByLabel("Code of the app").fill(codeOf(secret, portal.world.clock.now()));
    await again.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await again.page.getByRole("navigation").waitFor();
    await again.close();
    // The refusal that asks for the factor is the browser's own line.
    expect([...complaints, ...again.complaints].filter((text) => !text.includes("401"))).toEqual([]);
  }, 120_000);

  it("is taken away again by the password and a code of it, once the sign-in is a while ago", async () => {
    const { clock } = portal.world;
    const code = () => {
      clock.moveTo(new Date(clock.now().getTime() + 30_000));
      return codeOf(secret, clock.now());
    };
    const { page, complaints, close } = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await page.goto("/portal/");
    await page.locator("input[type=email]").fill(email);
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel("Code of the app").fill(code());
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation").waitFor();
    await asOwner(portal.database, "update sessions set proven_at = proven_at - interval '1 hour'");
    await visit(page, "/settings?tab=security");
    await page.getByRole("button", { name: "Remove: Authenticator app" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("input[autocomplete=current-password]").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Show that it is you" }).click();
    await dialog.getByLabel("Code of the app").fill(code());
    expect(await flawsOf(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Show that it is you" }).click();
    await page.getByRole("button", { name: "Add an authenticator app" }).waitFor();
    await close();
    expect(complaints.filter((text) => !/40[13]/.test(text))).toEqual([]);
  }, 120_000);

  it("an owner invites to the team and gives a role; whoever only looks at it changes nothing, and is told why", async () => {
    const { world } = portal;
    const [owner, colleague] = ["owner@partners.test", "viewer@colleagues.test"];
    await world.addPartner({ email: owner });
    const theirs = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(theirs.page, owner, PASSWORD);
    await visit(theirs.page, "/team?act=invite");
    await theirs.page.getByRole("dialog").getByLabel("E-mail").fill(colleague);
    await theirs.page.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
    await theirs.page.getByText("Invitation sent").waitFor();
    await world.settle();
    const token = /token=([\w-]+)/.exec(world.mails.findLast(({ to }) => to === colleague)?.text ?? "")?.[1];
    await world.send("POST", "/api/v1/auth/join-team", { body: { token, name: "Vera", password: PASSWORD } });
    const viewer = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(viewer.page, colleague, PASSWORD);
    await visit(viewer.page, "/team");
    await viewer.page.getByText("The owner decides about roles.").waitFor();
    expect(await viewer.page.getByRole("button", { name: "Invite" }).count()).toBe(0);
    expect(await viewer.page.getByRole("button", { name: /Take off the team/ }).count()).toBe(0);
    expect(await flawsOf(viewer.page)).toEqual([]);
    await visit(viewer.page, "/settings?tab=payout");
    await viewer.page
      .getByRole("region", { name: "Add payout method" })
      .getByText("Your role on the team does not include this. Ask its owner.")
      .waitFor();
    await visit(theirs.page, "/team");
    expect(await flawsOf(theirs.page)).toEqual([]);
    await theirs.page.getByRole("button", { name: "Take off the team: Vera" }).click();
    await theirs.page.getByRole("dialog").getByRole("button", { name: "Take off the team" }).click();
    await theirs.page.getByText("Taken off the team").waitFor();
    await theirs.close();
    await viewer.close();
    expect([...theirs.complaints, ...viewer.complaints]).toEqual([]);
  }, 120_000);

  it("a partner takes out what is kept about them and asks to be forgotten; the team sees the wish, and the act in the trail", async () => {
    const partner = "leaver@partners.test";
    await portal.world.addPartner({ email: partner });
    const theirs = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(theirs.page, partner, PASSWORD);
    await visit(theirs.page, "/settings?tab=data");
    const [file] = await Promise.all([
      theirs.page.waitForEvent("download"),
      theirs.page.getByRole("button", { name: "Download my data" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("my-data.zip");
    await theirs.page.getByRole("button", { name: "Ask to be forgotten" }).click();
    await theirs.page.getByRole("dialog").getByRole("button", { name: "Ask to be forgotten" }).click();
    await theirs.page.getByText("To be decided").waitFor();
    expect(await flawsOf(theirs.page)).toEqual([]);
    await theirs.close();

    const ours = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    await signIn(ours.page, await portal.addMember("admin"), PASSWORD);
    await visit(ours.page, "/privacy");
    await ours.page.locator("tbody tr").first().click();
    await ours.page.getByRole("dialog").getByRole("button", { name: "Grant" }).waitFor();
    expect(await flawsOf(ours.page)).toEqual([]);
    await visit(ours.page, "/privacy?tab=people");
    await ours.page.getByLabel("E-mail").fill(partner);
    await ours.page.getByRole("button", { name: "Find", exact: true }).click();
    await ours.page.getByRole("button", { name: "Erase", exact: true }).waitFor();
    expect(await flawsOf(ours.page)).toEqual([]);
    await visit(ours.page, "/audit");
    await ours.page.getByLabel("Who or what").fill(partner);
    await ours.page.getByRole("button", { name: "Search" }).click();
    await ours.page.getByText("Asked to be forgotten").first().click();
    await ours.page.getByRole("dialog").getByText("erasureId").waitFor();
    expect(await flawsOf(ours.page)).toEqual([]);
    expect(ours.complaints).toEqual([]);
    await ours.close();
  }, 120_000);
});
