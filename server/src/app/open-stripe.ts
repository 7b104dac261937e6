import {
  createBankFile,
  createStripeAccounts,
  createStripeClient,
  createStripeTransfers,
  createTestTransfers,
  describeAccount,
  type TransferProvider,
} from "../payouts/index.ts";
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

/** Whoever moves money, by the kind of payout method: Stripe where a key is set, and `test` for twins, where none is moved. */
export const transferProviders = (stripe: TransferProvider | undefined) => ({
  bank_file: createBankFile(),
  test: createTestTransfers(),
  ...(stripe && { stripe_connect: stripe }),
});
