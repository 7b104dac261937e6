import { CATALOGUE } from "./catalogue.ts";
import type { EventBody } from "./fan-out.ts";

const MASKED = Object.entries(CATALOGUE).flatMap(([type, { operatorFields }]) =>
  operatorFields === undefined ? [] : [{ mark: `"type":"${type}"`, type, fields: new Set(operatorFields) }],
);

/** A body as its receiver may read it: a partner (the operator is null) is not told the fields that are the operator's alone. */
export function bodyFor(partnerId: string | null, body: string): string {
  if (partnerId === null) return body;
  // Most are of other types, and are not read for that.
  if (!MASKED.some(({ mark }) => body.includes(mark))) return body;
  const event = JSON.parse(body) as EventBody;
  const masked = MASKED.find(({ type }) => type === event.type);
  if (masked === undefined) return body;
  const without = <Of extends object>(of: Of): Of =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !masked.fields.has(name))) as Of;
  return JSON.stringify({ ...event, data: without(event.data), changes: event.changes && without(event.changes) });
}
