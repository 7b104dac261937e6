import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import type { ApprovalCandidate, ApprovalGate, GateAnswer } from "./commission-deps.ts";
import type { CommissionRow } from "./commission-repository.ts";

/** What a gate's silence, or its failure, is given as the reason. */
const NO_ANSWER = "gate_unavailable";

/** Asks every gate about commissions, and returns why some are held, by id. What all gates allow is absent. */
export async function askGates(
  gates: readonly ApprovalGate[],
  tx: Tx,
  roots: readonly CommissionRow[],
): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  for (const gate of gates) {
    const open = roots.filter((root) => !held.has(root.id)).map(candidateOf);
    if (open.length === 0) break;
    const answers = await ask(gate, tx, open);
    for (const { commissionId } of open) {
      const answer = answers.get(commissionId);
      if (answer?.allowed !== true) held.set(commissionId, answer?.reason ?? NO_ANSWER);
    }
  }
  return held;
}

/** A gate that fails holds everything it was asked about. Its failed statement must not take the caller's transaction with it. */
async function ask(
  gate: ApprovalGate,
  tx: Tx,
  candidates: readonly ApprovalCandidate[],
): Promise<ReadonlyMap<string, GateAnswer>> {
  await sql`savepoint approval_gate`.execute(tx);
  try {
    return await gate(tx, candidates);
  } catch {
    await sql`rollback to savepoint approval_gate`.execute(tx);
    return new Map();
  } finally {
    await sql`release savepoint approval_gate`.execute(tx);
  }
}

const candidateOf = (root: CommissionRow): ApprovalCandidate => ({
  commissionId: root.id,
  partnerId: root.partner_id,
  referralId: root.referral_id,
  amount: root.amount,
  currency: root.currency,
});
