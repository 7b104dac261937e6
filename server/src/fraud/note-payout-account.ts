import { findPayout, type PayoutAccount } from "../payouts/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { claimAccount, countPaid, findProvenOthers } from "./account-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { insertLinks, insertSignals } from "./signal-repository.ts";

type Deps = Pick<FraudDeps, "payouts" | "fingerprint">;

/** An account as it is kept: of a bank what was entered; where only the provider knows it, the method, which nobody else has. */
export const accountValue = (
  { fingerprint }: Pick<Deps, "fingerprint">,
  tenantId: string,
  { methodId, account }: PayoutAccount,
): Buffer => fingerprint({ tenantId, kind: "payment", value: account ?? `method ${methodId}` });

/** Listens to `payout_method.changed`, inside its transaction: who has an account first, and who pays from it. */
export const notePayoutAccounts =
  (deps: Deps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const { data } of events)
      await notePayoutAccount(deps, tx, (data as { readonly partnerId: string }).partnerId);
  };

/** Joins a transaction: keeps a fingerprint of what a partner is paid to. Entering an account ties nobody to whose it is: only being paid does. */
export async function notePayoutAccount(deps: Deps, tx: Tx, partnerId: string): Promise<void> {
  const found = await deps.payouts.payoutAccountOf(tx, partnerId);
  if (found === null) return;
  const value = accountValue(deps, tx.ctx.tenantId, found);
  await claimAccount(tx, { partnerId, value });
  if (found.account === null) return;
  const signals = [{ kind: "payment" as const, value }];
  await insertSignals(tx, { partnerId, subjectId: partnerId, at: tx.ctx.now, signals });
}

/** Listens to `payout.completed`, inside its transaction: the account is proven, and ties together whoever was paid to it. */
export const notePaid =
  (deps: Deps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const of of await accountsOf(deps, tx, events)) {
      await countPaid(tx, { ...of, change: 1 });
      const sharers = new Map([["payment" as const, await findProvenOthers(tx, of)]]);
      await insertLinks(tx, { partnerId: of.partnerId, at: tx.ctx.now, sharers });
    }
  };

/** Listens to `payout.returned`, inside its transaction: what came back proves nothing. */
export const noteReturned =
  (deps: Deps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const of of await accountsOf(deps, tx, events)) await countPaid(tx, { ...of, change: -1 });
  };

/** Where payouts went, in one order, so that nobody waits in a circle. */
async function accountsOf(deps: Deps, tx: Tx, events: readonly DomainEvent[]) {
  const found: { readonly partnerId: string; readonly value: Buffer }[] = [];
  for (const { objectId } of events) {
    const payout = await findPayout(tx, objectId);
    const account = payout && (await deps.payouts.accountOfMethod(tx, payout.method_id));
    if (payout && account)
      found.push({ partnerId: payout.partner_id, value: accountValue(deps, tx.ctx.tenantId, account) });
  }
  return found.toSorted((a, b) => Buffer.compare(a.value, b.value));
}
