import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Page, PageRequest, ReadTx, Tx } from "../platform/database/index.ts";
import { selectPage } from "../platform/database/index.ts";

/** A sign-in on one device. */
export type Session = {
  readonly id: string;
  readonly userAgent: string | null;
  readonly network: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
};

/** Why a session ended. */
export type RevocationReason =
  | "signed_out"
  | "revoked"
  | "refresh_reused"
  | "password_reset"
  | "user_disabled"
  | "erased"
  | "factor_added"
  | "factors_reset";

export async function insertSession(
  tx: Tx,
  session: {
    userId: string;
    userAgent: string | null;
    network: string | null;
    visitorId: string | null;
    expiresAt: Date;
  },
): Promise<string> {
  const { tenantId, now } = tx.ctx;
  const id = newId();
  await tx
    .insertInto("sessions")
    .values({
      tenant_id: tenantId,
      id,
      user_id: session.userId,
      user_agent: session.userAgent,
      ip_truncated: session.network,
      visitor_id: session.visitorId,
      created_at: now,
      last_used_at: now,
      proven_at: now,
      expires_at: session.expiresAt,
    })
    .execute();
  return id;
}

/** A session that may still be refreshed, with its person; locked, so that a revocation and a refresh cannot cross. */
export async function lockOpenSession(tx: Tx, id: string): Promise<{ userId: string; createdAt: Date } | undefined> {
  const row = await tx
    .selectFrom("sessions")
    .innerJoin("users", (join) =>
      join.onRef("users.tenant_id", "=", "sessions.tenant_id").onRef("users.id", "=", "sessions.user_id"),
    )
    .select(["sessions.user_id", "sessions.created_at"])
    .where("sessions.tenant_id", "=", tx.ctx.tenantId)
    .where("sessions.id", "=", id)
    .where("sessions.revoked_at", "is", null)
    .where("sessions.expires_at", ">", tx.ctx.now)
    .where("users.status", "=", "active")
    .forUpdate("sessions")
    .executeTakeFirst();
  return row && { userId: row.user_id, createdAt: row.created_at };
}

/** Notes that a session is in use. `visitorId` is whom the browser's tracking cookie names by now; null leaves what was noted. */
export async function extendSession(
  tx: Tx,
  { id, expiresAt, visitorId }: { id: string; expiresAt: Date; visitorId: string | null },
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .updateTable("sessions")
    .set({ last_used_at: now, expires_at: expiresAt, ...(visitorId !== null && { visitor_id: visitorId }) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
}

/** Notes that the person of a session has shown again who they are. */
export async function noteProof(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ proven_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

/** Ends one session of a person, or all of them but `exceptId`. Returns the ids of those that were open. */
export async function revokeSessions(
  tx: Tx,
  which: { userId: string; id?: string; exceptId?: string },
  reason: RevocationReason,
): Promise<string[]> {
  const { tenantId, now } = tx.ctx;
  let update = tx
    .updateTable("sessions")
    .set({ revoked_at: now, revoked_reason: reason })
    .where("tenant_id", "=", tenantId)
    .where("user_id", "=", which.userId)
    .where("revoked_at", "is", null);
  if (which.id !== undefined) update = update.where("id", "=", which.id);
  if (which.exceptId !== undefined) update = update.where("id", "<>", which.exceptId);
  const rows = await update.returning("id").execute();
  return rows.map((row) => row.id);
}

/** Open sessions of a person. */
export async function findOpenSessions(tx: ReadTx, userId: string, page: PageRequest): Promise<Page<Session>> {
  const { data, nextCursor } = await selectPage(
    tx
      .selectFrom("sessions")
      .select(["id", "user_agent", "ip_truncated", "created_at", "last_used_at", "expires_at"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("user_id", "=", userId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", tx.ctx.now),
    page,
    { sorts: { createdAt: { column: "created_at", type: "timestamptz" } }, defaultSort: "-createdAt", idColumn: "id" },
  );
  return {
    nextCursor,
    data: data.map((row) => ({
      id: row.id,
      userAgent: row.user_agent,
      network: row.ip_truncated,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    })),
  };
}

export async function insertRefreshToken(tx: Tx, token: { hash: Buffer; sessionId: string }): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .insertInto("refresh_tokens")
    .values({ tenant_id: tenantId, token_hash: token.hash, session_id: token.sessionId, created_at: now })
    .execute();
}

/** Spends a refresh token: of two who come at once, one gets it, and the other finds it spent. */
export async function spendRefreshToken(tx: Tx, hash: Buffer): Promise<string | undefined> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .updateTable("refresh_tokens")
    .set({ used_at: now })
    .where("tenant_id", "=", tenantId)
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .returning("session_id")
    .executeTakeFirst();
  return row?.session_id;
}

/** The session that a token belongs to, spent or not, and its person. */
export async function findSessionOfToken(
  tx: ReadTx,
  hash: Buffer,
): Promise<{ sessionId: string; userId: string } | undefined> {
  const row = await tx
    .selectFrom("refresh_tokens")
    .innerJoin("sessions", (join) =>
      join
        .onRef("sessions.tenant_id", "=", "refresh_tokens.tenant_id")
        .onRef("sessions.id", "=", "refresh_tokens.session_id"),
    )
    .select(["sessions.id", "sessions.user_id"])
    .where("refresh_tokens.tenant_id", "=", tx.ctx.tenantId)
    .where("refresh_tokens.token_hash", "=", hash)
    .executeTakeFirst();
  return row && { sessionId: row.id, userId: row.user_id };
}

/** Forgets the tokens of sessions that ended; the sessions themselves stay, as part of who did what. */
export async function deleteTokensOfEndedSessions(tx: Tx, endedBefore: Date): Promise<void> {
  await tx
    .deleteFrom("refresh_tokens")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("session_id", "in", (sessions) =>
      sessions
        .selectFrom("sessions")
        .select("id")
        .where("tenant_id", "=", tx.ctx.tenantId)
        .where((where) => where.or([where("expires_at", "<", endedBefore), where("revoked_at", "<", endedBefore)])),
    )
    .execute();
}

/** The networks that a person has signed in from since an instant; coarse, as they are kept. */
export async function findNetworksOf(
  tx: ReadTx,
  { userId, since }: { readonly userId: string; readonly since: Date },
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom("sessions")
    .select("ip_truncated")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where("created_at", ">=", since)
    .execute();
  return new Set(rows.flatMap(({ ip_truncated }) => ip_truncated ?? []));
}

/** More visitors than any customer has clicks that count. */
const VISITORS_MAX = 1_000;

/** The people who have signed in with the browsers of these visitors. */
export async function findUsersOfVisitors(tx: ReadTx, visitorIds: readonly string[]): Promise<Set<string>> {
  invariant(visitorIds.length <= VISITORS_MAX, "callers look at few clicks");
  if (visitorIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom("sessions")
    .select("user_id")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("visitor_id", "in", [...visitorIds])
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** Whom the tracking cookies of the browsers name in which somebody has signed in. */
export async function findVisitorsOf(tx: ReadTx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("sessions")
    .select("visitor_id")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where("visitor_id", "is not", null)
    .execute();
  return rows.flatMap(({ visitor_id }) => visitor_id ?? []);
}
