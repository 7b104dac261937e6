import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../clock.ts";
import type { Fault } from "./faults.ts";
import { refusalOf } from "./stripe-contract.ts";
import { type Kit, openKit } from "./stripe-sandbox-kit.ts";

const { StripeAPIError, StripeConnectionError, StripeInvalidRequestError, StripeRateLimitError } = Stripe.errors;

/** What one faulty attempt answers, whether it transferred, and what a retry with the same key and the same bytes then gets. */
type Case = {
  readonly fault: Fault;
  readonly times?: number;
  readonly error: new (raw: never) => Stripe.errors.StripeError;
  readonly code?: string;
  readonly status?: number;
  readonly madeByFault: number;
  readonly retry: "transfers" | "same transfer" | "same error";
};

const CASES: readonly Case[] = [
  { fault: { kind: "error_after_acting" }, error: StripeAPIError, status: 500, madeByFault: 1, retry: "same error" },
  { fault: { kind: "error_before_acting" }, error: StripeAPIError, status: 500, madeByFault: 0, retry: "same error" },
  { fault: { kind: "unavailable" }, error: StripeAPIError, status: 503, madeByFault: 0, retry: "transfers" },
  { fault: { kind: "timeout_before_acting" }, error: StripeConnectionError, madeByFault: 0, retry: "transfers" },
  { fault: { kind: "timeout_after_acting" }, error: StripeConnectionError, madeByFault: 1, retry: "same transfer" },
  // Twice, because the SDK repeats a cut request once by itself.
  { fault: { kind: "drop_before_acting" }, times: 2, error: StripeConnectionError, madeByFault: 0, retry: "transfers" },
  {
    fault: { kind: "drop_after_acting" },
    times: 2,
    error: StripeConnectionError,
    madeByFault: 1,
    retry: "same transfer",
  },
  {
    fault: { kind: "rate_limit" },
    error: StripeRateLimitError,
    code: "rate_limit",
    status: 429,
    madeByFault: 0,
    retry: "transfers",
  },
  {
    fault: { kind: "lock_timeout" },
    error: StripeRateLimitError,
    code: "lock_timeout",
    status: 429,
    madeByFault: 0,
    retry: "transfers",
  },
  {
    fault: { kind: "key_in_use" },
    error: StripeAPIError,
    code: "idempotency_key_in_use",
    status: 409,
    madeByFault: 0,
    retry: "transfers",
  },
  {
    fault: { kind: "refuse", code: "transfers_not_allowed" },
    error: StripeInvalidRequestError,
    code: "transfers_not_allowed",
    status: 400,
    madeByFault: 0,
    retry: "same error",
  },
  {
    fault: { kind: "replay_refusal", code: "balance_insufficient" },
    error: StripeInvalidRequestError,
    code: "balance_insufficient",
    status: 400,
    madeByFault: 0,
    retry: "transfers",
  },
];

