import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { insertEntries, type LeadEntry } from "./entry-repository.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { leadEvent } from "./lead-events.ts";
import { type Lead, updateLead } from "./lead-repository.ts";
import { canMove, isEnded, isProtected, isSettled, type LeadStage, protectedUntil } from "./lead-rules.ts";
import {
  type OperatorLead,
  operatorView,
  type PartnerEntry,
  type PartnerLead,
  partnerEntryView,
  partnerView,
} from "./lead-view.ts";
import { lockLeadOf, moveLead } from "./move-lead.ts";
import { readValue } from "./register-lead.ts";
import { readSettings } from "./settings-repository.ts";

export type LeadChange = {
  readonly leadId: string;
  readonly status?: LeadStage | undefined;
  /** Why it was lost; what else is to be said of a move. */
  readonly reason?: string | undefined;
  readonly contactName?: string | null | undefined;
  /** In minor units of `currency`, which comes with it. */
  readonly expectedValue?: number | undefined;
  readonly currency?: string | undefined;
};

/** A partner says how far a deal is, or what it is worth by now. Which deal it is stays as it was registered. */
export const changeLead =
  (deps: LeadDeps) =>
  (ctx: Ctx, change: LeadChange): Promise<PartnerLead> => {
    requireScope(ctx, "own:leads:write");
    const partnerId = requirePartner(ctx);
    const value = readValue(change);
    return deps.db.transaction(ctx, async (tx) => {
      const found = await lockLeadOf(tx, change.leadId, partnerId);
      const { status, reason } = change;
      if (isEnded(found.status)) throw leadErrors.wrong_state({ status: found.status });
      const described: Lead = {
        ...found,
        ...(change.contactName === undefined ? {} : { contactName: change.contactName }),
        ...(value.currency === null ? {} : value),
      };
      if (status === undefined || status === found.status) {
        const kept = { ...described, updatedAt: ctx.now };
        await updateLead(tx, kept);
        return partnerView(kept);
      }
      if (isSettled(found) || !canMove(found.status, status, "partner"))
        throw leadErrors.wrong_state({ status: found.status });
      if (status === "lost" && reason === undefined) throw leadErrors.reason_missing({ field: "reason" });
      return partnerView(await moveLead(deps, tx, described, { to: status, author: "partner", reason }));
    });
  };

/** A partner prolongs the protection of a deal that it still works on, as often as the programme lets it. */
export const renewLead =
  (deps: LeadDeps) =>
  (ctx: Ctx, { leadId, note }: { readonly leadId: string; readonly note?: string | undefined }): Promise<PartnerLead> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:leads:write");
      const lead = await lockLeadOf(tx, leadId, requirePartner(ctx));
      const { renewalsMax } = await readSettings(tx);
      if (isRenewable(tx, lead) && lead.renewals >= renewalsMax) throw leadErrors.no_renewal_left({ renewalsMax });
      return partnerView(await renew(deps, tx, lead, { by: "partner", note }));
    });

/** The operator prolongs it, however often. */
export const renewLeadFor =
  (deps: LeadDeps) =>
  (
    ctx: Ctx,
    { leadId, note }: { readonly leadId: string; readonly note?: string | undefined },
  ): Promise<OperatorLead> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "leads:write");
      return operatorView(await renew(deps, tx, await lockLeadOf(tx, leadId), { by: "operator", note }));
    });

/** What ran out a moment ago is over, although the job that says so has not come by. */
const isRenewable = (tx: Tx, { status, tie, endsAt }: Lead): boolean =>
  isProtected(status) && tie !== "own" && endsAt !== null && endsAt > tx.ctx.now;

async function renew(
  deps: LeadDeps,
  tx: Tx,
  lead: Lead,
  { by, note }: { readonly by: "partner" | "operator"; readonly note: string | undefined },
): Promise<Lead> {
  if (!isRenewable(tx, lead) || lead.endsAt === null) throw leadErrors.wrong_state({ status: lead.status });
  const renewed: Lead = {
    ...lead,
    endsAt: protectedUntil(lead.endsAt, await readSettings(tx)),
    renewals: lead.renewals + (by === "partner" ? 1 : 0),
    remindedAt: null,
    updatedAt: tx.ctx.now,
  };
  await updateLead(tx, renewed);
  await insertEntries(tx, [{ leadId: lead.id, kind: "renewal", author: by, body: note ?? null }]);
  await deps.audit.record(tx, "lead.renewed", {
    targetType: "lead",
    targetId: lead.id,
    before: { endsAt: lead.endsAt },
    after: { endsAt: renewed.endsAt, by },
  });
  await deps.outbox.publish(tx, [leadEvent("lead.renewed", renewed)]);
  return renewed;
}

/** A partner notes something on its deal; the operator reads it. */
export const noteOnLead =
  (deps: LeadDeps) =>
  (ctx: Ctx, { leadId, body }: { readonly leadId: string; readonly body: string }): Promise<PartnerEntry> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:leads:write");
      const lead = await lockLeadOf(tx, leadId, requirePartner(ctx));
      return partnerEntryView(await note(deps, tx, lead, { author: "partner", body, isInternal: false }));
    });

/** The team notes something: for the partner to read, or for itself alone. */
export const noteOnLeadFor =
  (deps: LeadDeps) =>
  (
    ctx: Ctx,
    { leadId, body, isInternal = true }: { leadId: string; body: string; isInternal?: boolean | undefined },
  ): Promise<LeadEntry> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "leads:write");
      const entry = await note(deps, tx, await lockLeadOf(tx, leadId), { author: "operator", body, isInternal });
      await deps.audit.record(tx, "lead.noted", { targetType: "lead", targetId: leadId, after: { entryId: entry.id } });
      return entry;
    });

async function note(
  deps: LeadDeps,
  tx: Tx,
  lead: Lead,
  said: { readonly author: "partner" | "operator"; readonly body: string; readonly isInternal: boolean },
): Promise<LeadEntry> {
  // The team's own notes are no news of the lead.
  if (!said.isInternal) await updateLead(tx, { ...lead, updatedAt: tx.ctx.now });
  const [entry] = await insertEntries(tx, [{ leadId: lead.id, kind: "note", ...said }]);
  if (entry === undefined) throw leadErrors.not_found();
  await deps.outbox.publish(tx, [leadEvent(said.isInternal ? "lead.noted_inside" : "lead.noted", lead)]);
  return entry;
}
