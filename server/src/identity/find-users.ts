import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import type { Language } from "../platform/language/index.ts";
import type { Scope, TeamRole } from "../platform/scopes.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { findFactors, hasFactor } from "./factor-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { factorDueAt, findSignInSettings } from "./sign-in-settings.ts";
import { findTeam, findUser, type Teammate, type User } from "./user-repository.ts";

/** Members of the team. */
export const findUsers = (parts: IdentityParts, ctx: Ctx, page: PageRequest): Promise<Page<Teammate>> =>
  parts.db.read(ctx, (tx) => {
    requireScope(ctx, "users:write");
    return findTeam(tx, page);
  });

export type Me = {
  readonly user: User;
  /** In which they are written to; null while nobody knows. */
  readonly language: Language | null;
  readonly partnerId: string | null;
  /** What they are on their partner's team. */
  readonly teamRole: TeamRole | null;
  readonly tenantName: string;
  readonly scopes: Scope[];
  readonly isLooking: boolean;
  /** Until when they may do without the second factor that they need; null where they have one, or need none. */
  readonly factorDueAt: Date | null;
};

/** Who the caller is and what they may do now. */
export const getMe = (parts: IdentityParts, ctx: Ctx): Promise<Me> =>
  parts.db.read(ctx, async (tx) => {
    const { actor } = ctx;
    invariant(actor.type === "user", "the route admits people only");
    const user = await findUser(tx, actor.userId);
    invariant(user !== undefined, "a session belongs to somebody, and nobody is deleted");
    const { name } = await findOwnTenant(tx, parts.publicUrl);
    const dueAt = factorDueAt(await findSignInSettings(tx), user);
    const isDue = dueAt !== null && !hasFactor(await findFactors(tx, user.id));
    return {
      user,
      language: user.language,
      partnerId: actor.partnerId,
      teamRole: actor.teamRole ?? null,
      tenantName: name,
      scopes: [...actor.scopes],
      isLooking: actor.isLooking === true,
      factorDueAt: isDue ? dueAt : null,
    };
  });
