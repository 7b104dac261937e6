import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../server/src/kernel/clock.ts";
import { smallList } from "../../server/test/kit/ofac-list.ts";
import pages from "../src/i18n/messages/en-pages.json" with { type: "json" };
import { CHROMIUM, flawsOf, launch, openWindow, signIn, visit } from "./browser.ts";
import { convertThrough, openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const SERVER = fileURLToPath(new URL("../../server/src", import.meta.url));

it("every act that a partner's timeline tells of has words", async () => {
  const acts = new Set<string>();
  for (const file of globSync("**/*.ts", { cwd: SERVER }).filter((name) => !name.endsWith(".test.ts"))) {
    const source = await readFile(`${SERVER}/${file}`, "utf8");
    for (const [, act] of source.matchAll(/audit\.record\(tx, "([\w.]+)", \{\s*targetType: "partner",/g))
      acts.add(act ?? "");
  }
  // Notes stand in it as what they say.
  acts.delete("partner.note_written");
  expect(acts.size).toBeGreaterThan(15);
  expect([...acts].filter((act) => !(`audit.${act}` in pages))).toEqual([]);
});

describe.skipIf(CHROMIUM === undefined)("what waits for the team", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  const complaints: string[][] = [];
  const ADA = "ada@resellers.test";
  const BEN = "ben@resellers.test";
  const codes = new Map<string, string>();

  beforeAll(async () => {
    portal = await openPortal();
    const { world } = portal;
    for (const email of [ADA, BEN]) {
      const { id, referralCode } = await world.addPartner({ email, partnerType: "reseller" });
      codes.set(email, referralCode);
      await world.send("PUT", `/api/v1/admin/partners/${id}/approve`, { auth: world.operatorKey, body: {} });
    }
    browser = await launch();
    admin = await as(await portal.addMember("admin"));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.[Symbol.asyncDispose]();
  });

  const as = async (email: string): Promise<Page> => {
    const opened = await openWindow(browser, portal.url, { scheme: "light", width: 1280 });
    complaints.push(opened.complaints);
    await signIn(opened.page, email, PASSWORD);
    return opened.page;
  };
  const team = (): string => portal.world.operatorKey;
  const register = async (email: string, company: string, contactEmail: string): Promise<void> => {
    const { world } = portal;
    const { status } = await world.send("POST", "/api/v1/partners/leads", {
      auth: await world.signIn(email),
      key: contactEmail,
      body: { company, contactEmail },
    });
    expect(status).toBe(200);
  };

  it("a deal that met another, and one whose customer came through somebody else, are on Home, and lead to where they are decided", async () => {
    const { world } = portal;
    await register(BEN, "Globex Corporation", "globex@customers.test");
    await register(ADA, "Globex Corp", "otto@customers.test");
    const { body } = await world.send<{ data: { id: string }[] }>("GET", "/api/v1/admin/leads?status=submitted", {
      auth: team(),
    });
    await world.send("PUT", `/api/v1/admin/leads/${body.data[0]?.id}/accept`, { auth: team(), body: {} });
    await convertThrough(world, codes.get(ADA) ?? "", "globex");
    await world.settle();
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Deals whose customer came otherwise" }).click();
    await admin.locator("tbody").getByText("Globex Corporation").waitFor();
    await visit(admin, "/");
    await admin.getByRole("link", { name: "Deals that met another" }).click();
    await admin.locator("tbody").getByText("Globex Corp", { exact: true }).click();
    await admin.getByText("Decline that deal first if this is the one to protect").waitFor();
    expect(await flawsOf(admin)).toEqual([]);
  }, 60_000);

  it("who asks for another tier is decided on by what the tier asks for, and its timeline tells of it in words", async () => {
    const { world } = portal;
    const { id } = await world.addPartner({ email: "iris@affiliates.test" });
    const auth = await world.signIn("iris@affiliates.test");
    expect(
      (await world.send("POST", "/api/v1/partners/upgrade", { auth, key: "up", body: { tier: "tier2" } })).status,
    ).toBe(201);
    await visit(admin, "/partners?tab=upgrades");
    await admin.getByText(/^0 of \d+ paying customers, not met$/).waitFor();
    expect(await flawsOf(admin)).toEqual([]);
    await admin.getByRole("button", { name: "Refuse" }).click();
    const dialog = admin.getByRole("dialog", { name: "Refuse" });
    await dialog.getByText("Ada Partner: Tier 1, affiliate → Tier 2, reseller").waitFor();
    await dialog.getByLabel("Reason").fill("Too early");
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await admin.getByText("Nobody asks for another tier").waitFor();
    await visit(admin, `/partners/${id}`);
    await admin.getByText("Request for another tier refused").waitFor();
  }, 60_000);

  it("screening without a list says that nobody is paid and how one is brought; a name that was said before is no erased one", async () => {
    const { world } = portal;
    await visit(admin, "/screening");
    await admin.getByText("No list has come yet").waitFor();
    expect(await flawsOf(admin)).toEqual([]);
    await admin.getByRole("button", { name: "Set up" }).click();
    const dialog = admin.getByRole("dialog", { name: "Set up" });
    expect(await dialog.getByText("No list has come yet").count()).toBe(0);
    await dialog.getByLabel("Screen partners").check();
    await dialog.getByText("No list has come yet").waitFor();
    await dialog.getByRole("button", { name: "Save settings" }).click();
    await admin.getByText("No list yet", { exact: true }).waitFor();
    const { app, ctx } = world;
    await app.compliance.importList(ctx(), {
      source: "ofac",
      files: smallList([{ number: 306, name: "GREEN HARBOUR TRADING", country: "Iran" }]),
      encoding: "utf-8",
      asOf: ctx().now,
      confirmedAt: ctx().now,
    });
    for (const companyName of ["Ada and Daughters", "Green Harbor Trading"]) {
      await world.send("PUT", "/api/v1/partners/profile", {
        auth: await world.signIn(ADA),
        body: { companyName, country: "GB" },
      });
      await world.settle();
      await world.settle();
    }
    await visit(admin, "/screening");
    await admin.locator("tbody tr").first().click();
    await admin.getByRole("dialog").getByText("an earlier name (Organisation, Profile)").waitFor();
    expect(await admin.getByText("Lists that have come").count()).toBe(1);
  }, 60_000);

  it("a version that would never come into force is named before another one takes its place", async () => {
    const { send, clock } = portal.world;
    const draft = async (): Promise<string> => {
      const { body } = await send<{ id: string }>("POST", "/api/v1/admin/program/plans", { auth: team(), body: {} });
      return body.id;
    };
    const day = (days: number): string => new Date(clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
    const planned = await send("POST", `/api/v1/admin/program/plans/${await draft()}/publish`, {
      auth: team(),
      body: { effectiveFrom: `${day(60)}T00:00:00Z` },
    });
    expect(planned.status).toBe(200);
    await visit(admin, `/plans/${await draft()}`);
    await admin.getByRole("button", { name: "Publish plan" }).click();
    const dialog = admin.getByRole("dialog", { name: "Publish plan" });
    await dialog.getByText(/^Plan version 2, planned for .* never comes into force then/).waitFor();
    await dialog.getByLabel("In force from").fill(day(61));
    await dialog.getByText(/never comes into force/).waitFor({ state: "hidden" });
    await dialog.getByLabel("In force from").fill(day(60));
    await dialog.getByText(/never comes into force/).waitFor();
    await dialog.getByRole("button", { name: "Back" }).click();
    await admin.getByRole("button", { name: "Publish from the past" }).click();
    await admin
      .getByRole("dialog")
      .getByText(/never comes into force/)
      .waitFor();
  }, 60_000);

  it("a closed ticket says that it takes no answer, and leads to a new one", async () => {
    const { send } = portal.world;
    const asked = await send<{ id: string }>("POST", "/api/v1/partners/tickets", {
      auth: await portal.world.signIn(BEN),
      key: "ticket",
      body: { subject: "Where is it?", message: "I do not see my customer." },
    });
    await visit(admin, `/support?open=${asked.body.id}`);
    await admin.getByRole("button", { name: "Close ticket" }).click();
    await admin.getByRole("button", { name: "Close ticket" }).waitFor({ state: "hidden" });
    const ben = await as(BEN);
    await visit(ben, `/support?open=${asked.body.id}`);
    await ben.getByText("This ticket is closed, and takes no more answers").waitFor();
    expect(await flawsOf(ben)).toEqual([]);
    await ben.getByRole("link", { name: "New ticket" }).click();
    await ben.getByRole("dialog", { name: "New ticket" }).getByLabel("Subject").waitFor();
    expect(complaints.flat()).toEqual([]);
  }, 60_000);
});
