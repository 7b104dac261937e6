import Stripe from "stripe";
import { type SandboxClock, standingClock } from "../clock.ts";
import { type StripeSandbox, type StripeSandboxOptions, startStripeSandbox } from "./start-stripe-sandbox.ts";
import { RECIPIENT } from "./stripe-contract.ts";

export type Kit = {
  readonly sandbox: StripeSandbox;
  readonly clock: SandboxClock;
  /** Sends each request once, except that the SDK repeats one whose connection was cut. */
  readonly client: Stripe;
  payableAccount(params?: Partial<Stripe.AccountCreateParams>): Promise<string>;
  /** Sends 1.00 under a key. */
  transfer(destination: string, key: string): Promise<Stripe.Transfer>;
};

/** A stand-in with 1,000.00 USD, at a standing clock, and a client for it. */
export async function openKit(options: StripeSandboxOptions = {}): Promise<Kit> {
  const clock = options.clock ?? standingClock(new Date("2026-11-24T09:00:00Z"));
  const sandbox = await startStripeSandbox({ ...options, clock });
  const client = new Stripe(sandbox.secretKey, { ...sandbox.clientOptions, maxNetworkRetries: 0 });
  sandbox.addFunds({ amount: 100_000, currency: "usd" });
  return {
    sandbox,
    clock,
    client,
    async payableAccount(params) {
      const { id } = await client.accounts.create({ ...RECIPIENT, ...params });
      sandbox.setStanding(id, "active");
      return id;
    },
    transfer: (destination, idempotencyKey) =>
      client.transfers.create(
        { amount: 100, currency: "usd", destination, transfer_group: "po_1" },
        { idempotencyKey },
      ),
  };
}
