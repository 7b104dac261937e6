import { byBytes } from "../../kernel/by-bytes.ts";
import type { EngineEvent, Ties } from "./engine-event.ts";

const RANK: Readonly<Partial<Record<EngineEvent["kind"], number>>> = {
  payment: 1,
  card: 1,
  refund: 2,
  chargeback: 2,
  chargeback_won: 3,
  dispute_resolved: 4,
};

/**
 * Events as their dates have them: acts before transactions of the same instant, and what a person decides of these after them, what is reversed before what reverses it (also where its
 * date says otherwise), a re-attributed customer's arrival before what was recorded of it since, then what `ties` names, and the recorded order where nothing else decides.
 */
export function inDateOrder(events: readonly EngineEvent[], ties?: Ties): EngineEvent[] {
  const dates = new Map<string, number>();
  // By rank, so that the date of what is reversed is there before the date of what reverses it.
  for (const event of events.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const original = "originalId" in event ? dates.get(event.originalId ?? "") : undefined;
    dates.set(event.id, Math.max(event.occurredAt.getTime(), original ?? 0));
  }
  const arrivals = new Map(events.flatMap((one) => (one.kind === "arrival" ? [[one.referralId, one] as const] : [])));
  for (const { id, referralId, occurredAt } of events) {
    const arrival = arrivals.get(referralId ?? "")?.occurredAt ?? occurredAt;
    dates.set(id, Math.max(dates.get(id) ?? 0, arrival.getTime()));
  }
  // The sort is stable: events come in recorded order, and keep it where nothing else decides.
  return events.toSorted(
    (a, b) =>
      (dates.get(a.id) ?? 0) - (dates.get(b.id) ?? 0) ||
      rankOf(a) - rankOf(b) ||
      (ties === "external_id" ? byBytes(nameOf(a), nameOf(b)) : 0),
  );
}

/** Acts have no name outside: they keep their order. */
const nameOf = (event: EngineEvent): string => ("externalId" in event ? event.externalId : "");

const rankOf = ({ kind }: EngineEvent): number => RANK[kind] ?? 0;
