import { isDeepStrictEqual } from "node:util";
import { hasCode } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope, systemContext } from "../platform/context.ts";
import { copyToTwin, createTwin, findTwin, removeTwin, type TwinRow } from "../platform/database/index.ts";
import { planInForce } from "../programs/index.ts";
import { tenantErrors } from "../tenants/index.ts";
import { asIn, type TestTwin, twinView } from "./find-twin.ts";
import type { TwinDeps } from "./twin-deps.ts";
import { twinEvent } from "./twin-events.ts";

/** Makes the test twin of the caller's programme, or finds it. */
export const makeTwin =
  (deps: TwinDeps) =>
  async (ctx: Ctx): Promise<{ readonly twin: TestTwin }> => {
    requireScope(ctx, "test_mode:write");
    return view(deps, ctx, await ensureTwin(deps, ctx));
  };

/** Gives the twin what the live programme has now: its settings, its plan in force, its look. Throws `tenant.no_twin`. */
export const refreshTwin =
  (deps: TwinDeps) =>
  async (ctx: Ctx): Promise<{ readonly twin: TestTwin }> => {
    requireScope(ctx, "test_mode:write");
    const twin = await findTwin(deps.db, ctx.tenantId);
    if (twin === undefined) throw tenantErrors.no_twin();
    await fill(deps, ctx, twin);
    return view(deps, ctx, twin);
  };

/** Ends the twin for good: its keys and links answer no more, and the next that is asked for is another. Throws `tenant.no_twin`. */
export const endTwin =
  ({ db, audit, outbox }: TwinDeps) =>
  (ctx: Ctx): Promise<{ readonly twin: null }> =>
    db.transaction(ctx, async (tx) => {
      requireScope(ctx, "test_mode:write");
      if (!(await removeTwin(tx))) throw tenantErrors.no_twin();
      await audit.record(tx, "test_twin.removed", { targetType: "tenant", targetId: ctx.tenantId });
      await outbox.publish(tx, [twinEvent("test_twin.removed", ctx.tenantId)]);
      return { twin: null };
    });

const view = (deps: TwinDeps, ctx: Ctx, twin: TwinRow): Promise<{ readonly twin: TestTwin }> =>
  deps.db.read(asIn(ctx, twin), twinView);

/** The twin of the caller's tenant, made where there is none. Each step finds what an earlier attempt has made. */
export async function ensureTwin(deps: TwinDeps, ctx: Ctx): Promise<TwinRow> {
  const found = await findTwin(deps.db, ctx.tenantId);
  if (found !== undefined && found.refreshed_at !== null) return found;
  const made = found ?? (await addTwin(deps, ctx));
  await fill(deps, ctx, made);
  const filled = await findTwin(deps.db, ctx.tenantId);
  if (filled === undefined) throw tenantErrors.no_twin();
  return filled;
}

async function addTwin({ db, audit, outbox }: TwinDeps, ctx: Ctx): Promise<TwinRow> {
  await db.transaction(ctx, async (tx) => {
    const id = newId();
    // Somebody else has made one meanwhile, or this tenant may have none.
    if (!(await createTwin(tx, id))) return;
    await audit.record(tx, "test_twin.created", { targetType: "tenant", targetId: id });
    await outbox.publish(tx, [twinEvent("test_twin.created", ctx.tenantId)]);
  });
  const twin = await findTwin(db, ctx.tenantId);
  if (twin === undefined) throw tenantErrors.no_twin();
  return twin;
}

/** The programme and its plan by their own verbs, so that partners of the twin follow; what is only kept, by a copy of its rows. */
async function fill(deps: TwinDeps, ctx: Ctx, twin: TwinRow): Promise<void> {
  const { db, programs, audit, outbox } = deps;
  const { program, planId } = await db.read(ctx, async (tx) => ({
    program: await programs.getProgram(tx),
    planId: planInForce(await programs.findPublishedHeads(tx), ctx.now)?.id,
  }));
  invariant(planId !== undefined, "a programme has a plan in force from the beginning of time on");
  const asProgram = systemContext({ tenantId: ctx.tenantId, job: "twins.copy", now: ctx.now });
  const { tiers } = await programs.getPlan(asProgram, { planId });
  const { id: _, createdAt: __, updatedAt: ___, currency, ...settings } = program;
  const { now } = asIn(ctx, twin);
  const within = systemContext({ tenantId: twin.id, job: "twins.copy", now, requestId: ctx.requestId });
  try {
    await db.transaction(within, (tx) => programs.createProgram(tx, { ...settings, currency, tiers }));
  } catch (error) {
    if (!hasCode(error, "program.exists")) throw error;
    await follow(deps, within, { settings, currency, tiers });
  }
  await db.transaction(ctx, async (tx) => {
    await copyToTwin(tx);
    await audit.record(tx, "test_twin.refreshed", { targetType: "tenant", targetId: twin.id });
    await outbox.publish(tx, [twinEvent("test_twin.refreshed", ctx.tenantId)]);
  });
}

type Live = {
  readonly settings: Parameters<TwinDeps["programs"]["updateProgram"]>[1];
  readonly currency: string;
  readonly tiers: NonNullable<Parameters<TwinDeps["programs"]["draftPlan"]>[1]["tiers"]>;
};

async function follow({ db, programs }: TwinDeps, within: Ctx, { settings, currency, tiers }: Live): Promise<void> {
  const before = await db.read(within, programs.getProgram);
  await programs.updateProgram(within, { ...settings, ...(currency === before.currency ? {} : { currency }) });
  const current = await db.read(within, async (tx) => planInForce(await programs.findPublishedHeads(tx), within.now));
  const has = current && (await programs.getPlan(within, { planId: current.id })).tiers;
  if (isDeepStrictEqual(has, tiers)) return;
  const draft = await programs.draftPlan(within, { tiers });
  await programs.publishPlan(within, { planId: draft.id });
}
