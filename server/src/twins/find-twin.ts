import { type Ctx, requireScope } from "../platform/context.ts";
import { findTwin, type Page, type PageRequest, type ReadTx, type TwinRow } from "../platform/database/index.ts";
import { findOwnClock, findOwnMode, findOwnTwin, type TenantMode, tenantErrors } from "../tenants/index.ts";
import { findMails, type TestMail } from "./mail-repository.ts";
import type { TwinDeps } from "./twin-deps.ts";
import { twinErrors } from "./twin-errors.ts";

/** The twin as its operator sees it. */
export type TestTwin = {
  readonly now: Date;
  /** Where its clock is being moved to; null while it stands. */
  readonly movingTo: Date | null;
  readonly createdAt: Date;
  /** When it last took over the live programme's settings. */
  readonly refreshedAt: Date | null;
};

/**
 * The caller in the twin: as they are, where they show a test key; where they have signed in, in the twin of their tenant. Undefined where that has none.
 * Throws `test_mode.live_key`.
 */
export async function inTwin({ db }: Pick<TwinDeps, "db">, ctx: Ctx): Promise<Ctx | undefined> {
  const { actor } = ctx;
  if (actor.type === "key") {
    if (actor.twin === undefined) throw twinErrors.live_key();
    return ctx;
  }
  const twin = await findTwin(db, ctx.tenantId);
  return twin && asIn(ctx, twin);
}

/** A person in the twin of their tenant: who they are, and how long ago they showed it, is the same. */
export function asIn(ctx: Ctx, { id: tenantId, clock_offset_ms: offsetMs }: TwinRow): Ctx {
  const shifted = (at: Date): Date => new Date(at.getTime() + Number(offsetMs));
  const { actor } = ctx;
  return {
    ...ctx,
    tenantId,
    now: shifted(ctx.now),
    actor: actor.type === "user" && actor.provenAt ? { ...actor, provenAt: shifted(actor.provenAt) } : actor,
  };
}

/** The same; refused where there is no twin. */
export async function requireTwin(deps: Pick<TwinDeps, "db">, ctx: Ctx): Promise<Ctx> {
  const within = await inTwin(deps, ctx);
  if (within === undefined) throw tenantErrors.no_twin();
  return within;
}

/** The twin of the transaction, which is in it. */
export async function twinView(tx: ReadTx): Promise<{ readonly twin: TestTwin }> {
  const { target } = await findOwnClock(tx);
  return { twin: { now: tx.ctx.now, movingTo: target, ...(await findOwnTwin(tx)) } };
}

/** The twin of the caller's programme, and null where it has none. */
export const showTwin =
  (deps: TwinDeps) =>
  async (ctx: Ctx): Promise<{ readonly twin: TestTwin | null }> => {
    requireScope(ctx, "test_mode:read");
    const within = await inTwin(deps, ctx);
    return within === undefined ? { twin: null } : deps.db.read(within, twinView);
  };

/** What the twin would have mailed. */
export const findTestMails =
  (deps: TwinDeps) =>
  async (ctx: Ctx, page: PageRequest & { readonly recipient?: string }): Promise<Page<TestMail>> => {
    requireScope(ctx, "test_mode:read");
    // A live tenant has none.
    return deps.db.read((await inTwin(deps, ctx)) ?? ctx, (tx) => findMails(tx, page));
  };

/** What time it is where the caller acts. */
export const showClock =
  ({ db }: TwinDeps) =>
  (ctx: Ctx): Promise<{ readonly mode: TenantMode; readonly now: Date; readonly movingTo: Date | null }> =>
    db.read(ctx, async (tx) => ({
      mode: await findOwnMode(tx),
      now: ctx.now,
      movingTo: (await findOwnClock(tx)).target,
    }));
