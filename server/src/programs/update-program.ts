import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { nameOwnTenant } from "../tenants/index.ts";
import { findPublishedHeads, getPlan, insertPublished } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { programErrors } from "./program-errors.ts";
import { planPublished } from "./program-events.ts";
import { lockProgram, updateSettings } from "./program-repository.ts";
import { checkSettings, requireDestination, restateTiers } from "./program-rules.ts";
import type { Program, UpdateProgram } from "./program-schema.ts";
import { requireAllowed, termsOfPlan } from "./require-allowed.ts";
import { plansFrom } from "./version-rules.ts";

/**
 * Changes what is given of the programme's settings. Another currency or time zone is a new plan version, in force at once: of a programme that was only
 * set up, in which nothing is booked yet, from the beginning of time, so that history which is imported afterwards is assessed in that currency.
 */
export const updateProgram =
  (deps: ProgramDeps) =>
  (ctx: Ctx, change: UpdateProgram): Promise<Program> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const before = await lockProgram(tx);
      const wanted = { ...before, ...checkSettings(change) };
      requireDestination(wanted);
      const hasNewCurrency = wanted.currency !== before.currency;
      const isRestated = hasNewCurrency || wanted.timeZone !== before.timeZone;
      const isBooked = isRestated && (await deps.ledger.hasEntries(tx));
      if (hasNewCurrency && isBooked) throw programErrors.currency_fixed({ field: "currency" });

      const after = await updateSettings(tx, wanted);
      if (after.name !== before.name) await nameOwnTenant(tx, after.name);
      if (isRestated) await republish(deps, tx, after, isBooked);
      await deps.audit.record(tx, "program.updated", { targetType: "program", targetId: after.id, before, after });
      await deps.outbox.publish(tx, [
        {
          type: "program.updated",
          objectType: "program",
          objectId: after.id,
          data: { id: after.id, name: after.name },
        },
      ]);
      return after;
    });

/** Publishes the version in force once more, under the programme's currency and time zone of now. The first takes the place of itself while nothing is booked. */
async function republish(deps: ProgramDeps, tx: Tx, program: Program, isBooked: boolean): Promise<void> {
  const heads = await findPublishedHeads(tx);
  const [current, ...waiting] = plansFrom(heads, tx.ctx.now);
  if (current === undefined) throw programErrors.not_found();
  if (waiting.length > 0) throw programErrors.version_waiting({ versions: waiting.map(({ version }) => version) });
  const plan = await getPlan(tx, current.id);
  const tiers = restateTiers(plan.tiers, { from: plan.currency, to: program.currency });
  await requireAllowed(deps)(tx, termsOfPlan(program.currency, parsePlan({ tiers })));
  const version = await insertPublished(tx, {
    programId: program.id,
    currency: program.currency,
    timeZone: program.timeZone,
    tiers,
    version: (heads.at(-1)?.version ?? 0) + 1,
    effectiveFrom: !isBooked && current.effectiveFrom === null ? null : tx.ctx.now,
  });
  await deps.outbox.publish(tx, [planPublished(version)]);
}
