import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Fact, Facts } from "../../ui/facts.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { LOOKS } from "./sub-operator-words.ts";

type SubOperator = components["schemas"]["SubOperator"];
type Figures = SubOperator["figures"][number];

const FIGURES = ["revenue", "share", "shareOwed", "feesCharged", "feesOwed"] as const;

/** How a sub-operator stands, what it is called and where it is. */
export const standingOf = ({ status, statusReason, name, host }: SubOperator): readonly Fact[] => [
  [t("column.status"), <StatusMark key="s" look={LOOKS[status]} code={status} note={statusReason} />],
  [t("subOperator.name"), <bdi key="n">{name}</bdi>],
  [
    t("subOperator.host"),
    <span key="h" dir="ltr">
      {host}
    </span>,
  ],
];

/** What it has sold in a currency, and what it owes of that. */
export const FigureFacts = ({ figures }: { readonly figures: Figures }) => (
  <Facts
    facts={FIGURES.map((name) => [
      t(`subOperator.${name}`),
      <Amount key={name} minor={figures[name]} currency={figures.currency} />,
    ])}
  />
);
