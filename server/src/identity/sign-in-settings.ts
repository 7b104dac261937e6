import { DAY_MS } from "../kernel/clock.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { signInSettingsEvent } from "./identity-events.ts";
import { requireRecentProof } from "./recent-proof.ts";
import type { UserRole } from "./user-repository.ts";

export const FACTOR_ROLES = ["admin", "finance", "support", "partner"] as const;
export type FactorRole = (typeof FACTOR_ROLES)[number];

/** Who must have a second factor, and for how long whoever has none may still do without. */
export type SignInSettings = { readonly requiredRoles: FactorRole[]; readonly graceDays: number };

const NOBODY: SignInSettings & { requiredSince: Date } = {
  requiredRoles: [],
  graceDays: 7,
  requiredSince: new Date(0),
};

export async function findSignInSettings(tx: ReadTx): Promise<SignInSettings & { requiredSince: Date }> {
  const row = await tx
    .selectFrom("sign_in_settings")
    .select(["required_roles", "grace_days", "required_since"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return NOBODY;
  // Written by `changeSignInSettings` alone.
  const requiredRoles = row.required_roles as FactorRole[];
  return { requiredRoles, graceDays: row.grace_days, requiredSince: row.required_since };
}

/** Whether a role must have a second factor, and until when one of it who has none may do without. */
export const factorDueAt = (
  settings: SignInSettings & { requiredSince: Date },
  who: { readonly role: UserRole; readonly createdAt: Date },
): Date | null => {
  if (!settings.requiredRoles.some((role) => role === who.role)) return null;
  const from = Math.max(settings.requiredSince.getTime(), who.createdAt.getTime());
  return new Date(from + settings.graceDays * DAY_MS);
};

export const getSignInSettings = (parts: IdentityParts, ctx: Ctx): Promise<SignInSettings> =>
  parts.db.read(ctx, (tx) => {
    requireScope(ctx, "users:write");
    return findSignInSettings(tx);
  });

/** Says who must have a second factor from now on. The grace begins anew. */
export const changeSignInSettings = (
  parts: IdentityParts,
  ctx: Ctx,
  { requiredRoles, graceDays }: SignInSettings,
): Promise<SignInSettings> =>
  parts.db.transaction(ctx, async (tx) => {
    requireScope(ctx, "users:write");
    requireRecentProof(ctx);
    const { requiredSince: _, ...before } = await findSignInSettings(tx);
    const after = { requiredRoles: [...new Set(requiredRoles)], graceDays };
    await writeSettings(tx, after);
    await parts.audit.record(tx, "sign_in_settings.changed", {
      targetType: "tenant",
      targetId: ctx.tenantId,
      before,
      after,
    });
    await parts.outbox.publish(tx, [signInSettingsEvent(ctx.tenantId, after)]);
    return after;
  });

async function writeSettings(tx: Tx, { requiredRoles, graceDays }: SignInSettings): Promise<void> {
  const { tenantId, now } = tx.ctx;
  const values = { required_roles: JSON.stringify(requiredRoles), grace_days: graceDays, required_since: now };
  await tx
    .insertInto("sign_in_settings")
    .values({ tenant_id: tenantId, ...values })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
    .execute();
}
