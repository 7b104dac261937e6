import { type TSchema, Type } from "typebox";
import { exampleOf } from "../platform/http/index.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { EventKind } from "./event-kind.ts";
import { EXAMPLE_NOTHING, EXAMPLE_STATES } from "./example-states.ts";

export type DescribedEvent = {
  readonly type: string;
  readonly when: string;
  readonly isOperatorOnly: boolean;
  readonly schema: TSchema;
  readonly example: object;
};

/** The JSON Schema of the body of one type. */
function bodySchema(type: string, { data }: EventKind): TSchema {
  return Type.Object(
    {
      id: Type.String({
        format: "uuid",
        description: "The same as `webhook-id`: whoever has seen it has had the event",
      }),
      type: Type.Literal(type),
      mode: Type.Enum(["live", "test"], {
        description: "`test`: it happened in the test twin, and nothing of it is real",
      }),
      timestamp: Type.String({
        format: "date-time",
        description: "When it happened",
        examples: ["2026-03-01T12:00:00.000Z"],
      }),
      data,
      changes: Type.Union([
        Type.Record(Type.String(), Type.Object({ old: Type.Unknown(), new: Type.Unknown() }), {
          description: "Fields of `data` that differ from what the event before told of the same object",
        }),
        Type.Null(),
      ]),
    },
    { description: "New fields may be added" },
  );
}

const ID = "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42";

/** A body as the event would tell it: its object is in the state in which the event leaves it, and `changes` has the one before. */
function exampleBody(type: string, { data: schema }: EventKind): object {
  const shown = exampleOf(schema as unknown as Record<string, unknown>, {}) as Record<string, unknown>;
  for (const { field, but } of EXAMPLE_NOTHING) if (field in shown && !but.includes(type)) shown[field] = null;
  const move = EXAMPLE_STATES[type];
  const field = "state" in shown ? "state" : "status";
  if (move) shown[field] = move.now;
  return {
    id: ID,
    type,
    mode: "live",
    timestamp: "2026-03-01T12:00:00.000Z",
    data: shown,
    changes: move?.before === undefined ? null : { [field]: { old: move.before, new: move.now } },
  };
}

let described: DescribedEvent[] | undefined;

/** Every event of the catalogue with its schema and an example. */
export const describedEvents = (): DescribedEvent[] =>
  (described ??= Object.entries(CATALOGUE).map(([type, kind]) => ({
    type,
    when: kind.when,
    isOperatorOnly: kind.isOperatorOnly === true,
    schema: bodySchema(type, kind),
    example: exampleBody(type, kind),
  })));
