import { requireRecentProof } from "../identity/index.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, systemContext, withoutIdempotency } from "../platform/context.ts";
import { findTwin, type TwinRow } from "../platform/database/index.ts";
import { asIn } from "./find-twin.ts";
import { ensureTwin } from "./make-twin.ts";
import type { TwinDeps } from "./twin-deps.ts";

/**
 * The caller in the twin of their tenant, as the partner that stands there for theirs. Makes both where they are missing: for who makes a test key.
 * Throws `auth.step_up_required`.
 */
export const enterTwin =
  (deps: TwinDeps) =>
  async (ctx: Ctx): Promise<Ctx> => {
    requireRecentProof(ctx);
    const plain = withoutIdempotency(ctx);
    const twin = await ensureTwin(deps, plain);
    return as(ctx, twin, await counterpart(deps, plain, twin));
  };

/** The same where both are there; undefined otherwise. */
export const findInTwin =
  (deps: TwinDeps) =>
  async (ctx: Ctx): Promise<Ctx | undefined> => {
    const twin = await findTwin(deps.db, ctx.tenantId);
    if (twin === undefined) return undefined;
    const partnerId = partnerOf(ctx);
    if (partnerId === null) return as(ctx, twin, null);
    const found = await deps.db.read(within(ctx, twin), (tx) => deps.partners.findByExternalIds(tx, [partnerId]));
    const standIn = found.get(partnerId);
    return standIn === undefined ? undefined : as(ctx, twin, standIn);
  };

const partnerOf = ({ actor }: Ctx): string | null => (actor.type === "user" ? actor.partnerId : null);

function as(ctx: Ctx, twin: TwinRow, partnerId: string | null): Ctx {
  const moved = asIn(ctx, twin);
  return moved.actor.type === "user" ? { ...moved, actor: { ...moved.actor, partnerId } } : moved;
}

const within = (ctx: Ctx, twin: TwinRow): Ctx => {
  const { tenantId, now } = asIn(ctx, twin);
  return systemContext({ tenantId, job: "twins.enter", now, requestId: ctx.requestId });
};

/**
 * The partner of the twin that stands for the caller's: active, of its tier, named by its id, and reached by nobody. An import finds it where it was made
 * before.
 */
async function counterpart(deps: TwinDeps, ctx: Ctx, twin: TwinRow): Promise<string | null> {
  const partnerId = partnerOf(ctx);
  if (partnerId === null) return null;
  const { partnerType, tier, country, referralCode } = await deps.db.read(ctx, (tx) =>
    deps.partners.getPartner(tx, partnerId),
  );
  const inside = within(ctx, twin);
  const row = {
    externalId: partnerId,
    email: `${partnerId}@partners.invalid`,
    partnerType,
    tier,
    country,
    joinedAt: inside.now,
  };
  const take = async (given: { readonly referralCode?: string }): Promise<string | null> => {
    const [taken] = await deps.partners.importPartners(inside, [{ ...row, ...given }]);
    return taken?.status === "imported" || taken?.status === "duplicate" ? taken.partnerId : null;
  };
  // Somebody may have taken its code there: then it has another.
  const made = (await take({ referralCode })) ?? (await take({}));
  invariant(made !== null, "what is imported here is sound, and its address nobody else's");
  return made;
}
