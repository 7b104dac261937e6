/** As much of JSON Schema as routes are declared with. */
export type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly anyOf?: readonly Schema[];
};

/** A value that is wrong for its place. `raw` is JSON that no value of JavaScript turns into. */
export type Bad = { readonly what: string; readonly value?: unknown; readonly raw?: string };

const HUGE = "x".repeat(100_000);
const NUL = "a\u0000b";
const LONE_SURROGATE = "a\ud800b";
const UUID = "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42";

export const BAD_INSTANTS: readonly string[] = [
  "yesterday",
  "",
  "2026-03-01",
  "2026-02-30T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-03-01T25:00:00Z",
  "2026-03-01T12:00:00",
  "2016-12-31T23:59:60Z",
  "2026-03-01\t12:00:00Z",
  "2026-03-01 12:00:00Z",
  "+275760-09-13T00:00:01Z",
  "-000001-01-01T00:00:00Z",
  "1769904000",
];
export const BAD_DATES: readonly string[] = [
  "today",
  "",
  "2026-02-30",
  "2026-13-01",
  "0000-01-01",
  "2026-3-1",
  "2026-03-01T00:00:00Z",
];
export const BAD_UUIDS: readonly string[] = [
  "not-a-uuid",
  "",
  `urn:uuid:${UUID}`,
  `{${UUID}}`,
  UUID.replaceAll("-", ""),
  `${UUID} `,
  `${UUID}' or true --`,
];
const BAD_NUMBERS: readonly Bad[] = [
  { what: "a number in quotes", value: "12" },
  { what: "negative", value: -1 },
  { what: "2^53", raw: "9007199254740992" },
  { what: "beyond 2^63", raw: "9223372036854775808" },
  { what: "infinite", raw: "1e400" },
  { what: "huge", raw: "1e300" },
  { what: "null", value: null },
  { what: "a list", value: [1] },
];

const texts = (what: string, values: readonly string[]): Bad[] =>
  values.map((value) => ({ what: `${what} ${JSON.stringify(value)}`, value }));

const otherThan = (type: string): Bad[] =>
  [
    { type: "string", what: "text", value: "text" },
    { type: "integer", what: "a number", value: 12 },
    { type: "boolean", what: "true", value: true },
    { type: "object", what: "an object", value: { a: 1 } },
    { type: "array", what: "a list", value: ["a"] },
    { type: "null", what: "null", value: null },
  ]
    .filter((one) => one.type !== type)
    .map(({ what, value }) => ({ what: `${what}, not ${type}`, value }));

/** What is wrong in the place of text, whatever it means. */
const badTexts = (): Bad[] => [
  ...otherThan("string"),
  { what: "with NUL", value: NUL },
  { what: "with half a character", value: LONE_SURROGATE },
  { what: "of 100,000 characters", value: HUGE },
];

/** Values that a place must refuse. */
export const badValues = ({ schema, isNullable }: Place): Bad[] =>
  badValuesOf(schema).filter(({ raw, value }) => !(isNullable && raw === undefined && value === null));

function badValuesOf(schema: Schema): Bad[] {
  if (schema.const === true) return [{ what: "false", value: false }, ...otherThan("boolean")];
  if (schema.enum !== undefined || schema.const !== undefined)
    return [...otherThan("string"), ...texts("another word", ["nonsense", "__proto__", "constructor", "", `${NUL}`])];
  switch (schema.type) {
    case "string":
      if (schema.format === "uuid") return [...otherThan("string"), ...texts("no UUID", [...BAD_UUIDS, NUL])];
      if (schema.format === "date-time") return [...otherThan("string"), ...texts("no instant", BAD_INSTANTS)];
      if (schema.format === "date") return [...otherThan("string"), ...texts("no date", BAD_DATES)];
      if (schema.format === "email")
        return [
          ...badTexts(),
          ...texts("no e-mail", ["", "a", "a@", "@b.test", "a@b@c.test", "a b@c.test", "a@b.test\r\nBcc: c@d.test"]),
        ];
      if (schema.pattern === "^[A-Z]{3}$")
        return [...badTexts(), ...texts("no currency", ["", "usd", "QQQ", "US", "USDT"])];
      return badTexts();
    case "integer":
      return [...BAD_NUMBERS, { what: "fractional", value: 1.5 }, { what: "a little above", raw: "1.0000000001" }];
    case "number":
      return [...BAD_NUMBERS];
    case "boolean":
      return otherThan("boolean");
    case "array":
      return [
        ...otherThan("array"),
        ...(schema.maxItems === undefined
          ? []
          : [
              {
                what: "too long a list",
                value: Array.from({ length: schema.maxItems + 1 }, (_, turn) => `item-${turn}`),
              },
            ]),
      ];
    case "object":
      return otherThan("object");
    default:
      return [];
  }
}

export type Place = { readonly path: readonly string[]; readonly schema: Schema; readonly isNullable?: boolean };

const isNull = (schema: Schema): boolean => schema.type === "null";

/** The variant of a union that a value is of: by its constants where they tell, else the first that is not null. */
function variantOf(schema: Schema, value: unknown): Schema {
  const variants = (schema.anyOf ?? []).filter((one) => !isNull(one));
  const fits = (one: Schema): boolean =>
    Object.entries(one.properties ?? {}).every(
      ([name, field]) =>
        field.const === undefined || (value as Record<string, unknown> | undefined)?.[name] === field.const,
    );
  return variants.find(fits) ?? variants[0] ?? {};
}

/** Every place in a body of this schema, from the root down, as far as the well-formed value reaches; of a list its first item. */
export function placesOf(schema: Schema, value: unknown, path: readonly string[] = []): Place[] {
  if (schema.anyOf !== undefined) {
    const [whole, ...parts] = placesOf(variantOf(schema, value), value, path);
    return whole === undefined ? [] : [{ ...whole, isNullable: schema.anyOf.some(isNull) }, ...parts];
  }
  const here = { path, schema };
  if (schema.properties !== undefined)
    return [
      here,
      ...Object.entries(schema.properties).flatMap(([name, field]) =>
        placesOf(field, (value as Record<string, unknown> | undefined)?.[name], [...path, name]),
      ),
    ];
  if (schema.items !== undefined && Array.isArray(value))
    return [here, ...placesOf(schema.items, value[0], [...path, "0"])];
  return [here];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** A copy of a value with another in one place. */
export function withValue(value: unknown, path: readonly string[], bad: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return bad;
  if (Array.isArray(value))
    return value.map((item, turn) => (String(turn) === name ? withValue(item, rest, bad) : item));
  const object = isObject(value) ? value : {};
  return { ...object, [name]: withValue(object[name], rest, bad) };
}

const PLACEHOLDER = "@placeholder@";

/** JSON with a bad value in one place. */
export function jsonWith(value: unknown, path: readonly string[], bad: Bad): string {
  if (bad.raw === undefined) return JSON.stringify(withValue(value, path, bad.value));
  return JSON.stringify(withValue(value, path, PLACEHOLDER)).replace(`"${PLACEHOLDER}"`, bad.raw);
}
