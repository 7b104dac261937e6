import type { TSchema } from "typebox";

/** What is said of an event in the catalogue. */
export type EventKind = {
  /** When it is told, for people. */
  readonly when: string;
  readonly data: TSchema;
  /** The operator alone is told. */
  readonly isOperatorOnly?: true;
  /** Fields of its data that partners are not told; their schema is optional. */
  readonly operatorFields?: readonly string[];
  /** It tells other fields than the other events of its object, or is the only one: none is compared with it, and `changes` is null. */
  readonly isApart?: true;
};

export type EventKinds = Readonly<Record<string, EventKind>>;

/** The same, told to the operator alone. */
export const operatorOnly = (kinds: EventKinds): EventKinds =>
  Object.fromEntries(Object.entries(kinds).map(([type, kind]) => [type, { ...kind, isOperatorOnly: true }]));
