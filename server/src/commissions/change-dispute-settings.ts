import { type Ctx, requireScope } from "../platform/context.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import type { DisputeSettings } from "./dispute-rules.ts";
import { findDisputeSettings, lockDisputeSettings, updateDisputeSettings } from "./dispute-settings-repository.ts";
import { disputeSettingsEvent } from "./settings-events.ts";

/** How long disputes may take. */
export const getDisputeSettings =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx): Promise<DisputeSettings> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, findDisputeSettings);
  };

/** Changes what is given of it. Due times that are set stay; the next step of each dispute takes the new ones. */
export const changeDisputeSettings =
  (deps: Pick<CommissionDeps, "db" | "audit" | "outbox">) =>
  (ctx: Ctx, change: Partial<DisputeSettings>): Promise<DisputeSettings> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const before = await lockDisputeSettings(tx);
      const after = { ...before, ...change };
      await updateDisputeSettings(tx, after);
      await deps.audit.record(tx, "dispute_settings.changed", {
        targetType: "program",
        targetId: null,
        before,
        after,
      });
      await deps.outbox.publish(tx, [disputeSettingsEvent(ctx.tenantId, after)]);
      return after;
    });
