import type { SendingPace } from "./sending-pace.ts";

/** What a payout asks of a provider: made once, kept as text, and sent with the same bytes every time. */
export type TransferOrder = {
  readonly payoutId: string;
  /** Which try it is: the transfer carries it, so that what is found later is known for what it is. */
  readonly attempt: number;
  readonly partnerId: string;
  /** What reaches the partner, in minor units of `currency`: a multiple of the provider's step. */
  readonly amount: bigint;
  readonly currency: string;
  /** The provider's name for the receiving account. */
  readonly destination: string;
};

/**
 * What is known after asking. `confirmed`: the money moved, once; `isReversed` where it has come back already, `madeBy` where an earlier attempt
 * did it. `failed`: it did not and will
 * not under this key; `next` says whether another attempt under a new key can succeed. `unknown`: no answer, or one that says nothing; ask
 * again with the same key and bytes.
 */
export type TransferOutcome =
  | {
      readonly kind: "confirmed";
      readonly transferId: string;
      readonly isReversed?: boolean;
      readonly madeBy?: number;
    }
  | { readonly kind: "failed"; readonly code: string; readonly next: "retry_now" | "retry_later" | "give_up" }
  | { readonly kind: "unknown"; readonly code: string };

export type ReceivingAccount = {
  readonly accountId: string;
  readonly status: "incomplete" | "payable" | "restricted";
  readonly reason: string | null;
  readonly currency: string | null;
  /** ISO 3166; an account never changes it. */
  readonly country: string | null;
  /** All that the provider may pay out to, the default of the account's own currency first; null where it does not say. */
  readonly banks: readonly ReceivingBank[] | null;
};

/** Why an account is restricted whose holder has cut the platform off. */
export const DISCONNECTED = "disconnected";

/** An account that cannot be reached any more: nothing is paid to it, and nobody's name stands behind it. */
export const goneAccount = (accountId: string): ReceivingAccount => ({
  accountId,
  status: "restricted",
  reason: DISCONNECTED,
  currency: null,
  country: null,
  banks: [],
});

/** A bank account or card behind a provider's account. */
export type ReceivingBank = {
  /** The provider's name for the number: the same for the same number, whoever has entered it. Null where it does not say. */
  readonly fingerprint: string | null;
  /** Whose it is, as the provider was told. */
  readonly holder: string | null;
  /** The currency in which it is paid to, where there are several; null where it is for none. */
  readonly defaultFor: string | null;
};

/** A transfer of one of our payouts, as the provider has it. */
export type MadeTransfer = {
  readonly transferId: string;
  readonly payoutId: string;
  readonly attempt: number;
  /** In minor units of ISO 4217. */
  readonly amount: bigint;
  readonly amountReversed: bigint;
  readonly currency: string;
  readonly destination: string;
  /** All of it has come back. */
  readonly isReversed: boolean;
  readonly madeAt: Date;
};

/** `isWhole` is false where the provider has more than were read: those may be ours. */
export type TransferList = { readonly isWhole: boolean; readonly made: readonly MadeTransfer[] };

/** Whoever moves the money. Each adapter and each stand-in passes the same contract suite. */
export type TransferProvider = {
  readonly name: "stripe_connect" | "bank_file" | "test";
  /** Nothing leaves by sending: what was sent is written down here, and a person takes it to the bank. */
  readonly isByHand?: true;
  /** How long the provider answers a repeated key with the first answer; older unknowns are looked up, never sent again. */
  readonly keyLifetimeMs: number;
  /** Where it may say that it is asked too often. */
  readonly pace?: SendingPace;
  /** The smallest amount it can move in a currency, minor units; 1 where it does not say. */
  stepOf?(currency: string): bigint;
  /** The bytes to keep and send. Holds nothing that changes from one call to the next. */
  prepare(order: TransferOrder): string;
  send(request: string, idempotencyKey: string): Promise<TransferOutcome>;
  /** Every transfer of a payout that the provider has, those that came back included. */
  find(payoutId: string): Promise<readonly MadeTransfer[]>;
  /** Every transfer of our payouts made from `from` on and before `to`; undefined where the provider keeps no list. */
  list?(range: { readonly from: Date; readonly to: Date }): Promise<TransferList>;
};

/** The part of a provider that opens receiving accounts and sends people through its forms. */
export type AccountProvider = {
  createAccount(input: { methodId: string; partnerId: string; email: string; country: string }): Promise<string>;
  /** A single-use page where the partner completes the account. */
  onboardingLink(input: {
    accountId: string;
    returnUrl: string;
    refreshUrl: string;
  }): Promise<{ url: string; expiresAt: Date }>;
  account(accountId: string): Promise<ReceivingAccount>;
};
