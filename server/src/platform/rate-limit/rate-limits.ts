import { createHash } from "node:crypto";
import { sql } from "kysely";
import { types } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../database/index.ts";
import { LIMITS, type Limit, type LimitName } from "./limits.ts";
import { createMemoryCounter } from "./memory-counter.ts";

/** What became of one request against one limit. */
export type Verdict = Limit & {
  readonly name: LimitName;
  readonly isAllowed: boolean;
  readonly remaining: number;
  readonly resetSeconds: number;
};

export type RateLimits = {
  /** Counts one request of `subject`. Exact, however many connections and servers count. */
  consume(name: LimitName, subject: string, factor?: number): Promise<Verdict>;
  /** The same in this server's memory alone: for what must not wait for a write. */
  consumeInMemory(name: LimitName, subject: string): Verdict;
  /** What `consumeInMemory` would say to one more. Counts nothing. */
  lookInMemory(name: LimitName, subject: string): Verdict;
  /** Takes back what `consume` counted once. */
  giveBack(name: LimitName, subject: string): Promise<void>;
  /** Forgets what was counted. */
  reset(name: LimitName, subject: string): Promise<void>;
};

const TABLE = "rate_limits";
/** The pool reads bigint as bigint; the limiter subtracts numbers from its milliseconds, which a number holds exactly. */
const PLAIN_TYPES = { getTypeParser: types.getTypeParser };
const INT8 = 20;
const numericTypes: typeof PLAIN_TYPES = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8 ? Number : PLAIN_TYPES.getTypeParser(oid, format as "text")) as typeof types.getTypeParser,
};

/** Counters in Postgres, shared by every server. `limits` overrides the defaults. */
export function createRateLimits(deps: {
  readonly db: Database;
  readonly limits?: Partial<Record<LimitName, Limit>>;
}): RateLimits {
  const limitOf = (name: LimitName): Limit => deps.limits?.[name] ?? LIMITS[name];
  const storeClient = {
    query: (query: { text: string; values?: unknown[] }) => deps.db.pool.query({ ...query, types: numericTypes }),
  };

  const shared = remember((name, factor) => {
    const { points, windowSeconds } = limitOf(name);
    return new RateLimiterPostgres({
      storeClient,
      storeType: "pool",
      tableName: TABLE,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: factor === 1 ? name : `${name}x${factor}`,
      points: points * factor,
      duration: windowSeconds,
    });
  });
  const local = remember((name) => createMemoryCounter(limitOf(name)));

  const verdictOf = async (name: LimitName, points: number, counting: Promise<RateLimiterRes>): Promise<Verdict> => {
    const verdict = (isAllowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Verdict => ({
      name,
      points,
      windowSeconds: limitOf(name).windowSeconds,
      isAllowed,
      remaining: remainingPoints,
      resetSeconds: wholeSeconds(msBeforeNext),
    });
    try {
      return verdict(true, await counting);
    } catch (refusal) {
      // The limiter rejects with what it counted when a limit is used up, and with an error when it could not count.
      if (refusal instanceof RateLimiterRes) return verdict(false, refusal);
      throw refusal;
    }
  };

  const inMemory = (
    name: LimitName,
    { isAllowed, count, msLeft }: { readonly isAllowed: boolean; readonly count: number; readonly msLeft: number },
  ): Verdict => {
    const { points, windowSeconds } = limitOf(name);
    const remaining = Math.max(0, points - count);
    return { name, points, windowSeconds, isAllowed, remaining, resetSeconds: wholeSeconds(msLeft) };
  };

  return {
    consume: (name, subject, factor = 1) =>
      verdictOf(name, limitOf(name).points * factor, shared(name, factor).consume(keyOf(subject))),
    consumeInMemory: (name, subject) => {
      const { count, msLeft } = local(name, 1)(subject);
      return inMemory(name, { isAllowed: count <= limitOf(name).points, count, msLeft });
    },
    lookInMemory: (name, subject) => {
      const { count, msLeft } = local(name, 1)(subject, 0);
      return inMemory(name, { isAllowed: count < limitOf(name).points, count, msLeft });
    },
    giveBack: async (name, subject) => {
      await shared(name, 1).reward(keyOf(subject));
    },
    reset: async (name, subject) => {
      await shared(name, 1).delete(keyOf(subject));
    },
  };
}

/**
 * Forgets counters whose window is over: for a job. Windows are the machine's time, whatever clock a tenant in test mode has. One that ends later than
 * any window that begins now was begun before the clock was set back: it would keep its subject out until then.
 */
export async function clearExpiredLimits(db: Database, nowMs = Date.now()): Promise<void> {
  const names = Object.keys(LIMITS);
  const windowsMs = Object.values(LIMITS).map(({ windowSeconds }) => windowSeconds * 1_000);
  const now = BigInt(nowMs);
  await sql`
    delete from rate_limits r
     where r.expire < ${now}
        or r.expire > ${now + BigInt(Math.min(...windowsMs))}
           and exists (
               select
                 from unnest(${names}::text[], ${windowsMs}::bigint[]) as known (name, window_ms)
                where (r.key like known.name || ':%' or r.key like known.name || 'x%')
                  and r.expire > ${now} + known.window_ms)`.execute(db.unscoped);
}

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** Addresses and e-mails are not kept in the open. */
const keyOf = (subject: string): string => createHash("sha256").update(subject).digest("base64url");

/** Makes one limiter for each name and factor, when it is first asked for. */
function remember<Limiter>(make: (name: LimitName, factor: number) => Limiter) {
  const made = new Map<string, Limiter>();
  return (name: LimitName, factor: number): Limiter => {
    const key = `${name}x${factor}`;
    const limiter = made.get(key) ?? make(name, factor);
    made.set(key, limiter);
    return limiter;
  };
}
