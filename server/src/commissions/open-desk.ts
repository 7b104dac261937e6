import type { Actor } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { type DisputeRow, lockDispute } from "./dispute-repository.ts";
import { isUnsettled } from "./dispute-rules.ts";

/** Locks a dispute that is not settled. `ownerId` is the partner who asks, where one does: another's is not found. */
export async function lockUnsettled(tx: Tx, disputeId: string, ownerId?: string): Promise<DisputeRow> {
  const dispute = await lockDispute(tx, disputeId);
  if (dispute === undefined || (ownerId !== undefined && dispute.partner_id !== ownerId))
    throw commissionErrors.dispute_not_found();
  if (!isUnsettled(dispute.status)) throw commissionErrors.dispute_settled({ status: dispute.status });
  return dispute;
}

/** The person behind an actor: of a key, who made it. Null where the program acts. */
export async function personBehind(
  { people }: { readonly people: Pick<CommissionDeps["people"], "makerOfKey"> },
  tx: Tx,
  actor: Actor,
): Promise<string | null> {
  if (actor.type === "user") return actor.userId;
  return actor.type === "key" ? people.makerOfKey(tx, actor.keyId) : null;
}

/** Who wrote something: a person or a key. */
export const authorOf = (actor: Actor): string | null =>
  actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;
