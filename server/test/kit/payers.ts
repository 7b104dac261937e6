import { newId } from "../../src/kernel/id.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { ROLE_SCOPES } from "../../src/platform/scopes.ts";
import type { PayoutWorld } from "./payouts.ts";
import { asOwner } from "./postgres.ts";

/** Somebody of the team: their context at any time, and that of a key of theirs. */
export type Payer = { readonly userId: string; readonly ctx: () => Ctx; readonly keyCtx: () => Ctx };

/** People who pay, in a world of payouts. */
export async function newPayer(world: PayoutWorld, role: "finance" | "admin" | "support" = "finance"): Promise<Payer> {
  const userId = newId();
  await asOwner(
    world.clone,
    `insert into users (tenant_id, id, role, email, created_at, updated_at) values ($1, $2::uuid, $3, $2::text || '@team.test', $4, $4)`,
    [world.tenantId, userId, role, world.clock.now()],
  );
  const keyId = newId();
  world.said.makers.set(keyId, userId);
  const context = (actor: Ctx["actor"]): Ctx => ({ ...world.operator(), actor });
  const scopes = ROLE_SCOPES[role];
  return {
    userId,
    ctx: () => {
      const provenAt = world.clock.now();
      return context({ type: "user", userId, role, sessionId: newId(), partnerId: null, scopes, provenAt });
    },
    keyCtx: () => context({ type: "key", keyId, partnerId: null, scopes }),
  };
}

/** Sets how one currency is paid, what is not given as though nothing had been set. */
export const setCurrency = (
  world: PayoutWorld,
  currency: string,
  settings: Partial<Parameters<PayoutWorld["payouts"]["changeCurrencySettings"]>[1]>,
) =>
  world.payouts.changeCurrencySettings(world.operator(), {
    approvalAbove: null,
    feeBorneBy: "programme",
    feeFixed: 0,
    feeRate: 0,
    schedule: null,
    ...settings,
    currency,
  });

/** A payout of a partner, a new one where none is given, that waits for its release. */
export async function newWaitingPayout(
  world: PayoutWorld,
  currency: string,
  partnerId?: string,
): Promise<{ partnerId: string; payoutId: string }> {
  const of = partnerId ?? (await world.newPartner());
  await world.earn(of, 10_000n, currency);
  return { partnerId: of, payoutId: await world.request(of, undefined, currency) };
}
