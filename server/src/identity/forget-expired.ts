import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { clearExpiredLimits } from "../platform/rate-limit/index.ts";
import { deleteExpiredChallenges } from "./challenge-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { deleteExpiredLinks } from "./link-repository.ts";
import { deleteTokensOfEndedSessions } from "./session-repository.ts";

/** What nobody can use any more is kept this long for whoever looks into an incident. */
const KEPT_AFTER_END_MS = 30 * DAY_MS;

/** Forgets links and refresh tokens that ended a while ago, and what limits counted in windows that are over. */
export async function forgetExpired(parts: IdentityParts, ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - KEPT_AFTER_END_MS);
  await parts.db.transaction(ctx, async (tx) => {
    await deleteExpiredLinks(tx, before);
    await deleteExpiredChallenges(tx, before);
    await deleteTokensOfEndedSessions(tx, before);
  });
  await clearExpiredLimits(parts.db);
}
