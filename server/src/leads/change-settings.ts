import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { leadSettingsEvent } from "./lead-events.ts";
import type { LeadSettings } from "./lead-rules.ts";
import { readSettings, writeSettings } from "./settings-repository.ts";

/** For how long and how often deals are protected. */
export const getLeadSettings =
  (deps: LeadDeps) =>
  (ctx: Ctx): Promise<LeadSettings> => {
    requireScope(ctx, "leads:read");
    return deps.db.read(ctx, readSettings);
  };

/** Changes what is given. It holds for what is accepted or renewed from now on: an end that was told stays. */
export const changeLeadSettings =
  (deps: LeadDeps) =>
  (ctx: Ctx, change: Partial<LeadSettings>): Promise<LeadSettings> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "leads:write");
      const before = await readSettings(tx);
      const after: LeadSettings = { ...before, ...change };
      if (after.reminderDays >= after.protectionDays)
        throw leadErrors.reminder_too_early({ field: "reminderDays", protectionDays: after.protectionDays });
      await writeSettings(tx, after);
      await deps.audit.record(tx, "lead.settings_changed", {
        targetType: "lead_settings",
        targetId: null,
        before,
        after,
      });
      await deps.outbox.publish(tx, [leadSettingsEvent(ctx.tenantId, after)]);
      return after;
    });

export type LeadRules = Pick<LeadSettings, "protectionDays" | "renewalsMax"> & {
  /** Whether the partner's terms include registering deals. */
  readonly isIncluded: boolean;
};

/** The same as a partner needs it. */
export const getLeadRules =
  (deps: LeadDeps) =>
  (ctx: Ctx): Promise<LeadRules> => {
    requireScope(ctx, "own:leads:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { protectionDays, renewalsMax } = await readSettings(tx);
      const terms = (await deps.partners.currentTerms(tx, [partnerId], ctx.now)).get(partnerId);
      return { protectionDays, renewalsMax, isIncluded: terms?.features.has("leads") ?? false };
    });
  };
