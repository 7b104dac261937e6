import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../clock.ts";
import { availableOf, refusalOf } from "./stripe-contract.ts";
import { type Kit, openKit } from "./stripe-sandbox-kit.ts";

describe("money that was transferred", () => {
  let kit: Kit;
  beforeEach(async () => {
    kit = await openKit();
  });
  afterEach(() => kit.sandbox.close());

  const statuses = (accountId: string) => kit.sandbox.payouts(accountId).map(({ status }) => status);

  it("is the connected account's at once, and is paid out by itself on the next day, several transfers in one", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount();
    await kit.transfer(account, "a");
    await kit.transfer(account, "b");
    expect(sandbox.balance(account).available).toMatchObject([{ amount: 200, currency: "usd" }]);

    await sandbox.advance(DAY_MS);
    const { data } = await client.payouts.list({}, { stripeAccount: account });
    expect(data).toMatchObject([{ amount: 200, automatic: true, status: "pending" }]);
    await sandbox.advance(12 * HOUR_MS);
    expect(statuses(account)).toEqual(["in_transit"]);
    await sandbox.advance(2 * DAY_MS);
    expect(statuses(account)).toEqual(["paid"]);
    expect(sandbox.balance(account).available).toMatchObject([{ amount: 0 }]);
  });

  it("passes through every state in its order, at its own instant, when the clock jumps far ahead", async () => {
    const { sandbox } = kit;
    const account = await kit.payableAccount();
    await kit.transfer(account, "a");
    await sandbox.advance(30 * DAY_MS);
    const told = sandbox.events().filter(({ type }) => type.startsWith("payout."));
    expect(told.map(({ type, created }) => [type, new Date(created * 1000).toISOString()])).toEqual([
      ["payout.created", "2026-11-25T00:00:00.000Z"],
      ["payout.updated", "2026-11-25T12:00:00.000Z"],
      ["payout.paid", "2026-11-27T00:00:00.000Z"],
    ]);
  });

  it("of a recipient account is pending for 24 hours, and cannot be reversed meanwhile", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount({ country: "DE", tos_acceptance: { service_agreement: "recipient" } });
    const { id } = await kit.transfer(account, "a");
    expect(sandbox.balance(account)).toMatchObject({ available: [{ amount: 0 }], pending: [{ amount: 100 }] });
    expect((await refusalOf(client.transfers.createReversal(id))).code).toBe("balance_insufficient");

    await sandbox.advance(DAY_MS);
    expect(sandbox.balance(account)).toMatchObject({ available: [{ amount: 100 }], pending: [{ amount: 0 }] });
    expect((await client.transfers.createReversal(id)).amount).toBe(100);
  });

  it("cannot be reversed once it has left for the bank", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount();
    const { id } = await kit.transfer(account, "a");
    await sandbox.advance(DAY_MS);
    const error = await refusalOf(client.transfers.createReversal(id, { amount: 1 }));
    expect(error.code).toBe("balance_insufficient");
    expect(sandbox.totalReversed("usd")).toBe(0n);
  });

  it("comes back to the account when its bank refuses it; nothing more is paid out until another bank is given", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount();
    sandbox.setStanding(account, "active", "no_account");
    await kit.transfer(account, "a");
    await sandbox.advance(3 * DAY_MS);
    const { data } = await client.payouts.list({ status: "failed" }, { stripeAccount: account });
    expect(data).toMatchObject([{ amount: 100, status: "failed", failure_code: "no_account" }]);
    expect(sandbox.balance(account).available).toMatchObject([{ amount: 100 }]);
    const { payouts_enabled, capabilities, external_accounts } = await client.accounts.retrieve(account);
    expect(payouts_enabled).toBe(false);
    expect(capabilities?.transfers).toBe("active");
    expect(external_accounts?.data).toMatchObject([{ status: "errored" }]);

    const send = () => client.payouts.create({ amount: 100, currency: "usd" }, { stripeAccount: account });
    expect((await refusalOf(send())).code).toBe("payouts_not_allowed");
    sandbox.setStanding(account, "active", "good");
    expect((await send()).status).toBe("pending");
  });

  it("can fail after it was paid", async () => {
    const { sandbox } = kit;
    const account = await kit.payableAccount();
    sandbox.setStanding(account, "active", "returned");
    await kit.transfer(account, "a");
    await sandbox.advance(4 * DAY_MS);
    expect(statuses(account)).toEqual(["paid"]);
    await sandbox.advance(3 * DAY_MS);
    expect(statuses(account)).toEqual(["failed"]);
    expect(sandbox.balance(account).available).toMatchObject([{ amount: 100 }]);
  });

  it("of an account that is paid out by hand stays until a payout is asked for, which can be cancelled while pending", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount({ settings: { payouts: { schedule: { interval: "manual" } } } });
    await kit.transfer(account, "a");
    await sandbox.advance(3 * DAY_MS);
    expect(statuses(account)).toEqual([]);

    const options = { stripeAccount: account };
    const { id } = await client.payouts.create({ amount: 60, currency: "usd" }, options);
    expect((await refusalOf(client.payouts.create({ amount: 41, currency: "usd" }, options))).code).toBe(
      "balance_insufficient",
    );
    expect((await client.payouts.cancel(id, {}, options)).status).toBe("canceled");
    expect(sandbox.balance(account).available).toMatchObject([{ amount: 100 }]);
    expect((await refusalOf(client.payouts.cancel(id, {}, options))).statusCode).toBe(400);
    expect((await refusalOf(client.payouts.retrieve(id))).statusCode).toBe(404);
  });

  it("can be moved on by hand, only where its states lead", async () => {
    const { sandbox, client } = kit;
    const account = await kit.payableAccount();
    await kit.transfer(account, "a");
    const { id } = await client.payouts.create({ amount: 100, currency: "usd" }, { stripeAccount: account });
    expect(sandbox.movePayout(id, "paid")).toBe(true);
    expect(sandbox.movePayout(id, "canceled")).toBe(false);
    expect(sandbox.movePayout(id, { failed: "account_frozen" })).toBe(true);
    expect(sandbox.movePayout(id, "paid")).toBe(false);
    expect(sandbox.payouts(account)).toMatchObject([{ status: "failed", failure_code: "account_frozen" }]);
  });

  it("never exceeds what was there: transfers, reversals, payouts and balances add up", async () => {
    const { sandbox, client } = kit;
    const [one, two] = [await kit.payableAccount(), await kit.payableAccount()];
    const transfers = await Promise.all([one, two, one].map((account, index) => kit.transfer(account, `t${index}`)));
    await client.transfers.createReversal(transfers[0]?.id ?? "", { amount: 40 });
    await sandbox.advance(10 * DAY_MS);

    const paidOut = sandbox.payouts().reduce((sum, { amount }) => sum + amount, 0);
    expect(sandbox.totalTransferred("usd") - sandbox.totalReversed("usd")).toBe(BigInt(paidOut));
    expect(await availableOf(client, "usd")).toBe(100_000 - paidOut);
  });
});
