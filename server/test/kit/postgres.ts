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
    // By files: through the log, as is the default, every page of them is written twice.
    client.query(`create database ${name} template ${template.pathname.slice(1)} strategy file_copy`),
  );
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    serverUrl: url.href,
    ownerUrl: url.href,
    drop: async () => {
      await closeKept(url.href);
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

/** One connection of each database, between two calls: to open one takes longer than most of what is asked. */
const kept = new Map<string, Client>();
/** What the session goes on with, or the next one is opened with. */
const CHANGES_SESSIONS = /^\s*(?:alter (?:database|role)|set)\b/i;

/** Runs SQL as the owner, past every policy: for set-up that no service offers, and for attacks. Calls at once have connections of their own. */
export async function asOwner<Row extends object = Record<string, unknown>>(
  { ownerUrl }: Pick<ClonedDatabase, "ownerUrl">,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = kept.get(ownerUrl) ?? (await connectOwner(ownerUrl));
  kept.delete(ownerUrl);
  let isFit = false;
  try {
    const { rows } = await client.query<Row>(text, values);
    isFit = !CHANGES_SESSIONS.test(text);
    return rows;
  } finally {
    if (isFit && !kept.has(ownerUrl)) kept.set(ownerUrl, client);
    else await client.end();
  }
}

async function connectOwner(ownerUrl: string): Promise<Client> {
  const client = new Client({ connectionString: ownerUrl, options: "-c search_path=tributary" });
  // One that is ended from without while it waits is no longer there for the next call.
  client.on("error", () => {
    if (kept.get(ownerUrl) === client) kept.delete(ownerUrl);
  });
  await client.connect();
  return client;
}

async function closeKept(ownerUrl: string): Promise<void> {
  const client = kept.get(ownerUrl);
  kept.delete(ownerUrl);
  await client?.end();
}
