import type { Clock } from "../kernel/clock.ts";
import { isId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import { type CallerState, type Database, isUnavailable, readCallerStates } from "../platform/database/index.ts";
import { machineTime } from "./machine-time.ts";

/** Knows while a stream is open whether its caller may still listen. */
export type CallerWatch = Disposable & {
  /**
   * Calls `end` once the caller's session has ended, its key was revoked, its look is over, it must have a second factor and has none, or what it may
   * do has changed: who comes back is asked anew. Returns what stops watching.
   */
  watch(ctx: Ctx, end: () => void): () => void;
};

/** Within so long nobody is told anything more whose session or key has ended, whichever server ended it. */
const LOOK_EVERY_MS = 1_000;

type Watched = {
  readonly tenantId: string;
  readonly id: string;
  /** How far the tenant's clock is ahead of the machine's. */
  readonly aheadMs: number;
  readonly end: () => void;
  /** Of who looks as a partner: until when. */
  readonly until: number;
  /** What the stream was opened with: the state begins so. */
  readonly begins: string;
  /** As it was when it was first read. */
  state: string | undefined;
};

/** Looks for all callers at once, as long as there are any. */
export function createCallerWatch({
  db,
  clock,
  onError,
  everyMs = LOOK_EVERY_MS,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number;
}): CallerWatch {
  const watched = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isClosed = false;

  const look = async (): Promise<void> => {
    if (isLooking || isClosed) return;
    isLooking = true;
    try {
      const asked = [...watched];
      const states = await readCallerStates(db, asked);
      const now = machineTime(clock).getTime();
      for (const one of asked) if (isOver(one, states.get(one.id), now + one.aheadMs)) one.end();
    } catch (error) {
      // While the database is away nobody is told anything either.
      if (!isClosed && !isUnavailable(error)) onError(error);
    } finally {
      isLooking = false;
    }
  };

  return {
    watch: ({ tenantId, actor, now }, end) => {
      const id = actor.type === "user" ? actor.sessionId : actor.type === "key" ? actor.keyId : undefined;
      if (id === undefined || !isId(id)) return () => {};
      const one = {
        tenantId,
        id,
        aheadMs: now.getTime() - machineTime(clock).getTime(),
        end,
        until:
          actor.type === "user" ? (actor.looksUntil?.getTime() ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
        begins: beginOf(actor),
        state: undefined,
      };
      watched.add(one);
      timer ??= setInterval(() => void look(), everyMs).unref();
      // At once as well: what ended while the stream was opened.
      void look();
      return () => {
        watched.delete(one);
        if (watched.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    [Symbol.dispose]: () => {
      isClosed = true;
      clearInterval(timer);
      watched.clear();
    },
  };
}

/**
 * How the state of a caller begins (`caller_states`), by what was read as the stream was opened: what has changed before it was first looked at
 * counts too. Of whoever looks as a partner it is another's.
 */
function beginOf(actor: Ctx["actor"]): string {
  if (actor.type === "key") return actor.partnerTier ?? "";
  if (actor.type !== "user" || actor.isLooking) return "";
  return [actor.role, actor.partnerId, actor.teamRole, actor.partnerTier].filter((part) => part != null).join(" ");
}

function isOver(one: Watched, found: CallerState | undefined, now: number): boolean {
  if (found === undefined || one.until <= now) return true;
  if (one.state === undefined && !found.state.startsWith(one.begins)) return true;
  one.state ??= found.state;
  return found.state !== one.state || (found.expires_at !== null && found.expires_at.getTime() <= now);
}
