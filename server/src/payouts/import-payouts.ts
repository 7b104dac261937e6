import { isCurrency } from "../kernel/currency.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { isExternalId } from "../kernel/external-id.ts";
import { derivedId, newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { payoutRequested } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { findOwnMode } from "../tenants/index.ts";
import { insertAttempts } from "./attempt-repository.ts";
import { ELSEWHERE, methodElsewhere } from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import {
  findPayout,
  findPayoutIds,
  insertPayouts,
  lockImported,
  movePayout,
  type NewPayout,
  type PayoutRow,
} from "./payout-repository.ts";
import { payableAmount } from "./payout-rules.ts";
import { confirmTransfer } from "./settle-transfer.ts";
import { unpaidSums, writeItems } from "./unpaid-commissions.ts";

/** What an earlier programme has paid to a partner. */
export type ImportedPayout = {
  /** Its name there: one name is one payout. */
  readonly externalId: string;
  readonly partnerExternalId: string;
  /** Minor units, as it reached the partner. */
  readonly amount: bigint;
  readonly currency: string;
  readonly paidAt: Date;
};

export type PayoutImported =
  | { readonly status: "imported" | "duplicate"; readonly payoutId: string }
  | { readonly status: "rejected"; readonly error: CatalogueError };

/** Those of the names that payouts were imported by. */
export async function findImported(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
  const names = new Map(externalIds.map((name) => [idOf(tx, name), name]));
  const known = await findPayoutIds(tx, [...names.keys()]);
  return new Set([...known].flatMap((id) => names.get(id) ?? []));
}

const idOf = (tx: ReadTx, externalId: string): string => derivedId("imported_payout", tx.ctx.tenantId, externalId);

/**
 * Takes over payouts that an earlier programme has made, one after the other, each in a transaction of its own, dated as it was paid, and written down now: what they paid is
 * drawn from what the partner has available, and is paid as if it had left from here. No money moves, and no gate is asked: it has left. More than is
 * available is refused. The same rows twice change nothing. Throws `payout.import_in_test_mode`.
 */
export const importPayouts =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, rows: readonly ImportedPayout[]): Promise<PayoutImported[]> => {
    requireScope(ctx, "payouts:process");
    if ((await deps.db.read(ctx, findOwnMode)) === "test") throw payoutErrors.import_in_test_mode();
    const results: PayoutImported[] = [];
    for (const row of rows) results.push(await importOne(deps, ctx, row));
    return results;
  };

async function importOne(deps: PayoutDeps, ctx: Ctx, row: ImportedPayout): Promise<PayoutImported> {
  try {
    if (!isExternalId(row.externalId)) throw payoutErrors.import_id_invalid({ field: "externalId" });
    if (row.paidAt > ctx.now) throw payoutErrors.import_in_future({ field: "paidAt" });
    if (row.amount <= 0n) throw payoutErrors.amount_invalid({ field: "amount" });
    if (!isCurrency(row.currency)) throw payoutErrors.currency_unknown({ field: "currency" });
    // Books, payout and tax year have it when it was paid; the audit trail, when it was brought in.
    return await deps.db.transaction({ ...ctx, now: row.paidAt, recordedAt: ctx.now }, (tx) => take(deps, tx, row));
  } catch (error) {
    if (error instanceof CatalogueError) return { status: "rejected", error };
    throw error;
  }
}

async function take(deps: PayoutDeps, tx: Tx, row: ImportedPayout): Promise<PayoutImported> {
  const { externalId, partnerExternalId, amount, currency } = row;
  const partnerId = (await deps.partners.findByExternalIds(tx, [partnerExternalId])).get(partnerExternalId);
  if (partnerId === undefined) throw payoutErrors.import_partner_unknown({ field: "partnerExternalId" });
  const account = { partnerId, currency };
  const payoutId = idOf(tx, externalId);
  // Before the partner's accounts: of two partners whom one name is of at once, neither's would hold the other back.
  await lockImported(tx, payoutId);
  await deps.ledger.lock(tx, [account]);

  const known = await findPayout(tx, payoutId);
  if (known !== undefined) {
    if (!isSame(known, { partnerId, amount, currency, paidAt: tx.ctx.now }))
      throw payoutErrors.import_differs({ field: "externalId" });
    return { status: "duplicate", payoutId };
  }

  const { available } = await deps.ledger.balances(tx, account);
  // What was earned after that day was not paid then: where it would have to be drawn on, something earlier is missing here.
  const earned = { ...account, until: tx.ctx.now };
  const [explained = 0n] = await unpaidSums(deps)(tx, [earned]);
  const payable = payableAmount({ available, explained });
  if (amount > payable) throw payoutErrors.above_balance({ field: "amount", available: payable < 0n ? 0n : payable });
  await write(deps, tx, {
    id: payoutId,
    partner_id: partnerId,
    method_id: await methodElsewhere(tx, partnerId, newId()),
    amount,
    currency,
    payment_method: ELSEWHERE,
    requested_by: "operator",
    fee: 0n,
    operator_fee: 0n,
    opening_balance: available,
    externalId,
  });
  return { status: "imported", payoutId };
}

/** Reserves, releases and confirms at once, as a payout of today goes through one after the other: whatever is proved of those holds of it. */
async function write(
  deps: PayoutDeps,
  tx: Tx,
  { externalId, ...payout }: NewPayout & { readonly externalId: string },
): Promise<void> {
  const { id, partner_id: partnerId, method_id, amount, currency } = payout;
  const [written] = await insertPayouts(tx, [payout]);
  invariant(written, "its name was free, and its account is locked");
  await writeItems(deps, tx, [{ id, partnerId, currency, amount, until: tx.ctx.now }]);
  await deps.ledger.post(tx, [payoutRequested({ sourceId: id, partnerId, currency, amount, at: tx.ctx.now })]);
  await movePayout(tx, id, "processing", { released_at: tx.ctx.now });
  const key = { payoutId: id, attempt: 1 };
  await insertAttempts(tx, [
    {
      payout_id: id,
      attempt: key.attempt,
      provider: ELSEWHERE,
      idempotency_key: `po_${id}_a${key.attempt}`,
      request: JSON.stringify({ externalId }),
      method_id,
      tax_withheld: 0n,
    },
  ]);
  await deps.audit.record(tx, "payout.imported", {
    targetType: "payout",
    targetId: id,
    after: { ...written, externalId },
  });
  await confirmTransfer(deps, tx, key, { transferId: externalId });
}

const isSame = (
  known: PayoutRow,
  row: { readonly partnerId: string; readonly amount: bigint; readonly currency: string; readonly paidAt: Date },
): boolean =>
  known.partner_id === row.partnerId &&
  known.amount === row.amount &&
  known.currency === row.currency &&
  known.processed_at?.getTime() === row.paidAt.getTime();
