import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, standingClock } from "../clock.ts";
import { startStripeSandbox } from "./start-stripe-sandbox.ts";
import { type Kit, openKit } from "./stripe-sandbox-kit.ts";

describe("the state in a file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stripe-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is whole after a restart: objects, balances, idempotency, and what was still to happen", async () => {
    const file = join(folder, "stripe.jsonl");
    const clock = standingClock(new Date("2026-11-24T09:00:00Z"));
    const first = await openKit({ file, clock });
    const account = await first.payableAccount();
    const { id } = await first.transfer(account, "a");
    await first.client.payouts.create({ amount: 30, currency: "usd" }, { stripeAccount: account });
    await first.sandbox.close();

    const again = await startStripeSandbox({ file, clock });
    const client = new Stripe(again.secretKey, again.clientOptions);
    const params = { amount: 100, currency: "usd", destination: account, transfer_group: "po_1" };
    expect((await client.transfers.create(params, { idempotencyKey: "a" })).id).toBe(id);
    expect(again.balance(account).available).toMatchObject([{ amount: 70 }]);
    expect(again.balance().available).toMatchObject([{ amount: 99_900 }]);
    await again.advance(4 * DAY_MS);
    expect(again.payouts(account).map(({ amount, status }) => [amount, status])).toEqual([
      [30, "paid"],
      [70, "paid"],
    ]);
    await again.close();
  });

  it("keeps what was answered when the process is killed: nothing waits for a close", async () => {
    const file = join(folder, "stripe.jsonl");
    const killed = await openKit({ file });
    const { id } = await killed.transfer(await killed.payableAccount(), "a");
    const again = await startStripeSandbox({ file });
    expect(again.transfers().map((transfer) => transfer.id)).toEqual([id]);
    await again.close();
    await killed.sandbox.close();
  });
});

