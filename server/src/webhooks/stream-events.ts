import type { Ctx } from "../platform/context.ts";
import { type Database, isUnavailable } from "../platform/database/index.ts";
import { bodyFor } from "./body-for.ts";
import { EVENT_GROUPS, readableGroups } from "./catalogue.ts";
import { requireOwner, requireWebhooks } from "./endpoint-owner.ts";
import type { EventHub } from "./event-hub.ts";
import { groupOf } from "./event-patterns.ts";
import { findEventsAfter, findLastSequence, type WebhookEvent } from "./event-repository.ts";
import type { CallerWatch } from "./watch-callers.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { streamErrors } from "./webhook-errors.ts";

/** Of one caller, and of all that this process serves. */
export const STREAMS_PER_CALLER = 5;
export const STREAMS_MAX = 500;
/** Read at once: it bounds what is held for a connection that takes it slowly. */
export const PAGE_SIZE = 100;

export type EventStream = {
  /** The place at which it begins: what is told comes after it. */
  readonly from: bigint;
  /** The next events, in order, as soon as there are any; undefined when the stream has ended. */
  next(): Promise<readonly StreamedEvent[] | undefined>;
  end(): void;
};

export type StreamedEvent = Pick<WebhookEvent, "sequence" | "type" | "body">;

export type OpenStream = (ctx: Ctx, from: { readonly lastEventId: string | undefined }) => Promise<EventStream>;

export type StreamDeps = Pick<WebhookDeps, "partners"> & {
  readonly db: Database;
  readonly hub: EventHub;
  readonly callers: CallerWatch;
};

const LAST_ID = /^\d{1,18}$/;

/**
 * Opens streams of live events. Each goes by the number of the last event that its caller has seen: a notice only says that it is time to look, so
 * none is missed and none is held in memory.
 */
export function createEventStreams({ db, hub, callers, partners }: StreamDeps): OpenStream {
  const open = new Map<string, number>();
  let total = 0;

  const count = (caller: string, by: 1 | -1): void => {
    total += by;
    const left = (open.get(caller) ?? 0) + by;
    if (left === 0) open.delete(caller);
    else open.set(caller, left);
  };

  /** `lastEventId` is the id of the last event that was seen; the stream begins with now where there is none. */
  return async (ctx, { lastEventId }) => {
    const partnerId = requireOwner(ctx, "read");
    if (lastEventId !== undefined && !LAST_ID.test(lastEventId)) throw streamErrors.cursor_invalid();
    const caller = callerOf(ctx);
    if (total >= STREAMS_MAX || (open.get(caller) ?? 0) >= STREAMS_PER_CALLER)
      throw streamErrors.too_many({ limit: STREAMS_PER_CALLER, retryAfterSeconds: 30 });
    count(caller, 1);
    let isEnded = false;
    let bell = Promise.withResolvers<void>();
    const wake = (): void => bell.resolve();
    const unsubscribe = hub.subscribe(ctx.tenantId, wake);
    const end = (): void => {
      if (isEnded) return;
      isEnded = true;
      unsubscribe();
      unwatch();
      count(caller, -1);
      wake();
    };

    const unwatch = callers.watch(ctx, end);

    const groups = groupsOf(ctx, partnerId);
    let last: bigint;
    try {
      last = await db.read(ctx, async (tx) => {
        await requireWebhooks({ partners }, tx, partnerId);
        const newest = await findLastSequence(tx);
        // A number that is not there yet is one of before a restore.
        const seen = lastEventId === undefined ? newest : BigInt(lastEventId);
        return seen < newest ? seen : newest;
      });
    } catch (error) {
      end();
      throw error;
    }

    const read = async (): Promise<readonly WebhookEvent[]> => {
      try {
        return await db.read(ctx, (tx) => findEventsAfter(tx, { sequence: last, partnerId, limit: PAGE_SIZE }));
      } catch (error) {
        // A database that restarts is asked again when the hub wakes.
        if (isUnavailable(error)) return [];
        throw error;
      }
    };
    const next = async (): Promise<readonly StreamedEvent[] | undefined> => {
      while (!isEnded) {
        // Before looking: what is added while we look rings again.
        bell = Promise.withResolvers<void>();
        const page = await read();
        last = page.at(-1)?.sequence ?? last;
        // It may have ended while we read: nothing is told after that.
        if (isEnded) return undefined;
        const events = page
          .filter(({ type }) => groups.has(groupOf(type)))
          .map((event) => ({ ...event, body: bodyFor(partnerId, event.body) }));
        if (events.length > 0) return events;
        if (page.length < PAGE_SIZE && !isEnded) await bell.promise;
      }
      return undefined;
    };
    return { from: last, next, end };
  };
}

/** What the caller may read, and so hear. */
function groupsOf({ actor }: Ctx, partnerId: string | null): ReadonlySet<string> {
  if (actor.type !== "user" && actor.type !== "key") return new Set(EVENT_GROUPS);
  return new Set(readableGroups(partnerId === null ? "operator" : "partner", actor.scopes));
}

function callerOf({ tenantId, actor }: Ctx): string {
  switch (actor.type) {
    case "user":
      return `${tenantId} ${actor.userId}`;
    case "key":
      return `${tenantId} ${actor.keyId}`;
    default:
      return `${tenantId} ${actor.type}`;
  }
}
