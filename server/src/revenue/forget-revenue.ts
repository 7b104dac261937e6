import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { forgetEmails, forgetWaiting } from "./movement-repository.ts";
import type { RevenueDeps } from "./revenue-deps.ts";

/** Thirteen months: a yearly invoice is followed by the next before what it taught is forgotten. */
export const WAITING_KEPT_DAYS = 396;
/** One statement, short enough to wait for. */
const BATCH_SIZE = 2_000;

/** Forgets revenue that nobody's customer came for, and the e-mails that billing systems' customers had; what is told anew teaches them again. */
export const forgetRevenue =
  ({ db }: Pick<RevenueDeps, "db">) =>
  async (ctx: Ctx): Promise<void> => {
    const old = { before: new Date(ctx.now.getTime() - WAITING_KEPT_DAYS * DAY_MS), limit: BATCH_SIZE };
    const steps: readonly ((tx: Tx) => Promise<number>)[] = [
      (tx) => forgetWaiting(tx, old),
      (tx) => forgetEmails(tx, old),
    ];
    for (const step of steps) while ((await db.transaction(ctx, step)) === BATCH_SIZE);
  };
