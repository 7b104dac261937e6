import { once } from "node:events";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { JOBS_SCHEMA, knownMigrations, migrate, SCHEMA } from "../../platform/database/index.ts";
import {
  type BackedUpTable,
  type BackupHeader,
  type BackupTrailer,
  findMigrations,
  findTables,
} from "./database-shape.ts";
import { type FrameReader, readFrames, UnreadableBackup } from "./frames.ts";
import { keepJobKinds, noteJobKinds } from "./job-kinds.ts";

/** The backup was made by a version that this one does not know. */
export class NewerBackup extends Error {
  override name = "NewerBackup";
}

export type Restore = {
  /** Of the role that owns the schema. */
  readonly ownerUrl: string;
  readonly path: string;
  readonly onTable?: (name: string, rows: number) => void;
};

/** Where the data lie while those of another schema are brought in: dropped with the commit of the new, put back when that fails. */
export const ASIDE = `${SCHEMA}_before_restore`;
/** Where the job queue lies meanwhile, when a newer release has written it. */
const JOBS_ASIDE = `${JOBS_SCHEMA}_before_restore`;
/** What may be put aside, and where. */
const PLACES = [
  { schema: SCHEMA, aside: ASIDE },
  { schema: JOBS_SCHEMA, aside: JOBS_ASIDE },
] as const;

/**
 * Replaces everything in the database by what is in the backup, in one transaction: whoever works on the database meanwhile waits, and then
 * finds the state of the backup; a restore that fails changes nothing. What is replaced may be of any schema, of a newer release's too. A backup
 * of an older schema is brought up to date.
 */
export async function restore({ ownerUrl, path, onTable = () => {} }: Restore): Promise<BackupTrailer> {
  await using file = await readFrames(path);
  const header = parsed<BackupHeader>(await file.next());
  // What a restore that was killed had put aside.
  await asOwner(ownerUrl, putBack);
  try {
    await matchSchema(ownerUrl, header.migrations);
    const trailer = await asOwner(ownerUrl, (client) => replaceContents(client, { file, header, onTable }));
    // Migrations of the backup's successors run on its data.
    await migrate({ url: ownerUrl });
    return trailer;
  } catch (error) {
    await asOwner(ownerUrl, putBack);
    throw error;
  }
}

export type FoundTenant = { readonly name: string; readonly host: string | null };

/** Whose data a restore would replace; nobody's where the database is empty. They are read from a schema of any release. */
export async function findReplacedTenants(ownerUrl: string): Promise<FoundTenant[]> {
  return asOwner(ownerUrl, async (client) => {
    // What a restore that was killed had put aside is what is there.
    for (const schema of [ASIDE, SCHEMA]) {
      const { rows: there } = await client.query("select where to_regclass($1) is not null", [`${schema}.tenants`]);
      if (there.length === 0) continue;
      const { rows } = await client.query<FoundTenant>(
        `select t ->> 'name' as name, t ->> 'host' as host
           from (select to_jsonb(tenant) as t from ${schema}.tenants tenant) found
          order by t ->> 'created_at', t ->> 'id'`,
      );
      return rows;
    }
    return [];
  });
}

type Contents = { readonly file: FrameReader; readonly header: BackupHeader } & Required<Pick<Restore, "onTable">>;

