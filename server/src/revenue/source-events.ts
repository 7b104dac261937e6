import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Source } from "./source-repository.ts";

/** News of a billing system: never with its secret. */
export const sourceEvent = (
  type: "revenue_source.created" | "revenue_source.updated" | "revenue_source.secret_rotated",
  { id, kind, name, isEnabled, hasSecret, previousSecretUntil }: Source,
): DomainEvent => ({
  type,
  objectType: "revenue_source",
  objectId: id,
  data: { id, kind, name, isEnabled, hasSecret, previousSecretUntil },
});
