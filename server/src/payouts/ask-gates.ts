import { CompiledQuery } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { type TimeLimit, timeLimit } from "../platform/time-limit.ts";
import type { AskedPayout, GateAnswer, PayoutGate } from "./payout-deps.ts";

/** What a gate says that lets a payout not go. */
export type Refusal = Extract<GateAnswer, { allowed: false }>;

/** What a gate's silence, or its failure, is given as the answer. */
const NO_ANSWER: Refusal = { allowed: false, reason: "gate_unavailable", about: "payout", isLasting: false };

/** How long all gates have for all their answers: what is asked about is locked meanwhile. */
const ASKING_MAX_MS = 30_000;
/** Postgres knows no shorter limit, and takes nought for none. */
const STATEMENT_MIN_MS = 1;

/** One that is asked in pages has one time for all of them. */
export const askingTime = (lengthMs = ASKING_MAX_MS): TimeLimit => timeLimit(lengthMs);

/**
 * The first refusal of each payout, by id; what all gates let go is absent. A gate that cannot answer for a payout holds that one alone: its failed
 * statement takes neither the caller's transaction with it nor what is said of the others. What is not answered when the time is over is held likewise.
 */
export async function askGates(
  gates: readonly PayoutGate[],
  tx: ReadTx,
  payouts: readonly AskedPayout[],
  time = askingTime(),
): Promise<ReadonlyMap<string, Refusal>> {
  const refused = new Map<string, Refusal>();
  if (payouts.length === 0) return refused;
  await tx.executeQuery(CompiledQuery.raw(`savepoint payout_gates; ${limitedTo(time)}`));
  for (const gate of gates) {
    const open = payouts.filter(({ payoutId }) => !refused.has(payoutId));
    const answers = await ask(gate, tx, open, time);
    for (const { payoutId } of open) {
      const answer = answers.get(payoutId) ?? NO_ANSWER;
      if (!answer.allowed) refused.set(payoutId, answer);
    }
  }
  await tx.executeQuery(CompiledQuery.raw("release savepoint payout_gates; set local statement_timeout to default"));
  return refused;
}

const limitedTo = (time: TimeLimit): string =>
  `set local statement_timeout = ${Math.max(time.leftMs(), STATEMENT_MIN_MS)}`;

/**
 * What a gate says. Where it fails it is asked about each half, until it fails for one payout alone: of that it says nothing. One that fails for
 * being slow has had all the time, and is not asked again.
 */
async function ask(
  gate: PayoutGate,
  tx: ReadTx,
  payouts: readonly AskedPayout[],
  time: TimeLimit,
): Promise<ReadonlyMap<string, GateAnswer>> {
  if (payouts.length === 0 || time.leftMs() <= 0) return new Map();
  try {
    return await gate(tx, payouts);
  } catch {
    await tx.executeQuery(CompiledQuery.raw(`rollback to savepoint payout_gates; ${limitedTo(time)}`));
    if (payouts.length === 1) return new Map();
    const half = Math.ceil(payouts.length / 2);
    return new Map([
      ...(await ask(gate, tx, payouts.slice(0, half), time)),
      ...(await ask(gate, tx, payouts.slice(half), time)),
    ]);
  }
}
