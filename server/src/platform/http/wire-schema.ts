import { type TSchema, Type } from "typebox";

/** The vocabulary of the wire: every module's schemas are made of these, so that one thing looks the same everywhere. */

const SAFE_INTEGER = Number.MAX_SAFE_INTEGER;

/** Neither control characters, which no name has and Postgres keeps but for NUL, nor halves of characters, which JSON carries and jsonb refuses. */
export const LINE_PATTERN = "^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$";
/** The same with line breaks and tabs. */
const TEXT_PATTERN = "^(?:[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]|[\\n\\r\\t])*$";

type Length = { readonly minLength?: number; readonly maxLength: number; readonly description?: string };

/** One line of text in: a name, a code, a word to search for. */
export const Line = (options: Length) => Type.String({ ...options, pattern: LINE_PATTERN });

/** Text in, of any number of lines: a reason, a note. */
export const Text = (options: Length) => Type.String({ ...options, pattern: TEXT_PATTERN });

/** A UUID in canonical form. */
export const Id = (description: string) => Type.String({ format: "uuid", description });

/** An instant out: a Date in code, ISO 8601 with an offset on the wire. */
export const Instant = (description: string) =>
  Type.Unsafe<Date>({ type: "string", format: "date-time", description, examples: ["2026-03-01T12:00:00.000Z"] });

/** An instant in. */
export const InstantInput = (description: string) =>
  Type.String({ format: "date-time", description, examples: ["2026-03-01T12:00:00Z"] });

/** An amount out: bigint minor units in code, an integer on the wire. */
export const Amount = (description: string) =>
  Type.Unsafe<bigint>({
    type: "integer",
    minimum: -SAFE_INTEGER,
    maximum: SAFE_INTEGER,
    description: `${description}, in minor units`,
  });

/** An amount in: an integer in minor units, never negative. */
export const AmountInput = (description: string) =>
  Type.Integer({ minimum: 0, maximum: SAFE_INTEGER, description: `${description}, in minor units` });

/** A count out. */
export const Count = (description: string) =>
  Type.Unsafe<bigint | number>({ type: "integer", minimum: 0, description });

/** An ISO 4217 code. */
export const CurrencyCode = (description = "ISO 4217 code") =>
  Type.String({ pattern: "^[A-Z]{3}$", description, examples: ["USD"] });

/** The schema, or null. */
export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Pages of a list: an opaque cursor from the page before. */
export const PAGE_LIMIT_DEFAULT = 50;
export const PAGE_LIMIT_MAX = 200;

/** Query fields that every list takes. `sort` names a column, `-` before it means descending. */
export const pageQuery = <const Sorts extends readonly string[]>(sorts: Sorts) => ({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: PAGE_LIMIT_MAX, default: PAGE_LIMIT_DEFAULT, description: "Rows a page" }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: "`nextCursor` of the page before" })),
  sort: Type.Optional(
    Type.Unsafe<Sorts[number]>(Type.Enum([...sorts], { description: "Order of the list; `-` means descending" })),
  ),
});

/** One page of `item`. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    data: Type.Array(item),
    nextCursor: Nullable(Type.String({ description: "Send it as `cursor` for the next page; null on the last" })),
  });
