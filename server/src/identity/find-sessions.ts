import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { findOpenSessions, type Session } from "./session-repository.ts";

/** The caller's own open sessions; `isCurrent` is the one that asks. */
export const findSessions = (
  parts: IdentityParts,
  ctx: Ctx,
  page: PageRequest,
): Promise<Page<Session & { isCurrent: boolean }>> =>
  parts.db.read(ctx, async (tx) => {
    const { actor } = ctx;
    invariant(actor.type === "user", "the route admits people only");
    const { data, nextCursor } = await findOpenSessions(tx, actor.userId, page);
    return { nextCursor, data: data.map((session) => ({ ...session, isCurrent: session.id === actor.sessionId })) };
  });
