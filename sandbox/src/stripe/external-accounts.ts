import type { Stripe } from "stripe";
import { notFound } from "./api-error.ts";
import { openBankAccount, type TestBankName } from "./bank-accounts.ts";
import type { AccountRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** An account shows its latest ten; the list has them all: https://docs.stripe.com/api/external_accounts. */
const SHOWN_MAX = 10;

/** A bank account that a holder enters: whose it is, in which currency, and which other connected account is paid to the same. */
export type EnteredBank = {
  readonly bank: TestBankName;
  readonly holder?: string | undefined;
  readonly currency?: string | undefined;
  readonly sameAs?: Stripe.Account | undefined;
};

/** All of an account's, of one kind where that is asked for, oldest first. */
export const externalAccountsOf = (
  account: Stripe.Account,
  kind: "bank_account" | "card" | undefined,
): Stripe.ExternalAccount[] => externalsOf(account).filter(({ object }) => kind === undefined || object === kind);

/** The account as the API shows it. */
export function shownAccount(account: Stripe.Account): Stripe.Account {
  const all = externalsOf(account);
  const data = all.toReversed().slice(0, SHOWN_MAX);
  return { ...account, external_accounts: listOf(account.id, data, all.length > SHOWN_MAX) };
}

/** No account yet. */
export const noExternalAccounts = (accountId: string): Stripe.ApiList<Stripe.ExternalAccount> =>
  listOf(accountId, [], false);

/** Gives the account a bank account in place of all that it has, as its holder does in onboarding. */
export function replaceBankAccount(world: StripeWorld, record: AccountRecord, entered: EnteredBank): AccountRecord {
  return addBankAccount(world, keep(world, record, []), entered);
}

/** Gives the account another bank account: the default of its currency where there is none yet. */
export function addBankAccount(
  world: StripeWorld,
  record: AccountRecord,
  { bank, holder, currency, sameAs }: EnteredBank,
): AccountRecord {
  const { account } = record;
  const paidIn = currency ?? account.default_currency ?? "usd";
  const opened = openBankAccount({
    bank,
    holder: holder ?? null,
    fingerprint: (sameAs && bankAccountOf(sameAs)?.fingerprint) ?? undefined,
    accountId: account.id,
    country: account.country ?? "US",
    currency: paidIn,
    isDefault: !externalsOf(account).some((one) => one.currency === paidIn && one.default_for_currency === true),
  });
  const kept = keep(world, record, [...externalsOf(account), opened]);
  world.emit({ type: "account.external_account.created", account: account.id, object: opened });
  return kept;
}

/** Takes the bank account away whose holder is named; the latest other one of its currency becomes that currency's default. */
export function removeBankAccount(world: StripeWorld, record: AccountRecord, holder: string): void {
  const { account } = record;
  const gone = banksOf(account).find(({ account_holder_name }) => account_holder_name === holder);
  if (gone === undefined) throw notFound("external account", holder);
  const left = externalsOf(account).filter(({ id }) => id !== gone.id);
  const heir =
    gone.default_for_currency === true ? left.findLast(({ currency }) => currency === gone.currency) : undefined;
  keep(
    world,
    record,
    left.map((one) => (one === heir ? { ...one, default_for_currency: true } : one)),
  );
  world.emit({ type: "account.external_account.deleted", account: account.id, object: gone });
}

/** The bank account that payouts in a currency go to: its default, or that of the account's own currency. */
export function bankAccountOf(
  account: Stripe.Account,
  currency: string | null | undefined = account.default_currency,
): Stripe.BankAccount | undefined {
  const defaults = banksOf(account).filter((bank) => bank.default_for_currency === true);
  return (
    defaults.find((bank) => bank.currency === currency) ??
    defaults.find((bank) => bank.currency === account.default_currency) ??
    defaults[0]
  );
}

/** Marks the bank account as refused by its bank; undefined where there is none. */
export function markRefused(world: StripeWorld, record: AccountRecord): AccountRecord | undefined {
  const { account } = record;
  const bank = bankAccountOf(account);
  if (bank === undefined) return undefined;
  const errored = { ...bank, status: "errored" };
  const kept = keep(
    world,
    record,
    externalsOf(account).map((one) => (one.id === bank.id ? errored : one)),
  );
  const previous = { status: bank.status };
  world.emit({ type: "account.external_account.updated", account: account.id, object: errored, previous });
  return kept;
}

export const externalAccountsUrl = (accountId: string): string => `/v1/accounts/${accountId}/external_accounts`;

const listOf = (
  accountId: string,
  data: Stripe.ExternalAccount[],
  has_more: boolean,
): Stripe.ApiList<Stripe.ExternalAccount> => ({ object: "list", data, has_more, url: externalAccountsUrl(accountId) });

/** Oldest first, all of them. */
const externalsOf = (account: Stripe.Account): Stripe.ExternalAccount[] => account.external_accounts?.data ?? [];

const banksOf = (account: Stripe.Account): Stripe.BankAccount[] =>
  externalsOf(account).filter((one): one is Stripe.BankAccount => one.object === "bank_account");

const keep = (world: StripeWorld, record: AccountRecord, data: Stripe.ExternalAccount[]): AccountRecord =>
  world.records.accounts.put({
    ...record,
    account: { ...record.account, external_accounts: listOf(record.id, data, false) },
  });
