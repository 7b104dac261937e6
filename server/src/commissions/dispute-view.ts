import type { ReadTx } from "../platform/database/index.ts";
import { type DisputeRow, findEvidence, findMessages } from "./dispute-repository.ts";
import type { DisputeStatus, MessageKind, ReferenceKind } from "./dispute-rules.ts";

/** What the API shows of a dispute, to everybody. */
export type DisputeView = {
  readonly id: string;
  readonly kind: "commission" | "missing";
  readonly commissionId: string | null;
  readonly missing: { readonly kind: ReferenceKind; readonly reference: string } | null;
  readonly partnerId: string;
  readonly reason: string;
  readonly status: DisputeStatus;
  readonly amountMoved: bigint;
  readonly amountHeld: bigint;
  readonly dueAt: Date | null;
  readonly openedAt: Date;
  readonly escalatedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolution: string | null;
  readonly adjustedBy: bigint | null;
  readonly resultCommissionId: string | null;
};

export const disputeView = (row: DisputeRow): DisputeView => ({
  id: row.id,
  kind: row.kind,
  commissionId: row.commission_id,
  missing:
    row.reference_kind === null || row.reference === null
      ? null
      : { kind: row.reference_kind, reference: row.reference },
  partnerId: row.partner_id,
  reason: row.reason,
  status: row.status,
  amountMoved: row.amount_moved,
  amountHeld: row.amount_held,
  dueAt: row.due_at,
  openedAt: row.opened_at,
  escalatedAt: row.escalated_at,
  resolvedAt: row.resolved_at,
  resolution: row.resolution,
  adjustedBy: row.adjusted_by,
  resultCommissionId: row.result_commission_id,
});

/** With what the team sees besides: whose it is. */
export type DeskDisputeView = DisputeView & {
  readonly assignedTo: string | null;
  readonly firstReviewer: string | null;
  readonly resolvedBy: string | null;
};

export const deskDisputeView = (row: DisputeRow): DeskDisputeView => ({
  ...disputeView(row),
  assignedTo: row.assigned_to,
  firstReviewer: row.first_reviewer,
  resolvedBy: row.resolved_by,
});

export type MessageView = {
  readonly id: string;
  readonly kind: MessageKind;
  readonly body: string;
  readonly writtenAt: Date;
};

export type DisputeDetail = DisputeView & { readonly messages: MessageView[]; readonly evidence: object };

/** A dispute as its partner reads it: no notes, nobody's name, evidence without what is another's. */
export async function partnerDetail(tx: ReadTx, row: DisputeRow): Promise<DisputeDetail> {
  const messages = await findMessages(tx, row.id, { withNotes: false });
  return {
    ...disputeView(row),
    messages: messages.map(({ id, kind, body, written_at }) => ({ id, kind, body, writtenAt: written_at })),
    evidence: (await findEvidence(tx, row.id)).partnerEvidence,
  };
}

export type DeskDetail = DeskDisputeView & {
  readonly messages: (MessageView & { readonly authorId: string | null })[];
  readonly evidence: object;
  readonly partnerEvidence: object;
};

/** A dispute as the team reads it. */
export async function deskDetail(tx: ReadTx, row: DisputeRow): Promise<DeskDetail> {
  const messages = await findMessages(tx, row.id, { withNotes: true });
  return {
    ...deskDisputeView(row),
    messages: messages.map(({ author_id, written_at, ...message }) => ({
      ...message,
      authorId: author_id,
      writtenAt: written_at,
    })),
    ...(await findEvidence(tx, row.id)),
  };
}
