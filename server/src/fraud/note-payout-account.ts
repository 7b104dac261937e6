import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { findSurroundings, insertLinks, insertSignals } from "./signal-repository.ts";

type Deps = Pick<FraudDeps, "payouts" | "fingerprint">;

/** Listens to `payout_method.changed`, inside its transaction: two partners with one account are tied together, and so is who pays from it. */
export const notePayoutAccounts =
  (deps: Deps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const { data } of events)
      await notePayoutAccount(deps, tx, (data as { readonly partnerId: string }).partnerId);
  };

/** Joins a transaction: keeps a fingerprint of what a partner is paid to. */
export async function notePayoutAccount({ payouts, fingerprint }: Deps, tx: Tx, partnerId: string): Promise<void> {
  const account = await payouts.payoutAccountOf(tx, partnerId);
  if (account === null) return;
  const at = tx.ctx.now;
  const signals = [
    { kind: "payment" as const, value: fingerprint({ tenantId: tx.ctx.tenantId, kind: "payment", value: account }) },
  ];
  const { sharers } = await findSurroundings(tx, { partnerId, subjectId: partnerId, signals, at });
  await insertSignals(tx, { partnerId, subjectId: partnerId, at, signals });
  await insertLinks(tx, { partnerId, at, sharers });
}
