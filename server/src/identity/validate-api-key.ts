import type { Actor, PartnerTier } from "../platform/context.ts";
import { findApiKey } from "../platform/database/index.ts";
import { isRightSecret, readBasic } from "./api-key.ts";
import { effectiveScopes, isAddressAllowed } from "./api-key-rules.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";

/** Where and when a credential is shown: it counts in its own tenant alone. */
export type CallSite = { readonly tenantId: string; readonly now: Date; readonly ip: string | null };

/**
 * The actor behind basic credentials `id:secret`. Who does not know the secret learns nothing: no such key, a wrong secret and a key of
 * another tenant are all `auth.key_invalid`. Who knows it is told why it does not count. Read from the database with every call, so that a
 * revocation counts with the next.
 */
export async function validateAPIKey(
  parts: Pick<IdentityParts, "db" | "keys" | "usage">,
  site: CallSite,
  credentials: string,
): Promise<Extract<Actor, { type: "key" }>> {
  const sent = readBasic(credentials);
  if (sent === undefined) throw authErrors.key_invalid();
  const key = await findApiKey(parts.db, sent.id);
  if (!isRightSecret(parts.keys, sent, key?.api_secret_hash) || key === undefined || key.tenant_id !== site.tenantId)
    throw authErrors.key_invalid();
  if (key.status === "revoked" || key.partner_status === "terminated") throw authErrors.key_revoked();
  if (key.status === "expired" || (key.expires_at !== null && key.expires_at <= site.now))
    throw authErrors.key_expired();
  if (!isAddressAllowed(site.ip, key.ip_allow_list)) throw authErrors.key_address_refused();

  parts.usage.note({ tenantId: key.tenant_id, id: key.id, lastUsedAt: key.last_used_at, now: site.now });
  return {
    type: "key",
    keyId: key.id,
    partnerId: key.partner_id,
    partnerTier: tierOf(key.partner_tier),
    scopes: effectiveScopes(key.permissions, key.partner_id === null ? "operator" : "partner"),
  };
}

/** The database keeps tiers to the four that there are (partners_tier_check). */
export const tierOf = (tier: string | null): PartnerTier | null => tier as PartnerTier | null;
