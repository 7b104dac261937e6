import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../clock.ts";
import { RECIPIENT, refusalOf } from "./stripe-contract.ts";
import { type Kit, openKit } from "./stripe-sandbox-kit.ts";

describe("onboarding", () => {
  let kit: Kit;
  let account: string;
  beforeEach(async () => {
    kit = await openKit();
    account = (await kit.client.accounts.create(RECIPIENT)).id;
  });
  afterEach(() => kit.sandbox.close());

  const link = () =>
    kit.client.accountLinks.create({
      account,
      type: "account_onboarding",
      refresh_url: "https://partners.example/refresh",
      return_url: "https://partners.example/return",
    });
  const open = (url: string) => fetch(url, { redirect: "manual" });
  const target = (response: Response) => response.headers.get("location") ?? "";
  const submit = (sessionPath: string, ending: string, bank = "good") =>
    fetch(kit.sandbox.url + sessionPath, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ ending, bank }),
    });

  it("that is finished on the page makes the account payable, tells the platform, and leads back to it", async () => {
    const session = target(await open((await link()).url));
    const page = await (await open(kit.sandbox.url + session)).text();
    expect(page).toContain(account);
    expect(page).toContain(`action="${session}"`);

    expect(target(await submit(session, "complete"))).toBe("https://partners.example/return");
    const after = await kit.client.accounts.retrieve(account);
    expect(after).toMatchObject({
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { transfers: "active" },
      requirements: { disabled_reason: null, currently_due: [] },
      external_accounts: { data: [{ object: "bank_account", last4: "6789" }] },
    });
    expect(kit.sandbox.events().map(({ type }) => type)).toEqual(
      expect.arrayContaining(["account.external_account.created", "capability.updated", "account.updated"]),
    );
    expect((await kit.transfer(account, "a")).destination).toBe(account);
  });

  it("has the number of another account where its holder has entered the same, and whose it is", async () => {
    const other = (await kit.client.accounts.create(RECIPIENT)).id;
    const bankOf = async (id: string) => (await kit.client.accounts.retrieve(id)).external_accounts?.data[0];
    kit.sandbox.enterBank(account, { bank: "good", holder: "Ada Lovelace" });
    kit.sandbox.enterBank(other, { bank: "good" });
    expect((await bankOf(other))?.fingerprint).not.toBe((await bankOf(account))?.fingerprint);
    kit.sandbox.enterBank(other, { bank: "good", sameAs: account });
    expect(await bankOf(other)).toMatchObject({
      fingerprint: (await bankOf(account))?.fingerprint,
      account_holder_name: null,
      default_for_currency: true,
    });
    expect(await bankOf(account)).toMatchObject({ account_holder_name: "Ada Lovelace" });
  });

  it("may have an account for each currency: it shows the latest ten, and the list has all", async () => {
    kit.sandbox.enterBank(account, { bank: "good", holder: "Holder 0" });
    for (let turn = 1; turn < 12; turn += 1)
      kit.sandbox.addBank(account, {
        bank: "good",
        holder: `Holder ${turn}`,
        currency: turn % 2 === 0 ? "usd" : "eur",
      });
    const shown = (await kit.client.accounts.retrieve(account)).external_accounts;
    expect([shown?.data.length, shown?.has_more]).toEqual([10, true]);
    const all = await kit.client.accounts.listExternalAccounts(account, { limit: 5 }).autoPagingToArray({ limit: 100 });
    const holders = (of: readonly object[]) =>
      of.map((one) => (one as { account_holder_name: string }).account_holder_name);
    expect(holders(all)).toEqual(Array.from({ length: 12 }, (_, turn) => `Holder ${11 - turn}`));
    const defaults = (of: typeof all) => holders(of.filter((one) => one.default_for_currency === true));
    expect(defaults(all)).toEqual(["Holder 1", "Holder 0"]);
    kit.sandbox.removeBank(account, "Holder 1");
    const left = (await kit.client.accounts.listExternalAccounts(account, { limit: 100 })).data;
    expect(defaults(left)).toEqual(["Holder 11", "Holder 0"]);
  });

  it("that is left for later leads back all the same, and nothing has changed", async () => {
    const before = await kit.client.accounts.retrieve(account);
    expect(target(await submit(target(await open((await link()).url)), "later"))).toBe(
      "https://partners.example/return",
    );
    expect(await kit.client.accounts.retrieve(account)).toEqual(before);
  });

  it("whose verification takes time is payable only after it", async () => {
    await submit(target(await open((await link()).url)), "verify");
    expect(await kit.client.accounts.retrieve(account)).toMatchObject({
      details_submitted: true,
      payouts_enabled: false,
      requirements: { disabled_reason: "requirements.pending_verification" },
    });
    await kit.sandbox.advance(HOUR_MS);
    expect((await kit.client.accounts.retrieve(account)).payouts_enabled).toBe(true);
  });

  it("opens by a link once, and not when it has expired: the visitor is sent for a new one", async () => {
    const { url } = await link();
    await open(url);
    expect(target(await open(url))).toBe("https://partners.example/refresh");
    const late = await link();
    await kit.sandbox.advance(5 * MINUTE_MS);
    expect(target(await open(late.url))).toBe("https://partners.example/refresh");
    expect((await open(`${kit.sandbox.url}/setup/unknown`)).status).toBe(404);
    expect((await open(`${kit.sandbox.url}/setup/session/unknown`)).status).toBe(404);
    expect((await submit("/setup/session/unknown", "complete")).status).toBe(404);
  });

  it("needs URLs to come back to, and an account of the platform", async () => {
    const create = (params: object) => refusalOf(kit.client.rawRequest("POST", "/v1/account_links", params));
    const whole = {
      account,
      type: "account_onboarding",
      refresh_url: "https://a.example",
      return_url: "https://a.example",
    };
    expect((await create({ ...whole, return_url: "javascript:alert(1)" })).code).toBe("url_invalid");
    expect((await create({ ...whole, account: "acct_1" })).code).toBe("account_invalid");
    expect((await create({ ...whole, type: "account_update" })).param).toBe("type");
  });
});

