import { createHash } from "node:crypto";
import { type PostgresPool, type PostgresPoolClient, sql } from "kysely";
import { LRUCache } from "lru-cache";
import type { Pool, PoolClient, QueryResult } from "pg";
import { sqlState } from "./sql-state.ts";
import type { ReadTx } from "./tx.ts";

/** What is run this often is worth the memory of a plan in each connection. */
const PREPARED_AFTER = 10;
/** Statements, not runs: texts with lists of any length would be without end. */
const PREPARED_MAX = 150;
const REMEMBERED_MAX = 1_000;
/** Postgres says so of a plan whose result has other columns since it was prepared: somebody has migrated the schema meanwhile. */
export const PLAN_OUTDATED = "0A000";

/**
 * The pool as Kysely uses it, whose connections prepare what is run again and again: to plan a statement of the hot paths costs Postgres more
 * than to run it (measured: a quarter of the time of a payout or a sale).
 */
export function preparing(pool: Pool): PostgresPool {
  const statements = createStatements();
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const before = known.get(client);
      if (before !== undefined) return before;
      const made = wrap(client, statements);
      known.set(client, made);
      return made;
    },
    end: () => pool.end(),
  };
}

/**
 * Joins a transaction that works through a batch: a statement is planned once a connection, whatever its values, and not anew for each of the first
 * five times. For statements whose plan does not hang on their values: keys, and arrays of keys, that an index answers.
 */
export async function planOnce(tx: ReadTx): Promise<void> {
  await sql`set local plan_cache_mode = force_generic_plan`.execute(tx);
}

function wrap(client: PoolClient, statements: Statements): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 ? undefined : statements.nameOf(text);
    if (name === undefined) return requireCommitted(text, await client.query(text, [...values]));
    try {
      return await client.query({ name, text, values: [...values] });
    } catch (error) {
      // The caller's transaction is run again, and this statement without preparation from now on.
      if (sqlState(error) === PLAN_OUTDATED) statements.giveUp(text);
      throw error;
    }
  };
  return {
    query: asPoolQuery(query),
    release: (isDestroyed) => client.release(isDestroyed),
  };
}

/**
 * A statement failed in the transaction, and whoever sent it went on as if nothing had happened: Postgres answered `commit` by rolling back, and
 * reports that as success.
 */
export class RolledBackAtCommit extends Error {
  override name = "RolledBackAtCommit";
  constructor() {
    super("a statement of this transaction failed and its error was swallowed: nothing was committed");
  }
}

/** The answer to `commit` says what it did: no question more. */
function requireCommitted(text: string, result: QueryResult): QueryResult {
  if (text === "commit" && result.command !== "COMMIT") throw new RolledBackAtCommit();
  return result;
}

/** Kysely asks with a text and its values; its other form, a cursor, comes only where one was configured. */
const asPoolQuery = (query: (text: string, values: readonly unknown[]) => Promise<QueryResult>) =>
  query as unknown as PostgresPoolClient["query"];

type Statements = {
  /** Under which name a statement is prepared, from the time on that it has been run often. */
  nameOf(text: string): string | undefined;
  giveUp(text: string): void;
};

export function createStatements(preparedMax: number = PREPARED_MAX): Statements {
  const names = new Map<string, string | undefined>();
  const runs = new LRUCache<string, number>({ max: REMEMBERED_MAX });
  return {
    nameOf: (text) => {
      if (names.has(text)) return names.get(text);
      const count = (runs.get(text) ?? 0) + 1;
      runs.set(text, count);
      if (count < PREPARED_AFTER || names.size >= preparedMax) return undefined;
      names.set(text, createHash("sha256").update(text).digest("base64url").slice(0, 32));
      runs.delete(text);
      return names.get(text);
    },
    giveUp: (text) => void names.set(text, undefined),
  };
}
