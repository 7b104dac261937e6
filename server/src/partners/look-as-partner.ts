import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { getPartner } from "./partner-repository.ts";

export type Look = { readonly accessToken: string; readonly expiresAt: Date };

/**
 * Lets a member of the team see what a partner sees. The token reads what the partner may read, changes nothing, and ends by itself, or with
 * the session of who asked. The trail has it with its reason. Throws `access.person_required` for whoever is no person.
 */
export const lookAsPartner =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, reason }: { readonly partnerId: string; readonly reason: string }): Promise<Look> => {
    requireScope(ctx, "partners:look");
    return deps.db.transaction(ctx, async (tx) => {
      const { actor } = ctx;
      if (actor.type !== "user") throw accessErrors.person_required();
      const { tier } = await getPartner(tx, partnerId);
      const { userId, sessionId } = actor;
      const look = await deps.people.issueLook(ctx, { userId, sessionId, partnerId, partnerTier: tier });
      await deps.audit.record(tx, "partner.looked_at", {
        targetType: "partner",
        targetId: partnerId,
        after: { until: look.expiresAt.toISOString() },
        reason,
      });
      return { accessToken: look.token, expiresAt: look.expiresAt };
    });
  };
