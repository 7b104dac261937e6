import { MODULE_ORDER } from "../../../module-order.mjs";
import type { Schema, SchemaTable } from "./read-schema.ts";

const HEAD = `# Database schema

<!-- Made from the database by \`npm run schema\`; what is said here are the comments in server/migrations. -->

Every table lies in the schema \`tributary\` and is under row-level security; all but \`tenants\`, \`rate_limits\` and \`ledger_account_kinds\` have
\`tenant_id\` first in their key. The server works as the role \`tributary_server\` with the rights that are named. The same as DDL: [server/schema.sql](../../server/schema.sql). Amounts are \`bigint\` minor units beside
their \`currency\`; rates are parts per million (\`rate_ppm\`); instants are \`timestamptz\`.
`;

/** The reference of tables, by the module that writes them. */
export function schemaReference({ tables, functions }: Schema, ownerOf: ReadonlyMap<string, string>): string {
  const modules = MODULE_ORDER.filter((module) => tables.some((table) => ownerOf.get(table.name) === module));
  const parts = modules.map((module) =>
    [`## ${module}`, ...tables.filter((table) => ownerOf.get(table.name) === module).map(tableReference)].join("\n\n"),
  );
  const routines = functions.map(({ signature, comment }) => `| \`${cell(signature)}\` | ${cell(comment ?? "")} |`);
  const closing = ["## Functions", ["| function | what it is for |", "|---|---|", ...routines].join("\n")].join("\n\n");
  return `${[HEAD.trimEnd(), ...parts, closing].join("\n\n")}\n`;
}

function tableReference(table: SchemaTable): string {
  const keys = table.constraints.filter(({ type }) => type !== "c").map(({ definition }) => `- ${code(definition)}`);
  const checks = table.constraints
    .filter(({ type }) => type === "c")
    .map(({ name, definition }) => `- \`${name}\`: ${code(definition.replace(/^CHECK \((.*)\)$/s, "$1"))}`);
  const columns = table.columns.map(
    ({ name, type, isNullable, default: value, identity, comment }) =>
      `| \`${name}\` | ${cell(type)}${isNullable ? ", null" : ""} | ${cell(identity ?? value ?? "")} | ${cell(comment ?? "")} |`,
  );
  return [
    `### \`${table.name}\``,
    ...(table.comment === null ? [] : [table.comment]),
    ["| column | type | default | |", "|---|---|---|---|", ...columns].join("\n"),
    [...keys, ...table.indexes.map(({ definition }) => `- ${code(definition)}`), ...checks].join("\n"),
    `The server may: ${table.grants.join(", ") || "nothing"}.${table.triggers.length > 0 ? ` Triggers: ${table.triggers.map((trigger) => `\`${/TRIGGER (\w+)/.exec(trigger)?.[1] ?? ""}\``).join(", ")}.` : ""}`,
  ].join("\n\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text: string): string => `\`${text.replaceAll("tributary.", "")}\``;
