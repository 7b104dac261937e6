import { isExternalId } from "../kernel/external-id.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { requireActivePartner } from "./acting-partner.ts";
import type { CardDeps } from "./card-deps.ts";
import { partnerUserErrors } from "./card-errors.ts";
import { userEvent } from "./card-events.ts";
import { findUser, insertUser, isKnownUser } from "./card-repository.ts";
import { type PartnerUser, partnerUser } from "./card-view.ts";

export type CreatePartnerUser = {
  /** The partner's name for the user. */
  readonly externalId: string;
  readonly email?: string;
};

/**
 * Makes a customer of a partner's, tied to it for good. Partners name their users as they like: so that none can name another's customer,
 * and claim it, the partner's id goes before the name. Whether the e-mail is the user's own a partner cannot vouch for.
 */
export const createPartnerUser =
  (deps: CardDeps) =>
  (ctx: Ctx, input: CreatePartnerUser): Promise<PartnerUser> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:users:write");
      const partnerId = await requireActivePartner(deps, tx, ctx);
      await deps.partners.requireFeature(tx, partnerId, "partner_api", "api");
      const externalId = `${partnerId}:${input.externalId}`;
      if (!isExternalId(externalId)) throw partnerUserErrors.external_id_too_long({ field: "externalId" });
      if (await isKnownUser(tx, partnerId, input.externalId)) throw partnerUserErrors.exists({ field: "externalId" });
      const { referralId, customerId } = await deps.referrals.referByPartner(tx, {
        partnerId,
        externalId,
        ...(input.email === undefined ? {} : { email: input.email }),
      });
      const id = newId();
      await insertUser(tx, {
        id,
        partner_id: partnerId,
        user_id: customerId,
        external_id: input.externalId,
        referral_id: referralId,
      });
      await deps.audit.record(tx, "partner_user.created", {
        targetType: "partner_user",
        targetId: id,
        after: { partnerId, customerId, referralId },
      });
      const user = await findUser(tx, { id, partnerId });
      invariant(user !== undefined, "the user was just written");
      await deps.outbox.publish(tx, [userEvent("partner_user.created", user)]);
      return partnerUser(user);
    });
