import type { Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { countAttempts, insertAttempts } from "./attempt-repository.ts";
import type { PayoutRow } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";
import type { TransferProvider } from "./transfer-provider.ts";

/** The job that talks to the provider. */
export const SEND_TRANSFER_JOB = "payouts.send_transfer";
export type SendTransfer = { readonly payoutId: string; readonly attempt: number };

/** With graphile-worker's pauses (up to six hours each) about two weeks; then `wakeTransfers` begins anew. */
const SEND_ATTEMPTS_MAX = 60;

export type Sending = SendTransfer & { readonly delayMs?: number };

/** Has the jobs of attempts run, now or later. Only one waiting job has the key of an attempt, and a running one is followed by another. */
export const enqueueSendings = (tx: Tx, sendings: readonly Sending[]): Promise<void> =>
  enqueueAll(
    tx,
    SEND_TRANSFER_JOB,
    sendings.map(({ payoutId, attempt, delayMs }) => ({
      payload: { payoutId, attempt } satisfies SendTransfer,
      key: `transfer:${payoutId}:${attempt}`,
      maxAttempts: SEND_ATTEMPTS_MAX,
      ...(delayMs === undefined ? {} : { delayMs }),
    })),
  );

export type Opening = {
  readonly payout: PayoutRow;
  readonly provider: TransferProvider;
  readonly destination: string;
  readonly delayMs?: number;
};

/** Writes down the next attempts of payouts, bytes and key, and enqueues their sending; all commit with the caller, or none. */
export async function openAttempts(tx: Tx, openings: readonly Opening[]): Promise<void> {
  const before = await countAttempts(
    tx,
    openings.map(({ payout }) => payout.id),
  );
  const attempts = openings.map(({ payout, provider, destination, delayMs }) => {
    const attempt = (before.get(payout.id) ?? 0) + 1;
    const order = {
      payoutId: payout.id,
      attempt,
      partnerId: payout.partner_id,
      amount: netAmount(payout),
      currency: payout.currency,
      destination,
    };
    const sending = { payoutId: payout.id, attempt, ...(delayMs === undefined ? {} : { delayMs }) };
    return { sending, payout, provider: provider.name, request: provider.prepare(order) };
  });
  await insertAttempts(
    tx,
    attempts.map(({ sending: { payoutId, attempt }, payout, provider, request }) => ({
      payout_id: payoutId,
      attempt,
      provider,
      idempotency_key: `po_${payoutId}_a${attempt}`,
      request,
      method_id: payout.method_id,
      tax_withheld: payout.tax_withheld,
    })),
  );
  await enqueueSendings(
    tx,
    attempts.map(({ sending }) => sending),
  );
}
