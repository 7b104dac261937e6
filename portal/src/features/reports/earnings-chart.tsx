import type { Output } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Bars } from "../../ui/bars.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { formatMoney } from "../../ui/money.ts";
import { formatChange } from "../../ui/numbers.ts";

type Performance = Output<"getPerformanceMetrics">;

/** What was earned over a period, by currency, against the period before. */
export function EarningsChart({ data }: { readonly data: Performance }) {
  const { amounts } = data.totals;
  if (amounts.length === 0) return <Empty title={t("reports.nothing")} />;
  return amounts.map(({ currency, commissionEarned }) => (
    <div key={currency}>
      <Figures
        figures={[
          {
            label: t("reports.earnedIn", { currency }),
            value: <Amount minor={commissionEarned.value} currency={currency} />,
            note:
              commissionEarned.change === null
                ? null
                : t("reports.change", {
                    change: formatChange(commissionEarned.change),
                    before: formatMoney(commissionEarned.previous, currency),
                  }),
          },
        ]}
      />
      <Bars
        title={t("reports.earnedIn", { currency })}
        bars={data.series.map(({ from, to, amounts: parts }, index) => {
          const earned = parts.find((part) => part.currency === currency)?.commissionEarned ?? 0;
          return {
            label: from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`,
            value: earned,
            shown: `${formatMoney(earned, currency)} ${currency}`,
            isOpen: index === data.series.length - 1,
          };
        })}
      />
    </div>
  ));
}