describe("an injected fault", () => {
  let kit: Kit;
  let destination: string;
  beforeAll(async () => {
    kit = await openKit();
    destination = await kit.payableAccount();
  });
  afterAll(() => kit.sandbox.close());
  beforeEach(() => kit.sandbox.faults.clear());

  const hurried = () =>
    new Stripe(kit.sandbox.secretKey, { ...kit.sandbox.clientOptions, maxNetworkRetries: 0, timeout: 150 });
  const send = (client: Stripe, idempotencyKey: string) =>
    client.transfers.create({ amount: 100, currency: "usd", destination }, { idempotencyKey });

  it.each(CASES)(
    "$fault.kind answers as Stripe does, transfers $madeByFault, and the retry gets: $retry",
    async (each) => {
      const { sandbox, client } = kit;
      const made = () => sandbox.transfers().length;
      const before = made();
      const key = `key ${each.fault.kind}`;
      sandbox.faults.inject(each.fault, { on: "POST /v1/transfers", times: each.times ?? 1 });

      const error = await refusalOf(send(each.fault.kind.startsWith("timeout") ? hurried() : client, key));
      expect(error).toBeInstanceOf(each.error);
      expect([error.code, error.statusCode]).toEqual([each.code, each.status]);
      expect(made() - before).toBe(each.madeByFault);

      if (each.retry === "same error") {
        const again = await refusalOf(send(client, key));
        expect([again.code, again.statusCode]).toEqual([each.code, each.status]);
        expect(again.headers?.["idempotent-replayed"]).toBe("true");
        expect(made() - before).toBe(each.madeByFault);
        return;
      }
      const { id, lastResponse } = await send(client, key);
      expect(made() - before).toBe(1);
      expect(sandbox.transfers().at(-1)?.id).toBe(id);
      expect(lastResponse.headers["idempotent-replayed"]).toBe(each.retry === "same transfer" ? "true" : undefined);
    },
  );

  it("that replays an old refusal says that it is a replay", async () => {
    kit.sandbox.faults.inject({ kind: "replay_refusal", code: "balance_insufficient" });
    const error = await refusalOf(kit.transfer(destination, "replayed"));
    expect(error.headers?.["idempotent-replayed"]).toBe("true");
  });

  it("foreign_not_found is what the SDK mistakes for a success: nothing is transferred", async () => {
    kit.sandbox.faults.inject({ kind: "foreign_not_found" });
    const before = kit.sandbox.totalTransferred("usd");
    const answer = await kit.transfer(destination, "foreign");
    expect(answer.object).toBeUndefined();
    expect(kit.sandbox.totalTransferred("usd")).toBe(before);
  });

  it("latency answers late, and answers", async () => {
    kit.sandbox.faults.inject({ kind: "latency", delayMs: 1 });
    expect((await kit.transfer(destination, "late")).object).toBe("transfer");
  });

  it("hits only the requests it is meant for, and only so many", async () => {
    kit.sandbox.faults.inject({ kind: "rate_limit" }, { on: "GET /v1/accounts/*", times: 2 });
    await kit.transfer(destination, "unharmed");
    for (const _ of [1, 2]) {
      const error = await refusalOf(kit.client.accounts.retrieve(destination));
      expect(error).toBeInstanceOf(StripeRateLimitError);
    }
    expect((await kit.client.accounts.retrieve(destination)).id).toBe(destination);
  });

  it("after which the bytes of each attempt can be compared", async () => {
    kit.sandbox.faults.inject({ kind: "unavailable" });
    await refusalOf(kit.transfer(destination, "bytes"));
    await kit.transfer(destination, "bytes");
    const attempts = kit.sandbox.requests().filter(({ key }) => key === "bytes");
    expect(attempts.map(({ outcome }) => outcome)).toEqual([503, 200]);
    expect(new Set(attempts.map(({ form }) => form)).size).toBe(1);
  });
});

describe("an idempotency key", () => {
  let kit: Kit;
  let destination: string;
  beforeAll(async () => {
    kit = await openKit();
    destination = await kit.payableAccount();
  });
  afterAll(() => kit.sandbox.close());

  it("of a request that still runs is refused with 409, and gives its result afterwards", async () => {
    const { faults } = kit.sandbox;
    faults.inject({ kind: "hold" });
    const first = kit.transfer(destination, "at once");
    await faults.held();
    const second = await refusalOf(kit.transfer(destination, "at once"));
    expect([second.statusCode, second.code]).toEqual([409, "idempotency_key_in_use"]);

    faults.release();
    const { id } = await first;
    expect((await kit.transfer(destination, "at once")).id).toBe(id);
  });

  it("is forgotten after 24 hours, and transfers anew from then on", async () => {
    const { id } = await kit.transfer(destination, "daily");
    await kit.sandbox.advance(DAY_MS - 1);
    expect((await kit.transfer(destination, "daily")).id).toBe(id);
    await kit.sandbox.advance(1);
    expect((await kit.transfer(destination, "daily")).id).not.toBe(id);
  });

  it("that ran into a 500 goes on answering 500 for 24 hours although the transfer exists and can be found", async () => {
    kit.sandbox.faults.inject({ kind: "error_after_acting" });
    await refusalOf(kit.transfer(destination, "five hundred"));
    await kit.sandbox.advance(23 * HOUR_MS);
    expect((await refusalOf(kit.transfer(destination, "five hundred"))).statusCode).toBe(500);
    const { data } = await kit.client.transfers.list({ transfer_group: "po_1", limit: 1 });
    expect(data[0]?.amount).toBe(100);
  });

  it("belongs to the account that is acted for", async () => {
    const { id } = await kit.transfer(destination, "shared");
    const other = await kit.client.payouts.create(
      { amount: 1, currency: "usd" },
      { stripeAccount: destination, idempotencyKey: "shared" },
    );
    expect(other.id).not.toBe(id);
  });

  it("of more than 255 characters is refused", async () => {
    const error = await refusalOf(kit.transfer(destination, "k".repeat(256)));
    expect(error.rawType).toBe("idempotency_error");
  });
});
