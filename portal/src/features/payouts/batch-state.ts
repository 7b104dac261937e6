import type { components } from "@tributary/sdk";

type Batch = components["schemas"]["PayoutBatch"];

/** A batch that is released ends when each of its payouts has ended. */
export const batchState = ({ status, finishedAt }: Pick<Batch, "status" | "finishedAt">): string =>
  status === "released" && finishedAt !== null ? "finished" : status;

export const STEPS = ["preview", "approve", "release", "follow"] as const;

/** Where a batch stands on its way. */
export const stepOf = (batch: Pick<Batch, "status" | "finishedAt">): (typeof STEPS)[number] =>
  (({ waiting: "approve", ready: "release" }) as const)[batch.status as "waiting" | "ready"] ?? "follow";
