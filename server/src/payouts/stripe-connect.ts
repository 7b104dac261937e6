import { Stripe } from "stripe";
import { derivedId } from "../kernel/id.ts";
import { createSendingPace } from "./sending-pace.ts";
import { fromStripeAmount, stripeAmount, stripeStep } from "./stripe-amounts.ts";
import type { StripeClient } from "./stripe-client.ts";
import { isRateLimit, outcomeOfError, retryAfterMs } from "./stripe-outcome.ts";
import {
  type AccountProvider,
  goneAccount,
  type MadeTransfer,
  type ReceivingAccount,
  type ReceivingBank,
  type TransferOrder,
  type TransferOutcome,
  type TransferProvider,
} from "./transfer-provider.ts";

/** Stripe keeps the answer to a key for at least a day; an hour is left for clocks and slow networks. */
const KEY_LIFETIME_MS = 23 * 3_600_000;
/** Far more transfers than one payout can have. */
const FOUND_MAX = 1_000;
/** More than a programme pays in a period that a person looks through; a longer one is asked for in parts. */
const LISTED_MAX = 30_000;
/** Far more accounts than a connected account may be paid out to. */
const EXTERNALS_MAX = 10_000;

/** The form parameters of `transfers.create`, in the order in which they are kept. */
type TransferParameters = {
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly transfer_group: string;
  readonly metadata: { readonly payout_id: string; readonly attempt: string; readonly partner_id: string };
};

/** Moves money from the platform's balance to a connected account. */
export const createStripeTransfers = (stripe: StripeClient, pace = createSendingPace()): TransferProvider => ({
  name: "stripe_connect",
  keyLifetimeMs: KEY_LIFETIME_MS,
  pace,
  stepOf: stripeStep,

  prepare: (order: TransferOrder): string =>
    JSON.stringify({
      amount: stripeAmount(order.amount, order.currency),
      currency: order.currency.toLowerCase(),
      destination: order.destination,
      transfer_group: order.payoutId,
      metadata: { payout_id: order.payoutId, attempt: String(order.attempt), partner_id: order.partnerId },
    } satisfies TransferParameters),

  send: async (request: string, idempotencyKey: string): Promise<TransferOutcome> => {
    try {
      const transfer = await stripe.transfers.create(JSON.parse(request) as TransferParameters, { idempotencyKey });
      // The client takes any body without an `error` for success, a proxy's page included.
      const isTransfer = transfer.object === "transfer" && typeof transfer.id === "string" && transfer.id.length > 0;
      pace.ease();
      return isTransfer ? { kind: "confirmed", transferId: transfer.id } : { kind: "unknown", code: "not_a_transfer" };
    } catch (error) {
      if (isRateLimit(error)) pace.holdOff(retryAfterMs(error));
      return outcomeOfError(error);
    }
  },

  find: async (payoutId: string) => {
    const listed = await stripe.transfers
      .list({ transfer_group: payoutId, limit: 100 })
      .autoPagingToArray({ limit: FOUND_MAX })
      .catch((error: unknown) => {
        if (isRateLimit(error)) pace.holdOff(retryAfterMs(error));
        throw error;
      });
    return listed.flatMap((transfer) => madeTransfer(transfer) ?? []).filter((made) => made.payoutId === payoutId);
  },

  list: async ({ from, to }) => {
    const made: MadeTransfer[] = [];
    let read = 0;
    // Others may use the account too: what is read is counted, not what is ours of it.
    for await (const transfer of stripe.transfers.list({
      created: { gte: seconds(from), lt: seconds(to) },
      limit: 100,
    })) {
      if (read === LISTED_MAX) return { isWhole: false, made };
      read += 1;
      const ours = madeTransfer(transfer);
      if (ours !== undefined) made.push(ours);
    }
    return { isWhole: true, made };
  },
});

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

/** What a transfer object is to us, from the API or from an event; undefined for what no payout of ours has made. */
export function madeTransfer(transfer: Pick<Stripe.Transfer, TransferField>): MadeTransfer | undefined {
  const { payout_id: payoutId, attempt } = transfer.metadata ?? {};
  if (payoutId === undefined || attempt === undefined || !/^[1-9]\d{0,8}$/.test(attempt)) return undefined;
  const { currency, destination } = transfer;
  return {
    transferId: transfer.id,
    payoutId,
    attempt: Number(attempt),
    amount: fromStripeAmount(transfer.amount, currency),
    amountReversed: fromStripeAmount(transfer.amount_reversed ?? 0, currency),
    currency: currency.toUpperCase(),
    destination: typeof destination === "string" ? destination : (destination?.id ?? ""),
    isReversed: transfer.reversed,
    madeAt: new Date(transfer.created * 1_000),
  };
}

