import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import {
  type Database,
  type Page,
  type PageRequest,
  type ReadTx,
  selectPage,
  type Tx,
} from "../platform/database/index.ts";
import { type CronJob, enqueue, type Job } from "../platform/jobs/index.ts";

/** Who sends signed messages. */
export type InboxSource = "stripe" | "stripe_connect" | "intake" | "card_issuer";

/** A message whose signature was verified. `externalId` is the sender's name for it, the same in every delivery. */
export type InboxMessage = {
  readonly source: InboxSource;
  readonly externalId: string;
  readonly type: string;
  readonly payload: object;
};

export type InboxEvent = InboxMessage & { readonly id: string; readonly receivedAt: Date };

/** Works on one message, outside any transaction: it may ask the sender. It is safe to do twice. */
export type InboxHandler = (ctx: Ctx, event: InboxEvent) => Promise<void>;

export type Inbox = {
  /** Stores a message and enqueues the work on it, in the caller's transaction; a delivery of what is there already does neither. */
  storeInboxEvent(tx: Tx, message: InboxMessage): Promise<{ readonly isNew: boolean }>;
  /** Notes a message whose work is done in the caller's own transaction; of what is there already, nothing. */
  noteDone(tx: Tx, message: Omit<InboxMessage, "payload">): Promise<void>;
  readonly jobs: readonly Job[];
  readonly cron: readonly CronJob[];
};

/** A message that could not be worked on so far. */
export type InboxFailure = {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly type: string;
  readonly receivedAt: Date;
  readonly failure: string;
};

const WORK_JOB = "inbox.work";
const FAILURE_LENGTH_MAX = 500;
/** A job gives up after some hours of growing pauses. Its message is taken up again from then on: no second delivery would, since it is there. */
const WAKE_AFTER_MS = 12 * HOUR_MS;
const WOKEN_MAX = 500;
/** What is left of a message that was worked on: its name says that it was here. Senders put into it all that they know of a person. */
const FORGOTTEN = "{}";

/** Makes the inbox. `handlers` is a function because the services that handle messages need the inbox to be made. */
export function createInbox(deps: {
  readonly db: Database;
  readonly handlers: () => Readonly<Partial<Record<InboxSource, InboxHandler>>>;
}): Inbox {
  const work = async (ctx: Ctx, id: string): Promise<void> => {
    const event = await deps.db.read(ctx, (tx) => findUnprocessed(tx, id));
    if (event === undefined) return;
    try {
      const handle = deps.handlers()[event.source];
      invariant(handle !== undefined, `whoever stores messages of ${event.source} handles them`);
      await handle(ctx, event);
    } catch (error) {
      await settle(deps.db, ctx, id, { failure: failureText(error) });
      throw error;
    }
    await settle(deps.db, ctx, id, { processed_at: ctx.now, failure: null, payload: FORGOTTEN });
  };

  return {
    storeInboxEvent: async (tx, message) => {
      const id = await insertEvent(tx, message, { payload: JSON.stringify(message.payload) });
      if (id === undefined) return { isNew: false };
      await enqueue(tx, WORK_JOB, { id }, { key: jobKey(id) });
      return { isNew: true };
    },
    noteDone: async (tx, message) => {
      await insertEvent(tx, message, { payload: FORGOTTEN, processed_at: tx.ctx.now });
    },
    jobs: [
      {
        name: WORK_JOB,
        comesAgain:
          "its message is kept, and taken up every six hours until it was worked on. Mend what its last error says and use `jobs retry`",
        handle: (ctx, payload) => work(ctx, idOf(payload)),
      },
    ],
    cron: [{ name: "inbox.wake", schedule: "23 */6 * * *", handle: (ctx) => deps.db.transaction(ctx, wake) }],
  };
}

/** Adds a message; undefined where it is there already. */
async function insertEvent(
  tx: Tx,
  { source, externalId, type }: Omit<InboxMessage, "payload">,
  state: { readonly payload: string; readonly processed_at?: Date },
): Promise<string | undefined> {
  const { tenantId, now } = tx.ctx;
  const stored = await tx
    .insertInto("inbox_events")
    .values({ tenant_id: tenantId, id: newId(), source, external_id: externalId, type, received_at: now, ...state })
    .onConflict((conflict) => conflict.columns(["tenant_id", "source", "external_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return stored?.id;
}

/** A page of the messages that could not be worked on, the newest first. */
export async function findInboxFailures(tx: ReadTx, page: PageRequest): Promise<Page<InboxFailure>> {
  const select = tx
    .selectFrom("inbox_events")
    .select(["id", "source", "external_id", "type", "received_at", "failure"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("processed_at", "is", null)
    .where("failure", "is not", null);
  const { data, nextCursor } = await selectPage(select, page, {
    sorts: { receivedAt: { column: "received_at", type: "timestamptz" } },
    defaultSort: "-receivedAt",
    idColumn: "id",
  });
  return {
    nextCursor,
    data: data.map((row) => ({
      id: row.id,
      source: row.source,
      externalId: row.external_id,
      type: row.type,
      receivedAt: row.received_at,
      failure: row.failure ?? "",
    })),
  };
}

const jobKey = (id: string): string => `inbox:${id}`;

/** Enqueues the work on messages that have waited for too long, the oldest first. A job that still waits is replaced by it: there is one. */
async function wake(tx: Tx): Promise<void> {
  const { tenantId, now } = tx.ctx;
  const waiting = await tx
    .selectFrom("inbox_events")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("processed_at", "is", null)
    .where("received_at", "<", new Date(now.getTime() - WAKE_AFTER_MS))
    .orderBy("received_at")
    .limit(WOKEN_MAX)
    .execute();
  for (const { id } of waiting) await enqueue(tx, WORK_JOB, { id }, { key: jobKey(id) });
}

async function findUnprocessed(tx: ReadTx, id: string): Promise<InboxEvent | undefined> {
  const row = await tx
    .selectFrom("inbox_events")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("processed_at", "is", null)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      source: row.source as InboxSource,
      externalId: row.external_id,
      type: row.type,
      payload: row.payload as object,
      receivedAt: row.received_at,
    }
  );
}

type Settlement = { readonly processed_at?: Date; readonly payload?: string; readonly failure: string | null };

const settle = (db: Database, ctx: Ctx, id: string, change: Settlement) =>
  db.transaction(withoutIdempotency(ctx), (tx) =>
    tx.updateTable("inbox_events").set(change).where("tenant_id", "=", ctx.tenantId).where("id", "=", id).execute(),
  );

/** For the operator's eyes; what a sender wrote is cut short. */
const failureText = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, FAILURE_LENGTH_MAX);

function idOf(payload: unknown): string {
  if (typeof payload === "object" && payload !== null && "id" in payload && typeof payload.id === "string")
    return payload.id;
  throw new TypeError("the inbox job carries no event");
}
