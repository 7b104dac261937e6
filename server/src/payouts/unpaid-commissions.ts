import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { insertItems, type NewItem, takenParts } from "./payout-repository.ts";
import { drawItems, type UnpaidCommission } from "./payout-rules.ts";

/** Rows that one statement reads or writes, of all accounts together. An account may have any number: they are gone through in rounds. */
const ROWS_AT_ONCE = 20_000;

type Deps = { readonly commissions: Pick<PayoutDeps["commissions"], "approvedCommissions"> };

/** An account, of which nothing is drawn that was earned after `until`, where it is given. */
export type Drawable = AccountPair & { readonly until?: Date | undefined };

/** What no payout holds of all approved commissions of an account. */
export type Unpaid = {
  /** Minor units; below zero where reversals wait. */
  readonly sum: bigint;
  /** All of them, as a payout draws them; undefined where they are more than are kept in memory. */
  readonly rows: readonly UnpaidCommission[] | undefined;
};

/** The same of accounts, in the order given. It stays true where the caller has locked them. */
export async function findUnpaid(
  deps: Deps,
  tx: ReadTx,
  accounts: readonly Drawable[],
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<readonly Unpaid[]> {
  const found = new Map<number, Unpaid>();
  for await (const round of unpaidRounds(deps, tx, accounts, { rowsAtOnce, isDrawn: () => false }))
    for (const { index, rows } of round) {
      const before = found.get(index);
      const sum = rows.reduce((all, { unpaid }) => all + unpaid, before?.sum ?? 0n);
      // What one round was enough for is kept: no more than a round reads.
      found.set(index, { sum, rows: before === undefined ? rows : undefined });
    }
  return accounts.map((_, index) => found.get(index) ?? { sum: 0n, rows: [] });
}

/** Their sums alone. */
export const unpaidSums =
  (deps: Deps, rowsAtOnce = ROWS_AT_ONCE) =>
  async (tx: ReadTx, accounts: readonly Drawable[]): Promise<bigint[]> =>
    (await findUnpaid(deps, tx, accounts, rowsAtOnce)).map(({ sum }) => sum);

/** A payout that is to be made of an account's commissions. */
export type Drawing = Drawable & {
  readonly id: string;
  readonly amount: bigint;
  /** What there is to draw, where the caller has read it since it locked the account. */
  readonly rows?: Unpaid["rows"];
};

/** Writes what payouts are made of: their amounts, drawn from their accounts. The caller has locked these, and no amount is above what they have. */
export async function writeItems(deps: Deps, tx: Tx, payouts: readonly Drawing[]): Promise<void> {
  for await (const items of drawnItems(deps, tx, payouts)) await insertItems(tx, items);
}

/** The items of payouts, in rounds; those of one payout in the order in which it draws them. */
export async function* drawnItems(
  deps: Deps,
  tx: ReadTx,
  payouts: readonly Drawing[],
  rowsAtOnce = ROWS_AT_ONCE,
): AsyncGenerator<readonly NewItem[]> {
  const drawn = new Map(payouts.map(({ id, amount }) => [id, { open: amount, lines: 0 }]));
  const draw = ({ id }: Drawing, rows: readonly UnpaidCommission[]): readonly NewItem[] => {
    const before = drawn.get(id);
    invariant(before, "rows are of the payouts that were asked for");
    const { items, open } = drawItems(rows, before.open);
    drawn.set(id, { open, lines: before.lines + items.length });
    return items.map((item, place) => ({ ...item, payoutId: id, line: before.lines + place + 1 }));
  };
  yield payouts.flatMap((payout) => (payout.rows === undefined ? [] : draw(payout, payout.rows)));
  const unread = payouts.filter(({ rows }) => rows === undefined);
  const isDrawn = (index: number): boolean => drawn.get(unread[index]?.id ?? "")?.open === 0n;
  for await (const round of unpaidRounds(deps, tx, unread, { rowsAtOnce, isDrawn }))
    yield round.flatMap(({ index, rows }) => {
      const payout = unread[index];
      invariant(payout, "a round is of the payouts that were asked for");
      return draw(payout, rows);
    });
  invariant(
    [...drawn.values()].every(({ open }) => open === 0n),
    "a payout is never larger than the commissions that explain it",
  );
}

type Round = readonly { readonly index: number; readonly rows: readonly UnpaidCommission[] }[];

/** Approved commissions with what no payout holds of them, as payouts draw them, a bounded number in a round, until each account is gone through or drawn. */
async function* unpaidRounds(
  deps: Deps,
  tx: ReadTx,
  accounts: readonly Drawable[],
  { rowsAtOnce, isDrawn }: { readonly rowsAtOnce: number; readonly isDrawn: (index: number) => boolean },
): AsyncGenerator<Round> {
  let left: (Drawable & { readonly index: number; readonly after?: string | undefined })[] = accounts.map(
    ({ partnerId, currency, until }, index) => ({ partnerId, currency, until, index }),
  );
  while (left.length > 0) {
    const limit = Math.ceil(rowsAtOnce / left.length);
    const pages = await deps.commissions.approvedCommissions(tx, left, limit);
    const parts = await takenParts(
      tx,
      pages.flat().map(({ id }) => id),
    );
    yield left.map(({ index }, place) => ({
      index,
      rows: (pages[place] ?? [])
        .map(({ id, amount }) => ({ id, unpaid: amount - (parts.get(id)?.taken ?? 0n) }))
        .filter(({ unpaid }) => unpaid !== 0n),
    }));
    left = left.flatMap((account, place) => {
      const page = pages[place] ?? [];
      return page.length < limit || isDrawn(account.index) ? [] : [{ ...account, after: page.at(-1)?.id }];
    });
  }
}
