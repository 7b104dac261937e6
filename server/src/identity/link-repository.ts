import type { ReadTx, Tx } from "../platform/database/index.ts";
import { LINK_TTL_MS, type LinkPurpose } from "./one-time-link.ts";

/** Keeps a link that is about to be handed out. */
export async function insertLink(
  tx: Tx,
  link: { hash: Buffer; purpose: LinkPurpose; userId: string | null; email: string | null },
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .insertInto("user_tokens")
    .values({
      tenant_id: tenantId,
      token_hash: link.hash,
      user_id: link.userId,
      purpose: link.purpose,
      email: link.email,
      created_at: now,
      expires_at: new Date(now.getTime() + LINK_TTL_MS[link.purpose]),
    })
    .execute();
}

/** Spends a link: of two who come at once, one gets it. `email` is the address that it was sent to. */
export async function spendLink(
  tx: Tx,
  { hash, purpose }: { hash: Buffer; purpose: LinkPurpose },
): Promise<{ userId: string | null; email: string | null } | undefined> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .updateTable("user_tokens")
    .set({ used_at: now })
    .where("tenant_id", "=", tenantId)
    .where("token_hash", "=", hash)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .returning(["user_id", "email"])
    .executeTakeFirst();
  return row && { userId: row.user_id, email: row.email };
}

/** A link that could be spent now, or one that was; neither is changed. */
export async function findLink(
  tx: ReadTx,
  { hash, purpose }: { hash: Buffer; purpose: LinkPurpose },
): Promise<{ userId: string | null; email: string | null; isUsed: boolean } | undefined> {
  const row = await tx
    .selectFrom("user_tokens")
    .select(["user_id", "email", "used_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("token_hash", "=", hash)
    .where("purpose", "=", purpose)
    .where("expires_at", ">", tx.ctx.now)
    .executeTakeFirst();
  return row && { userId: row.user_id, email: row.email, isUsed: row.used_at !== null };
}

/** Makes the person's open links of a purpose worthless; `userId` null means those of nobody yet. */
export async function dropOpenLinks(
  tx: Tx,
  { userId, purpose }: { userId: string | null; purpose: LinkPurpose },
): Promise<void> {
  await tx
    .deleteFrom("user_tokens")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "is not distinct from", userId)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .execute();
}

/** Forgets links that nobody can use any more. */
export async function deleteExpiredLinks(tx: Tx, before: Date): Promise<void> {
  await tx
    .deleteFrom("user_tokens")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("expires_at", "<", before)
    .execute();
}
