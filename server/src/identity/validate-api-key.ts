import type { Actor, PartnerTier } from "../platform/context.ts";
import { type ApiKeyRow, findApiKey } from "../platform/database/index.ts";
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
): Promise<KeyActor> {
  const sent = readBasic(credentials);
  if (sent === undefined) throw authErrors.key_invalid();
  const key = await findApiKey(parts.db, sent.id);
  const its = key && siteOf(site, key);
  if (!isRightSecret(parts.keys, sent, key?.api_secret_hash) || key === undefined || its === undefined)
    throw authErrors.key_invalid();
  return admit(parts, its, key);
}

type KeySite = CallSite & { readonly twin?: NonNullable<KeyActor["twin"]> };

/**
 * Where a key acts that is shown at a tenant: there, or in the twin of that tenant, by the clock of the twin. Undefined where it counts in neither.
 */
function siteOf(site: CallSite, key: ApiKeyRow): KeySite | undefined {
  if (key.tenant_id === site.tenantId) return site;
  if (key.live_id !== site.tenantId || key.tenant_status !== "active") return undefined;
  const twin = { tenantId: key.tenant_id, now: new Date(site.now.getTime() + Number(key.clock_offset_ms)) };
  return { ...site, ...twin, twin };
}

/**
 * The actor behind a token that a key was exchanged for. The token says which key; all else is read with every call, so that a key that is
 * revoked, an address that is not on its list and a partner that is not active are refused with the next.
 */
export async function authenticateKeyToken(
  parts: Pick<IdentityParts, "db" | "accessTokens" | "usage">,
  site: CallSite,
  token: string,
): Promise<KeyActor> {
  // A token ends by the clock of its key's tenant: so the key is read first, by what the token says of itself.
  const named = parts.accessTokens.keyNamedBy(token);
  const key = named === undefined ? undefined : await findApiKey(parts.db, named);
  const its = key && siteOf(site, key);
  const claims = await parts.accessTokens.verifyForKey(token, (its ?? site).now);
  if (key === undefined || its === undefined || claims.tenantId !== key.tenant_id) throw authErrors.token_invalid();
  const actor = admit(parts, its, key);
  requireActivePartner(key);
  return actor;
}

/** Tokens are for partners who may act: one that waits, or is suspended, has none. */
export function requireActivePartner({ partner_id, partner_status }: ApiKeyRow): void {
  if (partner_id === null || partner_status !== "active") throw authErrors.partner_inactive({ status: partner_status });
}

type KeyActor = Extract<Actor, { type: "key" }>;

/** Refuses a key that does not count now, or not from here. */
function admit(parts: Pick<IdentityParts, "usage">, site: KeySite, key: ApiKeyRow): KeyActor {
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
    ...(site.twin && { twin: site.twin }),
  };
}

/** The database keeps tiers to the four that there are (partners_tier_check). */
export const tierOf = (tier: string | null): PartnerTier | null => tier as PartnerTier | null;
