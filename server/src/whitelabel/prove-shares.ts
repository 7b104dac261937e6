import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import {
  type Database,
  findSubOperatorRoots,
  findSubOperatorSales,
  findSubOperatorUntold,
  type ReadTx,
  type SubOperatorSale,
} from "../platform/database/index.ts";
import {
  findAllSubOperators,
  findContracts,
  findShares,
  type KeptContract,
  type ShareOfRoot,
} from "./sub-operator-repository.ts";
import { leftOf, madeAt, type Share } from "./sub-operator-rules.ts";

const ROOTS_AT_ONCE = 500;

/**
 * Holds the shares that are booked against the sales of the sub-operators: each transaction has its row under a contract that had begun, and the rows of a
 * sale are what the rule leaves of it, so that per currency the share is the rule over all sales. A sale that is still on its way to the books is passed over.
 */
export const proveShares =
  ({ db }: { readonly db: Database }) =>
  (ctx: Ctx): Promise<{ readonly counted: bigint; readonly breaks: readonly string[] }> =>
    db.read(ctx, async (tx) => {
      await sql`set transaction isolation level repeatable read`.execute(tx);
      await sql`set local statement_timeout = 0`.execute(tx);
      let counted = 0n;
      const breaks: string[] = [];
      for (const { id } of await findAllSubOperators(tx)) {
        const contracts = (await findContracts(tx, [id])).get(id) ?? [];
        const untold = await findSubOperatorUntold(tx, id);
        const waiting = new Set(untold.flatMap((one) => (one.is_given_up ? [] : [one.transaction_id])));
        for await (const { family, rows } of familiesOf(tx, id)) {
          if (family.some((sale) => waiting.has(sale.id))) continue;
          counted += BigInt(family.length);
          breaks.push(...breaksOf(family, rows, contracts).map((what) => `sub-operator ${id}: ${what}`));
        }
      }
      return { counted, breaks };
    });

async function* familiesOf(tx: ReadTx, id: string) {
  let after: string | null = null;
  while (true) {
    const roots: string[] = await findSubOperatorRoots(tx, id, { after, limit: ROOTS_AT_ONCE });
    if (roots.length === 0) return;
    after = roots.at(-1) ?? null;
    const families = Map.groupBy(await findSubOperatorSales(tx, id, roots), ({ root_id }) => root_id);
    const booked = Map.groupBy(await findShares(tx, id, roots), ({ rootId }) => rootId);
    for (const [rootId, family] of families) yield { family, rows: booked.get(rootId) ?? [] };
  }
}

/** What contradicts the rule in one sale and all that reverses it. */
export function breaksOf(
  family: readonly SubOperatorSale[],
  rows: readonly ShareOfRoot[],
  contracts: readonly KeptContract[],
): string[] {
  const [root, ...reversals] = family;
  if (root === undefined) return [];
  const known = new Set(rows.map(({ transactionId }) => transactionId));
  const missing = family.filter(({ id }) => !known.has(id)).map(({ id }) => `transaction ${id} has no share`);
  if (missing.length > 0) return missing;
  const numbers = new Set(rows.map(({ contractNumber }) => contractNumber));
  const [number = null] = numbers;
  const contract = contracts.find((each) => each.number === number);
  if (numbers.size > 1) return [`sale ${root.id} is booked under several contracts`];
  if (contract !== undefined && contract.effectiveFrom > madeAt(root))
    return [`sale ${root.id} is booked under contract ${number}, which had not begun`];
  if (contract === undefined && contracts.some(({ effectiveFrom }) => effectiveFrom <= madeAt(root)))
    return [`sale ${root.id} is booked under no contract, and there was one`];
  const left = leftOf(root, reversals, contract?.parentSharePpm ?? 0n);
  const sum = rows.reduce<Share>((total, row) => ({ base: total.base + row.base, amount: total.amount + row.amount }), {
    base: 0n,
    amount: 0n,
  });
  return sum.base === left.base && sum.amount === left.amount
    ? []
    : [`sale ${root.id} leaves ${left.base} and a share of ${left.amount}, booked are ${sum.base} and ${sum.amount}`];
}
