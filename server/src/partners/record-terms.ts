import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import { tellRecorded } from "./record-events.ts";
import { insertPartnerEvents, RECORDED_MAX } from "./sequence-repository.ts";
import { insertTerms, type TermsRow } from "./terms-repository.ts";

export type NewTerms = Omit<TermsRow, "id" | "number" | "createdAt"> & {
  readonly isRetroactive: boolean;
  /** From when on existing customers earn by them, where that is not now. */
  readonly heldFrom?: Date;
};

/**
 * Gives partners terms, in the order given: of those in force the one that was given last counts. Each takes a number of its partner's
 * sequence. Listeners are told when the terms can be read.
 */
export async function recordTerms(outbox: Outbox, tx: Tx, terms: readonly NewTerms[]): Promise<void> {
  for (let start = 0; start < terms.length; start += RECORDED_MAX)
    await recordBatch(outbox, tx, terms.slice(start, start + RECORDED_MAX));
}

async function recordBatch(outbox: Outbox, tx: Tx, batch: readonly NewTerms[]): Promise<void> {
  const terms = batch.map((row) => ({ ...row, id: newId() }));
  const recorded = await insertPartnerEvents(
    tx,
    terms.map(({ id, partnerId, isRetroactive, heldFrom = tx.ctx.now }) => ({
      partnerId,
      kind: "terms",
      referralId: null,
      data: { termsId: id, isRetroactive },
      occurredAt: heldFrom,
    })),
  );
  await insertTerms(
    tx,
    terms.map(({ isRetroactive: _, heldFrom: __, ...row }, index) => {
      const number = recorded[index]?.number;
      invariant(number !== undefined, "an event was recorded for each");
      return { ...row, number };
    }),
  );
  await tellRecorded(outbox, tx, recorded);
}
