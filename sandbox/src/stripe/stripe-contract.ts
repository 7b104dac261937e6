import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** What the contract is held against: Stripe itself, or its stand-in. */
export type ContractSubject = {
  readonly client: Stripe;
  /** A client of the same API with a key that is not accepted. */
  readonly stranger: Stripe;
  /** Makes sure that the platform can transfer at least so much more, in minor units. */
  fund(amount: number, currency: string): Promise<void>;
  /** A connected account that can be transferred to. */
  payableAccount(): Promise<string>;
  close(): Promise<void>;
};

/** A recipient of payouts as a platform makes one: https://docs.stripe.com/connect/accounts. */
export const RECIPIENT: Stripe.AccountCreateParams = {
  country: "US",
  controller: {
    fees: { payer: "application" },
    losses: { payments: "application" },
    requirement_collection: "stripe",
    stripe_dashboard: { type: "express" },
  },
  capabilities: { transfers: { requested: true } },
};

/** Stripe itself is far away, and checks a new account for a while. */
const CALLS_MS_MAX = 60_000;
const OPENING_MS_MAX = 120_000;

/** What Stripe documents of Connect payouts, asserted through the official SDK. Each subject is to pass all of it. */
export function describeStripeContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`${name}, as documented:`, { timeout: CALLS_MS_MAX }, () => {
    let subject: ContractSubject;
    let client: Stripe;
    let destination: string;
    beforeAll(async () => {
      subject = await open();
      client = subject.client;
      destination = await subject.payableAccount();
      await subject.fund(10_000, "usd");
    }, OPENING_MS_MAX);
    afterAll(() => subject.close());

    const transfer = (params: Partial<Stripe.TransferCreateParams> = {}, idempotencyKey: string = randomUUID()) =>
      client.transfers.create({ amount: 100, currency: "usd", destination, ...params }, { idempotencyKey });

    it("a key that is not known is refused with 401", async () => {
      const error = await refusalOf(subject.stranger.balance.retrieve());
      expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
      expect(error.statusCode).toBe(401);
    });

    it("an answer names its request and the version that was asked for", async () => {
      const { lastResponse } = await client.balance.retrieve({}, { apiVersion: "2026-10-28.endive" });
      expect(lastResponse.requestId).toMatch(/^req_/);
      expect(lastResponse.apiVersion).toBe("2026-10-28.endive");
    });

    it("a new account cannot be transferred to, and says what it needs", async () => {
      const account = await client.accounts.create({ ...RECIPIENT, metadata: { partner_id: "p1" } });
      expect(account).toMatchObject({
        object: "account",
        payouts_enabled: false,
        details_submitted: false,
        metadata: { partner_id: "p1" },
        controller: { requirement_collection: "stripe", stripe_dashboard: { type: "express" } },
      });
      expect(account.capabilities?.transfers).not.toBe("active");
      expect(account.requirements?.currently_due).toContain("external_account");
      expect(account.requirements?.disabled_reason).not.toBeNull();

      const error = await refusalOf(transfer({ destination: account.id }));
      expect(error.code).toBe("insufficient_capabilities_for_transfer");
    });

    it("a type and a controller exclude each other", async () => {
      const error = await refusalOf(client.accounts.create({ ...RECIPIENT, type: "express" }));
      expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    });

    it("an account that is not the platform's does not exist for it: 403 account_invalid", async () => {
      const error = await refusalOf(client.accounts.retrieve("acct_1000000000000000"));
      expect(error).toBeInstanceOf(Stripe.errors.StripePermissionError);
      expect(error.code).toBe("account_invalid");
      const acting = await refusalOf(client.balance.retrieve({}, { stripeAccount: "acct_1000000000000000" }));
      expect(acting.code).toBe("account_invalid");
    });

    it("the accounts that an account is paid out to are listed in pages, and stand in it", async () => {
      const { external_accounts } = await client.accounts.retrieve(destination);
      const listed = await client.accounts.listExternalAccounts(destination, { limit: 1 });
      expect(listed).toMatchObject({
        object: "list",
        has_more: false,
        data: [{ object: "bank_account", account: destination, currency: "usd", default_for_currency: true }],
      });
      expect(listed.data.map(({ id }) => id)).toEqual(external_accounts?.data.map(({ id }) => id));
      expect(external_accounts?.has_more).toBe(false);
      expect((await client.accounts.listExternalAccounts(destination, { object: "card" })).data).toEqual([]);
      const missing = await refusalOf(client.accounts.listExternalAccounts("acct_1000000000000000"));
      expect(missing.code).toBe("account_invalid");
    });

    it("an account link has a URL that expires, and no id", async () => {
      const account = await client.accounts.create(RECIPIENT);
      const link = await client.accountLinks.create({
        account: account.id,
        type: "account_onboarding",
        refresh_url: "https://example.com/refresh",
        return_url: "https://example.com/return",
      });
      expect(link.object).toBe("account_link");
      expect(URL.canParse(link.url)).toBe(true);
      expect(link.expires_at).toBeGreaterThan(link.created);
      expect(link).not.toHaveProperty("id");
    });

    it("a transfer moves its amount out of the platform's balance at once and can be read again", async () => {
      const before = await availableOf(client, "usd");
      const made = await transfer({ amount: 123, transfer_group: "po_1", metadata: { payout_id: "po_1" } });
      expect(made).toMatchObject({
        object: "transfer",
        amount: 123,
        amount_reversed: 0,
        reversed: false,
        currency: "usd",
        destination,
        livemode: false,
        transfer_group: "po_1",
        metadata: { payout_id: "po_1" },
        source_transaction: null,
      });
      expect(await client.transfers.retrieve(made.id)).toEqual(made);
      expect(await availableOf(client, "usd")).toBe(before - 123);
    });

    it("transfers are listed by group and by destination, newest first, in pages", async () => {
      const transfer_group = randomUUID();
      const made: string[] = [];
      for (const amount of [101, 102, 103]) made.push((await transfer({ amount, transfer_group })).id);

      const first = await client.transfers.list({ transfer_group, limit: 2 });
      expect(first.data.map(({ id }) => id)).toEqual(made.slice(1).toReversed());
      expect(first.has_more).toBe(true);
      const all = await client.transfers
        .list({ transfer_group, destination, limit: 2 })
        .autoPagingToArray({ limit: 10 });
      expect(all.map(({ id }) => id)).toEqual(made.toReversed());
      const before = await client.transfers.list({ transfer_group, ending_before: made[0] ?? "", limit: 10 });
      expect(before.data.map(({ id }) => id)).toEqual(made.slice(1).toReversed());
    });

    it("metadata keys are set, kept and unset one by one", async () => {
      const { id } = await transfer({ metadata: { a: "1", b: "2" } });
      const updated = await client.transfers.update(id, { metadata: { a: "", c: "3" } });
      expect(updated.metadata).toEqual({ b: "2", c: "3" });
    });

    it("a destination that does not exist is refused with 400 resource_missing, an object that does not with 404", async () => {
      const error = await refusalOf(transfer({ destination: "acct_1000000000000000" }));
      expect(error).toMatchObject({ statusCode: 400, code: "resource_missing", param: "destination" });
      const missing = await refusalOf(client.transfers.retrieve("tr_1000000000000000"));
      expect(missing).toMatchObject({ statusCode: 404, code: "resource_missing" });
    });

    it("parameters that are missing, unknown or no positive integers are refused by code", async () => {
      const send = (params: object) => refusalOf(client.rawRequest("POST", "/v1/transfers", params));
      expect((await send({ amount: 1, destination })).code).toBe("parameter_missing");
      expect((await send({ amount: 1, currency: "usd", destination, colour: "red" })).code).toBe("parameter_unknown");
      expect((await send({ amount: "1.5", currency: "usd", destination })).code).toBe("parameter_invalid_integer");
      expect((await send({ amount: 0, currency: "usd", destination })).code).toBe("parameter_invalid_integer");
    });

    it("the same key with the same parameters makes one transfer and says that it replayed", async () => {
      const key = randomUUID();
      const params = { amount: 111, metadata: { payout_id: key } };
      const first = await transfer(params, key);
      const second = await transfer(params, key);
      expect(second).toEqual(first);
      expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
      expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    });

    it("the same key with other parameters, or at another endpoint, is refused with idempotency_error", async () => {
      const key = randomUUID();
      const first = await transfer({ amount: 111 }, key);
      for (const attempt of [
        transfer({ amount: 112 }, key),
        client.transfers.createReversal(first.id, { amount: 1 }, { idempotencyKey: key }),
      ]) {
        const error = await refusalOf(attempt);
        expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
        expect(error).toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
      }
    });

    it("a refusal of the parameters is not stored under the key", async () => {
      const key = randomUUID();
      await refusalOf(transfer({ amount: 0 }, key));
      expect((await transfer({ amount: 111 }, key)).amount).toBe(111);
    });

    it("a refusal for want of balance is stored under its key and replayed after the top-up; a new key goes through", async () => {
      const amount = (await availableOf(client, "usd")) + 1000;
      const key = randomUUID();
      const first = await refusalOf(transfer({ amount }, key));
      expect(first).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
      expect(first).toMatchObject({ statusCode: 400, code: "balance_insufficient", rawType: "invalid_request_error" });

      await subject.fund(2000, "usd");
      const again = await refusalOf(transfer({ amount }, key));
      expect(again.code).toBe("balance_insufficient");
      expect(again.headers?.["idempotent-replayed"]).toBe("true");
      expect((await transfer({ amount })).amount).toBe(amount);
      await subject.fund(5000, "usd");
    });

    it("a transfer is reversed in parts until nothing is left, and no further", async () => {
      const { id } = await transfer({ amount: 300 });
      const part = await client.transfers.createReversal(id, { amount: 100, metadata: { why: "refund" } });
      expect(part).toMatchObject({
        object: "transfer_reversal",
        amount: 100,
        transfer: id,
        metadata: { why: "refund" },
      });
      expect(await client.transfers.retrieve(id)).toMatchObject({ amount_reversed: 100, reversed: false });
      const tooMuch = await refusalOf(client.transfers.createReversal(id, { amount: 201 }));
      expect(tooMuch).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);

      await client.transfers.createReversal(id);
      expect(await client.transfers.retrieve(id)).toMatchObject({ amount_reversed: 300, reversed: true });
      expect(await refusalOf(client.transfers.createReversal(id))).toBeInstanceOf(
        Stripe.errors.StripeInvalidRequestError,
      );
      const { data } = await client.transfers.listReversals(id);
      expect(data.map(({ amount }) => amount)).toEqual([200, 100]);
    });
  });
}

/** The error of a call that has to be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error("The call was not refused", { cause: error });
  return error;
}

/** What the platform can transfer in a currency, in minor units. */
export async function availableOf(client: Stripe, currency: string): Promise<number> {
  const { available } = await client.balance.retrieve();
  return available.find((funds) => funds.currency === currency)?.amount ?? 0;
}
