import Stripe from "stripe";
import { standingClock } from "../clock.ts";
import { startStripeSandbox } from "./start-stripe-sandbox.ts";
import { type ContractSubject, describeStripeContract, RECIPIENT } from "./stripe-contract.ts";

describeStripeContract("The stand-in", async () => {
  const sandbox = await startStripeSandbox({ clock: standingClock(new Date("2026-11-24T09:00:00Z")) });
  const client = new Stripe(sandbox.secretKey, sandbox.clientOptions);
  return {
    client,
    stranger: new Stripe("sk_test_of_someone_else", sandbox.clientOptions),
    fund: async (amount, currency) => sandbox.addFunds({ amount, currency }),
    async payableAccount() {
      const { id } = await client.accounts.create(RECIPIENT);
      sandbox.setStanding(id, "active");
      return id;
    },
    close: () => sandbox.close(),
  };
});

const key = process.env["STRIPE_TEST_KEY"];
if (key !== undefined) describeStripeContract("Stripe", () => openStripe(key));

/** Stripe itself, in test mode. Its verification takes seconds; the accounts that it makes stay in the account of the key. */
async function openStripe(secretKey: string): Promise<ContractSubject> {
  if (!secretKey.startsWith("sk_test_")) throw new Error("STRIPE_TEST_KEY has to be a key of test mode");
  const client = new Stripe(secretKey, { telemetry: false });
  return {
    client,
    stranger: new Stripe("sk_test_of_someone_else", { telemetry: false }),
    // A card whose charges are available at once (https://docs.stripe.com/testing#available-balance), with room for the fee.
    fund: async (amount, currency) =>
      void (await client.charges.create({ amount: amount * 2 + 100, currency, source: "tok_bypassPending" })),
    payableAccount: () => makePayableAccount(client),
    close: async () => {},
  };
}

const ATTEMPTS_MAX = 60;
const ATTEMPT_EVERY_MS = 1000;

/** An account that the platform vouches for with Stripe's own test data (https://docs.stripe.com/connect/testing): no page to click through. */
async function makePayableAccount(client: Stripe): Promise<string> {
  const { id } = await client.accounts.create({
    ...RECIPIENT,
    controller: {
      fees: { payer: "application" },
      losses: { payments: "application" },
      requirement_collection: "application",
      stripe_dashboard: { type: "none" },
    },
    business_type: "individual",
    business_profile: { mcc: "5734", url: "https://accessible.stripe.com" },
    external_account: "btok_us_verified",
    individual: {
      first_name: "Jenny",
      last_name: "Rosen",
      email: "jenny.rosen@example.com",
      phone: "0000000000",
      id_number: "000000000",
      dob: { day: 1, month: 1, year: 1901 },
      address: {
        line1: "address_full_match",
        city: "South San Francisco",
        state: "CA",
        postal_code: "94080",
        country: "US",
      },
    },
    tos_acceptance: { date: Math.floor(Date.now() / 1000), ip: "127.0.0.1" },
  });
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const { capabilities } = await client.accounts.retrieve(id);
    if (capabilities?.transfers === "active") return id;
    await new Promise((again) => setTimeout(again, ATTEMPT_EVERY_MS));
  }
  throw new Error(`Stripe did not enable transfers to ${id}`);
}
