import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { countryName } from "../../ui/countries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { asList } from "../../ui/table-rows.ts";
import type { Period } from "./periods.ts";

const DIMENSIONS = ["product", "plan", "country", "campaign", "cohort"] as const;
type Dimension = (typeof DIMENSIONS)[number];
type Row = Output<"getRevenueBy">["values"][number] & { readonly isRest?: boolean };

const valueBy = (dimension: Dimension): Column<Row> => ({
  id: "value",
  header: t(`revenueBy.${dimension}`),
  grow: true,
  phone: "start",
  cell: ({ isRest, value }) =>
    isRest ? (
      t("revenueBy.rest")
    ) : value === null ? (
      t("revenueBy.none")
    ) : (
      <bdi>{dimension === "country" ? countryName(value) : value}</bdi>
    ),
});
const AMOUNTS: readonly Column<Row>[] = [
  {
    id: "sales",
    header: t("revenueBy.sales"),
    align: "end",
    cell: (row) => <Amount minor={row.sales} currency={row.currency} />,
  },
  {
    id: "takenBack",
    header: t("revenueBy.takenBack"),
    align: "end",
    phone: "below",
    cell: (row) => <Amount minor={-row.takenBack} currency={row.currency} />,
  },
  {
    id: "revenue",
    header: t("reports.revenue"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.revenue} currency={row.currency} />,
  },
];

/** What revenue came from: product, plan, country, campaign, or the month in which the customer was won. */
export function RevenueBy({ period }: { readonly period: Period }) {
  const { isPartner } = useMe();
  const [dimension, setDimension] = useState<Dimension>("product");
  const input = { query: { period, dimension } };
  const own = useQuery({ ...read("getRevenueBy", input), enabled: isPartner });
  const all = useQuery({ ...read("getProgramRevenueBy", input), enabled: !isPartner });
  const query = isPartner ? own : all;
  const rest = (query.data?.rest ?? []).map((one): Row => ({ ...one, value: null, isRest: true }));
  const rows: readonly Row[] = [...(query.data?.values ?? []), ...rest];
  return (
    <Panel
      title={t("revenueBy.title")}
      flush
      aside={
        <NativeSelect
          aria-label={t("revenueBy.dimension")}
          value={dimension}
          onChange={(event) => setDimension(event.currentTarget.value as Dimension)}
          data={DIMENSIONS.map((one) => ({ value: one, label: t(`revenueBy.${one}`) }))}
        />
      }
    >
      <DataTable
        caption={t("revenueBy.title")}
        columns={[valueBy(dimension), ...AMOUNTS]}
        list={asList(rows, query)}
        idOf={(row) => `${row.currency} ${row.isRest ? "rest" : (row.value ?? "")}`}
        empty={<Empty title={t("reports.nothing")} />}
      />
    </Panel>
  );
}
