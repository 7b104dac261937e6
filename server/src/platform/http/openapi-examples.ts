import { createHash } from "node:crypto";

type Schema = { readonly [key: string]: unknown };

/** What things of this name look like, where their schema shows nothing. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  email: "ada@example.com",
  customer: "a…@e….com",
  name: "Ada Lovelace",
  tenantName: "Fernbill",
  companyName: "Ada Writes Ltd",
  referralCode: "ada-writes",
  code: "ada-writes",
  couponCode: "ADA20",
  country: "US",
  timeZone: "UTC",
  externalId: "customer-1042",
  userExternalId: "customer-1042",
  originalExternalId: "invoice-1042",
  reason: "As agreed by telephone",
  note: "As agreed by telephone",
  resolution: "The receipt is right",
  campaign: "spring",
  destination: "https://shop.example.com/pricing",
  url: "https://shop.example.com/pricing",
  link: "https://partners.example.com/r/ada-writes",
  userAgent: "Mozilla/5.0",
  network: "203.0.113.0/24",
  ipAddress: "203.0.113.7",
  deviceId: "5f1d9c0e7a",
  apiKey: "trk_PgCcJ8eQ_G21qNIPs-bm",
  secret: "trs_shown-here-and-never-again",
  accessToken: "eyJhbGciOiJFZERTQSJ9.…",
  refreshToken: "TKtkbhboel8VjV-56w8nI_y_s5zw4lW61VJR11HV8Vw",
  token: "from-the-link-in-the-mail",
  password: "seven silver herons",
  planVersion: 1,
  version: 1,
  rate: 0.25,
  recurringRate: 0.25,
  commissionRate: 25,
  holdDays: 30,
  attributionWindowDays: 30,
  number: 7,
  path: "body.amount",
  message: "must be >= 0",
  fee: 0,
  taxWithheld: 0,
  requestId: "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3",
};

const DEPTH_MAX = 12;
const UNKNOWN_TEXT = "text";

/**
 * A value that fits a schema: the schema's own example where it has one, otherwise made of what it is made of. The same schema has the same
 * example, and the same kind of id the same id, so that one reads through the document as through one story.
 */
export function exampleOf(schema: Schema, components: Schema, name = "", depth = 0): unknown {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const target = components[reference.split("/").at(-1) ?? ""] as Schema | undefined;
    return target === undefined || depth > DEPTH_MAX ? {} : exampleOf(target, components, name, depth + 1);
  }
  const shown = firstOf(schema["examples"]) ?? schema["example"] ?? schema["const"];
  if (shown !== undefined) return shown;
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as Schema[] | undefined;
  if (choices !== undefined) {
    const made = exampleOf(choices.find((choice) => choice["type"] !== "null") ?? {}, components, name, depth + 1);
    // A word about which nothing is known says less than that there may be none.
    return made === UNKNOWN_TEXT && choices.some((choice) => choice["type"] === "null") ? null : made;
  }
  const all = schema["allOf"] as Schema[] | undefined;
  if (all !== undefined) {
    return Object.assign({}, ...all.map((part) => exampleOf(part, components, name, depth + 1)));
  }
  const enumerated = firstOf(schema["enum"]);
  if (enumerated !== undefined) return schema["default"] ?? enumerated;
  return ofType(schema, components, name, depth);
}

function ofType(schema: Schema, components: Schema, name: string, depth: number): unknown {
  const type = Array.isArray(schema["type"])
    ? schema["type"].find((one: unknown) => one !== "null")
    : (schema["type"] ?? (schema["properties"] === undefined ? undefined : "object"));
  if (type === "object") return objectOf(schema, components, depth);
  if (type === "array") {
    const items = schema["items"] as Schema | undefined;
    return items === undefined ? [] : [exampleOf(items, components, name.replace(/s$/, ""), depth + 1)];
  }
  if (type === "string") return stringOf(schema, name);
  if (type === "integer" || type === "number") return numberOf(schema, name, type === "integer");
  if (type === "boolean") return schema["default"] ?? true;
  return type === "null" ? null : {};
}

function objectOf(schema: Schema, components: Schema, depth: number): Schema {
  const properties = (schema["properties"] ?? {}) as Record<string, Schema>;
  const own = Object.entries(properties).map(([key, property]) => [
    key,
    exampleOf(property, components, key, depth + 1),
  ]);
  const keyed = firstOf(Object.entries((schema["patternProperties"] ?? {}) as Record<string, Schema>)) as
    | [string, Schema]
    | undefined;
  // A record by currency is the one kind of record whose keys have a shape that can be shown.
  if (keyed?.[0] === "^[A-Z]{3}$") own.push(["USD", exampleOf(keyed[1], components, "amount", depth + 1)]);
  return Object.fromEntries(own);
}

function stringOf(schema: Schema, name: string): string {
  const { format, pattern, description = "" } = schema as { format?: string; pattern?: string; description?: string };
  const known = BY_NAME[name];
  if (format === "uuid") return uuidOf(description === "" ? name : description);
  if (format === "date-time") return "2026-03-01T12:00:00.000Z";
  if (format === "date") return "2026-03-01";
  if (format === "ipv4") return "203.0.113.7";
  if (format === "uri") return typeof known === "string" ? known : "https://shop.example.com/pricing";
  if (format === "email") return "ada@example.com";
  if (typeof known === "string" && (pattern === undefined || new RegExp(pattern, "u").test(known))) return known;
  if (pattern === "^[A-Z]{3}$" || name.toLowerCase().endsWith("currency")) return "USD";
  if (pattern === "^[A-Z]{2}$") return "US";
  if (pattern?.includes("\\d{4}-\\d{2}-\\d{2}")) return "2026-03-01";
  if (typeof schema["default"] === "string") return schema["default"];
  return wordOf(description) ?? UNKNOWN_TEXT;
}

/** The first of the words that a description lists: "`stripe_connect` or `bank_file`", "pending, processing or failed". */
const wordOf = (description: string): string | undefined =>
  /^`([\w.-]+)`/.exec(description)?.[1] ?? /^([a-z_]+)(?:, | or )/.exec(description)?.[1];

function numberOf(schema: Schema, name: string, isWhole: boolean): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema as { minimum?: number; maximum?: number };
  const known = BY_NAME[name];
  const isMoney = String(schema["description"]).includes("minor units");
  const wished =
    typeof known === "number"
      ? known
      : typeof schema["default"] === "number"
        ? schema["default"]
        : isMoney
          ? 1_250
          : isWhole
            ? 3
            : 0.25;
  return Math.max(minimum, Math.min(maximum, wished));
}

/** A UUID that is always the same for the same kind of thing. */
function uuidOf(what: string): string {
  const hex = createHash("sha256").update(what).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);
