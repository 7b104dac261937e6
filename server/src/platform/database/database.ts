import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { Pool, type PoolConfig, types } from "pg";
import { isId } from "../../kernel/id.ts";
import { invariant } from "../../kernel/invariant.ts";
import { type Ctx, requireMayWrite } from "../context.ts";
import { claimIdempotencyKey, keepAnswer } from "./idempotency.ts";
import { SCHEMA, SERVER_ROLE } from "./migrate.ts";
import { PLAN_OUTDATED, preparing } from "./prepared-statements.ts";
import { sqlState } from "./sql-state.ts";
import type { DB } from "./tables.ts";
import type { ReadTx, Tx } from "./tx.ts";

export type Database = AsyncDisposable & {
  /** Runs `work` in one transaction of the context's tenant. It is retried whole when Postgres asks for that (deadlock, serialisation). */
  transaction<Result>(ctx: Ctx, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The same, read only. */
  read<Result>(ctx: Ctx, work: (tx: ReadTx) => Promise<Result>): Promise<Result>;
  /** Outside any tenant: row-level security shows nothing here. For `crossings.ts`, health checks and metrics. */
  readonly unscoped: Kysely<DB>;
  readonly pool: Pool;
};

export type DatabaseOptions = {
  readonly url: string;
  readonly poolMax?: number;
  readonly onPoolError?: (error: Error) => void;
};

const POOL_MAX_DEFAULT = 20;
const ATTEMPTS_MAX = 4;
/** A statement that runs longer than this is a bug or an attack; long work is cut into batches. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** Waits no longer for a connection: a caller whose turn does not come is answered. */
const CONNECTION_TIMEOUT_MS = 30_000;
/** Finds out that the other side of a silent connection is gone (a host that lost its power). */
const KEEP_ALIVE_AFTER_MS = 10_000;
/** Serialisation, deadlock, and a prepared plan that a migration has outdated. */
const RETRYABLE = new Set(["40001", "40P01", PLAN_OUTDATED]);

const INT8 = 20;
const DATE = 1082;

/** Opens a pool under the server's role. Amounts come as bigint and dates as text: a float or a local midnight never appears. */
export function openDatabase({ url, poolMax = POOL_MAX_DEFAULT, onPoolError = () => {} }: DatabaseOptions): Database {
  const config: PoolConfig = {
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: "tributary",
    options: `-c search_path=${SCHEMA},pg_temp -c role=${SERVER_ROLE} -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c timezone=UTC`,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") => {
        if (format !== "binary" && oid === INT8) return BigInt;
        if (format !== "binary" && oid === DATE) return (text: string) => text;
        return types.getTypeParser(oid, format as "text");
      }) as typeof types.getTypeParser,
    },
  };
  const pool = new Pool(config);
  let isClosing = false;
  const onError = (error: Error): void => {
    // Connections that the pool has let go of may outlive it by a moment, and the database with it.
    if (!isClosing) onPoolError(error);
  };
  pool.on("error", onError);
  // A connection that dies while it is checked out tells its query; without this listener it would also end the process.
  pool.on("connect", (client) => client.on("error", onError));
  const unscoped = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });

  const run = async <Result>(ctx: Ctx, begin: string, work: (tx: Tx) => Promise<Result>): Promise<Result> => {
    invariant(isId(ctx.tenantId), "the tenant of a context is a UUID: it is written into a statement");
    return unscoped.connection().execute(async (connection) => {
      try {
        // One round trip: the simple protocol takes several statements.
        await connection.executeQuery(CompiledQuery.raw(`${begin}; set local tributary.tenant_id = '${ctx.tenantId}'`));
        const result = await work(Object.assign(connection, { ctx, mode: "write" as const }));
        await connection.executeQuery(CompiledQuery.raw("commit"));
        return result;
      } catch (error) {
        await connection.executeQuery(CompiledQuery.raw("rollback")).catch(() => {});
        throw error;
      }
    });
  };

  return {
    unscoped,
    pool,
    read: (ctx, work) => run(ctx, "begin read only", work),
    transaction: async (ctx, work) => {
      // The guard before the routes refuses it first; this holds where somebody forgets one.
      requireMayWrite(ctx);
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await run(ctx, "begin", async (tx) => {
            await claimIdempotencyKey(tx);
            const result = await work(tx);
            await keepAnswer(tx, result);
            return result;
          });
        } catch (error) {
          if (attempt >= ATTEMPTS_MAX || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
        }
      }
    },
    [Symbol.asyncDispose]: () => {
      isClosing = true;
      return unscoped.destroy();
    },
  };
}

/** The name of the constraint that a Postgres error reports: repositories map it to their catalogue. */
export const violatedConstraint = (error: unknown): string | undefined =>
  error instanceof Error && "constraint" in error && typeof error.constraint === "string"
    ? error.constraint
    : undefined;
