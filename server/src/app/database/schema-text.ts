import { SCHEMA, SERVER_ROLE } from "../../platform/database/index.ts";
import type { Schema, SchemaColumn, SchemaFunction, SchemaTable } from "./read-schema.ts";

const HEAD = `-- The schema that the migrations make, read from the database's catalogue and written by \`npm run schema\`. To be read and compared: a
-- database is made by the migrations (server/migrations), never from this file.
`;

/** The whole schema as one text. */
export const schemaText = ({ tables, functions }: Schema): string =>
  [HEAD, ...tables.map(tableText), ...functions.map(functionText)].join("\n");

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** The catalogue's own words for names of ours; the text speaks of one schema alone. */
const bare = (text: string): string => text.replaceAll(`${SCHEMA}.`, "");

function tableText(table: SchemaTable): string {
  const { name } = table;
  const lines = [
    ...table.columns.map((column) => `  ${columnText(column)}`),
    ...table.constraints.map((constraint) => `  constraint ${constraint.name} ${bare(constraint.definition)}`),
  ];
  const statements = [
    `create ${table.isUnlogged ? "unlogged " : ""}table ${name} (\n${lines.join(",\n")}\n)`,
    ...table.indexes.map((index) => bare(index.definition)),
    ...table.triggers.map(bare),
    ...(table.isolated ? [`alter table ${name} enable row level security`] : []),
    ...table.policies,
    ...(table.grants.length > 0 ? [`grant ${table.grants.join(", ")} on ${name} to ${SERVER_ROLE}`] : []),
    ...(table.comment === null ? [] : [`comment on table ${name} is ${quoted(table.comment)}`]),
    ...table.columns
      .filter((column) => column.comment !== null)
      .map((column) => `comment on column ${name}.${column.name} is ${quoted(column.comment ?? "")}`),
  ];
  return `${statements.join(";\n")};\n`;
}

const columnText = (column: SchemaColumn): string =>
  [
    column.name,
    column.type,
    ...(column.isNullable ? [] : ["not null"]),
    ...(column.identity === null ? [] : [column.identity]),
    ...(column.default === null || column.identity !== null ? [] : [`default ${bare(column.default)}`]),
  ].join(" ");

const functionText = ({ signature, definition, comment, grants }: SchemaFunction): string =>
  [
    `${bare(definition).trimEnd()};`,
    `-- May be executed by: ${["its owner", ...grants].join(", ")}.`,
    ...(comment === null ? [] : [`comment on function ${signature} is ${quoted(comment)};`]),
    "",
  ].join("\n");