async function replaceContents(client: Client, { file, header, onTable }: Contents): Promise<BackupTrailer> {
  await client.query("begin");
  const present = await findTables(client);
  requireFit(header.tables, present);
  const all = present.map((table) => table.name).join(", ");
  // Append-only tables refuse to be emptied, and balances are kept by a trigger: both stand still while the backup is written back.
  for (const { name } of present) await client.query(`alter table ${name} disable trigger user`);
  await noteJobKinds(client);
  await client.query(`truncate ${all}`);
  const rows: Record<string, number> = {};
  for (const { name, columns } of header.tables) {
    rows[name] = await copyPart(client, file, `copy ${name} (${columns.join(", ")}) from stdin`);
    onTable(name, rows[name]);
  }
  for (const { name } of present) await client.query(`alter table ${name} enable trigger user`);
  for (const { name, lastValue, isCalled } of header.sequences) {
    await client.query("select setval($1, $2, $3)", [name, lastValue, isCalled]);
  }
  await keepJobKinds(client);
  const trailer = parsed<BackupTrailer>(await file.next());
  for (const [name, count] of Object.entries(trailer.rows)) {
    if (rows[name] !== count)
      throw new UnreadableBackup(`the backup says ${count} rows of ${name}, and holds ${rows[name]}`);
  }
  for (const { aside } of PLACES) await client.query(`drop schema if exists ${aside} cascade`);
  await client.query("commit");
  return trailer;
}

/** Names from the file are written into statements, which the owner of the schema runs: only those that are there already. */
function requireFit(named: readonly BackedUpTable[], present: readonly BackedUpTable[]): void {
  const known = new Map(present.map((table) => [table.name, table.columns]));
  const strange = named.find(({ name, columns }) => !columns.every((column) => known.get(name)?.includes(column)));
  if (strange) throw new UnreadableBackup(`this backup does not fit its schema: ${strange.name} is not in it so`);
}

/** Brings the database to the schema of the backup, its data put aside where they have another; refuses a backup that this version does not know. */
async function matchSchema(ownerUrl: string, wanted: readonly string[]): Promise<void> {
  const known = await knownMigrations();
  const strange = wanted.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    throw new NewerBackup(`the backup was made by a newer version: this one does not know ${strange.join(", ")}`);
  }
  const applied = await asOwner(ownerUrl, findMigrations);
  const isSame = applied.length === wanted.length && applied.every((name) => wanted.includes(name));
  if (!isSame && applied.length > 0) {
    const isNewer = applied.some((name) => !known.includes(name));
    await asOwner(ownerUrl, (client) => putAside(client, isNewer));
  }
  await migrate({ url: ownerUrl, count: isSame ? 0 : wanted.length });
}

/** The queue of a newer release may have a shape that this one's does not take; any other stays, with the numbers that workers have read. */
async function putAside(client: Client, withJobs: boolean): Promise<void> {
  await client.query("begin");
  for (const { schema, aside } of withJobs ? PLACES : PLACES.slice(0, 1))
    await client.query(`alter schema ${schema} rename to ${aside}`);
  await client.query("commit");
}

/** Puts back what was put aside; does nothing where nothing is. */
async function putBack(client: Client): Promise<void> {
  await client.query("begin");
  for (const { schema, aside } of PLACES) {
    const { rowCount } = await client.query("select from pg_namespace where nspname = $1", [aside]);
    if (rowCount === 0) continue;
    await client.query(`drop schema if exists ${schema} cascade`);
    await client.query(`alter schema ${aside} rename to ${schema}`);
  }
  await client.query("commit");
}

/** Work on a connection of its own. What it leaves uncommitted is undone. */
async function asOwner<Result>(ownerUrl: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: ownerUrl, options: "-c statement_timeout=0 -c timezone=UTC" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A frame of JSON; that it has its shape, the writer of the format vouches for. */
function parsed<Value>(frame: Buffer): Value {
  try {
    return JSON.parse(frame.toString()) as Value;
  } catch (error) {
    throw new UnreadableBackup("this backup is damaged", { cause: error });
  }
}

async function copyPart(client: Client, file: FrameReader, statement: string): Promise<number> {
  const copy = client.query(copyFrom(statement));
  const finished = once(copy, "finish");
  // Awaited below, or beaten by the error that it would report.
  finished.catch(() => {});
  for (let chunk = await file.next(); chunk.length > 0; chunk = await file.next()) {
    if (!copy.write(chunk)) await Promise.race([once(copy, "drain"), finished]);
  }
  copy.end();
  await finished;
  return copy.rowCount;
}
