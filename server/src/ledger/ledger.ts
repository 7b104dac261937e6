import type { Page, PageRequest, ReadTx, Tx } from "../platform/database/index.ts";
import { ACCOUNT_KIND_NAMES, type AccountKind, type Balances, ZERO_BALANCES } from "./account-kinds.ts";
import type { Entry } from "./ledger-postings.ts";
import {
  type AccountPair,
  currenciesOwed,
  findBalances,
  findCurrencies,
  findMovements,
  findPayees,
  findPostings,
  hasEntries,
  insertEntries,
  lockAccounts,
  openAccounts,
  pageOfHolders,
} from "./ledger-repository.ts";

/** Entries that one statement writes: a re-assessment, or the end of a suspended partner, makes as many as there are sales. */
const ENTRIES_AT_ONCE = 5_000;

export type Ledger = {
  /**
   * Locks the accounts of partners in currencies, in one order for everybody, and opens those that are missing. Whoever decides by a
   * balance locks first and reads after. Of `kinds` alone where nothing else of these accounts is read or moved in the transaction: `available` is among
   * them, where whoever locks all begins.
   */
  lock(tx: Tx, pairs: readonly AccountPair[], kinds?: readonly AccountKind[]): Promise<void>;
  /** Writes entries, in the order given. Throws `ledger.overdrawn` when an account would fall below zero, `ledger.booked_before` when a source is in the books. */
  post(tx: Tx, entries: readonly Entry[]): Promise<void>;
  /** Balances of one partner in one currency; zero where nothing was ever booked. */
  balances(tx: ReadTx, pair: AccountPair): Promise<Balances>;
  /** The same for many, by `balanceKey`. */
  balancesOf(tx: ReadTx, pairs: readonly AccountPair[]): Promise<ReadonlyMap<string, Balances>>;
  currencies(tx: ReadTx, partnerId: string): Promise<string[]>;
  /** Who has money in a currency or owes some, page by page. */
  /** Currencies in which some partner has something that can be paid or is on its way, by code. */
  currenciesOwed(tx: ReadTx): Promise<string[]>;
  holders(tx: ReadTx, currency: string, page: PageRequest): Promise<Page<{ id: string; balance: bigint }>>;
  /** Partners who have something available in a currency, by id, after the one given. */
  payees: typeof findPayees;
  /** What one entry has moved. */
  postingsOf: typeof findPostings;
  /** What has moved one account in a time. */
  movementsOf: typeof findMovements;
  /** Whether anything has ever been booked in the tenant. */
  hasEntries(tx: ReadTx): Promise<boolean>;
};

/** Key of `balancesOf`. */
export const balanceKey = ({ partnerId, currency }: AccountPair): string => `${partnerId}:${currency}`;

export const createLedger = (): Ledger => {
  const balancesOf = async (tx: ReadTx, pairs: readonly AccountPair[]): Promise<ReadonlyMap<string, Balances>> => {
    const found = new Map<string, Record<AccountKind, bigint>>();
    for (const row of await findBalances(tx, pairs)) {
      const key = balanceKey(row);
      const balances = found.get(key) ?? { ...ZERO_BALANCES };
      balances[row.kind as AccountKind] = row.balance;
      found.set(key, balances);
    }
    return found;
  };
  return {
    lock: async (tx, pairs, kinds = ACCOUNT_KIND_NAMES) => {
      if (pairs.length === 0) return;
      // Nearly always they are all there, and to look for what is missing costs more than the lock.
      const wanted = BigInt(new Set(pairs.map(balanceKey)).size * kinds.length);
      if ((await lockAccounts(tx, pairs, kinds)) === wanted) return;
      await openAccounts(tx, pairs);
      await lockAccounts(tx, pairs, kinds);
    },
    post: async (tx, entries) => {
      const written = entries.filter((entry) => entry.postings.length > 0);
      for (let start = 0; start < written.length; start += ENTRIES_AT_ONCE)
        await insertEntries(tx, written.slice(start, start + ENTRIES_AT_ONCE));
    },
    balances: async (tx, pair) => (await balancesOf(tx, [pair])).get(balanceKey(pair)) ?? ZERO_BALANCES,
    balancesOf,
    currencies: findCurrencies,
    holders: pageOfHolders,
    currenciesOwed,
    payees: findPayees,
    postingsOf: findPostings,
    movementsOf: findMovements,
    hasEntries,
  };
};
