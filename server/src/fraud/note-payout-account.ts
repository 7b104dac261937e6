import { findPayout, type PayoutAccount } from "../payouts/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { claimAccounts, countPaid, findProvenOthers } from "./account-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { insertLinks, insertSignals } from "./signal-repository.ts";

type Deps = Pick<FraudDeps, "payouts" | "fingerprint">;

/** Accounts as they are kept: of a bank what was entered; where only the provider knows them, the method, which nobody else has. In one order, each once. */
export const accountValues = (
  { fingerprint }: Pick<Deps, "fingerprint">,
  tenantId: string,
  { methodId, accounts }: PayoutAccount,
): Buffer[] =>
  (accounts.length === 0 ? [`method ${methodId}`] : accounts)
    .map((value) => fingerprint({ tenantId, kind: "payment", value }))
    .toSorted((a, b) => Buffer.compare(a, b));

/** Listens to `payout_method.changed` and `payout_method.account_noted`, inside their transaction: who has an account first, and who pays from it. */
export const notePayoutAccounts =
  (deps: Deps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const { data } of events)
      await notePayoutAccount(deps, tx, data as { readonly partnerId: string; readonly isGone?: boolean });
  };

/**
 * Joins a transaction: keeps fingerprints of all that a partner is paid to; `isGone` where its provider cannot be asked any more. Entering an account
 * ties nobody to whose it is: only being paid does.
 */
export async function notePayoutAccount(
  deps: Deps,
  tx: Tx,
  { partnerId, isGone = false }: { readonly partnerId: string; readonly isGone?: boolean },
): Promise<void> {
  const found = (await deps.payouts.payoutAccountsOf(tx, [partnerId])).get(partnerId);
  if (found === undefined) return;
  const values = accountValues(deps, tx.ctx.tenantId, found);
  await claimAccounts(tx, { partnerId, values, isLost: isGone });
  if (found.accounts.length === 0) return;
  const signals = values.map((value) => ({ kind: "payment" as const, value }));
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

/**
 * Where payouts went, in one order, so that nobody waits in a circle. Of several accounts it is that of the currency alone: whoever adds another's
 * account to its own has not proven it by being paid to its own.
 */
async function accountsOf(deps: Deps, tx: Tx, events: readonly DomainEvent[]) {
  const found: { readonly partnerId: string; readonly value: Buffer }[] = [];
  for (const { objectId } of events) {
    const payout = await findPayout(tx, objectId);
    if (payout === undefined) continue;
    const { partner_id: partnerId, method_id: methodId, currency } = payout;
    const account = await deps.payouts.payoutAccountPaid(tx, { methodId, currency });
    const values = account === null ? [] : accountValues(deps, tx.ctx.tenantId, account);
    found.push(...values.map((value) => ({ partnerId, value })));
  }
  return found.toSorted((a, b) => Buffer.compare(a.value, b.value));
}
