import { sql } from "kysely";
import { newId } from "../../kernel/id.ts";
import { jsonbArray, type Tx, textArray, uuidArray } from "../database/index.ts";
import { toWire } from "../wire.ts";

/** Something that happened to an object. `type` is `<object>.<past participle>`; `data` is what listeners and webhooks see. */
export type DomainEvent<Data = unknown> = {
  readonly type: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly data: Data;
};

/** A listener inside the transaction gets every event of its type that one call published, in order. */
export type InsideListener = (tx: Tx, events: readonly DomainEvent[]) => Promise<void>;

export type Outbox = {
  /**
   * Writes events into the transaction of the change they report, and runs the listeners that must have finished before the caller is
   * answered. Listeners outside the transaction are told after commit, at least once, in order per object.
   */
  publish(tx: Tx, events: readonly DomainEvent[]): Promise<void>;
  /** Runs the inside listeners without keeping the event: for news that no one outside asks for, on a hot path. */
  tell(tx: Tx, events: readonly DomainEvent[]): Promise<void>;
};

export type InsideSubscriptions = Readonly<Record<string, readonly InsideListener[]>>;

/** Of one statement. Whoever publishes many at once is told of all at once all the same: listeners lock in one order, and so once. */
const INSERT_ROWS_MAX = 5_000;

/**
 * Makes the outbox. `subscriptions` is a function because services need the outbox to be made, and the listeners need the services: it is
 * read when the first event is published.
 */
export function createOutbox(subscriptions: () => InsideSubscriptions): Outbox {
  const tell = async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    const byType = Map.groupBy(events, (event) => event.type);
    for (const [type, batch] of byType) {
      for (const listener of subscriptions()[type] ?? []) await listener(tx, batch);
    }
  };
  return {
    tell,
    publish: async (tx, events) => {
      if (events.length === 0) return;
      for (let start = 0; start < events.length; start += INSERT_ROWS_MAX)
        await insertEvents(tx, events.slice(start, start + INSERT_ROWS_MAX));
      await tell(tx, events);
    },
  };
}

async function insertEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  const { tenantId, now } = tx.ctx;
  // The order of the arrays is the order of `position`, which is the order in which listeners are told.
  await sql`
    insert into outbox_events (tenant_id, id, type, object_type, object_id, data, occurred_at)
    select ${tenantId}, e.id, e.type, e.object_type, e.object_id, e.data, ${now}
      from unnest(
        ${uuidArray(events.map(() => newId()))}::uuid[],
        ${textArray(events.map((event) => event.type))}::text[],
        ${textArray(events.map((event) => event.objectType))}::text[],
        ${uuidArray(events.map((event) => event.objectId))}::uuid[],
        ${jsonbArray(events.map((event) => toWire(event.data)))}::jsonb[]
      ) with ordinality as e (id, type, object_type, object_id, data, ordinal)
     order by e.ordinal`.execute(tx);
}
