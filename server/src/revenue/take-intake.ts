import { createHash } from "node:crypto";
import { hasCode } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type RecordingOutcome, type ReportedTransaction, toResult, transactionErrors } from "../sales/index.ts";
import type { Movement } from "./movement.ts";
import { findKept, keepMovements } from "./movement-repository.ts";
import { isUnknownCustomer, orderLater } from "./record-waiting.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { revenueErrors } from "./revenue-errors.ts";
import type { IntakeResponse } from "./revenue-schema.ts";
import { noteHeard, takeTurn } from "./source-repository.ts";

/** A message of a generic source whose signature was verified. */
export type IntakeMessage = {
  readonly sourceId: string;
  /** The sender's name for it, the same in every delivery. */
  readonly id: string;
  readonly body: Buffer;
  readonly events: readonly ReportedTransaction[];
};

const ROUTE = "POST /api/v1/intake/:sourceId";

/**
 * Records what a billing system told, in one transaction with the note that it did, and answers for each event. A delivery of the same
 * message is answered with what the first one was; another message under its id is refused. An event whose customer is unknown is kept
 * until the customer is known.
 */
export const takeIntake =
  (deps: RevenueDeps) =>
  async (caller: Ctx, { sourceId, id, body, events }: IntakeMessage): Promise<IntakeResponse> => {
    const requestHash = createHash("sha256").update(body).digest();
    const ctx: Ctx = {
      ...caller,
      actor: { type: "system", job: `intake ${sourceId}` },
      idempotency: { key: id, route: ROUTE, requestHash, isSecret: false },
    };
    try {
      return await deps.db.transaction(ctx, async (tx) => {
        await takeTurn(tx, sourceId);
        await noteHeard(tx, sourceId);
        await deps.inbox.noteDone(tx, { source: "intake", externalId: `${sourceId} ${id}`, type: "transactions" });
        return { results: await recordOrKeep(deps, tx, { sourceId, events }) };
      });
    } catch (error) {
      if (hasCode(error, "idempotency.key_reused")) throw revenueErrors.message_id_reused({}, error);
      throw error;
    }
  };

async function recordOrKeep(
  deps: RevenueDeps,
  tx: Tx,
  { sourceId, events }: Pick<IntakeMessage, "sourceId" | "events">,
): Promise<IntakeResponse["results"]> {
  const outcomes = await deps.sales.recordInside(tx, events);
  const unmatched = events.filter((_, index) => isUnknownCustomer(outcomes[index]));
  await keepMovements(tx, sourceId, unmatched.map(asMovement), "customer_unknown");
  const kept = new Map((await findKept(tx, sourceId, unmatched.map(nameOf))).map((one) => [one.externalId, one]));
  await orderLater(tx, outcomes.flatMap(recordedId));
  return events.map((event, index) => {
    const { externalId } = event;
    const outcome = outcomes[index];
    if (!isUnknownCustomer(outcome)) return { externalId, ...toResult(outcome) };
    const first = kept.get(externalId);
    invariant(first !== undefined, "what nobody is known for is kept");
    if (isSame(first, asMovement(event))) return { externalId, status: "unmatched" as const };
    return {
      externalId,
      ...toResult({ status: "rejected", error: transactionErrors.conflict({ field: "externalId" }) }),
    };
  });
}

const nameOf = ({ externalId }: ReportedTransaction): string => externalId;

const recordedId = (outcome: RecordingOutcome): string[] => (outcome.status === "recorded" ? [outcome.id] : []);

const asMovement = (event: ReportedTransaction): Movement => ({
  externalId: event.externalId,
  kind: event.kind,
  amount: event.amount,
  currency: event.currency,
  tax: event.tax,
  revenue: event.revenue,
  product: event.product ?? null,
  planCode: event.planCode ?? null,
  country: event.country ?? null,
  occurredAt: event.occurredAt,
  providerCustomerId: null,
  customerExternalId: event.customerExternalId,
  email: null,
  paymentIds: [],
  originalExternalId: event.originalExternalId,
});

/** Whether a movement says again what is kept. */
const isSame = (kept: Movement, told: Movement): boolean =>
  kept.kind === told.kind &&
  kept.amount === told.amount &&
  kept.currency === told.currency &&
  kept.tax === told.tax &&
  kept.revenue === told.revenue &&
  kept.product === told.product &&
  kept.planCode === told.planCode &&
  kept.country === told.country &&
  kept.occurredAt.getTime() === told.occurredAt.getTime() &&
  kept.customerExternalId === told.customerExternalId &&
  kept.originalExternalId === told.originalExternalId;
