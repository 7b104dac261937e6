import type { operations } from "./generated/openapi.ts";
import type { ROUTES } from "./generated/routes.ts";

/** The name of an operation, as the API's document has it. */
export type OperationId = keyof typeof ROUTES;

type Parameters<Id extends OperationId> = operations[Id]["parameters"];
type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { "application/json": infer Json } };
}
  ? Json
  : operations[Id] extends { requestBody?: { content: { "application/json": infer Json } } }
    ? Json | undefined
    : undefined;

/** A part of the input: absent where the operation has none, optional where nothing in it is required. */
type Part<Name extends string, Value> = [Exclude<Value, undefined>] extends [never]
  ? unknown
  : undefined extends Value
    ? { readonly [Key in Name]?: Exclude<Value, undefined> }
    : Record<never, never> extends Value
      ? { readonly [Key in Name]?: Value }
      : { readonly [Key in Name]: Value };

/** What an operation is given: the places in its path, its query, its body. */
export type Input<Id extends OperationId> = Part<
  "path",
  Parameters<Id> extends { path: infer Path } ? Path : undefined
> &
  Part<"query", Parameters<Id> extends { query?: infer Query } ? Query : undefined> &
  Part<"body", Body<Id>>;

type Responses<Id extends OperationId> = operations[Id]["responses"];
type Success<Id extends OperationId> = Responses<Id>[Extract<keyof Responses<Id>, 200 | 201 | 202>];

/** What it answers: the object, a file (`Blob`), or null where there is nothing to say. */
export type Output<Id extends OperationId> = (typeof ROUTES)[Id] extends { isFile: true }
  ? Blob
  : Success<Id> extends { content: { "application/json": infer Json } }
    ? Json
    : null;
