import { hasCode } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { changeStatus } from "./change-status.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerNews } from "./partner-events.ts";
import { findPartnersOfUsers, findTaken, getPartner, type Partner, updatePartnerIn } from "./partner-repository.ts";
import { lockSequences } from "./sequence-repository.ts";

/** `user.email_verified`, as identity tells it. */
const userIdOf = ({ data }: DomainEvent): string => {
  invariant(
    typeof data === "object" && data !== null && "userId" in data && typeof data.userId === "string",
    "identity names whose e-mail was verified",
  );
  return data.userId;
};

/** Inside listener: whose e-mail has been verified gets the code that they wished for, and is approved where their tier needs no more. */
export const approveVerified =
  (deps: PartnerDeps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const { id } of await findPartnersOfUsers(tx, events.map(userIdOf))) {
      await lockSequences(tx, [id]);
      const partner = await grantWish(deps, tx, await getPartner(tx, id));
      const { autoApprovedTiers } = await deps.programs.getProgram(tx);
      if (partner.status === "pending" && autoApprovedTiers.includes(partner.tier)) await tryToApprove(deps, tx, id);
    }
  };

async function grantWish(deps: PartnerDeps, tx: Tx, partner: Partner): Promise<Partner> {
  const { wishedReferralCode: code } = partner;
  if (code === null) return partner;
  const isTaken =
    (await findTaken(tx, { codes: [code], externalIds: [] })).codes.has(code) ||
    (await deps.referrals.findTakenCodes(tx, [code])).has(code);
  const after = await updatePartnerIn(tx, partner, {
    wished_referral_code: null,
    ...(isTaken ? {} : { referral_code: code }),
  });
  invariant(after !== undefined, "the partner's sequence is locked");
  if (!isTaken) await deps.outbox.publish(tx, [partnerNews("partner.code_changed", after)]);
  return after;
}

/** Who a gate holds goes on waiting, for an operator. */
async function tryToApprove(deps: PartnerDeps, tx: Tx, partnerId: string): Promise<void> {
  try {
    await changeStatus(deps, tx, { partnerId, act: "approve", reason: null });
  } catch (error) {
    if (!hasCode(error, "partner.approval_held")) throw error;
  }
}
