import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatMoney } from "../../ui/money.ts";
import { Panel } from "../../ui/panel.tsx";
import { useHeldReferrals } from "../fraud/held-referrals.ts";

/** What a partner has, by currency: available now, pending and when it arrives, paid. Currencies are never added up. */
export function Balances() {
  const summary = useQuery(read("getCommissionSummary"));
  // What waits for a review does not come on its day.
  const nextWords = useHeldReferrals().size > 0 ? "balance.nextHeld" : "balance.next";
  return (
    <Panel>
      <Loaded query={summary} lines={2}>
        {({ currencies }) =>
          currencies.length === 0 ? (
            <Empty title={t("balance.empty")} text={t("balance.emptyText")} />
          ) : (
            currencies.map(({ currency, balances, upcoming }) => {
              const next = upcoming[0];
              return (
                <Figures
                  key={currency}
                  large
                  figures={[
                    {
                      label: t("balance.available"),
                      value: <Amount minor={balances.available} currency={currency} />,
                      note:
                        balances.debt > 0
                          ? t("balance.owed", { amount: `${formatMoney(balances.debt, currency)} ${currency}` })
                          : null,
                    },
                    {
                      label: t("balance.pending"),
                      value: <Amount minor={balances.pending} currency={currency} />,
                      note: next
                        ? t(nextWords, { amount: formatMoney(next.amount, currency), day: formatDay(next.date) })
                        : null,
                    },
                    ...(balances.inTransit > 0
                      ? [
                          {
                            label: t("balance.inTransit"),
                            value: <Amount minor={balances.inTransit} currency={currency} />,
                          },
                        ]
                      : []),
                    ...(balances.disputed > 0
                      ? [
                          {
                            label: t("balance.disputed"),
                            value: <Amount minor={balances.disputed} currency={currency} />,
                          },
                        ]
                      : []),
                    { label: t("balance.paid"), value: <Amount minor={balances.paidOut} currency={currency} /> },
                  ]}
                />
              );
            })
          )
        }
      </Loaded>
    </Panel>
  );
}
