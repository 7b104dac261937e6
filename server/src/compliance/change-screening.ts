import { isCountry } from "../kernel/country.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { screeningErrors } from "./compliance-errors.ts";
import { type ScreeningState, screeningState } from "./find-cases.ts";
import { REFRESH_LIST_JOB } from "./import-list.ts";
import { findNewestList } from "./list-repository.ts";
import { SCREEN_DUE_JOB } from "./screen-partners.ts";
import { screeningSettingsEvent } from "./screening-events.ts";
import { findScreeningSettings, type ScreeningSettings, upsertScreeningSettings } from "./screening-repository.ts";

/**
 * Turns screening on or off and sets how it compares; what is not given stays. Once it is on, nobody is approved or paid without having been
 * compared with a fresh list. Cases hold their partners whether it is on or off.
 */
export const changeScreening =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, change: Partial<ScreeningSettings>): Promise<ScreeningState> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      const unknown = change.blockedCountries?.find((code) => !isCountry(code));
      if (unknown !== undefined) throw screeningErrors.country_unknown({ field: "blockedCountries", country: unknown });
      const before = await findScreeningSettings(tx);
      const after = {
        ...before,
        ...change,
        blockedCountries: [...new Set(change.blockedCountries ?? before.blockedCountries)].toSorted(),
      };
      await upsertScreeningSettings(tx, after, ctx.actor.type === "user" ? ctx.actor.userId : null);
      await deps.audit.record(tx, "screening.changed", { targetType: "tenant", targetId: ctx.tenantId, before, after });
      await deps.outbox.publish(tx, [screeningSettingsEvent(ctx.tenantId, after)]);
      if (after.isEnabled) {
        // Without a list nobody may be paid: it is asked for now, and not when its hour comes.
        if ((await findNewestList(tx)) === undefined) await enqueue(tx, REFRESH_LIST_JOB, {}, { key: "refresh list" });
        await enqueue(tx, SCREEN_DUE_JOB, {}, { key: "screen due" });
      }
      return screeningState(tx);
    });
