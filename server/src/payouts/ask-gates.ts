import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import type { AskedPayout, GateAnswer, PayoutGate } from "./payout-deps.ts";

type Refusal = Extract<GateAnswer, { allowed: false }>;

/** What a gate's silence, or its failure, is given as the answer. */
const NO_ANSWER: Refusal = { allowed: false, reason: "gate_unavailable", about: "payout", isLasting: false };

/**
 * The first refusal of each payout, by id; what all gates let go is absent. A gate that cannot answer for a payout holds that one alone: its failed
 * statement takes neither the caller's transaction with it nor what is said of the others.
 */
export async function askGates(
  gates: readonly PayoutGate[],
  tx: ReadTx,
  payouts: readonly AskedPayout[],
): Promise<ReadonlyMap<string, Refusal>> {
  const refused = new Map<string, Refusal>();
  if (payouts.length === 0) return refused;
  await sql`savepoint payout_gates`.execute(tx);
  for (const gate of gates) {
    const open = payouts.filter(({ payoutId }) => !refused.has(payoutId));
    const answers = await ask(gate, tx, open);
    for (const { payoutId } of open) {
      const answer = answers.get(payoutId) ?? NO_ANSWER;
      if (!answer.allowed) refused.set(payoutId, answer);
    }
  }
  await sql`release savepoint payout_gates`.execute(tx);
  return refused;
}

/** What a gate says. Where it fails it is asked about each half, until it fails for one payout alone: of that it says nothing. */
async function ask(
  gate: PayoutGate,
  tx: ReadTx,
  payouts: readonly AskedPayout[],
): Promise<ReadonlyMap<string, GateAnswer>> {
  if (payouts.length === 0) return new Map();
  try {
    return await gate(tx, payouts);
  } catch {
    await sql`rollback to savepoint payout_gates`.execute(tx);
    if (payouts.length === 1) return new Map();
    const half = Math.ceil(payouts.length / 2);
    return new Map([...(await ask(gate, tx, payouts.slice(0, half))), ...(await ask(gate, tx, payouts.slice(half)))]);
  }
}
