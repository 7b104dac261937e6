import type { Output } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Lines } from "../../ui/lines.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { saleKindWords } from "../disputes/dispute-words.ts";

type Share = Output<"listSubOperatorShares">["data"][number];

/** What each sale of a sub-operator changed of its share, the newest first: what the totals are made of. */
export function ShareList({ id }: { readonly id: string }) {
  const list = useList(
    "listSubOperatorShares",
    { sort: "-bookedAt" },
    { path: { id }, pageSize: 20, isKeptWhole: true },
  );
  return (
    <Lines<Share>
      title={t("subOperator.shares")}
      list={list}
      empty={t("subOperator.noShares")}
      keyOf={(row) => row.id}
      lineOf={({ saleId, kind, revenue, share, currency, contract, occurredAt }) => ({
        name: (
          <>
            {saleKindWords(kind)} <ShortId id={saleId} />
          </>
        ),
        note: (
          <>
            <Moment at={occurredAt} as="time" />
            {", "}
            {t("subOperator.ofRevenue")} <Amount minor={revenue} currency={currency} />
            {contract === null ? null : `, ${t("subOperator.byContract", { number: String(contract) })}`}
          </>
        ),
        figure: <Amount minor={share} currency={currency} />,
      })}
    />
  );
}
