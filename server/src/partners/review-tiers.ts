import { DAY_MS } from "../kernel/clock.ts";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage, type Tx } from "../platform/database/index.ts";
import type { ReportProgress } from "../platform/jobs/index.ts";
import { currentTerms } from "./find-terms.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { tierReviewNews } from "./partner-events.ts";
import {
  closeReviews,
  countReview,
  findInactiveUnderReview,
  findTenures,
  selectTierReviews,
  type TierReview,
  tierReviewOf,
} from "./tier-review-repository.ts";

/** Partners of one transaction. */
const BATCH_SIZE = 200;

/**
 * Counts for each active partner whether it brings the customers that its tier asks for (the plan's `eligibility.qualifiedReferrals`), in the days that the
 * tier names, and opens a review of those who do not; who has been in its tier for less than these days is not asked yet. It moves nobody: an operator
 * decides. Safe to run at any time, any number of times: there is one open review of a partner, and it says what was counted last.
 */
export const reviewTiers =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, report?: ReportProgress): Promise<{ readonly reviewed: number; readonly opened: number }> => {
    requireScope(ctx, "partners:write");
    const inner = withoutIdempotency(ctx);
    let [reviewed, opened, after] = [0, 0, ""];
    for (;;) {
      const done = await deps.db.transaction(inner, (tx) => reviewBatch(deps, tx, after));
      reviewed += done.reviewed;
      opened += done.opened;
      await report?.(reviewed);
      if (done.last === undefined) break;
      after = done.last;
    }
    await deps.db.transaction(inner, async (tx) => close(deps, tx, await findInactiveUnderReview(tx), "moot"));
    return { reviewed, opened };
  };

async function reviewBatch(deps: PartnerDeps, tx: Tx, after: string) {
  const { now } = tx.ctx;
  const partners = await findTenures(tx, { after, limit: BATCH_SIZE });
  const terms = await currentTerms(deps)(
    tx,
    partners.map(({ partnerId }) => partnerId),
    now,
  );
  const [met, moot]: [string[], string[]] = [[], []];
  let opened = 0;
  for (const { partnerId, since } of partners) {
    const own = terms.get(partnerId);
    const asked = own?.eligibility.qualifiedReferrals;
    if (own === undefined || asked === undefined) {
      moot.push(partnerId);
      continue;
    }
    const from = new Date(now.getTime() - asked.days * DAY_MS);
    if (since > from) continue;
    const counted = await deps.referrals.countQualified(tx, { partnerId, since: from });
    if (counted >= asked.minimum) {
      met.push(partnerId);
      continue;
    }
    const of = { partnerId, tier: own.tier, ...asked, counted };
    const found = await countReview(tx, of);
    if (found?.news === undefined) continue;
    await deps.outbox.publish(tx, [tierReviewNews(found.news, found.review)]);
    if (found.news !== "opened") continue;
    opened += 1;
    await deps.audit.record(tx, "partner.fell_below_tier", {
      targetType: "partner",
      targetId: partnerId,
      after: of,
    });
  }
  await close(deps, tx, met, "met");
  await close(deps, tx, moot, "moot");
  return {
    reviewed: partners.length,
    opened,
    last: partners.length < BATCH_SIZE ? undefined : partners.at(-1)?.partnerId,
  };
}

async function close(deps: PartnerDeps, tx: Tx, partnerIds: readonly string[], status: "met" | "moot"): Promise<void> {
  const closed = await closeReviews(tx, partnerIds, status);
  await deps.outbox.publish(
    tx,
    closed.map((review) => tierReviewNews("closed", review)),
  );
}

export type TierReviewFilters = PageRequest & { readonly status?: TierReview["status"]; readonly partnerId?: string };

/** Reviews, the oldest first unless asked otherwise. */
export const findTierReviews =
  (deps: Pick<PartnerDeps, "db">) =>
  (ctx: Ctx, filters: TierReviewFilters): Promise<Page<TierReview>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectTierReviews(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
      const page = await selectPage(query, filters, {
        sorts: { openedAt: { column: "opened_at", type: "timestamptz" } },
        defaultSort: "openedAt",
        idColumn: "id",
      });
      return { ...page, data: page.data.map(tierReviewOf) };
    });
  };
