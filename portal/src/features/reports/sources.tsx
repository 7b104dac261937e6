import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { formatCount, formatPercent } from "../../ui/numbers.ts";
import { asList } from "../../ui/table-rows.ts";

type Source = Output<"getConversionFunnel">["sources"][number];

const COLUMNS: readonly Column<Source>[] = [
  {
    id: "source",
    header: t("column.link"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.campaign ?? row.code ?? row.source}</bdi>,
  },
  {
    id: "clicks",
    header: t("funnel.clicks"),
    align: "end",
    phone: "end",
    isLabelled: true,
    cell: (row) => formatCount(row.counts.clicks),
  },
  { id: "signups", header: t("funnel.signups"), align: "end", cell: (row) => formatCount(row.counts.signups) },
  {
    id: "qualified",
    header: t("funnel.qualified"),
    align: "end",
    phone: "belowEnd",
    isLabelled: true,
    cell: (row) => formatCount(row.counts.qualified),
  },
  {
    id: "rate",
    header: t("reports.rate"),
    align: "end",
    cell: (row) => (row.rates.clickToConversion === null ? "—" : formatPercent(row.rates.clickToConversion)),
  },
];

/** Which links and coupons bring customers. The link that is there from the beginning has no campaign, and one name on every page. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const { data: first } = useQuery(read("listReferralLinks", { query: { limit: 1, isDefault: true } }));
  const named = sources.map((row) =>
    row.campaign === null && row.linkId !== null && row.linkId === first?.data[0]?.id
      ? { ...row, campaign: t("links.default") }
      : row,
  );
  return (
    <DataTable
      caption={t("reports.sources")}
      columns={COLUMNS}
      list={asList(named)}
      idOf={(row) => `${row.source}-${row.linkId ?? row.couponId ?? ""}`}
      empty={<Empty title={t("reports.nothing")} />}
    />
  );
}
