import type { ApprovalGate, GateAnswer } from "./commission-deps.ts";
import { findHeldReferrals } from "./due-repository.ts";

const HELD: GateAnswer = { allowed: false, reason: "fraud_hold" };
const FREE: GateAnswer = { allowed: true };

/** Holds what was earned on a customer while the recorded sequence has a fraud hold open for it. */
export const fraudHoldGate: ApprovalGate = async (tx, candidates) => {
  const held = await findHeldReferrals(
    tx,
    candidates.flatMap(({ referralId }) => referralId ?? []),
  );
  return new Map(
    candidates.map(({ commissionId, referralId }) => [commissionId, held.has(referralId ?? "") ? HELD : FREE]),
  );
};
