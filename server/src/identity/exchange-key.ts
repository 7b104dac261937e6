import { CatalogueError } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import { findApiKey } from "../platform/database/index.ts";
import { networkOf, requireAllowed } from "../platform/rate-limit/index.ts";
import { authenticatePartnerAPI } from "./authenticate-partner.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { requireActivePartner, validateAPIKey } from "./validate-api-key.ts";

export type KeyToken = { readonly accessToken: string; readonly expiresAt: Date; readonly scopes: string[] };

/**
 * Gives a partner's key a token for ten minutes, so that the secret need not travel with every call. The same guards stand here as before a
 * call with the key itself, and what is refused counts by address.
 */
export async function exchangeKey(
  parts: IdentityParts,
  ctx: Ctx,
  { apiKey, apiSecret }: { readonly apiKey: string; readonly apiSecret: string },
): Promise<KeyToken> {
  try {
    const credentials = Buffer.from(`${apiKey}:${apiSecret}`).toString("base64");
    const actor = await validateAPIKey(parts, ctx, credentials);
    authenticatePartnerAPI({ ...ctx, actor });
    const key = await findApiKey(parts.db, apiKey);
    if (key === undefined) throw authErrors.key_invalid();
    requireActivePartner(key);
    const { tenantId, now } = actor.twin ?? ctx;
    const { token, expiresAt } = await parts.accessTokens.issueForKey({ tenantId, apiKey }, now);
    return { accessToken: token, expiresAt, scopes: [...actor.scopes] };
  } catch (error) {
    if (error instanceof CatalogueError) requireAllowed(await parts.limits.consume("refused", networkOf(ctx.ip)));
    throw error;
  }
}
