import type { Tx } from "../platform/database/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import type { PartnerEventKind } from "./partner-event.ts";
import { type PartnerEventType, partnerNews } from "./partner-events.ts";
import { getPartner, type Partner, updatePartnerIn } from "./partner-repository.ts";
import { decideAct, type PartnerAct, type PartnerStatus } from "./partner-rules.ts";
import { recordEvents } from "./record-events.ts";
import { lockSequences } from "./sequence-repository.ts";

/** How each act is known: in the recorded sequence, where it decides earnings, and to the outside. */
const ACTS = {
  approve: { kind: "approval", news: "partner.approved" },
  reject: { kind: null, news: "partner.rejected" },
  reapply: { kind: null, news: "partner.applied_again" },
  suspend: { kind: "suspension", news: "partner.suspended" },
  reinstate: { kind: "reinstatement", news: "partner.reinstated" },
  terminate: { kind: "termination", news: "partner.terminated" },
} as const satisfies Record<
  PartnerAct,
  {
    readonly kind: Extract<PartnerEventKind, "approval" | "suspension" | "reinstatement" | "termination"> | null;
    readonly news: PartnerEventType;
  }
>;

type StatusChange = {
  readonly partnerId: string;
  readonly act: PartnerAct;
  readonly reason: string | null;
  /** What the partner is told of why. */
  readonly told?: string | null;
  /** From this state alone: from another somebody has brought it meanwhile, and has to be read first. */
  readonly from?: PartnerStatus | undefined;
};

/** Joins a transaction: moves one partner, records what that decides, and says so. Throws `partner.wrong_state`. */
export async function changeStatus(
  deps: PartnerDeps,
  tx: Tx,
  { partnerId, act, reason, told = null, from }: StatusChange,
): Promise<Partner> {
  // Whoever else would move the partner, or record something for it, waits here; what is read below stays true until commit.
  await lockSequences(tx, [partnerId]);
  const before = await getPartner(tx, partnerId);
  if (from !== undefined && before.status !== from) throw partnerErrors.wrong_state({ status: before.status, act });
  const decision = decideAct(before.status, act);
  if (!decision.allowed) throw partnerErrors.wrong_state(decision.facts);
  if (act === "approve") await askGates(deps, tx, partnerId);

  const after = await updatePartnerIn(tx, before, {
    status: decision.to,
    status_reason: reason,
    told_reason: told,
    ...stampsOf(act, tx.ctx.now),
  });
  if (after === undefined) throw partnerErrors.wrong_state({ act });
  const { kind, news } = ACTS[act];
  if (kind !== null)
    await recordEvents(deps)(tx, [{ partnerId, kind, referralId: null, data: {}, occurredAt: tx.ctx.now }]);
  if (act === "terminate")
    await deps.people.revokeKeysOfPartner(tx, { partnerId, reason: "The partner was terminated" });
  await deps.audit.record(tx, news, {
    targetType: "partner",
    targetId: partnerId,
    before: { status: before.status },
    after: { status: after.status },
    ...(reason === null ? {} : { reason }),
  });
  await deps.outbox.publish(tx, [partnerNews(news, after)]);
  return after;
}

const stampsOf = (act: PartnerAct, at: Date) => {
  switch (act) {
    case "approve":
      return { approved_at: at };
    case "suspend":
      return { suspended_at: at };
    case "reinstate":
      return { suspended_at: null };
    case "terminate":
      return { terminated_at: at };
    case "reject":
    case "reapply":
      return {};
  }
};

async function askGates(deps: PartnerDeps, tx: Tx, partnerId: string): Promise<void> {
  const left = await deps.room(tx);
  if (left !== null && left < 1) throw partnerErrors.approval_held({ reason: "Limit: there may be no more partners" });
  for (const gate of deps.gates) {
    const answer = await gate(tx, { partnerId });
    if (!answer.allowed) throw partnerErrors.approval_held({ reason: answer.reason });
  }
}
