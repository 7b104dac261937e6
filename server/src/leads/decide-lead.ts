import { type Ctx, requireScope } from "../platform/context.ts";
import { findHolders, insertClaims, takeTurns } from "./claim-repository.ts";
import { keysOf } from "./find-known-customers.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { findLead, type Lead } from "./lead-repository.ts";
import { canMove, isSettled, isSure, protectedUntil } from "./lead-rules.ts";
import { type OperatorLead, operatorView } from "./lead-view.ts";
import { lockLeadOf, moveLead } from "./move-lead.ts";
import { readSettings } from "./settings-repository.ts";

/**
 * The operator accepts a deal: its protection begins. A conflict may be accepted where nobody else holds its address or domain: who accepts
 * two companies of one name has seen that they are two. Throws `lead.held` with the lead that holds it.
 */
export const acceptLead =
  (deps: LeadDeps) =>
  (
    ctx: Ctx,
    { leadId, note }: { readonly leadId: string; readonly note?: string | undefined },
  ): Promise<OperatorLead> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "leads:write");
      // What a deal is never changes: it can be looked at before the locks.
      const seen = await findLead(tx, leadId);
      if (seen === undefined) throw leadErrors.not_found();
      const keys = keysOf(seen);
      await takeTurns(tx, keys);
      const lead = await lockLeadOf(tx, leadId);
      if (!canMove(lead.status, "accepted", "operator") || hasRunOut(lead, ctx.now))
        throw leadErrors.wrong_state({ status: lead.status });
      if (lead.status === "conflict") {
        const holder = (await findHolders(tx, keys)).find((one) => isSure(one));
        if (holder !== undefined) throw leadErrors.held({ leadId: holder.leadId });
        await insertClaims(tx, lead.id, keys);
      }
      const endsAt = protectedUntil(ctx.now, await readSettings(tx));
      const change = { endsAt, decidedAt: ctx.now };
      return operatorView(await moveLead(deps, tx, lead, { to: "accepted", author: "operator", reason: note, change }));
    });

/** The operator declines a deal, or takes back its protection; the partner is told the reason. */
export const declineLead =
  (deps: LeadDeps) =>
  (ctx: Ctx, { leadId, reason }: { readonly leadId: string; readonly reason: string }): Promise<OperatorLead> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "leads:write");
      const lead = await lockLeadOf(tx, leadId);
      if (isSettled(lead) || !canMove(lead.status, "declined", "operator"))
        throw leadErrors.wrong_state({ status: lead.status });
      const change = { decidedAt: ctx.now };
      return operatorView(await moveLead(deps, tx, lead, { to: "declined", author: "operator", reason, change }));
    });

const hasRunOut = ({ endsAt }: Lead, now: Date): boolean => endsAt !== null && endsAt <= now;
