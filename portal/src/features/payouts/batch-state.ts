import type { components } from "@tributary/sdk";

type Batch = components["schemas"]["PayoutBatch"];

/** A batch that is released ends when each of its payouts has ended. */
export const batchState = ({ status, finishedAt }: Pick<Batch, "status" | "finishedAt">): string =>
  status === "released" && finishedAt !== null ? "finished" : status;

export const STEPS = ["preview", "approve", "release", "follow"] as const;

/** How many steps a batch has behind it, and whether it goes on: one that was dropped, refused or has expired stands at none. */
export function progressOf({ status, approvedAt }: Pick<Batch, "status" | "approvedAt">): {
  readonly done: number;
  readonly goesOn: boolean;
} {
  if (status === "waiting") return { done: 1, goesOn: true };
  if (status === "ready") return { done: 2, goesOn: true };
  if (status === "released") return { done: 3, goesOn: true };
  return { done: approvedAt === null ? 1 : 2, goesOn: false };
}
