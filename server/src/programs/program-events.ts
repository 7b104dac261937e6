import type { DomainEvent } from "../platform/outbox/index.ts";
import type { PublishedVersion } from "./plan-repository.ts";

/** Whose terms follow the plan are moved to this version before the publisher is answered. */
export type PlanPublished = {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: Date | null;
  readonly isRetroactive: boolean;
};

export const planPublished = ({
  id,
  version,
  effectiveFrom,
  isRetroactive,
}: PublishedVersion): DomainEvent<PlanPublished> => ({
  type: "plan.published",
  objectType: "plan",
  objectId: id,
  data: { id, version, effectiveFrom, isRetroactive },
});
