import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Bars } from "../../ui/bars.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatMoney } from "../../ui/money.ts";

/** When pending money becomes available, by day and currency. */
export function Arrivals() {
  const summary = useQuery(read("getCommissionSummary"));
  return (
    <Loaded query={summary}>
      {({ currencies }) => {
        const coming = currencies.filter(({ upcoming }) => upcoming.length > 0);
        if (coming.length === 0) return <Empty title={t("home.noArrivals")} />;
        return coming.map(({ currency, upcoming }) => (
          <Bars
            key={currency}
            title={t("home.arrivalsIn", { currency })}
            height={96}
            bars={upcoming.map(({ date, amount }) => ({
              label: formatDay(date),
              value: amount,
              shown: `${formatMoney(amount, currency)} ${currency}`,
            }))}
          />
        ));
      }}
    </Loaded>
  );
}
