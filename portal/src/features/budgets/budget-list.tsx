import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { ClaimBudget } from "./claim-budget.tsx";

type Budget = components["schemas"]["Budget"];

const money = (pick: (row: Budget) => number) => (row: Budget) => <Amount minor={pick(row)} currency={row.currency} />;
const COLUMNS: readonly Column<Budget>[] = [
  {
    id: "period",
    header: t("budget.period"),
    phone: "start",
    grow: true,
    cell: (row) => `${formatDay(row.periodStart)} – ${formatDay(row.periodEnd)}`,
  },
  { id: "granted", header: t("budget.granted"), cell: money((row) => row.granted) },
  { id: "waiting", header: t("budget.waiting"), cell: money((row) => row.waiting) },
  { id: "used", header: t("budget.used"), phone: "below", cell: money((row) => row.used) },
  { id: "left", header: t("budget.left"), phone: "end", cell: money((row) => row.left) },
];
const OF_PARTNER: Column<Budget> = {
  id: "partner",
  header: t("column.partner"),
  phone: "belowEnd",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};

/** What may be spent on marketing, period by period: for a partner its own, for the team everybody's. */
export function BudgetList() {
  const { isPartner } = useMe();
  const { partnerId } = useUrlState().search;
  const own = useList("listBudgets", {}, { enabled: isPartner });
  const all = useList("listAllBudgets", { partnerId }, { enabled: !isPartner });
  const [isClaiming, setClaiming] = useState(false);
  const list = isPartner ? own : all;
  const open = own.rows.filter(({ left, periodEnd }) => left > 0 && periodEnd >= new Date().toISOString().slice(0, 10));
  return (
    <Panel
      flush
      title={t("budgets.title")}
      aside={
        open.length > 0 ? (
          <Allowed scope="own:fees:write">
            <Button size="compact-sm" onClick={() => setClaiming(true)}>
              {t("claim.new")}
            </Button>
          </Allowed>
        ) : null
      }
    >
      <DataTable
        caption={t("budgets.title")}
        columns={isPartner ? COLUMNS : [OF_PARTNER, ...COLUMNS]}
        list={list}
        empty={<Empty title={t("budgets.empty")} text={t(isPartner ? "budgets.ownEmptyText" : "budgets.emptyText")} />}
      />
      {isClaiming ? <ClaimBudget budgets={open} onClose={() => setClaiming(false)} /> : null}
    </Panel>
  );
}
