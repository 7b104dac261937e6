import { Ajv, type Options as AjvOptions, type ErrorObject } from "ajv";
import addFormats from "ajv-formats";
import type { FastifySchema, FastifySchemaCompiler } from "fastify";
import { isId } from "../../kernel/id.ts";
import { Problem } from "./problem.ts";

/** A schema's mark: text in it is taken as it comes, and made clean by whoever reads it. For what visitors bring along. */
export const ANY_TEXT = "x-any-text";

/** With a time, without a leap second or a blank, which RFC 3339 lets through and JavaScript does not read. */
const INSTANT_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** Postgres has no year 0. */
const NO_YEAR = "0000-";

/** Checks requests against their schemas. A body says what it means: "12" is not 12. Query strings and parameters are text by nature. */
export function createRequestValidators(): FastifySchemaCompiler<FastifySchema> {
  const strict = withOurFormats({ coerceTypes: false });
  const coercing = withOurFormats({ coerceTypes: "array" });
  return ({ schema, httpPart }) => {
    const fits = (httpPart === "body" ? strict : coercing).compile(schema);
    if (ANY_TEXT in schema) return fits;
    const validate = (data: unknown): boolean => {
      validate.errors = (fits(data) ? unkeepable(data) : fits.errors) ?? null;
      return validate.errors === null;
    };
    validate.errors = null as ErrorObject[] | null;
    return validate;
  };
}

function withOurFormats(options: AjvOptions): Ajv {
  const ajv = new Ajv({ removeAdditional: false, useDefaults: true, allErrors: true, ...options });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addFormat("uuid", isId);
  ajv.addFormat("date", (text: string) => !text.startsWith(NO_YEAR) && isCalendarDate(text));
  ajv.addFormat(
    "date-time",
    (text: string) => INSTANT_PATTERN.test(text) && isRfc3339(text) && !Number.isNaN(Date.parse(text)),
  );
  ajv.addKeyword({ keyword: ANY_TEXT, schemaType: "boolean" });
  ajv.addSchema(Problem);
  return ajv;
}

/** A format of ajv-formats, as a function. */
function formatOf(name: string): (text: string) => boolean {
  const ajv = new Ajv();
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const validate = ajv.compile({ type: "string", format: name });
  return (text) => validate(text);
}
const isCalendarDate = formatOf("date");
const isRfc3339 = formatOf("date-time");

/** NUL, which Postgres has no place for, and halves of characters, which JSON carries and jsonb refuses. */
const UNKEEPABLE = /[\0\ud800-\udfff]/u;

/** What no schema has to say of each field by itself: text that cannot be kept, and numbers that are none (1e400 in a query string). */
function unkeepable(data: unknown, path = ""): ErrorObject[] | undefined {
  if (typeof data === "string" && UNKEEPABLE.test(data))
    return [failure(path, "holds NUL or half a character, which no text does")];
  if (typeof data === "number" && !Number.isFinite(data)) return [failure(path, "is larger than any number here")];
  if (typeof data !== "object" || data === null) return undefined;
  for (const [name, value] of Object.entries(data)) {
    if (UNKEEPABLE.test(name)) return [failure(path, "has a field whose name cannot be kept")];
    const found = unkeepable(value, `${path}/${name}`);
    if (found) return found;
  }
  return undefined;
}

const failure = (instancePath: string, message: string): ErrorObject => ({
  instancePath,
  message,
  keyword: "keepable",
  schemaPath: "",
  params: {},
});
