import type { Ctx } from "../platform/context.ts";
import { authErrors } from "./identity-errors.ts";

/** As long as one stays at a desk. */
const RECENT_MS = 15 * 60_000;

/**
 * Refuses a person who has not shown for a while who they are: a session that was left open, or an access token that was stolen, must not be
 * enough to take an account over for good. Programs and jobs have nothing to show.
 */
export function requireRecentProof({ actor, now }: Ctx): void {
  if (actor.type !== "user") return;
  const provenAt = actor.provenAt?.getTime() ?? 0;
  // One that is dated far ahead was shown before the clock was set back: nobody knows when.
  if (Math.abs(now.getTime() - provenAt) > RECENT_MS) throw authErrors.step_up_required();
}
