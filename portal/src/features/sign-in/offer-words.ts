import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { formatBonus, formatPercent } from "../../ui/numbers.ts";

export type OfferedTier = components["schemas"]["Offer"]["tiers"][number];
type Said = readonly [string, string];

/** What a kind of partner earns and pays, as names with their words; what gives or costs nothing is left out. */
export function offerFacts(tier: OfferedTier, currency: string): readonly Said[] {
  const { recurringDuration: months, tierMultiplier } = tier;
  const amount = (minor: number, of = currency): string => `${formatMoney(minor, of)} ${of}`;
  // As it is earned: fractions have six places, and so has what is shown of them.
  const rate = (fraction: number): string => formatPercent(Number((fraction * tierMultiplier).toFixed(6)));
  const recurring = rate(tier.recurringRate);
  const minimums = Object.entries(tier.minimumPayout as Readonly<Record<string, number>>);
  const best = tier.volumeBonuses.at(-1);
  const said: readonly (Said | false)[] = [
    tier.signupBonus > 0 && [t("clause.signup"), amount(tier.signupBonus)],
    tier.recurringRate > 0 && [
      t("clause.recurring"),
      months === null ? t("terms.forLife", { rate: recurring }) : t("terms.forMonths", { rate: recurring, months }),
    ],
    tier.revenueShare > 0 && tier.mode === "share" && [t("clause.share"), rate(tier.revenueShare)],
    tier.transactionRate > 0 && [t("clause.transaction"), rate(tier.transactionRate)],
    best !== undefined && [t("terms.fromClients", { count: best.threshold }), formatBonus(best.bonus)],
    tier.setupFee > 0 && [t("offer.setUp"), amount(tier.setupFee)],
    tier.monthlyLicense > 0 && [t("offer.licence"), t("offer.eachMonth", { amount: amount(tier.monthlyLicense) })],
    [t("terms.hold"), t("terms.days", { count: tier.holdDays })],
    minimums.length > 0 && [t("terms.minimum"), minimums.map(([code, minor]) => amount(minor, code)).join(" · ")],
  ];
  return said.filter((one) => one !== false);
}

/** Who approves, and how long that takes. */
export function approvalWords({ isApprovedAtOnce, usualDays }: OfferedTier): string {
  if (isApprovedAtOnce) return t("offer.atOnce");
  return usualDays === null ? t("offer.byPerson") : t("offer.byPersonIn", { days: usualDays });
}
