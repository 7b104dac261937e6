import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatCount } from "../../ui/numbers.ts";

type Money = { readonly currency: string; readonly revenue: number; readonly commissionEarned: number };

/** What a partner brought in a year. */
export function PartnerFigures({ partnerId }: { readonly partnerId: string }) {
  const figures = useQuery(read("getProgramAnalytics", { query: { period: "12m", partnerId } }));
  return (
    <Loaded query={figures} lines={2}>
      {({ partners }) => {
        const row = partners.data[0];
        if (row === undefined) return <Empty title={t("reports.nothing")} />;
        return (
          <Figures
            figures={[
              { label: t("funnel.clicks"), value: formatCount(row.clicks) },
              { label: t("funnel.conversions"), value: formatCount(row.conversions) },
              { label: t("funnel.qualified"), value: formatCount(row.qualified) },
              ...(row.amounts as unknown as readonly Money[]).flatMap(({ currency, revenue, commissionEarned }) => [
                { label: t("reports.revenueIn", { currency }), value: <Amount minor={revenue} currency={currency} /> },
                {
                  label: t("reports.commissionsIn", { currency }),
                  value: <Amount minor={commissionEarned} currency={currency} />,
                },
              ]),
            ]}
          />
        );
      }}
    </Loaded>
  );
}
