import type { ReadTx } from "../platform/database/index.ts";
import { partnerActOf } from "./assess-partner-events.ts";
import { transactionEventOf } from "./assess-transactions.ts";
import type { SequenceDeps } from "./assessment-deps.ts";
import type { EngineEvent } from "./engine/engine-event.ts";

const PAGE_SIZE = 2_000;

/** A partner's recorded sequence after a number, in pages: transactions and acts in the order in which they were numbered. */
export async function* recordedSequence(
  deps: SequenceDeps,
  tx: ReadTx,
  { partnerId, after = 0n }: { readonly partnerId: string; readonly after?: bigint },
): AsyncGenerator<readonly EngineEvent[]> {
  for (let last = after; ; ) {
    const part = { partnerId, after: last, limit: PAGE_SIZE };
    const transactions = await deps.sales.findRecordedSequence(tx, part);
    const acts = await deps.partners.findRecordedEvents(tx, part);
    const page = [...transactions.flatMap((one) => transactionEventOf(one) ?? []), ...acts.map(partnerActOf)]
      .toSorted((a, b) => Number(a.number - b.number))
      // Beyond a full page of one half, the other may have numbers that have not been read.
      .slice(0, PAGE_SIZE);
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = end.number;
  }
}
