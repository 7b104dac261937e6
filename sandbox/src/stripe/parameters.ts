import { invalidParameter } from "./api-error.ts";
import type { FormFields, FormValue } from "./form-body.ts";

/** Limits of metadata: https://docs.stripe.com/api/metadata. */
const METADATA_KEYS_MAX = 50;
const METADATA_KEY_LENGTH_MAX = 40;
const METADATA_VALUE_LENGTH_MAX = 500;

export type Metadata = Record<string, string>;

/** Reads the parameters of a request. What was not read when `finish` is called is unknown to the endpoint, and refused as Stripe refuses it. */
export type Parameters = {
  text(name: string): string | undefined;
  requiredText(name: string): string;
  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined;
  /** An integer from 1 up: every amount of the API. */
  amount(name: string): number | undefined;
  integer(name: string): number | undefined;
  boolean(name: string): boolean | undefined;
  list(name: string): readonly string[] | undefined;
  /** Values by key. An empty value unsets its key, an empty text in place of all of it unsets every key. */
  metadata(): Metadata | "unset" | undefined;
  group(name: string): Parameters | undefined;
  /** `created=5`, or `created[gte]=5&created[lt]=9`: whether a number lies in it. */
  range(name: string): (value: number) => boolean;
  /** Names present: for groups whose names are data. */
  names(): readonly string[];
  /** Takes whatever is there under the name and passes over it. */
  ignore(...names: string[]): void;
  finish(): void;
};

export function readParameters(fields: FormFields, prefix = ""): Parameters {
  const read = new Set<string>();
  const groups: Parameters[] = [];
  const full = (name: string): string => (prefix === "" ? name : `${prefix}[${name}]`);
  const take = (name: string): FormValue | undefined => {
    read.add(name);
    return fields[name];
  };
  const text = (name: string): string | undefined => {
    const value = take(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw invalidParameter(full(name), `Invalid string: ${JSON.stringify(value)}`);
    return value;
  };
  const nonEmpty = (name: string): string | undefined => {
    const value = text(name);
    if (value === "") {
      const message = `You passed an empty string for '${full(name)}'. We assume empty values are an attempt to unset a parameter; however '${full(name)}' cannot be unset. You should remove '${full(name)}' from your request or supply a non-empty value.`;
      throw invalidParameter(full(name), message, "parameter_invalid_empty");
    }
    return value;
  };
  const integer = (name: string): number | undefined => {
    const value = nonEmpty(name);
    if (value === undefined) return undefined;
    const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isSafeInteger(number)) {
      throw invalidParameter(full(name), `Invalid integer: ${value}`, "parameter_invalid_integer");
    }
    return number;
  };

  const parameters: Parameters = {
    text: nonEmpty,
    requiredText(name) {
      const value = nonEmpty(name);
      if (value === undefined) {
        throw invalidParameter(full(name), `Missing required param: ${full(name)}.`, "parameter_missing");
      }
      return value;
    },
    oneOf(name, choices) {
      const value = nonEmpty(name);
      const choice = choices.find((each) => each === value);
      if (value !== undefined && choice === undefined) {
        throw invalidParameter(full(name), `Invalid ${full(name)}: must be one of ${choices.join(", ")}`);
      }
      return choice;
    },
    amount(name) {
      const value = integer(name);
      if (value !== undefined && value < 1) {
        throw invalidParameter(
          full(name),
          "This value must be greater than or equal to 1.",
          "parameter_invalid_integer",
        );
      }
      return value;
    },
    integer,
    boolean(name) {
      const value = nonEmpty(name);
      if (value === undefined) return undefined;
      if (value !== "true" && value !== "false") throw invalidParameter(full(name), `Invalid boolean: ${value}`);
      return value === "true";
    },
    list(name) {
      const value = take(name);
      if (value === undefined) return undefined;
      const entries = typeof value === "string" ? [value] : Object.values(value);
      return entries.map((entry) => {
        if (typeof entry !== "string") throw invalidParameter(full(name), "Invalid array");
        return entry;
      });
    },
    metadata: () => readMetadata(take("metadata")),
    group(name) {
      const value = take(name);
      if (value === undefined) return undefined;
      if (typeof value === "string") throw invalidParameter(full(name), "Invalid object");
      const group = readParameters(value, full(name));
      groups.push(group);
      return group;
    },
    range(name) {
      if (typeof fields[name] !== "object") {
        const exact = integer(name);
        return (value) => exact === undefined || value === exact;
      }
      const bounds = parameters.group(name);
      const [gt, gte, lt, lte] = ["gt", "gte", "lt", "lte"].map((bound) => bounds?.integer(bound));
      return (value) =>
        value > (gt ?? Number.NEGATIVE_INFINITY) &&
        value >= (gte ?? Number.NEGATIVE_INFINITY) &&
        value < (lt ?? Number.POSITIVE_INFINITY) &&
        value <= (lte ?? Number.POSITIVE_INFINITY);
    },
    names: () => Object.keys(fields),
    ignore: (...names) => names.forEach((name) => read.add(name)),
    finish() {
      const unknown = Object.keys(fields).find((name) => !read.has(name));
      if (unknown !== undefined) {
        throw invalidParameter(full(unknown), `Received unknown parameter: ${full(unknown)}`, "parameter_unknown");
      }
      for (const group of groups) group.finish();
    },
  };
  return parameters;
}

function readMetadata(value: FormValue | undefined): Metadata | "unset" | undefined {
  if (value === undefined) return undefined;
  if (value === "") return "unset";
  if (typeof value === "string") throw invalidParameter("metadata", "Invalid object");
  const metadata: Metadata = {};
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") throw invalidParameter(`metadata[${key}]`, "Metadata values must be strings");
    if (key.length > METADATA_KEY_LENGTH_MAX || text.length > METADATA_VALUE_LENGTH_MAX) {
      const message = `Metadata keys can have up to ${METADATA_KEY_LENGTH_MAX} characters, values up to ${METADATA_VALUE_LENGTH_MAX}`;
      throw invalidParameter(`metadata[${key}]`, message);
    }
    metadata[key] = text;
  }
  if (Object.keys(metadata).length > METADATA_KEYS_MAX) {
    throw invalidParameter("metadata", `Metadata can have up to ${METADATA_KEYS_MAX} keys`);
  }
  return metadata;
}

/** What an object's metadata are after a change: keys given are set, keys given empty are gone, the rest stays. */
export function changedMetadata(before: Metadata, change: Metadata | "unset" | undefined): Metadata {
  if (change === "unset") return {};
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ""));
}
