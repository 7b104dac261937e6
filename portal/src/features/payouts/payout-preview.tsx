import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { read, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { failureWords } from "./failure-words.ts";
import { accountWords } from "./method-name.ts";

type Row = components["schemas"]["PreviewedPartner"];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  {
    id: "method",
    header: t("column.method"),
    phone: "below",
    cell: (row) => (row.method === null ? "—" : accountWords(row.method)),
  },
  {
    id: "available",
    header: t("column.available"),
    align: "end",
    sort: "available",
    phone: "end",
    cell: (row) => <Amount minor={row.available} currency={row.currency} />,
  },
  {
    id: "why",
    header: t("column.payable"),
    phone: "belowEnd",
    cell: ({ lines }) => {
      const line = lines.find(({ isPayable }) => !isPayable);
      if (!line?.withheld) return t("preview.payable");
      // Of a gate, what it says is the reason.
      const reason = line.withheld === "payout.held" ? (line.reason ?? line.withheld) : line.withheld;
      return t("preview.waits", { reason: failureWords(reason) });
    },
  },
];

/** What every partner has that could be paid, and why some of it is not. Nothing is reserved by looking. */
export function PayoutPreview() {
  const { search, change, sortedBy } = useUrlState();
  const { data: settings } = useQuery(read("getPayoutSettings"));
  const { data: program } = useQuery(read("getProgram"));
  const currencies = [
    ...new Set([
      ...(program ? [program.currency] : []),
      ...(settings?.owedIn ?? []),
      ...(settings?.currencies.map((one) => one.currency) ?? []),
    ]),
  ];
  const currency = search.currency ?? program?.currency;
  const sorting = sortedBy("-available");
  const list = useList("previewPayouts", { currency, sort: sorting.sort }, { enabled: currency !== undefined });
  return (
    <>
      {currencies.length > 1 ? (
        <Tabs
          tabs={currencies.map((one) => [one, one] as const)}
          value={currency ?? ""}
          onChange={(to) => change({ currency: to })}
        />
      ) : null}
      <Panel flush>
        <DataTable
          caption={t("payouts.due")}
          columns={COLUMNS}
          list={list}
          idOf={(row) => row.partnerId}
          {...sorting}
          empty={<Empty title={t("preview.empty")} />}
        />
      </Panel>
    </>
  );
}
