import type { Tx } from "../platform/database/index.ts";
import { deleteClaims } from "./claim-repository.ts";
import { type EntryAuthor, insertEntries } from "./entry-repository.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { type LeadEventType, leadEvent } from "./lead-events.ts";
import { type Lead, lockLead, updateLead } from "./lead-repository.ts";
import { isEnded, type LeadStatus } from "./lead-rules.ts";

/** What moves are told as. */
const NEWS: Readonly<Partial<Record<LeadStatus, LeadEventType>>> = {
  accepted: "lead.accepted",
  declined: "lead.declined",
  expired: "lead.expired",
  lost: "lead.lost",
};

/** A lead by id, locked. Throws `lead.not_found`, for another partner's too where one partner acts. */
export async function lockLeadOf(tx: Tx, leadId: string, partnerId?: string): Promise<Lead> {
  const lead = await lockLead(tx, leadId);
  if (lead === undefined || (partnerId !== undefined && lead.partnerId !== partnerId)) throw leadErrors.not_found();
  return lead;
}

/** Moves a locked lead where the caller has seen that it may go. What ends lets its deal go. */
export async function moveLead(
  deps: Pick<LeadDeps, "audit" | "outbox">,
  tx: Tx,
  lead: Lead,
  move: {
    readonly to: LeadStatus;
    readonly author: EntryAuthor;
    readonly reason?: string | undefined;
    readonly change?: Partial<Pick<Lead, "endsAt" | "decidedAt" | "renewals" | "remindedAt">>;
  },
): Promise<Lead> {
  const { now } = tx.ctx;
  const hasEnded = isEnded(move.to);
  const moved: Lead = {
    ...lead,
    ...move.change,
    status: move.to,
    updatedAt: now,
    ...(hasEnded ? { endsAt: null, closedAt: now } : {}),
  };
  await updateLead(tx, moved);
  if (hasEnded) await deleteClaims(tx, [lead.id]);
  await insertEntries(tx, [
    { leadId: lead.id, kind: "status", status: move.to, author: move.author, body: move.reason ?? null },
  ]);
  const news = NEWS[move.to] ?? "lead.advanced";
  await deps.audit.record(tx, news, {
    targetType: "lead",
    targetId: lead.id,
    before: { status: lead.status, endsAt: lead.endsAt },
    after: { status: moved.status, endsAt: moved.endsAt },
    ...(move.author === "operator" && move.reason !== undefined ? { reason: move.reason } : {}),
  });
  await deps.outbox.publish(tx, [leadEvent(news, moved)]);
  return moved;
}
