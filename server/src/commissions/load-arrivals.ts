import { invariant } from "../kernel/invariant.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { transactionEventOf } from "./assess-transactions.ts";
import type { SequenceDeps } from "./assessment-deps.ts";
import type { EngineEvent } from "./engine/engine-event.ts";

/** What customers bring from other partners: by arrival, its transactions in the order that the arrival recorded. */
export async function loadArrivals(
  { sales }: Pick<SequenceDeps, "sales">,
  tx: ReadTx,
  events: readonly EngineEvent[],
): Promise<Map<string, readonly EngineEvent[]>> {
  const arrivals = events.filter((event) => event.kind === "arrival");
  const ids = [...new Set(arrivals.flatMap(({ data }) => data.history))];
  const transactions = new Map(
    ids.length === 0
      ? []
      : (await sales.findRecorded(tx, ids)).flatMap((one) => {
          const event = transactionEventOf(one);
          return event === undefined ? [] : [[event.id, event] as const];
        }),
  );
  return new Map(
    arrivals.map(({ id, data }) => [
      id,
      data.history.map((one) => {
        const event = transactions.get(one);
        invariant(event, "an arrival names recorded transactions, and these are never deleted");
        return event;
      }),
    ]),
  );
}
