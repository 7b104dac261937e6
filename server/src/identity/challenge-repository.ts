import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

export type ChallengePurpose = "second_factor" | "step_up" | "passkey_sign_in" | "passkey_enrolment";

/** Long enough to find the phone. */
export const CHALLENGE_TTL_MS = 10 * 60_000;

export type Challenge = { readonly userId: string | null; readonly challenge: string; readonly expiresAt: Date };

export async function insertChallenge(
  tx: Tx,
  of: { hash: Buffer; purpose: ChallengePurpose; userId: string | null; challenge: string },
): Promise<Date> {
  const { tenantId, now } = tx.ctx;
  const expiresAt = new Date(now.getTime() + CHALLENGE_TTL_MS);
  await tx
    .insertInto("factor_challenges")
    .values({
      tenant_id: tenantId,
      token_hash: of.hash,
      purpose: of.purpose,
      user_id: of.userId,
      challenge: of.challenge,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return expiresAt;
}

/** One that could be answered now. */
export async function findChallenge(
  tx: ReadTx,
  { hash, purpose }: { hash: Buffer; purpose: ChallengePurpose },
): Promise<Challenge | undefined> {
  const row = await tx
    .selectFrom("factor_challenges")
    .select(["user_id", "challenge", "expires_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("token_hash", "=", hash)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", tx.ctx.now)
    .executeTakeFirst();
  return row && { userId: row.user_id, challenge: row.challenge, expiresAt: row.expires_at };
}

/** Answers one: of two who come at once one does. */
export async function spendChallenge(tx: Tx, hash: Buffer): Promise<boolean> {
  const row = await tx
    .updateTable("factor_challenges")
    .set({ used_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", tx.ctx.now)
    .returning("token_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes worthless what somebody has begun and not ended: after another password, or other factors. */
export async function dropChallengesOf(tx: Tx, userId: string): Promise<void> {
  await sql`delete from factor_challenges where tenant_id = ${tx.ctx.tenantId} and user_id = ${userId}`.execute(tx);
}

export async function deleteExpiredChallenges(tx: Tx, before: Date): Promise<void> {
  await sql`delete from factor_challenges where tenant_id = ${tx.ctx.tenantId} and expires_at < ${before}`.execute(tx);
}
