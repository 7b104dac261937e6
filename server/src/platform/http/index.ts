export type { Access, App, IdempotencyPolicy, Routes } from "./app.ts";
export type { Caller } from "./caller.ts";
export type { ObserveRequest } from "./observe.ts";
export { DOCS_PREFIX } from "./openapi.ts";
export { exampleOf } from "./openapi-examples.ts";
export { knownProblems, Problem, statusOf } from "./problem.ts";
export { ANY_TEXT } from "./request-validators.ts";
export type { HttpDeps } from "./server.ts";
export { createHttpServer, LARGE_BODY_BYTES } from "./server.ts";
export type { Headers, Redirection, Shortcut } from "./shortcut.ts";
export {
  Amount,
  AmountInput,
  Count,
  CurrencyCode,
  Id,
  Instant,
  InstantInput,
  LINE_PATTERN,
  Line,
  Nullable,
  pageOf,
  pageQuery,
  Text,
} from "./wire-schema.ts";
