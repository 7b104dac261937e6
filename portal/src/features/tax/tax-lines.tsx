import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerDrawer } from "./partner-drawer.tsx";
import { PartnerName } from "./partner-name.tsx";
import { FORM_NAMES, LINE_STATES } from "./tax-words.ts";

type Line = components["schemas"]["TaxLine"];
const STATES = Object.keys(LINE_STATES) as (keyof typeof LINE_STATES)[];
/** As many as one request asks. */
const ASKED_MAX = 200;

const COLUMNS: readonly Column<Line>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <PartnerName id={row.partnerId} />,
  },
  {
    id: "form",
    header: t("tax.formName"),
    phone: "below",
    cell: (row) => <bdi>{row.form ? `${FORM_NAMES[row.form]} ${row.tin ?? ""}` : "—"}</bdi>,
  },
  {
    id: "amount",
    header: t("tax.paid"),
    align: "end",
    sort: "amount",
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency="USD" />,
  },
  {
    id: "withheld",
    header: t("tax.keptBack"),
    align: "end",
    cell: (row) => <Amount minor={row.withheld} currency="USD" />,
  },
  {
    id: "state",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={LINE_STATES[row.state]} />,
  },
];

/** What partners were paid in a year, and what becomes of it; of one, each transfer. */
export function TaxLines({ year }: { readonly year: number }) {
  const { may } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const { status } = search;
  const sorting = sortedBy("-amount");
  const list = useList("listTaxLines", { state: status, sort: sorting.sort }, { path: { year } });
  const ask = useAct("askForTaxForms", {
    touches: ["listTaxLines", "getPartnerTax"],
    onDone: ({ asked }) => toast(t("tax.asked", { count: asked })),
  });
  const missing = list.rows.filter(({ state }) => state === "form_missing").slice(0, ASKED_MAX);
  return (
    <>
      <FilterBar
        filters={[
          {
            name: "status",
            label: t("column.status"),
            options: STATES.map((code) => [code, t(LINE_STATES[code].words)] as const),
          },
        ]}
        values={{ status }}
        onChange={change}
      >
        {may("tax:write") && missing.length > 0 ? (
          <Button
            size="xs"
            variant="default"
            disabled={ask.isPending}
            onClick={() => ask.mutate({ body: { partnerIds: missing.map(({ partnerId }) => partnerId) } })}
          >
            {t("tax.askAll", { count: missing.length })}
          </Button>
        ) : null}
      </FilterBar>
      {ask.error ? <Problem error={ask.error} /> : null}
      <Panel flush>
        <DataTable
          caption={t("tax.tab.partners")}
          columns={COLUMNS}
          list={list}
          idOf={(row) => row.partnerId}
          {...opening}
          {...sorting}
          empty={<Empty title={t("tax.lines.none")} text={t("tax.lines.noneText")} />}
        />
      </Panel>
      <PartnerDrawer year={year} />
    </>
  );
}