describe("the controls over HTTP", () => {
  let kit: Kit;
  beforeEach(async () => {
    kit = await openKit();
  });
  afterEach(() => kit.sandbox.close());

  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${kit.sandbox.url}/_control${path}`, {
      method,
      ...(method === "GET"
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it("do what the handle does", async () => {
    const account = (await kit.client.accounts.create({ capabilities: { transfers: { requested: true } } })).id;
    await control("POST", `/accounts/${account}/standing`, { standing: "active", bank: "closed" });
    await control("POST", "/funds", { amount: 500, currency: "eur" });
    expect(kit.sandbox.balance().available).toContainEqual(expect.objectContaining({ amount: 500, currency: "eur" }));
    await control("POST", "/faults", { kind: "drop_after_acting", on: "POST /v1/transfers" });
    await kit.transfer(account, "a");
    expect(kit.sandbox.requests().filter(({ key }) => key === "a")).toMatchObject([
      { outcome: "drop" },
      { outcome: 200, isReplay: true },
    ]);

    expect((await control("POST", "/clock", { advanceMs: DAY_MS })).body).toEqual({ now: "2026-11-25T09:00:00.000Z" });
    const [payout] = kit.sandbox.payouts();
    const moved = await control("POST", `/payouts/${payout?.id}`, { status: "failed", failureCode: "declined" });
    expect(moved.body).toEqual({ moved: true });
    const state = await control("GET", "/state");
    expect(state.body).toMatchObject({
      transfers: [{ amount: 100 }],
      payouts: [{ status: "failed", failure_code: "declined" }],
    });
  });

  it("hold and release requests, webhooks and their order", async () => {
    const account = await kit.payableAccount();
    await control("POST", "/faults", { kind: "hold" });
    const held = kit.transfer(account, "a");
    await kit.sandbox.faults.held();
    await control("POST", "/faults/release");
    expect((await held).object).toBe("transfer");
    await control("POST", "/faults", { kind: "rate_limit", times: 5 });
    await control("DELETE", "/faults");
    expect((await kit.transfer(account, "b")).object).toBe("transfer");

    const { body } = await control("POST", "/webhooks/endpoints", { url: "http://127.0.0.1:9/nobody" });
    expect(body["secret"]).toMatch(/^whsec_/);
    await control("POST", "/webhooks/lose", { count: 1 });
    await control("POST", "/webhooks/hold");
    await kit.transfer(account, "c");
    await control("POST", "/webhooks/duplicate", { count: 1 });
    await kit.transfer(account, "d");
    await control("POST", "/webhooks/release", { order: "reversed" });
    const attempts = (await control("GET", "/webhooks/attempts")).body as unknown as { outcome: string }[];
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["lost", "unreachable", "unreachable"]);
    expect((await control("POST", `/webhooks/events/${kit.sandbox.events().at(-1)?.id}/resend`)).status).toBe(200);
    await control("POST", `/accounts/${account}/disconnect`);
    expect((await control("GET", "/events")).body).toEqual(kit.sandbox.events());
    expect((await control("GET", "/requests")).body).toHaveLength(kit.sandbox.requests().length);
  });

  it("refuse what they do not understand, and what a page of another origin could send", async () => {
    expect((await control("POST", "/faults", { kind: "meteor" })).status).toBe(400);
    expect((await control("POST", "/faults", { kind: "refuse" })).status).toBe(400);
    expect((await control("POST", "/faults", { kind: "latency" })).status).toBe(400);
    expect((await control("POST", "/payouts/po_none", { status: "paid" })).status).toBe(404);
    expect((await control("POST", "/accounts/acct_none/standing", { standing: "active" })).status).toBe(404);
    const form = await fetch(`${kit.sandbox.url}/_control/funds`, { method: "POST", body: "amount=1&currency=usd" });
    expect(form.status).toBe(415);
    expect(kit.sandbox.balance().available).toMatchObject([{ amount: 100_000 }]);
  });
});

describe("the page of the stand-in", () => {
  it("shows people where the money is: balance, accounts, transfers, payouts and what became of them", async () => {
    const kit = await openKit();
    const read = async () => (await fetch(kit.sandbox.url)).text();
    expect(await read()).toContain("None yet.");
    const account = await kit.payableAccount({ email: "<ana>@example.com" });
    kit.sandbox.setStanding(account, "active", "closed");
    const { id } = await kit.transfer(account, "a");
    await kit.client.transfers.createReversal(id, { amount: 40 });
    await kit.sandbox.advance(4 * DAY_MS);
    const page = await read();
    for (const words of [
      "999.40 USD",
      "&lt;ana&gt;@example.com",
      id,
      "0.40 reversed",
      "Bank refused",
      "account closed",
      "28 Nov 2026",
    ]) {
      expect(page).toContain(words);
    }
    await kit.sandbox.close();
  });
});

describe("the API", () => {
  it("answers unknown URLs, methods and nonsense as Stripe does, never with a page of its own", async () => {
    const { sandbox } = await openKit();
    const send = async (
      path: string,
      init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
    ) => {
      const headers = { authorization: `Bearer ${sandbox.secretKey}`, ...init.headers };
      const response = await fetch(sandbox.url + path, { ...init, headers });
      return {
        status: response.status,
        body: (await response.json()) as { error?: { message: string; type: string } },
      };
    };
    expect((await send("/v1/nonsense")).status).toBe(404);
    expect((await send("/v1/nonsense")).body.error?.type).toBe("invalid_request_error");
    const deep = `a${"[b]".repeat(20)}=1`;
    const body = new URLSearchParams(deep);
    expect((await send("/v1/transfers", { method: "POST", body })).status).toBe(400);
    expect((await send("/v1/balance", { headers: { "stripe-version": "yesterday" } })).status).toBe(400);
    const basic = { authorization: `Basic ${Buffer.from(`${sandbox.secretKey}:`).toString("base64")}` };
    expect((await send("/v1/balance", { headers: basic })).status).toBe(200);
    expect((await send("/v1/balance", { headers: { authorization: "" } })).status).toBe(401);
    await sandbox.close();
  });
});