type TransferField =
  | "id"
  | "amount"
  | "amount_reversed"
  | "currency"
  | "destination"
  | "metadata"
  | "reversed"
  | "created";

/** Opens connected accounts. Stripe collects what it must know about the partner; the platform pays the fees and bears losses. */
export const createStripeAccounts = (stripe: StripeClient): AccountProvider => ({
  createAccount: async ({ methodId, partnerId, email, country }) => {
    const account = await stripe.accounts.create(
      {
        country,
        email,
        controller: {
          fees: { payer: "application" },
          losses: { payments: "application" },
          requirement_collection: "stripe",
          stripe_dashboard: { type: "express" },
        },
        capabilities: { transfers: { requested: true } },
        metadata: { partner_id: partnerId },
      },
      // What may have changed since a first try is in the key: the same key with other parameters is refused for a day.
      { idempotencyKey: `account_${derivedId(methodId, email, country)}` },
    );
    return account.id;
  },

  onboardingLink: async ({ accountId, returnUrl, refreshUrl }) => {
    const link = await stripe.accountLinks.create({
      account: accountId,
      type: "account_onboarding",
      return_url: returnUrl,
      refresh_url: refreshUrl,
    });
    return { url: link.url, expiresAt: new Date(link.expires_at * 1_000) };
  },

  account: async (accountId) => {
    try {
      const account = await stripe.accounts.retrieve(accountId);
      if (account.external_accounts?.has_more !== true) return receivingAccount(account);
      const data = await stripe.accounts
        .listExternalAccounts(accountId, { limit: 100 })
        .autoPagingToArray({ limit: EXTERNALS_MAX });
      return receivingAccount({ ...account, external_accounts: { data } });
    } catch (error) {
      // Its holder has cut the platform off, or it was deleted: the message that said so may have been lost, or comes later.
      if (error instanceof Stripe.errors.StripePermissionError && error.code === "account_invalid")
        return goneAccount(accountId);
      throw error;
    }
  },
});

/** What decides whether money may be sent to an account; a return from onboarding says nothing, only this does. */
export type AccountFacts = {
  readonly id: string;
  readonly capabilities?: { readonly transfers?: string } | null;
  readonly payouts_enabled?: boolean;
  readonly requirements?: { readonly disabled_reason?: string | null } | null;
  readonly default_currency?: string | null;
  readonly country?: string | null;
  readonly external_accounts?: { readonly data: readonly ExternalFacts[] };
};

/** A bank account, or a debit card, whose holder is its `name`: https://docs.stripe.com/api/external_accounts. */
type ExternalFacts = {
  readonly fingerprint?: string | null;
  readonly account_holder_name?: string | null;
  readonly name?: string | null;
  readonly currency?: string | null;
  readonly default_for_currency?: boolean | null;
};

/** The payable gate, pure: transfers are active, payouts are enabled, and nothing is disabled. */
export function receivingAccount(account: AccountFacts): ReceivingAccount {
  const disabledReason = account.requirements?.disabled_reason ?? null;
  const isPayable =
    account.capabilities?.transfers === "active" && account.payouts_enabled === true && disabledReason === null;
  const isRestricted = disabledReason !== null && !disabledReason.startsWith("requirements.");
  return {
    accountId: account.id,
    status: isPayable ? "payable" : isRestricted ? "restricted" : "incomplete",
    reason: disabledReason,
    currency: account.default_currency?.toUpperCase() ?? null,
    country: account.country ?? null,
    banks: banksOf(account),
  };
}

/** All that Stripe may pay the account's money out to. In one order, so that the same said twice is the same. */
function banksOf({ default_currency, external_accounts }: AccountFacts): ReceivingBank[] | null {
  if (external_accounts === undefined) return null;
  const own = default_currency?.toUpperCase() ?? null;
  const rank = ({ defaultFor }: ReceivingBank): number => (defaultFor === null ? 2 : defaultFor === own ? 0 : 1);
  return external_accounts.data
    .map((one) => ({
      fingerprint: one.fingerprint || null,
      holder: one.account_holder_name || one.name || null,
      defaultFor: one.default_for_currency === true ? (one.currency?.toUpperCase() ?? null) : null,
    }))
    .toSorted((a, b) => rank(a) - rank(b) || compare(a, b));
}

const compare = (a: ReceivingBank, b: ReceivingBank): number => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
};
