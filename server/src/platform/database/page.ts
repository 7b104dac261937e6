import { type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { defineErrors } from "../../kernel/errors.ts";
import { derivedId, isId } from "../../kernel/id.ts";
import type { DB } from "./tables.ts";

export const pageErrors = defineErrors("page", {
  cursor_invalid: { kind: "invalid", title: "This cursor is not from a list with this sort order" },
});

export type PageRequest = { readonly limit?: number; readonly cursor?: string; readonly sort?: string };
export type Page<Row> = { readonly data: Row[]; readonly nextCursor: string | null };

/** A column to sort by, unique together with the id; `type` is how its text is read back from a cursor. */
export type SortColumn = { readonly column: string; readonly type: "timestamptz" | "bigint" | "text" | "date" };

const LIMIT_DEFAULT = 50;

const DAY = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const DAY_PATTERN = new RegExp(`^${DAY}$`);
/** As Postgres writes it in a session of UTC. */
const INSTANT_PATTERN = new RegExp(String.raw`^${DAY} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$`);

/** Whether the day exists that a pattern finds: there is no 30 February, and Postgres has no year 0. */
function isDay(found: RegExpExecArray | null): boolean {
  const [year = 0, month = 0, day = 0] = found?.slice(1, 4).map(Number) ?? [];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** What the text of a column looks like: a cursor that was tampered with is refused before it is cast. */
const IS_VALUE: Readonly<Record<SortColumn["type"], (text: string) => boolean>> = {
  timestamptz: (text) => isDay(INSTANT_PATTERN.exec(text)),
  date: (text) => isDay(DAY_PATTERN.exec(text)),
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  text: (text) => !text.includes("\0"),
};

type Cursor = { readonly sort: string; readonly value: string; readonly id: string };

/**
 * One page by keyset: rows after the cursor in (column, id) order, so that a page costs the same however deep it is, and rows that
 * arrive meanwhile neither repeat nor push others out. `sort` is a key of `sorts`, `-` before it means descending.
 */
export async function selectPage<Table extends keyof DB, Row extends { id: string }>(
  query: SelectQueryBuilder<DB, Table, Row>,
  request: PageRequest,
  options: {
    readonly sorts: Readonly<Record<string, SortColumn>>;
    readonly defaultSort: string;
    /** What is unique together with the column: a column, or what is made of one. */
    readonly idColumn: string | RawBuilder<string>;
  },
): Promise<Page<Row>> {
  const sort = request.sort ?? options.defaultSort;
  const isDescending = sort.startsWith("-");
  const by = options.sorts[sort.replace(/^-/, "")];
  if (by === undefined) throw pageErrors.cursor_invalid();
  const limit = request.limit ?? LIMIT_DEFAULT;
  const column = sql.ref(by.column);
  const id = typeof options.idColumn === "string" ? sql.ref(options.idColumn) : options.idColumn;

  let page = query.select(sql<string>`${column}::text`.as("page_value"));
  if (request.cursor !== undefined) {
    const after = decodeCursor(request.cursor, sort, by.type);
    const type = sql.raw(by.type);
    page = page.where(
      (isDescending
        ? sql<SqlBool>`(${column}, ${id}) < (${after.value}::${type}, ${after.id}::uuid)`
        : sql<SqlBool>`(${column}, ${id}) > (${after.value}::${type}, ${after.id}::uuid)`) as Expression<SqlBool>,
    );
  }
  const direction = sql.raw(isDescending ? "desc" : "asc");
  const rows = (await page
    .orderBy(sql`${column} ${direction}, ${id} ${direction}`)
    .limit(limit + 1)
    .execute()) as unknown as (Row & { page_value: string })[];

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor({ sort, value: last.page_value, id: last.id }) : null;
  return { data: shown.map(({ page_value: _, ...row }) => row as unknown as Row), nextCursor };
}

/**
 * One page of rows that are all at hand because the program itself says which there are, or a partner has few of them: the same cursor and limit
 * as of a list that Postgres reads. What a row is sorted by is a text of its own.
 */
export function pageOfRows<Row>(
  rows: readonly Row[],
  request: PageRequest,
  options: { readonly sorts: Readonly<Record<string, (row: Row) => string>>; readonly defaultSort: string },
): Page<Row> {
  const sort = request.sort ?? options.defaultSort;
  const direction = sort.startsWith("-") ? -1 : 1;
  const keyOf = options.sorts[sort.replace(/^-/, "")];
  if (keyOf === undefined) throw pageErrors.cursor_invalid();
  const after = request.cursor === undefined ? undefined : decodeCursor(request.cursor, sort, "text");
  // There is no column to read the text back as: what was not made here is known by its id.
  if (after !== undefined && after.id !== rowId(after.value)) throw pageErrors.cursor_invalid();
  const isAfter = (key: string, other: string): boolean => (direction === 1 ? key > other : key < other);
  const sorted = rows
    .map((row) => ({ key: keyOf(row), row }))
    .filter(({ key }) => after === undefined || isAfter(key, after.value))
    .toSorted((one, other) => (isAfter(one.key, other.key) ? 1 : -1));
  const shown = sorted.slice(0, request.limit ?? LIMIT_DEFAULT);
  const last = shown.at(-1);
  const nextCursor =
    sorted.length > shown.length && last ? encodeCursor({ sort, value: last.key, id: rowId(last.key) }) : null;
  return { data: shown.map(({ row }) => row), nextCursor };
}

const rowId = (key: string): string => derivedId("page", key);

const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.sort, cursor.value, cursor.id])).toString("base64url");

function decodeCursor(text: string, sort: string, type: SortColumn["type"]): Cursor {
  try {
    const [cursorSort, value, id]: unknown[] = JSON.parse(Buffer.from(text, "base64url").toString());
    if (
      cursorSort === sort &&
      typeof value === "string" &&
      IS_VALUE[type](value) &&
      typeof id === "string" &&
      isId(id)
    ) {
      return { sort, value, id };
    }
  } catch {
    // Falls through: whatever was sent, it is no cursor of ours.
  }
  throw pageErrors.cursor_invalid();
}
