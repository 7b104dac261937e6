import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { NewPartnerEvent, RecordedPartnerEvent } from "./partner-event.ts";
import { insertPartnerEvents, RECORDED_MAX } from "./sequence-repository.ts";

/**
 * Records acts in the sequences of their partners, in the order given, and tells inside listeners of them: what they decide has been
 * decided when this returns.
 */
export const recordEvents =
  ({ outbox }: { readonly outbox: Outbox }) =>
  async (tx: Tx, events: readonly NewPartnerEvent[]): Promise<RecordedPartnerEvent[]> => {
    invariant(events.length <= RECORDED_MAX, "callers cut their batches");
    if (events.length === 0) return [];
    const recorded = await insertPartnerEvents(tx, events);
    await tellRecorded(outbox, tx, recorded);
    return recorded;
  };

/** Tells inside listeners of acts that are in their place. */
export const tellRecorded = (outbox: Outbox, tx: Tx, recorded: readonly RecordedPartnerEvent[]): Promise<void> =>
  outbox.tell(
    tx,
    recorded.map((event) => ({
      type: "partner_event.recorded",
      objectType: "partner_event",
      objectId: event.id,
      data: event,
    })),
  );
