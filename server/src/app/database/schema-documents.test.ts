import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { migrate } from "../../platform/database/index.ts";
import { ROOT } from "../config/config.ts";
import { readSchema } from "./read-schema.ts";
import { schemaDocuments } from "./schema-documents.ts";
import { schemaText } from "./schema-text.ts";

let database: ClonedDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

async function textOfNow(): Promise<string> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return schemaText(await readSchema(client));
  } finally {
    await client.end();
  }
}

describe("the committed schema", () => {
  it("is what the migrations make, as text, as reference and as types (`npm run schema`)", async () => {
    for (const [path, text] of Object.entries(await schemaDocuments(database.ownerUrl))) {
      expect({ path, text: readFileSync(join(ROOT, path), "utf8") }).toEqual({ path, text });
    }
  });

  it("has a word about every table and every function", async () => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { tables, functions } = await readSchema(client);
    await client.end();
    const silent = [
      ...tables.filter(({ comment }) => !comment).map(({ name }) => name),
      ...functions.filter(({ comment }) => !comment).map(({ signature }) => signature),
    ];
    expect(silent).toEqual([]);
    expect(tables.length).toBeGreaterThan(40);
  });

  it("comes back the same, down to the word, when every migration goes down and up again", async () => {
    const before = await textOfNow();
    await migrate({ url: database.ownerUrl, direction: "down" });
    const left = await asOwner(
      database,
      "select relname from pg_class where relnamespace = 'tributary'::regnamespace and relkind in ('r', 'v', 'S') and relname not like 'migrations%'",
    );
    expect(left).toEqual([]);
    await migrate({ url: database.ownerUrl });
    expect(await textOfNow()).toBe(before);
  });

  it("is seen to differ where somebody changed the database by hand", async () => {
    const before = await textOfNow();
    await asOwner(database, "revoke insert on transactions from tributary_server");
    expect(await textOfNow()).not.toBe(before);
    await asOwner(database, "grant insert on transactions to tributary_server");
    expect(await textOfNow()).toBe(before);
  });
});
