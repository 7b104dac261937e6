import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { countClicks } from "../referrals/index.ts";
import { countReversals } from "../sales/index.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { Profile } from "./fraud-facts.ts";
import { notePayoutAccount } from "./note-payout-account.ts";
import { countDays, type DayCount, findJudgedPartners, saveProfiles } from "./profile-repository.ts";
import { findUnnoted, forgetSignals } from "./signal-repository.ts";

/** What is usual is what was so in this time. */
const PROFILE_DAYS = 30;
/** Partners that one transaction works out. */
const PAGE = 100;
/** Longer than any rule looks back. */
const SIGNAL_DAYS = 180;
const FORGET_PAGE = 5_000;

/** Works out anew what is usual of each partner of whom something was judged lately, and forgets signals that are too old to say anything. */
export const refreshProfiles =
  (deps: FraudDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const since = new Date(ctx.now.getTime() - PROFILE_DAYS * DAY_MS);
    let after: string | undefined;
    do {
      after = await deps.db.transaction(ctx, async (tx) => {
        const partnerIds = await findJudgedPartners(tx, { since, after, limit: PAGE });
        const days = Map.groupBy(await countDays(tx, { partnerIds, since }), ({ partnerId }) => partnerId);
        const sales = await countReversals(tx, { partnerIds, since });
        const profiles = new Map<string, Profile>();
        for (const partnerId of partnerIds) {
          const { uniqueClicks } = await countClicks(tx, { partnerId, from: since, to: ctx.now });
          const sold = sales.get(partnerId);
          profiles.set(partnerId, {
            ...usualOf(days.get(partnerId) ?? []),
            clicks: Number(uniqueClicks),
            sales: Number(sold?.sales ?? 0n),
            refunds: Number(sold?.refunds ?? 0n),
            chargebacks: Number(sold?.chargebacks ?? 0n),
          });
        }
        await saveProfiles(tx, profiles);
        for (const partnerId of await findUnnoted(tx, partnerIds)) await notePayoutAccount(deps, tx, { partnerId });
        return partnerIds.length === PAGE ? partnerIds.at(-1) : undefined;
      });
    } while (after !== undefined);
    const before = new Date(ctx.now.getTime() - SIGNAL_DAYS * DAY_MS);
    while ((await deps.db.transaction(ctx, (tx) => forgetSignals(tx, before, FORGET_PAGE))) === BigInt(FORGET_PAGE));
  };

/** What was usual in some days: how many conversions a day with any had, and how far days lay from that. Nothing of no days. */
export function usualOf(
  days: readonly Omit<DayCount, "partnerId">[],
): Omit<Profile, "clicks" | "sales" | "refunds" | "chargebacks"> {
  const sum = (of: (day: Omit<DayCount, "partnerId">) => number) => days.reduce((total, day) => total + of(day), 0);
  const conversions = sum((day) => day.conversions);
  const dailyMean = days.length === 0 ? 0 : conversions / days.length;
  const variance = days.length === 0 ? 0 : sum((day) => (day.conversions - dailyMean) ** 2) / days.length;
  return {
    conversions,
    timed: sum((day) => day.timed),
    quick: sum((day) => day.quick),
    days: days.length,
    dailyMean,
    dailyDeviation: Math.sqrt(variance),
  };
}