describe("a connected account", () => {
  let kit: Kit;
  beforeEach(async () => {
    kit = await openKit();
  });
  afterEach(() => kit.sandbox.close());

  it("that Stripe restricts or rejects cannot be transferred to, each for its own reason", async () => {
    const account = await kit.payableAccount();
    kit.sandbox.setStanding(account, "restricted");
    const restricted = await refusalOf(kit.transfer(account, "a"));
    expect(restricted.code).toBe("insufficient_capabilities_for_transfer");
    kit.sandbox.setStanding(account, "rejected");
    expect((await refusalOf(kit.transfer(account, "b"))).code).toBe("transfers_not_allowed");
  });

  it("that disconnects the platform does not exist for it any more", async () => {
    const account = await kit.payableAccount();
    kit.sandbox.disconnect(account);
    expect((await refusalOf(kit.client.accounts.retrieve(account))).code).toBe("account_invalid");
    expect((await refusalOf(kit.transfer(account, "a"))).code).toBe("resource_missing");
    expect(kit.sandbox.events("account.application.deauthorized")).toMatchObject([{ account }]);
    expect((await kit.client.accounts.list()).data).toEqual([]);
  });

  it("settles in the currency of its country, and is refused where Stripe cannot pay by itself", async () => {
    const swiss = await kit.client.accounts.create({ ...RECIPIENT, country: "CH" });
    expect(swiss.default_currency).toBe("chf");
    const error = await refusalOf(kit.client.accounts.create({ ...RECIPIENT, country: "BR" }));
    expect(error.code).toBe("country_unsupported");
  });

  it("keeps its service agreement once onboarded; a recipient never takes cards", async () => {
    const account = await kit.payableAccount();
    const change = kit.client.accounts.update(account, { tos_acceptance: { service_agreement: "recipient" } });
    expect((await refusalOf(change)).param).toBe("tos_acceptance[service_agreement]");
    const cards = kit.client.accounts.create({
      ...RECIPIENT,
      tos_acceptance: { service_agreement: "recipient" },
      capabilities: { transfers: { requested: true }, card_payments: { requested: true } },
    });
    expect((await refusalOf(cards)).param).toBe("capabilities");
  });

  it("can be changed and deleted", async () => {
    const account = await kit.payableAccount();
    const changed = await kit.client.accounts.update(account, { email: "a@b.example", metadata: { k: "v" } });
    expect(changed).toMatchObject({ email: "a@b.example", metadata: { k: "v" }, payouts_enabled: true });
    expect(await kit.client.accounts.del(account)).toMatchObject({ id: account, deleted: true });
    expect((await refusalOf(kit.client.accounts.retrieve(account))).code).toBe("account_invalid");
  });
});
