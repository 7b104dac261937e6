import { DAY_MS } from "../kernel/clock.ts";
import { keyedHash, randomSecret } from "../platform/crypto/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { insertRefreshToken } from "./session-repository.ts";

/** A session that nobody uses ends after this, and one that is used ends at the latest after SESSION_TTL (OWASP Session Management). */
const SESSION_IDLE_MS = 14 * DAY_MS;
const SESSION_TTL_MS = 90 * DAY_MS;

/** What a client holds of its session. */
export type SessionTokens = {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
};

/** When a session ends, if nobody uses it again. */
export const sessionExpiry = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_TTL_MS));

export const hashRefreshToken = (parts: IdentityParts, token: string): Buffer =>
  keyedHash(parts.keys.refreshTokens, token);

/** The next pair of tokens of a session. */
export async function issueSessionTokens(
  parts: IdentityParts,
  tx: Tx,
  session: { id: string; userId: string; expiresAt: Date },
): Promise<SessionTokens> {
  const refreshToken = randomSecret();
  await insertRefreshToken(tx, { hash: hashRefreshToken(parts, refreshToken), sessionId: session.id });
  const { tenantId, now } = tx.ctx;
  const access = await parts.accessTokens.issue({ tenantId, userId: session.userId, sessionId: session.id }, now);
  return {
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken,
    refreshTokenExpiresAt: session.expiresAt,
  };
}
