import type { Client } from "pg";
import { JOBS_SCHEMA, SCHEMA } from "../../platform/database/index.ts";

/** A table as it is backed up: columns that can be written, in order. */
export type BackedUpTable = { readonly name: string; readonly columns: readonly string[] };

/** Where a sequence stood. */
export type BackedUpSequence = { readonly name: string; readonly lastValue: string; readonly isCalled: boolean };

/** The first frame of a backup. */
export type BackupHeader = {
  readonly createdAt: string;
  /** Names of the migrations that had run, in order: the version of the schema. */
  readonly migrations: readonly string[];
  readonly tables: readonly BackedUpTable[];
  readonly sequences: readonly BackedUpSequence[];
};

/** The last frame: rows by table. A backup without it is cut off. */
export type BackupTrailer = { readonly rows: Readonly<Record<string, number>> };

/** What describes the database itself and is made by migrations; and counters that mean nothing elsewhere. */
const NOT_BACKED_UP = [`${SCHEMA}.migrations`, `${SCHEMA}.rate_limits`, `${JOBS_SCHEMA}.migrations`];

/** Every table of the program and of its job queue, each after those that its rows refer to. */
export async function findTables(client: Client): Promise<BackedUpTable[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
            array_agg(quote_ident(a.attname) order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where n.nspname = any ($1) and c.relkind = 'r'
        and format('%I.%I', n.nspname, c.relname) <> all ($2)
      group by 1
      order by 1`,
    [[SCHEMA, JOBS_SCHEMA], NOT_BACKED_UP],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select distinct format('%I.%I', n.nspname, c.relname) as from, format('%I.%I', m.nspname, d.relname) as to
       from pg_constraint k
       join pg_class c on c.oid = k.conrelid
       join pg_namespace n on n.oid = c.relnamespace
       join pg_class d on d.oid = k.confrelid
       join pg_namespace m on m.oid = d.relnamespace
      where k.contype = 'f' and n.nspname = any ($1) and k.conrelid <> k.confrelid`,
    [[SCHEMA, JOBS_SCHEMA]],
  );
  return inOrderOfReference(tables, references);
}

/** Where the sequences behind identity columns stand. */
export async function findSequences(client: Client): Promise<BackedUpSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = any ($1) order by 1`,
    [[SCHEMA, JOBS_SCHEMA]],
  );
  const sequences: BackedUpSequence[] = [];
  for (const { name } of rows) {
    const { rows: states } = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value, is_called from ${name}`,
    );
    const state = states[0];
    if (state) sequences.push({ name, lastValue: state.last_value, isCalled: state.is_called });
  }
  return sequences;
}

/** The migrations that have run, oldest first; nothing on an empty database. */
export async function findMigrations(client: Client): Promise<string[]> {
  const { rows: there } = await client.query("select where to_regclass($1) is not null", [`${SCHEMA}.migrations`]);
  if (there.length === 0) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${SCHEMA}.migrations order by id`);
  return rows.map((row) => row.name);
}

function inOrderOfReference(
  tables: readonly BackedUpTable[],
  references: readonly { readonly from: string; readonly to: string }[],
): BackedUpTable[] {
  const ordered: BackedUpTable[] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const names = new Set([...left].map((table) => table.name));
    const ready = [...left].filter(
      (table) => !references.some((reference) => reference.from === table.name && names.has(reference.to)),
    );
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...names].join(", ")}`);
    for (const table of ready) {
      ordered.push(table);
      left.delete(table);
    }
  }
  return ordered;
}
