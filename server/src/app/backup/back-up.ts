import { rename, rm } from "node:fs/promises";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type BackupHeader, type BackupTrailer, findMigrations, findSequences, findTables } from "./database-shape.ts";
import { writeFrames } from "./frames.ts";

export type BackUp = {
  /** Of the role that owns the schema: it sees every tenant. */
  readonly ownerUrl: string;
  readonly path: string;
  readonly now: Date;
  readonly onTable?: (name: string, rows: number) => void;
};

/**
 * Writes the whole database, as it is at one moment, into one file, while the server goes on working. The file appears when it is whole.
 * Secrets (pepper, signing and encryption keys) are not in the database, and so not in the backup.
 */
export async function backUp({ ownerUrl, path, now, onTable = () => {} }: BackUp): Promise<BackupTrailer> {
  const client = new Client({ connectionString: ownerUrl, options: "-c statement_timeout=0 -c timezone=UTC" });
  const partial = `${path}.partial`;
  await client.connect();
  try {
    await rm(partial, { force: true });
    await using file = await writeFrames(partial);
    await client.query("begin isolation level repeatable read read only");
    const tables = await findTables(client);
    const header: BackupHeader = {
      createdAt: now.toISOString(),
      migrations: await findMigrations(client),
      tables,
      sequences: await findSequences(client),
    };
    await file.write(Buffer.from(JSON.stringify(header)));

    const rows: Record<string, number> = {};
    for (const { name, columns } of tables) {
      const copy = client.query(copyTo(`copy ${name} (${columns.join(", ")}) to stdout`));
      for await (const chunk of copy as AsyncIterable<Uint8Array>) await file.write(chunk);
      await file.endPart();
      rows[name] = copy.rowCount;
      onTable(name, copy.rowCount);
    }
    const trailer: BackupTrailer = { rows };
    await file.write(Buffer.from(JSON.stringify(trailer)));
    await client.query("commit");
    await file.close();
    await rename(partial, path);
    return trailer;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}
