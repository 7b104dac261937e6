import { DAY_MS } from "../kernel/clock.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type ReadTx, selectPage } from "../platform/database/index.ts";
import { countClicks, findClicks } from "./click-repository.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { countReferrals, findReferral, selectReferrals, toReferral } from "./referral-repository.ts";
import type {
  OperatorReferral,
  OperatorReferralQuery,
  PartnerReferral,
  PartnerReferralDetail,
  PartnerReferralQuery,
  ReferralStats,
} from "./referral-schema.ts";
import { viewForOperator, viewsForOperator, viewsForPartner } from "./referral-view.ts";

/** A year, leap day included. */
const PERIOD_MAX_MS = 366 * DAY_MS;
/** Keeps an `in` list from being empty; no row has it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The acting partner's referrals, newest first unless asked otherwise. */
export const getReferrals =
  (deps: ReferralDeps) =>
  (ctx: Ctx, query: PartnerReferralQuery): Promise<Page<PartnerReferral>> => {
    requireScope(ctx, "own:referrals:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const page = await pageOfReferrals(tx, { ...query, partnerId });
      return { ...page, data: await viewsForPartner(deps, tx, page.data) };
    });
  };

/** One of the acting partner's referrals; another's is not found. */
export const getReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, id: string): Promise<PartnerReferralDetail> => {
    requireScope(ctx, "own:referrals:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const referral = await findReferral(tx, id);
      if (referral === undefined || referral.partnerId !== partnerId) throw referralErrors.not_found();
      const [view] = await viewsForPartner(deps, tx, [referral]);
      invariant(view !== undefined, "every referral has a view");
      const [click] = referral.clickId === null ? [] : await findClicks(tx, [referral.clickId]);
      return {
        ...view,
        click: click
          ? { id: click.id, clickedAt: click.clickedAt, campaign: click.campaign, subIds: { ...click.subIds } }
          : null,
      };
    });
  };

/** Every partner's referrals, for the operator. */
export const findAllReferrals =
  (deps: ReferralDeps) =>
  (ctx: Ctx, query: OperatorReferralQuery): Promise<Page<OperatorReferral>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      const { externalId, ...rest } = query;
      const customers =
        externalId === undefined ? undefined : await deps.customers.findCustomersByExternalIds(tx, [externalId]);
      const page = await pageOfReferrals(tx, {
        ...rest,
        ...(customers === undefined ? {} : { customerIds: [...customers.values(), NOBODY] }),
      });
      return { ...page, data: await viewsForOperator(deps, tx, page.data) };
    });
  };

/** One referral, for the operator. */
export const getReferralFor =
  (deps: ReferralDeps) =>
  (ctx: Ctx, id: string): Promise<OperatorReferral> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      const referral = await findReferral(tx, id);
      if (referral === undefined) throw referralErrors.not_found();
      return viewForOperator(deps, tx, referral);
    });
  };

/** What a partner's links and coupons brought in a period. Reads the rows themselves; pages of figures read the roll-ups of analytics. */
export const getReferralStats =
  (deps: ReferralDeps) =>
  (ctx: Ctx, period: { readonly from: Date; readonly to: Date }): Promise<ReferralStats> => {
    requireScope(ctx, "own:referrals:read");
    const partnerId = requirePartner(ctx);
    const lengthMs = period.to.getTime() - period.from.getTime();
    if (!(lengthMs > 0 && lengthMs <= PERIOD_MAX_MS)) throw referralErrors.period_invalid({ field: "to" });
    return deps.db.read(ctx, async (tx) => ({
      ...period,
      ...(await countClicks(tx, { partnerId, ...period })),
      ...(await countReferrals(tx, { partnerId, ...period })),
    }));
  };

async function pageOfReferrals(
  tx: ReadTx,
  query: PartnerReferralQuery & { readonly partnerId?: string; readonly customerIds?: readonly string[] },
) {
  let select = selectReferrals(tx);
  if (query.partnerId !== undefined) select = select.where("partner_id", "=", query.partnerId);
  if (query.customerIds !== undefined) select = select.where("referred_user_id", "in", [...query.customerIds]);
  if (query.status !== undefined) select = select.where("status", "=", query.status);
  if (query.source !== undefined) select = select.where("source", "=", query.source);
  if (query.createdFrom !== undefined) select = select.where("created_at", ">=", new Date(query.createdFrom));
  if (query.createdBefore !== undefined) select = select.where("created_at", "<", new Date(query.createdBefore));
  const page = await selectPage(select, query, {
    sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
    defaultSort: "-createdAt",
    idColumn: "id",
  });
  return { ...page, data: page.data.map(toReferral) };
}
