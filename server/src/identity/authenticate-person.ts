import type { Actor } from "../platform/context.ts";
import { findSession } from "../platform/database/index.ts";
import { lookingScopes, ROLE_SCOPES, type Scope, TEAM_ROLE_SCOPES, type TeamRole } from "../platform/scopes.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { type CallSite, tierOf } from "./validate-api-key.ts";

/** Who is on no team may do nothing for a partner. */
const scopesOnTeam = (role: TeamRole | null): ReadonlySet<Scope> =>
  role === null ? new Set() : TEAM_ROLE_SCOPES[role];

/**
 * The actor behind an access token. The token says who; what they may do is read with every call, so that a revoked session, a disabled
 * person and a changed role count with the next. A token of another tenant is no token.
 */
export async function authenticatePerson(
  parts: Pick<IdentityParts, "db" | "accessTokens">,
  site: CallSite,
  token: string,
): Promise<Extract<Actor, { type: "user" }>> {
  const claims = await parts.accessTokens.verify(token, site.now);
  if (claims.tenantId !== site.tenantId) throw authErrors.token_invalid();
  const session = await findSession(parts.db, claims.tenantId, claims.sessionId);
  if (session === undefined || session.user_id !== claims.userId) throw authErrors.token_invalid();
  const { role } = session;
  const isOpen = session.revoked_at === null && session.expires_at > site.now && session.user_status === "active";
  if (!isOpen || role === "customer") throw authErrors.session_ended();
  const isFactorDue = session.factor_due_at !== null && session.factor_due_at <= site.now;
  if (claims.looksAs !== undefined) {
    // Who has lost the scope, or the place in the team, has lost the look.
    if (!ROLE_SCOPES[role].has("partners:look")) throw authErrors.session_ended();
    const { userId, sessionId } = claims;
    return {
      type: "user",
      userId,
      sessionId,
      role: "partner",
      ...claims.looksAs,
      scopes: lookingScopes(role),
      isLooking: true,
      looksUntil: claims.expiresAt,
      isFactorDue,
    };
  }
  return {
    type: "user",
    userId: claims.userId,
    sessionId: claims.sessionId,
    role,
    // A member of the team acts for the tenant, whatever else they are.
    partnerId: role === "partner" ? session.partner_id : null,
    partnerTier: role === "partner" ? tierOf(session.partner_tier) : null,
    teamRole: role === "partner" ? session.team_role : null,
    scopes: role === "partner" ? scopesOnTeam(session.team_role) : ROLE_SCOPES[role],
    provenAt: session.proven_at,
    isFactorDue,
  };
}
