import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";

/** News of the test twin, in its live tenant. */
export const twinEvent = (
  type: "test_twin.created" | "test_twin.refreshed" | "test_twin.removed",
  tenantId: string,
): DomainEvent => ({
  type,
  objectType: "test_twin",
  objectId: derivedId("test_twin", tenantId),
  data: { isThere: type !== "test_twin.removed" },
});

/** That the clock of a twin is moved, in the twin. */
export const clockEvent = (tenantId: string, movingTo: Date): DomainEvent => ({
  type: "test_clock.moved",
  objectType: "test_clock",
  objectId: derivedId("test_clock", tenantId),
  data: { movingTo },
});
