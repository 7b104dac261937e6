import { instantOf } from "../kernel/clock.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { lockOwnClock, setOwnClock } from "../tenants/index.ts";
import { refusedMove } from "./clock-rules.ts";
import { requireTwin, type TestTwin, twinView } from "./find-twin.ts";
import { STEP_JOB, STEP_KEY } from "./step-clock.ts";
import type { TwinDeps } from "./twin-deps.ts";
import { twinErrors } from "./twin-errors.ts";
import { clockEvent } from "./twin-events.ts";

/**
 * Has the clock of the twin moved to an instant: a job behind this walks there day by day, and what was due in between is done. Throws `tenant.no_twin`,
 * `test_mode.clock_moving`, `.clock_back`, `.clock_too_far`.
 */
export const moveClock =
  (deps: TwinDeps) =>
  async (ctx: Ctx, { to }: { readonly to: Date }): Promise<{ readonly twin: TestTwin }> => {
    requireScope(ctx, "test_clock:write");
    return deps.db.transaction(await requireTwin(deps, ctx), async (tx) => {
      const { offsetMs, target } = await lockOwnClock(tx);
      const now = instantOf(deps.clock, offsetMs);
      const refusal = refusedMove({ to, now, machine: instantOf(deps.clock, 0), target });
      if (refusal === "clock_moving") throw twinErrors.clock_moving({ movingTo: target });
      if (refusal !== undefined) throw twinErrors[refusal]({ field: "to", now });
      await setOwnClock(tx, { offsetMs, target: to });
      await enqueue(tx, STEP_JOB, {}, { key: STEP_KEY });
      await deps.audit.record(tx, "test_clock.moved", {
        targetType: "tenant",
        targetId: tx.ctx.tenantId,
        after: { to },
      });
      await deps.outbox.publish(tx, [clockEvent(tx.ctx.tenantId, to)]);
      return twinView(tx);
    });
  };
