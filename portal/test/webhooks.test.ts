import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Receiver, startReceiver } from "../../server/test/kit/receiver.ts";
import { CHROMIUM, flawsOf, launch, openWindow, signIn, visit } from "./browser.ts";
import { openPortal, PASSWORD, type PortalWorld } from "./portal-world.ts";

const LOOK = { scheme: "light", width: 1280 } as const;

/** What the team does about an endpoint that has missed something. */
describe.skipIf(CHROMIUM === undefined)("webhooks in the portal", () => {
  let portal: PortalWorld;
  let browser: Browser;
  let admin: Page;
  let receiver: Receiver;
  let complaints: readonly string[];

  beforeAll(async () => {
    portal = await openPortal();
    browser = await launch();
    receiver = await startReceiver();
    const opened = await openWindow(browser, portal.url, LOOK);
    [admin, complaints] = [opened.page, opened.complaints];
    await signIn(admin, await portal.addMember("admin"), PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await receiver?.[Symbol.asyncDispose]();
    await portal?.[Symbol.asyncDispose]();
  });

  const dialog = (name: string): Locator => admin.getByRole("dialog", { name });
  const deliver = async (): Promise<void> => {
    await portal.world.settle();
    await portal.world.app.deliverer.deliverDue();
  };
  const openEndpoint = async (): Promise<void> => {
    await visit(admin, "/developers?tab=webhooks");
    await admin.locator("tbody").getByText(receiver.url).click();
  };
  const press = (name: string): Promise<void> => dialog("Endpoint").getByRole("button", { name }).click();

  it("an endpoint is told of which event there is not", async () => {
    await visit(admin, "/developers?tab=webhooks");
    await admin.getByRole("button", { name: "Add endpoint" }).click();
    const form = dialog("Add endpoint");
    await form.getByLabel("Address").fill(receiver.url);
    await form.getByLabel("Events").fill("payout.*, payot.paid");
    await form.getByRole("button", { name: "Add endpoint" }).click();
    await form.getByRole("alert").getByText("payot.paid", { exact: true }).waitFor();
    await form.getByLabel("Events").fill("payout.*, coupon.*, partner.*");
    await form.getByRole("button", { name: "Add endpoint" }).click();
    await admin.getByText("Keep it now").waitFor();
    expect(await admin.locator("tbody").getByText("payout.*, coupon.*, partner.*").count()).toBe(1);
  });

  it("what an endpoint missed while it was gone is sent again, and its deliveries are told from others'", async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    await openEndpoint();
    await press("Send test");
    await admin.getByText("Test sent").waitFor();
    await deliver();
    await openEndpoint();
    await dialog("Endpoint").getByText("Turned off, it answered that it is gone (410)").waitFor();
    await portal.world.addPartner({ email: "missed@partners.test" });
    await deliver();
    receiver.answer = (response) => void response.writeHead(204).end();
    await press("Turn on");
    await admin.getByText("Endpoint turned on").waitFor();
    await deliver();
    const before = receiver.received.length;
    portal.world.clock.advance(1_000);
    await press("Send what was missed");
    expect(await flawsOf(admin)).toEqual([]);
    await dialog("Send what was missed").getByRole("button", { name: "Send what was missed" }).click();
    await admin.getByText(/events? (is|are) sent again/).waitFor();
    await deliver();
    expect(receiver.received.length).toBeGreaterThan(before);
    await dialog("Endpoint").getByRole("link", { name: "See its deliveries" }).click();
    await admin.locator("tbody").getByText(receiver.url).first().waitFor();
    expect(await admin.getByLabel("Endpoint", { exact: true }).locator("option:checked").textContent()).toBe(
      receiver.url,
    );
    await admin.getByRole("button", { name: "Clear filters" }).click();
    expect(new URL(admin.url()).searchParams.get("endpointId")).toBeNull();
    expect(await flawsOf(admin)).toEqual([]);
  });

  it("nobody's console complained on the way, but of the event that there is not", () => {
    expect(complaints.filter((complaint) => !complaint.includes("400 (Bad Request)"))).toEqual([]);
  });
});
