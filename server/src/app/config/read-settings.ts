import { type Setting, type SettingValues, settings } from "./settings.ts";

/** Values of the environment that cannot be used: each with what is wrong and how to mend it. Never the value of a secret. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

const YES = new Set(["true", "1", "yes", "on"]);
const NO = new Set(["false", "0", "no", "off"]);

/** Reads every setting. An empty value counts as not given. Throws one error that names everything that is wrong. */
export function readSettings(environment: Environment): SettingValues {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const given = environment[setting.name]?.trim();
    if (given === undefined || given === "") {
      values[setting.name] = setting.default;
      continue;
    }
    const read = readValue(setting, given);
    if ("wrong" in read) problems.push(describe(setting, given, read.wrong));
    else values[setting.name] = read.value;
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return asSettingValues(values);
}

/** Each value was read by the type of its setting above. */
const asSettingValues = (values: Record<string, unknown>): SettingValues => values as unknown as SettingValues;

type Read = { readonly value: string | number | boolean } | { readonly wrong: string };

function readValue(setting: Setting, given: string): Read {
  if (setting.choices) {
    return setting.choices.includes(given)
      ? { value: given }
      : { wrong: `must be one of ${setting.choices.join(", ")}` };
  }
  switch (setting.type) {
    case "integer":
      return readWhole(setting, given);
    case "boolean":
      if (YES.has(given.toLowerCase())) return { value: true };
      return NO.has(given.toLowerCase()) ? { value: false } : { wrong: "must be true or false" };
    default:
      return setting.schemes ? readUrl(setting.schemes, given) : readText(setting, given);
  }
}

function readWhole({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Setting, given: string): Read {
  const value = Number(given);
  return /^\d+$/.test(given) && value >= minimum && value <= maximum
    ? { value }
    : { wrong: `must be a whole number from ${minimum} to ${maximum}` };
}

function readUrl(schemes: readonly string[], given: string): Read {
  const wrong = `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`;
  if (!URL.canParse(given)) return { wrong };
  return schemes.includes(new URL(given).protocol.slice(0, -1)) ? { value: given } : { wrong };
}

function readText(setting: Setting, given: string): Read {
  if (setting.pattern === undefined || new RegExp(setting.pattern).test(given)) return { value: given };
  if (setting.howTo) return { wrong: "must be 32 random bytes in base64" };
  return { wrong: setting.examples ? `must look like ${setting.examples[0]}` : `must fit ${setting.pattern}` };
}

function describe(setting: Setting, given: string, wrong: string): string {
  const shown = setting.isSecret ? "(not shown)" : JSON.stringify(given);
  const remedy = setting.howTo
    ? `Make one: ${setting.howTo}`
    : setting.examples
      ? `For example ${setting.name}=${setting.examples[0]}`
      : setting.default === undefined
        ? `Leave ${setting.name} out to use ${setting.defaultText ?? "none"}`
        : `Leave ${setting.name} out to use ${String(setting.default)}`;
  return `${setting.name} is ${shown}; it ${wrong}. ${remedy}.`;
}
