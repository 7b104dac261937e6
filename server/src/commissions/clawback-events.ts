import { derivedId } from "../kernel/id.ts";
import { balanceKey, type Entry, type Ledger } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent, Outbox } from "../platform/outbox/index.ts";

const EVENTS_MAX = 1_000;

/** What entries do to debts, by partner and currency: above zero it grows. */
export function debtChanges(entries: readonly Entry[]) {
  const changes = new Map<string, { readonly partnerId: string; readonly currency: string; amount: bigint }>();
  for (const { partnerId, currency, postings } of entries) {
    for (const { debit, credit, amount } of postings) {
      const by = (debit === "clawback_receivable" ? amount : 0n) - (credit === "clawback_receivable" ? amount : 0n);
      if (by === 0n) continue;
      const key = balanceKey({ partnerId, currency });
      const known = changes.get(key) ?? { partnerId, currency, amount: 0n };
      changes.set(key, { ...known, amount: known.amount + by });
    }
  }
  return [...changes.values()].filter(({ amount }) => amount !== 0n);
}

/** Says what entries that were just posted did to partners' debts. The object is the debt of a partner in a currency. */
export async function publishClawbacks(
  { ledger, outbox }: { readonly ledger: Pick<Ledger, "balancesOf">; readonly outbox: Outbox },
  tx: Tx,
  entries: readonly Entry[],
  lessens: "clawback.recovered" | "clawback.written_off" = "clawback.recovered",
): Promise<void> {
  const changes = debtChanges(entries);
  if (changes.length === 0) return;
  const balances = await ledger.balancesOf(tx, changes);
  const events = changes.map(({ partnerId, currency, amount }): DomainEvent => {
    const id = derivedId(tx.ctx.tenantId, "debt", partnerId, currency);
    const debt = balances.get(balanceKey({ partnerId, currency }))?.clawback_receivable ?? 0n;
    return {
      type: amount > 0n ? "clawback.created" : lessens,
      objectType: "debt",
      objectId: id,
      data: { id, partnerId, currency, amount: amount > 0n ? amount : -amount, debt },
    };
  });
  for (let start = 0; start < events.length; start += EVENTS_MAX)
    await outbox.publish(tx, events.slice(start, start + EVENTS_MAX));
}
