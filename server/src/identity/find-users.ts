import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import type { Scope } from "../platform/scopes.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { type ApiKey, findKeys } from "./api-key-repository.ts";
import type { KeyOwner } from "./api-key-rules.ts";
import { requireKeyOwner } from "./generate-api-key.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { findOpenSessions, type Session } from "./session-repository.ts";
import { findTeam, findUser, type User } from "./user-repository.ts";

/** Members of the team. */
export const findUsers = (parts: IdentityParts, ctx: Ctx, page: PageRequest): Promise<Page<User>> =>
  parts.db.read(ctx, (tx) => {
    requireScope(ctx, "users:write");
    return findTeam(tx, page);
  });

export type Me = {
  readonly user: User;
  readonly partnerId: string | null;
  readonly tenantName: string;
  readonly scopes: Scope[];
};

/** Who the caller is and what they may do now. */
export const getMe = (parts: IdentityParts, ctx: Ctx): Promise<Me> =>
  parts.db.read(ctx, async (tx) => {
    const { actor } = ctx;
    invariant(actor.type === "user", "the route admits people only");
    const user = await findUser(tx, actor.userId);
    invariant(user !== undefined, "a session belongs to somebody, and nobody is deleted");
    const { name } = await findOwnTenant(tx, parts.publicUrl);
    return { user, partnerId: actor.partnerId, tenantName: name, scopes: [...actor.scopes] };
  });

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

/** Keys of the caller's partner, or of the operator. */
export const findAPIKeys = (
  parts: Pick<IdentityParts, "db">,
  ctx: Ctx,
  { owner, page }: { owner: KeyOwner; page: PageRequest },
): Promise<Page<ApiKey>> => parts.db.read(ctx, (tx) => findKeys(tx, { partnerId: requireKeyOwner(ctx, owner), page }));
