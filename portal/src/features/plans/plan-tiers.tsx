import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatPercent } from "../../ui/numbers.ts";
import classes from "./plan-tiers.module.css";

type Plan = components["schemas"]["CommissionPlan"];
type TierPlan = components["schemas"]["TierPlan"];
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;

/** The rules of a plan, one line each, the tiers side by side. */
export function PlanTiers({ plan }: { readonly plan: Plan }) {
  const money = (minor: number | undefined) => (minor ? <Amount minor={minor} currency={plan.currency} /> : "—");
  const rate = (fraction: number | undefined) => (fraction ? formatPercent(fraction) : "—");
  const lines: readonly (readonly [words: string, cell: (tier: TierPlan) => React.ReactNode])[] = [
    [t("clause.signup"), (tier) => money(tier.signupBonus)],
    [t("clause.recurring"), (tier) => rate(tier.recurringRate)],
    [
      t("plan.months"),
      (tier) =>
        tier.recurringRate
          ? tier.recurringDuration == null
            ? t("plan.forLife")
            : String(tier.recurringDuration)
          : "—",
    ],
    [t("clause.transaction"), (tier) => rate(tier.transactionRate)],
    [t("clause.share"), (tier) => rate(tier.revenueShare)],
    [
      t("plan.volumeBonuses"),
      (tier) =>
        tier.volumeBonuses?.length
          ? tier.volumeBonuses.map(({ threshold, bonus }) => (
              <div key={threshold}>{`${threshold}+: +${formatPercent(bonus)}`}</div>
            ))
          : "—",
    ],
    [t("plan.monthlyLicense"), (tier) => money(tier.monthlyLicense)],
    [t("terms.hold"), (tier) => t("terms.days", { count: tier.holdDays })],
    [t("terms.window"), (tier) => t("terms.days", { count: tier.attributionWindowDays })],
  ];
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("plan.tiers")}>
      <table className={classes.tiers}>
        <caption className="visually-hidden">{t("plan.tiers")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("plan.rule")}</th>
            {TIERS.map((tier) => (
              <th key={tier} scope="col">
                {t("tier.name", { tier: tier.replace("tier", "") })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(([words, cell]) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              {TIERS.map((tier) => (
                <td key={tier}>{cell(plan.tiers[tier])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
