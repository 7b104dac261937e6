import { invariant } from "../kernel/invariant.ts";
import type { RecordedPartnerEvent } from "../partners/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { assessBatch } from "./assess-batch.ts";
import type { AssessmentDeps, SequenceDeps } from "./assessment-deps.ts";
import type { EventOf, PartnerAct } from "./engine/engine-event.ts";
import { loadArrivals } from "./load-arrivals.ts";

/** Listens to `partner_event.recorded`, inside the transaction of the act. A re-assessment is assessed by its own verb. */
export const assessPartnerEvents =
  (deps: AssessmentDeps & Pick<SequenceDeps, "sales">) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    const acts = events
      .map(({ data }) => partnerActOf(data as RecordedPartnerEvent))
      .filter(({ kind }) => kind !== "reassessment");
    if (acts.length > 0) await assessBatch(deps, tx, acts, await loadArrivals(deps, tx, acts));
  };

/** What the engine sees of an act. The kinds that are about one customer name it: partners and referrals record them so. */
export function partnerActOf(event: RecordedPartnerEvent): PartnerAct {
  invariant(!OF_A_REFERRAL.includes(event.kind) || event.referralId !== null, `a ${event.kind} names its referral`);
  return event as PartnerAct;
}

const OF_A_REFERRAL: readonly string[] = [
  "conversion",
  "verification",
  "fraud_hold",
  "fraud_release",
  "rejection",
  "departure",
  "arrival",
] satisfies Extract<
  PartnerAct,
  EventOf<"conversion" | "verification" | "fraud_hold" | "fraud_release" | "rejection" | "departure" | "arrival">
>["kind"][];
