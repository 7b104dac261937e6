import { invariant } from "../kernel/invariant.ts";
import { shareBooked, shareReversed } from "../ledger/index.ts";
import type { Ctx } from "../platform/context.ts";
import { findSubOperatorSales, type OutboxRow, type SubOperatorSale, type Tx } from "../platform/database/index.ts";
import { inParent, noteForParent } from "./parent.ts";
import { SOLD, type Sold, sold } from "./sub-operator-events.ts";
import {
  findContracts,
  findShares,
  insertShares,
  type KeptContract,
  type ShareOfRoot,
  type SubOperator,
} from "./sub-operator-repository.ts";
import { contractAt, madeAt, missingShares } from "./sub-operator-rules.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Transactions whose share is booked in one go. */
const AT_ONCE = 1_000;

/** Listens to `transaction.recorded` in every tenant: those under another keep an event for it, in the transaction that records. */
export const noteSales = (deps: Pick<WhitelabelDeps, "outbox">) =>
  noteForParent(deps, (tenantId, events) => [
    sold(tenantId, { transactionIds: events.map(({ objectId }) => objectId) }),
  ]);

/**
 * Takes the events of one tenant from the outbox: books the parent's share of what was sold, in the parent's tenant, the program itself acting. Told twice,
 * in another order, or by two workers, it books the same: a transaction has one row.
 */
export const bookShares =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const ids = new Set(
      events.filter(({ type }) => type === SOLD).flatMap(({ data }) => (data as Sold).transactionIds),
    );
    const all = [...ids];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const some = all.slice(start, start + AT_ONCE);
      await inParent(deps, ctx, "whitelabel.book_shares", (tx, one) => book(deps, tx, one, some));
    }
  };

async function book(deps: WhitelabelDeps, tx: Tx, one: SubOperator, transactionIds: readonly string[]): Promise<void> {
  const { id, partnerId } = one;
  const currencies = new Set((await findSubOperatorSales(tx, id, transactionIds)).map(({ currency }) => currency));
  await deps.ledger.lock(
    tx,
    [...currencies].map((currency) => ({ partnerId, currency })),
  );
  // Read under lock: what another has booked meanwhile is seen here.
  const families = Map.groupBy(await findSubOperatorSales(tx, id, transactionIds), ({ root_id }) => root_id);
  const booked = Map.groupBy(await findShares(tx, id, [...families.keys()]), ({ rootId }) => rootId);
  const contracts = (await findContracts(tx, [id])).get(id) ?? [];
  const shares = [...families].flatMap(([rootId, family]) => {
    const rows = booked.get(rootId) ?? [];
    const contract = contractOf(contracts, family, rows);
    return missingShares(family, rows, contract?.parentSharePpm ?? 0n).map((share) => ({
      ...share,
      contractNumber: contract?.number ?? null,
    }));
  });
  await insertShares(tx, id, shares);
  await deps.ledger.post(
    tx,
    shares
      .filter(({ amount }) => amount !== 0n)
      .map(({ transactionId, amount, sale }) => {
        const booking = { sourceId: transactionId, partnerId, currency: sale.currency, at: sale.occurred_at };
        return amount > 0n ? shareBooked({ ...booking, amount }) : shareReversed({ ...booking, amount: -amount });
      }),
  );
}

/** A sale keeps the contract under which it was booked; what reverses it follows. */
function contractOf(
  contracts: readonly KeptContract[],
  [root]: readonly SubOperatorSale[],
  booked: readonly ShareOfRoot[],
): KeptContract | undefined {
  invariant(root !== undefined, "a family begins with its sale");
  const [first] = booked;
  if (first === undefined) return contractAt(contracts, madeAt(root));
  return contracts.find(({ number }) => number === first.contractNumber);
}
