import type { Collection } from "../records/record-store.ts";
import { newId } from "./ids.ts";

/** The platform's own balance, beside those of its connected accounts. */
export const PLATFORM = "acct_sandboxplatform";

/** One movement of a balance. It is there at once or from an instant on; until then it is pending. */
export type Entry = {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly amount: number;
  readonly availableMs: number;
};

export type Funds = { readonly available: number; readonly pending: number };

export type Balances = {
  /** Books an amount (minor units, negative to take away) and returns the id of the balance transaction. */
  post(entry: Omit<Entry, "id">): string;
  of(accountId: string, currency: string, atMs: number): Funds;
  currencies(accountId: string): readonly string[];
};

type Running = { available: number; pending: Entry[] };

/** Balances as running sums over the entries: reading one takes no time that grows with their number. */
export function createBalances(entries: Collection<Entry>): Balances {
  const accounts = new Map<string, Map<string, Running>>();
  const running = (accountId: string, currency: string): Running => {
    const currencies = accounts.get(accountId) ?? new Map<string, Running>();
    accounts.set(accountId, currencies);
    const sums = currencies.get(currency) ?? { available: 0, pending: [] };
    currencies.set(currency, sums);
    return sums;
  };
  const count = (entry: Entry): void => void running(entry.accountId, entry.currency).pending.push(entry);
  entries.all().forEach(count);

  return {
    post(entry) {
      const kept = entries.put({ id: newId("txn"), ...entry });
      count(kept);
      return kept.id;
    },
    of(accountId, currency, atMs) {
      const sums = running(accountId, currency);
      sums.available += total(sums.pending.filter((entry) => entry.availableMs <= atMs));
      sums.pending = sums.pending.filter((entry) => entry.availableMs > atMs);
      return { available: sums.available, pending: total(sums.pending) };
    },
    currencies: (accountId) => [...(accounts.get(accountId)?.keys() ?? [])],
  };
}

const total = (entries: readonly Entry[]): number => entries.reduce((sum, entry) => sum + entry.amount, 0);
