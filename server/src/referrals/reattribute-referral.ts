import { isId, newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { holdReferral } from "./admit-customer.ts";
import { findVisitors, standingsOf } from "./attribute-referral.ts";
import { validateReferralCode } from "./click-rules.ts";
import { findLinksByCode } from "./link-repository.ts";
import type { Referral } from "./referral.ts";
import type { PartnerFacts, ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import {
  findReferral,
  findReferralsOfCustomers,
  markReattributed,
  saveReattributed,
  saveReferral,
} from "./referral-repository.ts";
import { type OperatorReferral, viewForOperator } from "./referral-view.ts";

export type Reattribution = {
  readonly referralId: string;
  /** The id or a referral code of the partner whose the customer is to be. */
  readonly partner: string;
  readonly reason: string;
};

/**
 * An admin gives a converted customer to another partner. The referral ends and another takes its place; what nobody has been paid for is
 * taken back from the one and earned by the other before this returns. What was paid stays (docs/adr/0016).
 */
export const reattributeReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: Reattribution): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const before = await holdReferral(deps, tx, await findReferral(tx, input.referralId));
      await requireAttributed(tx, before);
      const partner = await findTarget(deps, tx, input.partner);
      if (partner.id === before.partnerId) throw referralErrors.already_theirs();
      const partnerIds = [before.partnerId, partner.id];
      await deps.partners.lockSequences(tx, partnerIds);
      const termsId = await requireEligible(deps, tx, partner.id, before);

      const handover = await deps.commissions.prepareHandover(tx, { referralId: before.id, partnerIds });
      const former = await markReattributed(tx, { id: before.id, reason: input.reason, at: ctx.now });
      const successor = await saveReferral(
        tx,
        successorOf(before, { partner, termsId, reason: input.reason, at: ctx.now }),
      );
      invariant(successor, "the customer is held: nobody else ties it");
      await saveReattributed(tx, handover.moved, { referralId: successor.id, partnerId: partner.id });
      await recordMove(deps, tx, { former, successor, handover });

      const after = await findReferral(tx, successor.id);
      invariant(after, "what was saved is there");
      await deps.audit.record(tx, "referral.reattributed", {
        targetType: "referral",
        targetId: former.id,
        before: { partnerId: former.partnerId, status: before.status, termsId: former.termsId },
        after: {
          partnerId: partner.id,
          referralId: after.id,
          status: after.status,
          termsId,
          moved: handover.moved.length,
        },
        reason: input.reason,
      });
      await deps.outbox.publish(tx, [
        referralEvent("referral.reattributed", former),
        referralEvent("referral.reattributed", after),
      ]);
      return viewForOperator(deps, tx, after);
    });

/** Only what is fixed can be changed: a sign-up is decided by its conversion, and what was rejected has nothing to give. */
async function requireAttributed(tx: ReadTx, referral: Referral): Promise<void> {
  if (referral.reattributedAt !== null) {
    const customerId = referral.referredUserId ?? "";
    const current = (await findReferralsOfCustomers(tx, [customerId])).get(customerId);
    throw referralErrors.was_reattributed({ referralId: current?.id });
  }
  if (referral.status === "rejected") throw referralErrors.was_rejected();
  if (referral.convertedAt === null) throw referralErrors.state({ status: referral.status });
}

async function findTarget(deps: ReferralDeps, tx: Tx, partner: string): Promise<PartnerFacts> {
  if (isId(partner)) return deps.partners.getPartner(tx, partner);
  const code = validateReferralCode(partner);
  const link = code === undefined ? undefined : (await findLinksByCode(tx, [code])).get(code);
  if (link === undefined) throw referralErrors.code_unknown({ field: "partner" });
  return deps.partners.getPartner(tx, link.partnerId);
}

/** The terms under which the partner takes the customer; read under the lock of its sequence. A customer is only given to who is active. */
async function requireEligible(deps: ReferralDeps, tx: Tx, partnerId: string, referral: Referral): Promise<string> {
  const customerId = referral.referredUserId ?? "";
  const customer = (await deps.customers.findCustomers(tx, [customerId])).get(customerId);
  const { clickId, metadata } = referral;
  const { partners, standings, termsIds } = await standingsOf(deps, tx, [{ partnerId }], {
    id: customerId,
    emails: [customer?.email ?? []].flat(),
    visitorIds: await findVisitors(tx, {
      clickId: metadata.claim?.clickId ?? clickId,
      deviceId: metadata.claim?.deviceId ?? null,
    }),
  });
  const termsId = termsIds.get(partnerId);
  if (partners.get(partnerId)?.status !== "active" || termsId === undefined) throw referralErrors.partner_inactive();
  if (standings.get(partnerId)?.isSelf === true) throw referralErrors.self();
  return termsId;
}

/** The referral that takes the place of another: converted when that was, and known by the same claim. */
const successorOf = (
  before: Referral,
  to: { readonly partner: PartnerFacts; readonly termsId: string; readonly reason: string; readonly at: Date },
): Referral => ({
  ...before,
  id: newId(),
  partnerId: to.partner.id,
  referralCode: to.partner.referralCode,
  clickId: null,
  couponId: null,
  linkId: null,
  source: "manual",
  status: "converted",
  createdAt: to.at,
  qualifiedAt: null,
  termsId: to.termsId,
  reattributedFrom: before.id,
  metadata: { ...(before.metadata.claim === undefined ? {} : { claim: before.metadata.claim }), reason: to.reason },
});

/** The two halves of the act, each in the sequence of its partner. */
async function recordMove(
  deps: ReferralDeps,
  tx: Tx,
  of: {
    readonly former: Referral;
    readonly successor: Referral;
    readonly handover: Awaited<ReturnType<ReferralDeps["commissions"]["prepareHandover"]>>;
  },
): Promise<void> {
  const { former, successor, handover } = of;
  const { termsId } = successor;
  invariant(termsId !== null, "a customer is given to a partner under its terms");
  const occurredAt = tx.ctx.now;
  await deps.partners.recordEvents(tx, [
    {
      partnerId: former.partnerId,
      kind: "departure",
      referralId: former.id,
      data: { reason: former.rejectionReason ?? "", moved: handover.moved },
      occurredAt,
    },
    {
      partnerId: successor.partnerId,
      kind: "arrival",
      referralId: successor.id,
      data: { act: newId(), termsId, ...handover },
      occurredAt,
    },
  ]);
}
