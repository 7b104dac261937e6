import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { type DisputeEventType, disputeEvent } from "./dispute-events.ts";
import { countMessages, type DisputeRow, insertMessage, MESSAGES_MAX, moveDispute } from "./dispute-repository.ts";
import { inDays, type MessageKind, timeLeft } from "./dispute-rules.ts";
import { findDisputeSettings } from "./dispute-settings-repository.ts";
import { type DeskDetail, type DisputeDetail, deskDetail, partnerDetail } from "./dispute-view.ts";
import { authorOf, lockUnsettled } from "./open-desk.ts";
import { tellPartner } from "./tell-partner.ts";

export type AnswerDispute = { readonly disputeId: string; readonly body: string };

/** The partner writes. Where it was asked, the dispute is with us again, and our clock goes on from where it stopped. */
export const answerDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId, body }: AnswerDispute): Promise<DisputeDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:commissions:dispute");
      const dispute = await lockUnsettled(tx, disputeId, requirePartner(ctx));
      await write(tx, dispute, "answer", body);
      const after = dispute.status === "waiting" ? await takeBack(tx, dispute) : dispute;
      await say(deps, tx, "dispute.answered", { before: dispute, after, body });
      return partnerDetail(tx, after);
    });

/** From `waiting` to whoever had it: the second reviewer, where it was escalated. */
async function takeBack(tx: Tx, dispute: DisputeRow): Promise<DisputeRow> {
  const due = new Date(tx.ctx.now.getTime() + Number(dispute.time_left_ms ?? 0n));
  const to = dispute.escalated_at === null ? "open" : "escalated";
  const after = await moveDispute(tx, dispute.id, to, { due_at: due, time_left_ms: null, reminded_at: null });
  invariant(after, "a dispute that is locked has not moved");
  return after;
}

export type WriteInDispute = {
  readonly disputeId: string;
  /** A `question` makes it wait for the partner; a `note` is never shown to it. */
  readonly kind: Exclude<MessageKind, "answer">;
  readonly body: string;
};

/** Somebody of the team writes: to the partner, or a note among themselves. A question stops our clock and starts the partner's. */
export const writeInDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId, kind, body }: WriteInDispute): Promise<DeskDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const dispute = await lockUnsettled(tx, disputeId);
      await write(tx, dispute, kind, body);
      if (kind === "note") {
        await say(deps, tx, "dispute.noted", { before: dispute, after: dispute, body });
        return deskDetail(tx, dispute);
      }
      const after = kind === "question" ? await waitForPartner(tx, dispute) : dispute;
      const type = kind === "question" ? "dispute.waiting" : "dispute.message";
      await say(deps, tx, type, { before: dispute, after, body });
      await tellPartner(deps.outbox, tx, {
        partnerId: dispute.partner_id,
        notice: kind === "question" ? "dispute_question" : "dispute_message",
        subject: dispute.id,
        reason: body,
      });
      return deskDetail(tx, after);
    });

/** A second question gives the partner its days anew; what is left of ours stays. */
async function waitForPartner(tx: Tx, dispute: DisputeRow): Promise<DisputeRow> {
  const { now } = tx.ctx;
  invariant(dispute.due_at, "what is not settled is due some time");
  const after = await moveDispute(tx, dispute.id, "waiting", {
    time_left_ms: dispute.time_left_ms ?? timeLeft(dispute.due_at, now),
    due_at: inDays(now, (await findDisputeSettings(tx)).partnerDays),
    reminded_at: null,
  });
  invariant(after, "a dispute that is locked has not moved");
  return after;
}

async function write(tx: Tx, dispute: DisputeRow, kind: MessageKind, body: string): Promise<void> {
  if ((await countMessages(tx, dispute.id)) >= MESSAGES_MAX) throw commissionErrors.dispute_full();
  await insertMessage(tx, { id: newId(), dispute_id: dispute.id, kind, author_id: authorOf(tx.ctx.actor), body });
}

type Said = { readonly before: DisputeRow; readonly after: DisputeRow; readonly body: string };

async function say(deps: CommissionDeps, tx: Tx, type: DisputeEventType, said: Said): Promise<void> {
  await record(deps, tx, type, said);
  await deps.outbox.publish(tx, [disputeEvent(type, said.after)]);
}

const record = (deps: CommissionDeps, tx: Tx, action: string, { before, after, body }: Said): Promise<void> =>
  deps.audit.record(tx, action, {
    targetType: "dispute",
    targetId: after.id,
    before: { status: before.status, dueAt: before.due_at },
    after: { status: after.status, dueAt: after.due_at },
    reason: body,
  });
