import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { openAllowance } from "./approval-limits.ts";
import { batchEvent } from "./batch-progress.ts";
import { insertBatch } from "./batch-repository.ts";
import { type BatchView, batchView } from "./batch-view.ts";
import { type Cleared, type Held, lookThrough } from "./look-at-waiting.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import type { PayoutRow } from "./payout-repository.ts";
import { textOf } from "./refusal-text.ts";
import { type Decided, decideReservations, foresee, isAllowed, writeReservations } from "./request-payout.ts";
import { findSettings } from "./settings-repository.ts";

/** Payouts of one batch: what is released in one transaction. */
export const BATCH_MAX = 1_000;
const BATCH_DEFAULT = 500;
/** Accounts that are looked at together. */
const ASKED_AT_ONCE = 200;
const HOUR_MS = 3_600_000;

export type MakeBatch = {
  readonly currency: string;
  /** These alone. */
  readonly payoutIds?: readonly string[];
  /** Also asks for payouts of what is available to partners and reaches their minimum. */
  readonly includeBalances?: boolean;
  readonly limit?: number;
};

export type MadeBatch = BatchView & { readonly withheld: Held[] };

/**
 * Puts what waits and may leave now into a batch, oldest first, what was found held last: nothing more comes into it. Above the limit it waits for a second person,
 * otherwise it is ready to be released.
 */
export const makeBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, input: MakeBatch): Promise<MadeBatch> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      const { currency, payoutIds, includeBalances = false } = input;
      if (!isCurrency(currency)) throw payoutErrors.currency_unknown({ field: "currency", currency });
      // What it would reserve would be in no batch.
      if (includeBalances && payoutIds !== undefined) throw payoutErrors.batch_unclear({ field: "payoutIds" });
      const limit = Math.min(input.limit ?? BATCH_DEFAULT, BATCH_MAX);
      const refused = includeBalances ? await askForBalances(deps, tx, currency, limit) : [];
      const found = await batchOf(deps, tx, { currency, limit, payoutIds });
      if ("held" in found)
        throw payoutErrors.batch_empty({ held: [...found.held, ...refused].slice(0, HELD_SHOWN_MAX) });
      return found.made;
    });

/** Whoever stands behind an empty batch, as many as a person reads. */
const HELD_SHOWN_MAX = 100;

/** Joins a transaction: a batch, and what its payouts were cleared for, which holds until the transaction ends; or what holds it where nothing may leave now. */
export async function batchOf(
  deps: PayoutDeps,
  tx: Tx,
  of: {
    readonly currency: string;
    readonly limit: number;
    readonly payoutIds?: readonly string[] | undefined;
    readonly requestedBy?: string;
  },
): Promise<{ readonly made: MadeBatch; readonly cleared: readonly Cleared[] } | { readonly held: readonly Held[] }> {
  const { currency, limit, payoutIds: ids, requestedBy } = of;
  const cleared: Cleared[] = [];
  const withheld = await lookThrough(deps, tx, { limit, currency, ids, requestedBy }, async (clear) => {
    cleared.push(...clear);
    return clear.length;
  });
  if (cleared.length === 0) return { held: withheld };
  const made = await writeBatch(deps, tx, { currency, taken: cleared.map(({ payout }) => payout), withheld });
  return { made, cleared: cleared.map((one) => ({ ...one, payout: { ...one.payout, batch_id: made.id } })) };
}

async function writeBatch(
  deps: PayoutDeps,
  tx: Tx,
  { currency, taken, withheld }: { currency: string; taken: readonly PayoutRow[]; withheld: MadeBatch["withheld"] },
): Promise<MadeBatch> {
  const amount = taken.reduce((sum, payout) => sum + payout.amount, 0n);
  const allowance = await openAllowance(tx, [currency]);
  const isReady = allowance.take({ currency, amount });
  const { approvalExpiresHours } = await findSettings(tx);
  const batch = await insertBatch(
    tx,
    {
      id: newId(),
      currency,
      status: isReady ? "ready" : "waiting",
      amount,
      approval_above: allowance.limitOf(currency),
      made_by: await personBehind(deps, tx),
      expires_at: isReady ? null : new Date(tx.ctx.now.getTime() + approvalExpiresHours * HOUR_MS),
    },
    taken.map(({ id }) => id),
  );
  await deps.audit.record(tx, "payout_batch.made", { targetType: "payout_batch", targetId: batch.id, after: batch });
  await deps.outbox.publish(tx, [batchEvent("payout_batch.made", batch)]);
  return { ...(await batchView(deps, tx, batch)), withheld };
}

/** A partner of whose balance no payout could be asked for, and why. */
type Refused = { readonly partnerId: string; readonly code: string; readonly reason: string | null };

/**
 * Asks for payouts of partners who reach their minimum, as their own requests would be: of so many, however many others are before them. Returns of
 * whom it could not.
 */
async function askForBalances(deps: PayoutDeps, tx: Tx, currency: string, limit: number): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const partnerIds = await deps.ledger.payees(tx, { currency, after, limit: ASKED_AT_ONCE });
    if (partnerIds.length === 0) break;
    after = partnerIds.at(-1);
    const wanted = partnerIds.map((partnerId) => ({
      partnerId,
      currency,
      requested: undefined,
      isOperator: false,
      requestedBy: "operator" as const,
    }));
    // Who would be refused is not locked. Pages are in the order of ids, as locks are.
    const foreseen = await foresee(deps, tx, wanted);
    refused.push(...foreseen.flatMap((one) => refusedOf(one) ?? []));
    const hopeful = foreseen.filter(isAllowed).slice(0, left);
    const decided = await decideReservations(
      deps,
      tx,
      hopeful.map((one) => one.wanted),
    );
    const allowed = decided.filter(isAllowed);
    await writeReservations(deps, tx, allowed);
    left -= allowed.length;
  }
  return refused;
}

const refusedOf = ({ decision, wanted: { partnerId } }: Decided): Refused | undefined =>
  decision.allowed ? undefined : { partnerId, code: `payout.${decision.reason}`, reason: textOf(decision.facts) };

/** Who acts, also where a key of theirs does; null for the program itself, and for a key that nobody made. */
export async function personBehind(deps: PayoutDeps, tx: Tx): Promise<string | null> {
  const { actor } = tx.ctx;
  if (actor.type === "user") return actor.userId;
  return actor.type === "key" ? deps.people.makerOfKey(tx, actor.keyId) : null;
}
