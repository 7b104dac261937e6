import type { Output } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Figures } from "../../ui/figures.tsx";
import { formatMoney } from "../../ui/money.ts";
import { formatChange, formatCount } from "../../ui/numbers.ts";

type Program = Output<"getProgramAnalytics">["program"];

/** The programme in a few numbers, by currency. */
export function ProgramFigures({ program }: { readonly program: Program }) {
  const against = (change: number | null, before: string): string | null =>
    change === null ? null : t("reports.change", { change: formatChange(change), before });
  return (
    <Figures
      figures={[
        {
          label: t("reports.activePartners"),
          value: formatCount(program.partners.activeAtEnd),
          note: t("reports.newPartners", { count: program.partners.approved }),
        },
        ...program.amounts.flatMap(({ currency, revenue, commissionEarned }) => [
          {
            label: t("reports.revenueIn", { currency }),
            value: <Amount minor={revenue.value} currency={currency} />,
            note: against(revenue.change, formatMoney(revenue.previous, currency)),
          },
          {
            label: t("reports.commissionsIn", { currency }),
            value: <Amount minor={commissionEarned.value} currency={currency} />,
            note: against(commissionEarned.change, formatMoney(commissionEarned.previous, currency)),
          },
        ]),
      ]}
    />
  );
}
