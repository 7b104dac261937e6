import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

export type ClonedDatabase = {
  /** For the program: its connections take the server's role. */
  readonly serverUrl: string;
  /** For set-up and for attacks from above: owns the schema and bypasses policies. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
};

/** A database of its own for a test file: a copy of the migrated template, made in milliseconds. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const template = new URL(inject("postgresUrl"));
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onMaintenance(template, (client) =>
    client.query(`create database ${name} template ${template.pathname.slice(1)}`),
  );
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    serverUrl: url.href,
    ownerUrl: url.href,
    drop: async () => {
      await onMaintenance(template, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function onMaintenance(template: URL, work: (client: Client) => Promise<unknown>): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Runs SQL as the owner, past every policy: for set-up that no service offers, and for attacks. */
export async function asOwner<Row extends object = Record<string, unknown>>(
  database: ClonedDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
