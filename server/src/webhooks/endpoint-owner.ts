import { accessErrors, type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Whose endpoints the caller asks about: its partner's, or the operator's (null). Refuses who may not. */
export function requireOwner(ctx: Ctx, act: "read" | "write"): string | null {
  const { actor } = ctx;
  if (actor.type === "anonymous") throw accessErrors.unauthenticated();
  const isPartner =
    actor.type !== "system" && (actor.partnerId !== null || (actor.type === "user" && actor.role === "partner"));
  requireScope(ctx, isPartner ? `own:webhooks:${act}` : `webhooks:${act}`);
  return isPartner ? requirePartner(ctx) : null;
}

/** Throws `feature.not_included` where the owner is a partner whose terms of now have neither webhooks nor the partner API, to which they belong. */
export async function requireWebhooks(
  { partners }: Pick<WebhookDeps, "partners">,
  tx: ReadTx,
  partnerId: string | null,
): Promise<void> {
  if (partnerId !== null) await partners.requireFeature(tx, partnerId, "webhooks", "partner_api");
}
