import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { receivingAccount } from "./stripe-connect.ts";
import { outcomeOfError } from "./stripe-outcome.ts";

const { errors } = Stripe;
/** What marks an answer as Stripe's own. */
const answered = { type: "invalid_request_error", requestId: "req_1" };
const refused = (statusCode: number, code: string) =>
  new errors.StripeInvalidRequestError({ ...answered, statusCode, code, message: code } as never);

describe("what an error says about the money", () => {
  it.each<[string, unknown, object]>([
    [
      "a lost connection says nothing",
      new errors.StripeConnectionError({ message: "reset" } as never),
      { kind: "unknown" },
    ],
    [
      "a 500 may have acted",
      new errors.StripeAPIError({ statusCode: 500, message: "boom" } as never),
      { kind: "unknown", code: "http_500" },
    ],
    [
      "a 409 on the key says the first request is still running",
      refused(409, "idempotency_key_in_use"),
      { kind: "unknown" },
    ],
    [
      "a 429 is to be sent again with the same key",
      new errors.StripeRateLimitError({ statusCode: 429, message: "slow", headers: { "retry-after": "2" } } as never),
      { kind: "unknown", code: "rate_limited" },
    ],
    [
      "a wrong secret key concludes nothing",
      new errors.StripeAuthenticationError({ statusCode: 401, message: "key" } as never),
      { kind: "unknown" },
    ],
    [
      "our own misuse of a key concludes nothing",
      new errors.StripeIdempotencyError({ statusCode: 400, message: "key" } as never),
      { kind: "unknown" },
    ],
    ["an empty balance can be filled", refused(400, "balance_insufficient"), { kind: "failed", next: "retry_later" }],
    [
      "a closed account is final",
      new errors.StripePermissionError({
        ...answered,
        statusCode: 403,
        code: "account_invalid",
        message: "gone",
      } as never),
      { kind: "failed", code: "account_invalid", next: "give_up" },
    ],
    [
      "a missing capability is final",
      refused(400, "insufficient_capabilities_for_transfer"),
      { kind: "failed", next: "give_up" },
    ],
    [
      "a key without the right to transfer concludes nothing",
      new errors.StripePermissionError({ ...answered, statusCode: 403, message: "rights" } as never),
      { kind: "unknown", code: "http_403" },
    ],
    [
      "a refusal by something in between concludes nothing",
      new errors.StripeInvalidRequestError({ statusCode: 400, code: "blocked", message: "no" } as never),
      { kind: "unknown", code: "not_stripe" },
    ],
    [
      "a limit on the rate that comes as a 400 is to be sent again",
      new errors.StripeRateLimitError({ ...answered, statusCode: 400, code: "rate_limit", message: "slow" } as never),
      { kind: "unknown", code: "rate_limited" },
    ],
    ["what is not Stripe's says nothing", new TypeError("x is undefined"), { kind: "unknown", code: "no_answer" }],
  ])("%s", (_guarantee, error, outcome) => {
    expect(outcomeOfError(error)).toMatchObject(outcome);
  });
});

describe("an account may be paid", () => {
  const ready = {
    id: "acct_1",
    capabilities: { transfers: "active" },
    payouts_enabled: true,
    requirements: { disabled_reason: null },
  };

  it.each([
    ["when transfers are active, payouts enabled and nothing is disabled", ready, "payable"],
    ["not while transfers are pending", { ...ready, capabilities: { transfers: "pending" } }, "incomplete"],
    ["not while payouts are off", { ...ready, payouts_enabled: false }, "incomplete"],
    [
      "not while something is asked for",
      { ...ready, requirements: { disabled_reason: "requirements.past_due" } },
      "incomplete",
    ],
    ["not when it was rejected", { ...ready, requirements: { disabled_reason: "rejected.fraud" } }, "restricted"],
  ])("%s", (_guarantee, account, status) => {
    expect(receivingAccount(account).status).toBe(status);
  });

  it("may pay out to all that it has: the default of its currency first, and in whichever order they come", () => {
    const data = [
      { fingerprint: "old", currency: "usd", account_holder_name: "Old", default_for_currency: false },
      { fingerprint: "eur", currency: "eur", account_holder_name: "Euro", default_for_currency: true },
      { fingerprint: null, currency: "gbp", account_holder_name: "Sterling", default_for_currency: true },
      { fingerprint: "usd", currency: "usd", account_holder_name: "Dollar", default_for_currency: true },
    ];
    const banksOf = (external: typeof data) =>
      receivingAccount({ ...ready, default_currency: "usd", external_accounts: { data: external } }).banks;
    expect(banksOf(data)).toEqual([
      { fingerprint: "usd", holder: "Dollar", defaultFor: "USD" },
      { fingerprint: "eur", holder: "Euro", defaultFor: "EUR" },
      { fingerprint: null, holder: "Sterling", defaultFor: "GBP" },
      { fingerprint: "old", holder: "Old", defaultFor: null },
    ]);
    expect(banksOf(data.toReversed())).toEqual(banksOf(data));
    expect(banksOf([])).toEqual([]);
    expect(receivingAccount(ready).banks).toBeNull();
  });

  it("bears the holder of a bank account, or of a card", () => {
    const holderOf = (one: object) =>
      receivingAccount({
        ...ready,
        external_accounts: { data: [{ fingerprint: "a", default_for_currency: true, ...one }] },
      }).banks?.[0]?.holder;
    expect(holderOf({ account_holder_name: "Ada Lovelace" })).toBe("Ada Lovelace");
    expect(holderOf({ name: "A LOVELACE" })).toBe("A LOVELACE");
    expect(holderOf({ account_holder_name: "" })).toBeNull();
  });
});
