import { DAY_MS } from "../kernel/clock.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadEvent } from "./lead-events.ts";
import { takeEnded, takeEnding, updateLead } from "./lead-repository.ts";
import { PROTECTED } from "./lead-rules.ts";
import { moveLead } from "./move-lead.ts";
import { readSettings } from "./settings-repository.ts";

const LEADS_AT_ONCE = 100;

/** Ends what has run out, and reminds partners, once for each end, of what soon will. Says how many of each. */
export const endLeads =
  (deps: LeadDeps) =>
  async (given: Ctx): Promise<{ readonly ended: number; readonly reminded: number }> => {
    const ctx = withoutIdempotency(given);
    return { ended: await untilNone(() => endSome(deps, ctx)), reminded: await untilNone(() => remindSome(deps, ctx)) };
  };

async function untilNone(some: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let done = await some(); done > 0; done = await some()) total += done;
  return total;
}

const endSome = (deps: LeadDeps, ctx: Ctx): Promise<number> =>
  deps.db.transaction(ctx, async (tx) => {
    const leads = await takeEnded(tx, LEADS_AT_ONCE);
    for (const lead of leads) await moveLead(deps, tx, lead, { to: "expired", author: "program" });
    return leads.length;
  });

const remindSome = (deps: LeadDeps, ctx: Ctx): Promise<number> =>
  deps.db.transaction(ctx, async (tx) => {
    const { reminderDays } = await readSettings(tx);
    const by = new Date(ctx.now.getTime() + reminderDays * DAY_MS);
    const leads = await takeEnding(tx, { statuses: PROTECTED, by, limit: LEADS_AT_ONCE });
    for (const lead of leads) await updateLead(tx, { ...lead, remindedAt: ctx.now });
    await deps.outbox.publish(
      tx,
      leads.map((lead) => leadEvent("lead.expiring", lead)),
    );
    return leads.length;
  });
