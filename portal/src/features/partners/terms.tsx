import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { formatBonus, formatPercent } from "../../ui/numbers.ts";

/** The rules that hold for a partner, in words. What gives nothing is left out. */
export function Terms({ terms }: { readonly terms: components["schemas"]["Terms"] }) {
  const { currency } = terms;
  const minimums = Object.entries(terms.minimumPayout as Readonly<Record<string, number>>);
  return (
    <Facts
      facts={[
        [t("terms.plan"), t("terms.planOf", { version: terms.planVersion, tier: terms.tier.replace("tier", "") })],
        terms.signupBonus > 0
          ? [t("clause.signup"), <Amount key="s" minor={terms.signupBonus} currency={currency} />]
          : null,
        terms.recurringRate > 0
          ? [
              t("clause.recurring"),
              terms.recurringDuration === null
                ? t("terms.forLife", { rate: formatPercent(terms.recurringRate) })
                : t("terms.forMonths", { rate: formatPercent(terms.recurringRate), months: terms.recurringDuration }),
            ]
          : null,
        terms.transactionRate > 0 ? [t("clause.transaction"), formatPercent(terms.transactionRate)] : null,
        terms.revenueShare > 0 ? [t("clause.share"), formatPercent(terms.revenueShare)] : null,
        ...terms.volumeBonuses.map(
          ({ threshold, bonus }) => [t("terms.fromClients", { count: threshold }), formatBonus(bonus)] as const,
        ),
        [t("terms.hold"), t("terms.days", { count: terms.holdDays })],
        [t("terms.window"), t("terms.days", { count: terms.attributionWindowDays })],
        minimums.length > 0
          ? [
              t("terms.minimum"),
              <span key="m" style={{ display: "grid", justifyItems: "start" }}>
                {minimums.map(([code, minor]) => (
                  <Amount key={code} minor={minor} currency={code} />
                ))}
              </span>,
            ]
          : null,
        terms.features.length > 0
          ? [
              t("terms.features"),
              <span key="f" style={{ display: "grid", justifyItems: "start" }}>
                {terms.features.map((feature) => (
                  <span key={feature}>{t(`feature.${feature}`)}</span>
                ))}
              </span>,
            ]
          : null,
      ]}
    />
  );
}
