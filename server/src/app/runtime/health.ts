import { sql } from "kysely";
import { LRUCache } from "lru-cache";
import { type Database, knownMigrations, SCHEMA } from "../../platform/database/index.ts";

/** One thing that has to be right before requests are sent here. */
export type Check = { readonly name: string; readonly isRight: () => Promise<boolean> };

export type Readiness = { readonly isReady: boolean; readonly checks: Readonly<Record<string, "ok" | "failing">> };

const CHECK_TIMEOUT_MS = 3_000;

/** How long an answer is good for: anybody may ask, and asking must not be work for the database. */
const READINESS_TTL_MS = 1_000;

/** Readiness as of the last second; who asks while it is being found out waits for the same answer. */
export function createReadiness(checks: readonly Check[]): () => Promise<Readiness> {
  const cache = new LRUCache<"readiness", Readiness>({
    max: 1,
    ttl: READINESS_TTL_MS,
    fetchMethod: () => readinessOf(checks),
  });
  return () => cache.forceFetch("readiness");
}

/** Asks every check at once; one that does not answer in time fails. */
async function readinessOf(checks: readonly Check[]): Promise<Readiness> {
  const results = await Promise.all(
    checks.map(async ({ name, isRight }) => {
      const timeout = new Promise<false>((resolve) => {
        setTimeout(() => resolve(false), CHECK_TIMEOUT_MS).unref();
      });
      const isOk = await Promise.race([isRight().catch(() => false), timeout]);
      return [name, isOk ? "ok" : "failing"] as const;
    }),
  );
  return { isReady: results.every(([, state]) => state === "ok"), checks: Object.fromEntries(results) };
}

/** The database answers. */
export const databaseCheck = (db: Database): Check => ({
  name: "database",
  isRight: async () => {
    await sql`select 1`.execute(db.unscoped);
    return true;
  },
});

/** The schema is the one of this release: a newer server may have migrated it under a running older one. */
export const migrationsCheck = (readApplied: () => Promise<readonly string[]>): Check => ({
  name: "migrations",
  isRight: async () => {
    const [known, applied] = await Promise.all([knownMigrations(), readApplied()]);
    return known.length === applied.length && known.every((name) => applied.includes(name));
  },
});

/** The migrations that have run, as the server's role sees them. */
export async function readAppliedMigrations(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.id(SCHEMA)}.migrations order by id`.execute(
    db.unscoped,
  );
  return rows.map(({ name }) => name);
}
