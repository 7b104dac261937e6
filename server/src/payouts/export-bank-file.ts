import { stringify } from "csv-stringify/sync";
import { csvField } from "../kernel/csv-field.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import { timeLimit } from "../platform/time-limit.ts";
import type { BankDetails } from "./bank-details.ts";
import { findSealedDetails, findUnsentByHand, lockForBankFile, noteExported } from "./bank-file-repository.ts";
import { sortOut } from "./look-at-waiting.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { handedOutEvent } from "./payout-events.ts";
import type { PayoutRow } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";
import { requireRelease } from "./process-payout.ts";
import { sendTransfer } from "./send-transfer.ts";
import { findWaitingSettlements } from "./settlement-repository.ts";
import { type HeldNote, noteFree, noteHeld } from "./waiting-repository.ts";

export type BankFileQuery = {
  /** Released at or after, and before. */
  readonly from?: string;
  readonly to?: string;
  /** Also what stood in a file before: for a download that was lost. */
  readonly includeExported?: boolean;
};

export type BankFile = { readonly name: string; readonly rows: number; readonly content: string };

/** Payments that one file carries; more wait for the next. */
const BANK_FILE_ROWS_MAX = 5_000;

/** So long a file waits for what was released just before it. */
const SENDING_MAX_MS = 10_000;

const COLUMNS = [
  "reference",
  "holder",
  "iban",
  "account_number",
  "bank_code",
  "amount",
  "currency",
  "exported_before",
] as const;

/**
 * The list that the operator takes to its bank: what was released to be paid by hand and stood in no file before. A payment is handed out
 * once; one that is asked for again says when it was, so that nobody pays it twice. Here it leaves, so here it is asked once more whether it may:
 * what may not is left out and says why. Throws `auth.step_up_required`.
 */
export const exportBankFile =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, query: BankFileQuery): Promise<BankFile> => {
    requireRelease(ctx);
    await sendReleased(deps, withoutIdempotency(ctx));
    return handOut(deps, ctx, query);
  };

/**
 * Has what was released by hand counted as made, as its job would in a moment: a file that is taken right after a release holds it. What is not
 * reached in time is left to the jobs, and stands in the next file; what goes wrong, its job meets again and says.
 */
async function sendReleased(deps: PayoutDeps, ctx: Ctx): Promise<void> {
  const time = timeLimit(SENDING_MAX_MS);
  const unsent = await deps.db.read(ctx, (tx) => findUnsentByHand(tx, BANK_FILE_ROWS_MAX));
  for (const key of unsent) {
    if (time.leftMs() < 0) return;
    await sendTransfer(deps)(ctx, key).catch(() => undefined);
  }
}

const handOut = (deps: PayoutDeps, ctx: Ctx, { from, to, includeExported = false }: BankFileQuery): Promise<BankFile> =>
  deps.db.transaction(ctx, async (tx) => {
    const payouts = await lockForBankFile(tx, {
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      includeExported,
      limit: BANK_FILE_ROWS_MAX,
    });
    const { clear, held } = await sortOut(deps, tx, payouts);
    // Read after the payouts were locked: what somebody takes back meanwhile is not handed out.
    const settling = await findWaitingSettlements(tx, idsOf(payouts));
    const rows: PayoutRow[] = [];
    const kept: HeldNote[] = [...held];
    for (const { payout, clearance } of clear) {
      if (settling.has(payout.id)) kept.push({ payoutId: payout.id, code: "payout.settlement_waiting", ...WAITS });
      // What was released to an account does not go to one that the partner has left: it may be closed, or somebody else's.
      else if (clearance.method.id !== payout.method_id)
        kept.push({ payoutId: payout.id, code: "payout.method_replaced", ...WAITS });
      else rows.push(payout);
    }
    await noteFree(tx, idsOf(rows));
    await noteExported(tx, idsOf(rows));
    await noteHeld(tx, kept);
    await deps.audit.record(tx, "payout.bank_file_exported", {
      targetType: "payout",
      targetId: null,
      after: { payoutIds: idsOf(rows), held: kept.length },
    });
    if (rows.length > 0) await deps.outbox.publish(tx, [handedOutEvent(idsOf(rows))]);
    const sealed = await findSealedDetails(
      tx,
      rows.map((row) => row.method_id),
    );
    return {
      name: `bank-file-${ctx.now.toISOString().slice(0, 10)}.csv`,
      rows: rows.length,
      content: stringify([COLUMNS, ...rows.map((row) => lineOf(row, openDetails(deps, row.method_id, sealed)))]),
    };
  });

const WAITS = { reason: null, isLasting: false } as const;

const idsOf = (rows: readonly PayoutRow[]): string[] => rows.map(({ id }) => id);

const lineOf = (row: PayoutRow, details: BankDetails): string[] => [
  row.id,
  csvField({ text: details.holder }),
  details.iban ?? "",
  details.accountNumber ?? "",
  details.bankCode ?? "",
  csvField({ amount: netAmount(row), currency: row.currency }),
  row.currency,
  csvField({ at: row.exported_at }),
];

/** Sealed by `updatePaymentMethod`, which checked them. */
function openDetails({ sealer }: PayoutDeps, methodId: string, sealed: ReadonlyMap<string, Buffer>): BankDetails {
  const details = sealed.get(methodId);
  invariant(details, "the current method of a payout by hand has bank details");
  return JSON.parse(sealer.open(details, `payout_methods:${methodId}`)) as BankDetails;
}
