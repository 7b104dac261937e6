import { RETRY_PAUSES_MS } from "./delivery-rules.ts";
import { type DescribedEvent, describedEvents } from "./describe-events.ts";
import { groupOf } from "./event-patterns.ts";
import { BY_ITSELF, OPERATIONS, REASONS } from "./operation-events.ts";

const pauseOf = (pauseMs: number): string => {
  const seconds = pauseMs / 1_000;
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
};

const HEAD = `# Webhook events

<!-- Made from the catalogue in server/src/webhooks by \`npm run webhooks\`. -->

How to receive them: [the guide](../guides/webhooks.md). \`GET /api/v1/webhooks/events\` serves the same, each with its JSON Schema.

Every body has \`id\` (also \`webhook-id\`: who has seen it has had the event), \`type\`, \`mode\` (\`live\`; \`test\` where it happened in the
test twin, and nothing of it is real), \`timestamp\`, \`data\` and \`changes\`: the fields of \`data\` that
differ from what the event before told of the same object, each with its \`old\` and \`new\` value, or null where there was none before. Amounts are integers
in minor units beside their \`currency\`. Nothing says who a customer is, and nothing holds a secret. Fields that the operator alone is told are missing from what partners get.

An attempt that is not answered 2xx within 15 seconds is repeated after ${RETRY_PAUSES_MS.map(pauseOf).join(", ")}, each with up to a fifth more; then the delivery is
dead. New fields may be added to \`data\`; none is taken away.
`;

/** docs/reference/webhooks.md. */
export function webhookReference(): string {
  const events = describedEvents();
  const groups = [...new Set(events.map(({ type }) => groupOf(type)))];
  const overview = [
    "| event | when | who |",
    "|---|---|---|",
    ...events.map(
      ({ type, when, isOperatorOnly }) =>
        `| \`${type}\` | ${when} | ${isOperatorOnly ? "operator" : "partner, operator"} |`,
    ),
  ].join("\n");
  const parts = groups.map((group) =>
    [`## ${group}`, ...kindsOf(events.filter(({ type }) => groupOf(type) === group))].join("\n\n"),
  );
  return `${[HEAD.trimEnd(), overview, ...parts, operations()].join("\n\n")}\n`;
}

/** What each request of the API tells, by its `operationId`. */
function operations(): string {
  const rows = Object.entries(OPERATIONS).map(
    ([operation, told]) =>
      `| \`${operation}\` | ${typeof told === "string" ? REASONS[told] : told.map((type) => `\`${type}\``).join(", ")} |`,
  );
  return [
    "## What requests tell",
    "By the operations of [openapi.json](../../openapi.json) that are no reading: one of the events, or some of them, by what the request changes; or why none.",
    ["| operation | tells |", "|---|---|", ...rows].join("\n"),
    `What no request tells, since time brings it about or a job of the program: ${BY_ITSELF.map((type) => `\`${type}\``).join(", ")}.`,
  ].join("\n\n");
}

/** Events that tell the same fields stand together. */
function kindsOf(events: readonly DescribedEvent[]): string[] {
  const byFields = Map.groupBy(events, ({ schema }) => JSON.stringify(dataOf(schema)));
  return [...byFields.values()].map((alike) => {
    const [first] = alike;
    if (first === undefined) return "";
    return [
      alike.map(({ type }) => `\`${type}\``).join(", "),
      ["| field | type | |", "|---|---|---|", ...fieldsOf(dataOf(first.schema))].join("\n"),
      ["```json", JSON.stringify(telling(alike) ?? first.example, null, 2), "```"].join("\n"),
    ].join("\n\n");
  });
}

/** The first example that says what has changed. */
const telling = (events: readonly DescribedEvent[]): object | undefined =>
  events.find(({ example }) => (example as { changes: object | null }).changes !== null)?.example;

type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
};

const dataOf = (schema: object): Schema => (schema as Schema).properties?.["data"] ?? {};

const fieldsOf = (schema: Schema, prefix = ""): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    field.properties === undefined
      ? [`| \`${prefix}${name}\` | ${typeOf(field)} | ${descriptionOf(field)} |`]
      : fieldsOf(field, `${prefix}${name}.`),
  );

const typeOf = ({ type, format, enum: choices, anyOf }: Schema): string =>
  anyOf !== undefined
    ? anyOf.map(typeOf).join(", ")
    : choices !== undefined
      ? choices.map((choice) => `\`${choice}\``).join(", ")
      : (format ?? type ?? "");

const descriptionOf = ({ description, anyOf }: Schema): string =>
  description ?? anyOf?.find((one) => one.description !== undefined)?.description ?? "";
