import { addDays, type CalendarDate } from "../kernel/calendar.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import { EXPIRING_DAYS } from "./form-rules.ts";
import { takeEnding } from "./standing-repository.ts";
import { type TaxDeps, todayOf } from "./tax-deps.ts";
import { formEvent } from "./tax-events.ts";

const REMINDED_AT_ONCE = 200;

/** Tells partners, once each, that their form has ended, or will in some weeks: they sign another. */
export const remindOfForms =
  (deps: TaxDeps) =>
  async (given: Ctx): Promise<{ readonly told: number }> => {
    const ctx = withoutIdempotency(given);
    const today = await deps.db.read(ctx, (tx) => todayOf(deps, tx));
    const expired = await tellAll(deps, ctx, "told_expired", addDays(today, -1));
    const expiring = await tellAll(deps, ctx, "told_expiring", addDays(today, EXPIRING_DAYS));
    return { told: expired + expiring };
  };

async function tellAll(
  deps: TaxDeps,
  ctx: Ctx,
  told: "told_expiring" | "told_expired",
  until: CalendarDate,
): Promise<number> {
  const type = told === "told_expired" ? "tax.form_expired" : "tax.form_expiring";
  let count = 0;
  while (true) {
    const taken = await deps.db.transaction(ctx, async (tx) => {
      const ending = await takeEnding(tx, { told, until, limit: REMINDED_AT_ONCE });
      await deps.outbox.publish(
        tx,
        ending.map(({ partner_id: partnerId, kind: form, valid_until: validUntil }) =>
          formEvent(type, { partnerId, form, validUntil }),
        ),
      );
      return ending.length;
    });
    if (taken === 0) return count;
    count += taken;
  }
}
