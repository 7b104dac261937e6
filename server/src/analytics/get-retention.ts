import { addDays, addMonths, dateInZone } from "../kernel/calendar.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { cohortSizes, payingByCohort } from "./customer-figures-repository.ts";
import { type PeriodInput, stepOf } from "./period-rules.ts";
import { readFigures } from "./read-figures.ts";
import { cohortsOf } from "./retention-rules.ts";

type RetentionInput = Omit<PeriodInput, "granularity">;

/** How many of the acting partner's customers go on paying, by the month in which they were tied to it. */
export const getRetention =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, input: RetentionInput = {}) => {
    requireScope(ctx, "own:analytics:read");
    return retentionFor(deps, ctx, { input, partnerId: requirePartner(ctx) });
  };

/** The same of the programme, or of one of its partners. */
export const getProgramRetention =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { partnerId, ...input }: RetentionInput & { readonly partnerId?: string } = {}) => {
    requireScope(ctx, "analytics:read");
    return retentionFor(deps, ctx, { input, partnerId });
  };

function retentionFor(
  deps: AnalyticsDeps,
  ctx: Ctx,
  { input, partnerId }: { readonly input: RetentionInput; readonly partnerId: string | undefined },
) {
  const isDefault = Object.values(input).every((value) => value === undefined);
  return readFigures(deps, ctx, {
    input: isDefault ? { period: "12m" } : input,
    read: async (tx, about) => {
      const whose = partnerId === undefined ? {} : { partnerId };
      // Cohorts are whole months: those that the period touches.
      const months = {
        from: stepOf(about.period.from, "month"),
        to: addDays(addMonths(stepOf(about.period.to, "month"), 1), -1),
      };
      const presentMonth = stepOf(dateInZone(ctx.now, about.timeZone), "month");
      const paying = await payingByCohort(tx, whose, months);
      const cohorts = cohortsOf(await cohortSizes(tx, whose, months), { paying, presentMonth });
      return { ...about, cohorts };
    },
  });
}
