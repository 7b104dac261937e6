import type { Client } from "pg";
import type { BenchDatabase } from "./cluster.ts";

/** Where produced rows lie until the floor inserts them. */
const STAGING = "bench";

/** A moment of a database: rows written after it are told from those before by the transaction that wrote them. */
export type Moment = { readonly transaction: string };

export const momentOf = (database: BenchDatabase): Promise<Moment> =>
  database.asSuperuser(async (client) => {
    // Balances move with what is produced, and go back with it.
    await client.query(`create schema ${STAGING}`);
    await client.query(`create table ${STAGING}.balances as table ledger_accounts`);
    const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::text as id");
    return { transaction: rows[0]?.id ?? "0" };
  });

export type Staged = {
  /** Which rows go in together; the floor asks for them by `unit`. In terms of the table, as `t`. */
  readonly units?: Readonly<Record<string, string>>;
};

/**
 * Copies what was written into tables after a moment to staging tables that the server may read, and takes it out of the tables: what is left
 * is a database in which the very same rows can be inserted again.
 */
export const moveToStaging = (
  database: BenchDatabase,
  moment: Moment,
  tables: Readonly<Record<string, Staged>>,
): Promise<void> =>
  database.asSuperuser(async (client) => {
    const written = `t.xmin::text::bigint > ${moment.transaction}`;
    for (const [table, { units = {} }] of Object.entries(tables)) {
      const columns = Object.entries(units).map(([name, expression]) => `${expression} as ${name}`);
      await client.query(
        `create table ${STAGING}.${table} as select ${["t.*", ...columns].join(", ")} from ${table} t where ${written}`,
      );
      if (columns.length > 0)
        await client.query(`create index on ${STAGING}.${table} (${Object.keys(units).join(", ")})`);
    }
    // Past append-only triggers and foreign keys: the past may be undone in a benchmark alone.
    await client.query("set session_replication_role = replica");
    for (const table of Object.keys(tables)) await client.query(`delete from ${table} t where ${written}`);
    await client.query(
      `update ledger_accounts a set balance = b.balance from ${STAGING}.balances b
        where (a.tenant_id, a.partner_id, a.currency, a.kind) = (b.tenant_id, b.partner_id, b.currency, b.kind)`,
    );
    await client.query("set session_replication_role = origin");
    for (const table of [...Object.keys(tables), "ledger_accounts"]) await client.query(`vacuum full analyze ${table}`);
    await client.query(`grant usage on schema ${STAGING} to public`);
    await client.query(`grant select on all tables in schema ${STAGING} to public`);
    await client.query("analyze");
  });

/** The statement that inserts staged rows into their table; `where` names the columns that were given as `units`. */
export async function insertStaged(client: Client, table: string, where = "true"): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = ''`,
    [table],
  );
  const { columns } = rows[0] ?? { columns: "" };
  return `insert into ${table} (${columns}) select ${columns} from ${STAGING}.${table} where ${where}`;
}

/** How many rows are staged of tables, all together. */
export const rowsStaged = (database: BenchDatabase, tables: readonly string[]): Promise<number> =>
  database.asSuperuser(async (client) => {
    const counts = tables.map((table) => `(select count(*) from ${STAGING}.${table})`);
    const { rows } = await client.query<{ count: string }>(`select ${counts.join(" + ")} as count`);
    return Number(rows[0]?.count);
  });
