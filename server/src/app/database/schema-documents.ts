import { spawn } from "node:child_process";
import { join } from "node:path";
import { Client } from "pg";
import { SCHEMA } from "../../platform/database/index.ts";
import { ROOT } from "../config/config.ts";
import { readSchema } from "./read-schema.ts";
import { schemaReference } from "./schema-reference.ts";
import { schemaText } from "./schema-text.ts";
import { tableOwners } from "./table-owners.ts";

/** As values come from the driver (`platform/database`): whole numbers of eight bytes as bigint, days as text. */
const TYPES = { int8: "bigint", int4: "number" };

/** What is made from the schema of a migrated database: paths in the checkout, and texts. */
export async function schemaDocuments(url: string): Promise<Readonly<Record<string, string>>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const schema = await readSchema(client);
    return {
      "server/schema.sql": schemaText(schema),
      "docs/reference/schema.md": schemaReference(schema, tableOwners()),
      "server/src/platform/database/tables.ts": await tableTypes(url),
    };
  } finally {
    await client.end();
  }
}

/** The types of rows. */
async function tableTypes(url: string): Promise<string> {
  // In the tool's own format, which the formatter leaves alone.
  const text = await output("kysely-codegen/dist/cli/bin.js", [
    "--url",
    url,
    "--dialect",
    "postgres",
    "--default-schema",
    SCHEMA,
    "--include-pattern",
    `${SCHEMA}.*`,
    "--exclude-pattern",
    `${SCHEMA}.migrations`,
    "--date-parser",
    "string",
    "--type-mapping",
    JSON.stringify(TYPES),
    "--log-level",
    "error",
    "--print",
  ]);
  return `${text.trim()}\n`;
}

/** What a development tool of the checkout prints. */
function output(tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "node_modules", tool), ...args], { cwd: ROOT });
    let out = "";
    let error = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(out) : reject(new Error(`${tool} failed: ${error}`))));
  });
}
