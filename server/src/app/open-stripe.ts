import { createStripeAccounts, createStripeClient, createStripeTransfers, describeAccount } from "../payouts/index.ts";
import type { ComposeConfig } from "./compose-config.ts";

/** Stripe as the services see it, over one client. */
export function openStripe(settings: NonNullable<ComposeConfig["stripe"]>) {
  const client = createStripeClient(settings);
  return {
    transfers: createStripeTransfers(client),
    accounts: createStripeAccounts(client),
    intake: { client, connectWebhookSecret: settings.webhookSecret },
    /** Whether Stripe takes the key, and whose account it is. */
    ask: () => describeAccount(client),
  };
}
