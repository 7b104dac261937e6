import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type ApiKey, revokeKey, revokeKeysOf } from "./api-key-repository.ts";
import type { KeyOwner } from "./api-key-rules.ts";
import { requireKeyOwner } from "./generate-api-key.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { keyErrors } from "./identity-errors.ts";
import { keyEvent } from "./identity-events.ts";

/** Ends a key: the next request with it is refused. Revoking it twice is no error; another's key is not found. */
export const revokeAPIKey = (
  parts: Pick<IdentityParts, "db" | "audit" | "outbox">,
  ctx: Ctx,
  input: { owner: KeyOwner; id: string },
): Promise<ApiKey> =>
  parts.db.transaction(ctx, async (tx) => {
    const partnerId = requireKeyOwner(ctx, input.owner);
    const revoked = await revokeKey(tx, { id: input.id, partnerId });
    if (revoked === undefined) throw keyErrors.not_found();
    if (revoked.isNew) {
      await parts.audit.record(tx, "key.revoked", { targetType: "key", targetId: input.id });
      await parts.outbox.publish(tx, [keyEvent("key.revoked", revoked.key, partnerId)]);
    }
    return revoked.key;
  });

/** Ends every key of a partner, in the transaction of what ends the partner. */
export async function revokeKeysOfPartner(
  parts: Pick<IdentityParts, "audit" | "outbox">,
  tx: Tx,
  input: { partnerId: string; reason: string },
): Promise<void> {
  const { partnerId, reason } = input;
  const revoked = await revokeKeysOf(tx, partnerId);
  for (const { id } of revoked)
    await parts.audit.record(tx, "key.revoked", { targetType: "key", targetId: id, reason });
  await parts.outbox.publish(
    tx,
    revoked.map((key) => keyEvent("key.revoked", key, partnerId)),
  );
}
