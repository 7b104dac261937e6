import { DAY_MS } from "../kernel/clock.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { type PlanPublished, planInForce } from "../programs/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { type Follower, findFollowers } from "./partner-repository.ts";
import { recordTerms } from "./record-terms.ts";
import { showRates } from "./register-partner.ts";
import { RECORDED_MAX } from "./sequence-repository.ts";
import { findTermsOfPartners } from "./terms-repository.ts";
import { type BackdatedTime, tiersSince } from "./terms-rules.ts";

/** `plan.published`, as programmes publish it. */
const publicationOf = ({ data }: DomainEvent): PlanPublished => {
  invariant(
    typeof data === "object" && data !== null && "isRetroactive" in data,
    "programmes say how a plan is published",
  );
  return data as PlanPublished;
};

type FollowingDeps = Pick<PartnerDeps, "outbox"> & {
  readonly programs: Pick<PartnerDeps["programs"], "publishedPlans">;
};

/** Inside listener: gives every partner who follows the plan the version that was published, from its day on. */
export const followPlan =
  (deps: FollowingDeps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const plan of events.map(publicationOf)) await moveFollowers(deps, tx, plan);
  };

async function moveFollowers(deps: FollowingDeps, tx: Tx, plan: PlanPublished): Promise<void> {
  const { effectiveFrom, isRetroactive } = plan;
  const isInForce = effectiveFrom === null || effectiveFrom <= tx.ctx.now;
  const given = { planId: plan.id, overrides: {}, reason: `Plan version ${plan.version}`, isRetroactive };
  await eachBatch(tx, async (followers) => {
    const isBackdated = isRetroactive && effectiveFrom !== null && effectiveFrom < tx.ctx.now;
    const terms = isBackdated
      ? (await backdatedTimes(tx, followers, effectiveFrom)).flatMap(({ partnerId, times }) =>
          times.map(({ tier, from }) => ({ ...given, partnerId, tier, effectiveFrom: from, heldFrom: from })),
        )
      : followers.map(({ id, tier }) => ({ ...given, partnerId: id, tier, effectiveFrom }));
    await recordTerms(deps.outbox, tx, terms);
    if (isInForce)
      await showRates(
        deps,
        tx,
        followers.map(({ id }) => id),
      );
  });
}

/** Everybody whom the publication of a version moves: whose newest terms follow the plan. */
export async function findPlanFollowers(tx: ReadTx): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await eachBatch(tx, async (followers) => {
    for (const { id } of followers) found.add(id);
  });
  return found;
}

export type BackdatedFollower = { readonly partnerId: string; readonly times: readonly BackdatedTime[] };

/** Everybody for whom a version would hold from a date in the past, in the order of their ids, each with its tiers since then. */
export async function findBackdatedFollowers(tx: ReadTx, from: Date): Promise<BackdatedFollower[]> {
  const found: BackdatedFollower[] = [];
  await eachBatch(tx, async (followers) => {
    found.push(...(await backdatedTimes(tx, followers, from)));
  });
  return found;
}

async function backdatedTimes(tx: ReadTx, followers: readonly Follower[], from: Date): Promise<BackdatedFollower[]> {
  const ids = followers.map(({ id }) => id);
  const rows = Map.groupBy(await findTermsOfPartners(tx, ids), ({ partnerId }) => partnerId);
  return ids.map((partnerId) => ({ partnerId, times: tiersSince(rows.get(partnerId) ?? [], from, tx.ctx.now) }));
}

/** In the order of their ids, so that sequences are locked in the order that everybody keeps. */
async function eachBatch(tx: ReadTx, work: (followers: readonly Follower[]) => Promise<void>): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const followers = await findFollowers(tx, { after, limit: RECORDED_MAX });
    if (followers.length === 0) return;
    await work(followers);
    after = followers.at(-1)?.id;
  }
}

/** So long after its day a version's rates are still shown where they are not yet: longer than a server is ever down. */
const SHOWN_LATE_MS = 7 * DAY_MS;

/** Shows the rates of a version that was published ahead and has come into force. */
export const showCurrentRates =
  (deps: PartnerDeps) =>
  (ctx: Ctx): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const current = planInForce(await deps.programs.findPublishedHeads(tx), ctx.now)?.effectiveFrom ?? null;
      if (current === null || ctx.now.getTime() - current.getTime() > SHOWN_LATE_MS) return;
      await eachBatch(tx, (followers) =>
        showRates(
          deps,
          tx,
          followers.map(({ id }) => id),
        ),
      );
    });
