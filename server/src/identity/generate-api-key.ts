import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Scope } from "../platform/scopes.ts";
import { findOwnMode } from "../tenants/index.ts";
import { hashApiSecret, newApiKey } from "./api-key.ts";
import { type ApiKey, insertApiKey, lockAndCountKeys } from "./api-key-repository.ts";
import { type KeyOwner, normalBlock, refusedScopes } from "./api-key-rules.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { keyErrors } from "./identity-errors.ts";
import { keyEvent } from "./identity-events.ts";
import { requireRecentProof } from "./recent-proof.ts";

/** Enough to have one for each system and to change them one by one. */
export const ACTIVE_KEYS_MAX: Readonly<Record<KeyOwner, number>> = { partner: 5, operator: 50 };

export type GenerateAPIKey = {
  readonly owner: KeyOwner;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly ipAllowList?: readonly string[];
  readonly expiresAt?: Date | null;
};

/** Whose keys the caller asks about; refuses who may not. */
export function requireKeyOwner(ctx: Ctx, owner: KeyOwner): string | null {
  requireScope(ctx, owner === "partner" ? "own:keys:write" : "keys:write");
  return owner === "partner" ? requirePartner(ctx) : null;
}

/**
 * Makes a key. Its secret is in this answer and nowhere else. Throws `key.scope_refused` where the giver asks for more than they have, or
 * for what no key may have; `auth.step_up_required`.
 */
export async function generateAPIKey(
  parts: Pick<IdentityParts, "db" | "audit" | "outbox" | "keys">,
  ctx: Ctx,
  input: GenerateAPIKey,
): Promise<ApiKey & { secret: string }> {
  return parts.db.transaction(ctx, async (tx) => {
    const partnerId = requireKeyOwner(ctx, input.owner);
    // A key outlives the session that made it: a session that was stolen must not be enough.
    requireRecentProof(ctx);
    const { actor, now } = ctx;
    const giver = actor.type === "user" || actor.type === "key" ? actor.scopes : undefined;
    const refused = refusedScopes({ wanted: input.scopes, owner: input.owner, giver });
    if (refused.length > 0) throw keyErrors.scope_refused({ scopes: refused });
    const expiresAt = input.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= now) throw keyErrors.expiry_past();
    const ipAllowList = (input.ipAllowList ?? []).map((entry) => {
      const block = normalBlock(entry);
      if (block === undefined) throw keyErrors.address_invalid({ address: entry });
      return block;
    });
    const limit = ACTIVE_KEYS_MAX[input.owner];
    if ((await lockAndCountKeys(tx, partnerId)) >= limit) throw keyErrors.too_many({ limit });

    const { id: apiKey, secret } = newApiKey(await findOwnMode(tx));
    const key = await insertApiKey(tx, {
      partnerId,
      name: input.name,
      apiKey,
      secretHash: hashApiSecret(parts.keys, { id: apiKey, secret }),
      scopes: [...new Set(input.scopes)],
      ipAllowList,
      createdBy: actor.type === "user" ? actor.userId : null,
      expiresAt,
    });
    await parts.audit.record(tx, "key.created", {
      targetType: "key",
      targetId: key.id,
      after: { partnerId, ...(partnerId === null && { name: key.name }), scopes: key.scopes, ipAllowList, expiresAt },
    });
    await parts.outbox.publish(tx, [keyEvent("key.created", key, partnerId)]);
    return { ...key, secret };
  });
}
