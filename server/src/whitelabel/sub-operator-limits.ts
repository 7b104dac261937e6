import { isCountry } from "../kernel/country.ts";
import { isCurrency } from "../kernel/currency.ts";
import { fractionFromPpm, PPM, ppmFromFraction } from "../kernel/rate.ts";
import type { ApprovalGate } from "../partners/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type AskedTerms, type PlanDocument, ratesAbove } from "../programs/index.ts";
import { findOwnLimits, lockOwnLimits, type TenantLimits } from "../tenants/index.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Limits as the wire has them; null is no limit. */
export type LimitsView = {
  readonly maxPartners: number | null;
  /** A decimal fraction. */
  readonly maxRate: number | null;
  readonly currencies: string[] | null;
  readonly countries: string[] | null;
};

export const limitsView = ({ maxPartners, maxRatePpm, currencies, countries }: TenantLimits): LimitsView => ({
  maxPartners,
  maxRate: maxRatePpm === null ? null : fractionFromPpm(BigInt(maxRatePpm)),
  currencies: currencies && [...currencies],
  countries: countries && [...countries],
});

/** Reads limits. Throws the catalogue error of the first field that cannot be. */
export function readLimits({ maxPartners, maxRate, currencies, countries }: LimitsView): TenantLimits {
  const strange = currencies?.findIndex((code) => !isCurrency(code)) ?? -1;
  if (strange >= 0) throw subOperatorErrors.currency_unknown({ field: `limits.currencies.${strange}` });
  const unknown = countries?.findIndex((code) => !isCountry(code)) ?? -1;
  if (unknown >= 0) throw subOperatorErrors.country_unknown({ field: `limits.countries.${unknown}` });
  return {
    maxPartners,
    maxRatePpm: maxRate === null ? null : rateOf("limits.maxRate", maxRate),
    currencies,
    countries,
  };
}

/** A decimal fraction in parts per million. Throws `sub_operator.rate_invalid`. */
export function rateOf(field: string, fraction: number): number {
  try {
    return Number(ppmFromFraction(fraction));
  } catch (error) {
    throw subOperatorErrors.rate_invalid({ field, value: fraction }, error);
  }
}

/** A gate of terms: what a parent allows is asked where plans are published and partners given terms of their own. What was published stays. */
export const requireWithinLimits = async (tx: ReadTx, { currency, terms }: AskedTerms): Promise<void> => {
  const { maxRatePpm, currencies } = await findOwnLimits(tx);
  if (currencies !== null) {
    if (!currencies.includes(currency))
      throw subOperatorErrors.currency_not_allowed({ field: "currency", value: currency, allowed: currencies });
    for (const { field, plan } of terms) {
      const strange = [...plan.minimumPayout.keys()].find((code) => !currencies.includes(code));
      if (strange !== undefined)
        throw subOperatorErrors.currency_not_allowed({
          field: `${field}.minimumPayout`,
          value: strange,
          allowed: currencies,
        });
    }
  }
  if (maxRatePpm === null) return;
  for (const { field, plan } of terms) {
    const [rate] = ratesAbove(plan, BigInt(maxRatePpm));
    if (rate !== undefined)
      throw subOperatorErrors.rate_above_limit({
        field: `${field}.${rate}`,
        maximum: fractionFromPpm(BigInt(maxRatePpm)),
      });
  }
};

/** A gate of approvals: partners are at home where the parent allows it. */
export const mayBePartner =
  ({ partners }: Pick<WhitelabelDeps, "partners">): ApprovalGate =>
  async (tx, { partnerId }) => {
    const { countries } = await findOwnLimits(tx);
    if (countries === null) return { allowed: true };
    const { country } = await partners.getPartner(tx, partnerId);
    return country !== null && countries.includes(country)
      ? { allowed: true }
      : { allowed: false, reason: `Limit: partners are at home in ${countries.join(", ")}` };
  };

/** How many more partners there may be; null without a limit. Two who ask at once are told one after the other. */
export const partnerRoom =
  ({ partners }: Pick<WhitelabelDeps, "partners">) =>
  async (tx: Tx): Promise<number | null> => {
    const { maxPartners } = await lockOwnLimits(tx);
    return maxPartners === null ? null : maxPartners - (await partners.countPartners(tx));
  };

/** What the own tenant is allowed, and how many partners count against it. */
export const getOwnLimits =
  ({ db, partners }: Pick<WhitelabelDeps, "db" | "partners">) =>
  (ctx: Ctx): Promise<LimitsView & { readonly partners: number }> =>
    db.read(ctx, async (tx) => {
      requireScope(ctx, "program:read");
      return { ...limitsView(await findOwnLimits(tx)), partners: await partners.countPartners(tx) };
    });

type Tiers = PlanDocument["tiers"];

/** The tiers of a plan, each rate cut to what is allowed: the plan that a sub-operator begins with, and changes. */
export function tiersWithin(tiers: Tiers, { maxRatePpm }: TenantLimits): Tiers {
  if (maxRatePpm === null) return tiers;
  const most = fractionFromPpm(BigInt(maxRatePpm));
  const cut = (rate: number): number => Math.min(rate, most);
  const cutTier = (tier: Tiers["tier1"]): Tiers["tier1"] => {
    const { recurringRate, recurringRateRange, revenueShare, revenueShareRange, transactionRate, volumeBonuses } = tier;
    // A bonus on top of a rate that is cut would be above it: none is left.
    const keepsBonuses = (volumeBonuses ?? []).every(
      ({ bonus }) => BigInt(maxRatePpm) * PPM >= ppmFromFraction(recurringRate ?? 0) * (PPM + ppmFromFraction(bonus)),
    );
    const range = (of: typeof recurringRateRange) => of && { minimum: cut(of.minimum), maximum: cut(of.maximum) };
    return {
      ...tier,
      ...(recurringRate === undefined ? {} : { recurringRate: cut(recurringRate) }),
      ...(revenueShare === undefined ? {} : { revenueShare: cut(revenueShare) }),
      ...(transactionRate === undefined ? {} : { transactionRate: cut(transactionRate) }),
      ...(recurringRateRange === undefined ? {} : { recurringRateRange: range(recurringRateRange) }),
      ...(revenueShareRange === undefined ? {} : { revenueShareRange: range(revenueShareRange) }),
      ...(keepsBonuses ? {} : { volumeBonuses: [] }),
    } as Tiers["tier1"];
  };
  return {
    tier1: cutTier(tiers.tier1),
    tier2: cutTier(tiers.tier2),
    tier3: cutTier(tiers.tier3),
    tier4: cutTier(tiers.tier4),
  };
}
