import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Erasure } from "./erasure-repository.ts";
import type { Hold } from "./hold-repository.ts";

/** News of a wish to be forgotten, for the operator. It does not say who the person is, nor why: it stays when they are forgotten. */
export const erasureEvent = ({ id, userId, role, origin, status, askedAt, dueAt }: Erasure): DomainEvent => ({
  type: `erasure.${status}`,
  objectType: "erasure",
  objectId: id,
  data: { id, userId, role, origin, status, askedAt, dueAt },
});

/** News of a legal hold, for the operator: not why it stands. */
export const holdEvent = (
  type: "legal_hold.placed" | "legal_hold.lifted",
  { id, userId, placedAt, liftedAt }: Hold,
): DomainEvent => ({ type, objectType: "legal_hold", objectId: id, data: { id, userId, placedAt, liftedAt } });
