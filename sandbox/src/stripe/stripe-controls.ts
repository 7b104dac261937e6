import type { Stripe } from "stripe";
import type { SandboxClock } from "../clock.ts";
import { setStanding } from "./account-standing.ts";
import { notFound } from "./api-error.ts";
import type { SeenRequest } from "./api-routes.ts";
import { PLATFORM } from "./balances.ts";
import type { TestBankName } from "./bank-accounts.ts";
import type { Billing } from "./billing/billing.ts";
import { addBankAccount, removeBankAccount, replaceBankAccount } from "./external-accounts.ts";
import type { Faults } from "./faults.ts";
import { balanceOf, topUp } from "./funds.ts";
import { movePayout, type PayoutMove } from "./payout-lifecycle.ts";
import type { StandingName } from "./standings.ts";
import type { EventRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";
import type { WebhookDelivery } from "./webhook-delivery.ts";
import { addWebhookEndpoint, type WebhookEndpointInput } from "./webhook-endpoints.ts";

/** A bank account as a holder enters it. */
export type BankEntry = {
  readonly bank: TestBankName;
  readonly holder?: string;
  /** Lower case; the account's own where it is not given. */
  readonly currency?: string;
  readonly sameAs?: string;
};

/** What a test or a demo does to the stand-in from outside, and sees of it. What is returned is a copy. */
export type StripeControls = {
  readonly faults: Omit<Faults, "take" | "pass">;
  readonly webhooks: Omit<WebhookDelivery, "publish" | "attempt" | "close"> & {
    /** Adds an endpoint and returns its signing secret. */
    addEndpoint(input: WebhookEndpointInput): string;
  };
  /** Customers, subscriptions, invoices, refunds and disputes of Stripe Billing. */
  readonly billing: Billing;
  now(): Date;
  /** Moves the clock; what falls due on the way happens in its order. Resolves when its webhooks are delivered. */
  moveTo(instant: Date): Promise<void>;
  advance(durationMs: number): Promise<void>;
  /** Adds funds (minor units) to the platform's balance. */
  addFunds(funds: { readonly amount: number; readonly currency: string }): void;
  /** Puts a connected account into a standing, with a bank account where one is named. `active` needs one: the good one unless named. */
  setStanding(accountId: string, standing: StandingName, bank?: TestBankName): void;
  /** The account's holder enters a bank account in place of those it has; `sameAs` names an account that is paid to the same. */
  enterBank(accountId: string, entered: BankEntry): void;
  /** The same beside those it has: the default of its currency where that has none. */
  addBank(accountId: string, entered: BankEntry): void;
  /** The account's holder takes away the bank account that bears a name. */
  removeBank(accountId: string, holder: string): void;
  /** The account's holder disconnects the platform: the API denies it from now on. */
  disconnect(accountId: string): void;
  /** Moves a payout on as its bank would. Returns false where its state does not lead there. */
  movePayout(payoutId: string, move: PayoutMove): boolean;
  accounts(): Stripe.Account[];
  transfers(): Stripe.Transfer[];
  reversals(): Stripe.TransferReversal[];
  payouts(accountId?: string): Stripe.Payout[];
  events(type?: string): EventRecord[];
  balance(accountId?: string): Stripe.Balance;
  /** All that was ever transferred in the currency, reversed or not, in minor units. */
  totalTransferred(currency: string): bigint;
  totalReversed(currency: string): bigint;
  /** The latest requests to the API, oldest first. */
  requests(): readonly SeenRequest[];
};

export function createControls(input: {
  readonly world: StripeWorld;
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly delivery: WebhookDelivery;
  readonly billing: Billing;
  readonly seen: readonly SeenRequest[];
}): StripeControls {
  const { world, clock, faults, delivery, billing, seen } = input;
  const { records } = world;

  const settle = async (): Promise<void> => {
    // A receiver may cause more by what it does in answer; each round waits for what the one before has set off.
    world.agenda.runDue();
    await delivery.idle();
  };
  const account = (id: string) => {
    const record = records.accounts.get(id);
    if (record === undefined) throw notFound("account", id);
    return record;
  };
  const entry = ({ sameAs, ...entered }: BankEntry) => ({
    ...entered,
    sameAs: sameAs === undefined ? undefined : account(sameAs).account,
  });
  const total = (
    objects: readonly { readonly amount: number; readonly currency: string }[],
    currency: string,
  ): bigint =>
    objects.filter((each) => each.currency === currency).reduce((sum, each) => sum + BigInt(each.amount), 0n);

  return {
    faults,
    webhooks: { ...delivery, addEndpoint: (endpoint) => addWebhookEndpoint(world, endpoint).secret },
    billing,
    now: () => clock.now(),
    async moveTo(instant) {
      clock.moveTo(instant);
      await settle();
    },
    async advance(durationMs) {
      clock.advance(durationMs);
      await settle();
    },
    addFunds: ({ amount, currency }) =>
      void topUp(world, { amount, currency, description: null, transferGroup: null, metadata: {} }),
    setStanding(accountId, standing, bank) {
      const record = account(accountId);
      const hasBank = (record.account.external_accounts?.data.length ?? 0) > 0;
      const opened = bank ?? (standing === "active" && !hasBank ? "good" : undefined);
      const withBank = opened === undefined ? record : replaceBankAccount(world, record, { bank: opened });
      setStanding(world, withBank, standing);
    },
    enterBank: (accountId, entered) => void replaceBankAccount(world, account(accountId), entry(entered)),
    addBank: (accountId, entered) => void addBankAccount(world, account(accountId), entry(entered)),
    removeBank: (accountId, holder) => removeBankAccount(world, account(accountId), holder),
    disconnect(accountId) {
      records.accounts.put({ ...account(accountId), isDisconnected: true });
      const object = { id: "ca_sandbox", object: "application", name: "Platform" };
      world.emit({ type: "account.application.deauthorized", account: accountId, object });
    },
    movePayout(payoutId, move) {
      const record = records.payouts.get(payoutId);
      if (record === undefined) throw notFound("payout", payoutId);
      return movePayout(world, record, move) !== record.payout;
    },
    accounts: () => structuredClone(records.accounts.all().map((record) => record.account)),
    transfers: () => structuredClone(records.transfers.all()),
    reversals: () => structuredClone(records.reversals.all()),
    payouts: (accountId) =>
      structuredClone(
        records.payouts
          .all()
          .filter((record) => accountId === undefined || record.accountId === accountId)
          .map(({ payout }) => payout),
      ),
    events: (type) =>
      structuredClone(records.events.all().filter((event) => type === undefined || event.type === type)),
    balance: (accountId = PLATFORM) => balanceOf(world, accountId),
    totalTransferred: (currency) => total(records.transfers.all(), currency),
    totalReversed: (currency) => total(records.reversals.all(), currency),
    requests: () => [...seen],
  };
}
