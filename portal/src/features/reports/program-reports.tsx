import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { PATHS } from "../../app/paths.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { AHEAD, asList } from "../../ui/table-rows.ts";
import { ExportFigures } from "./export-figures.tsx";
import { Forecast } from "./forecast.tsx";
import { Funnel } from "./funnel.tsx";
import { periodFilter, periodOf } from "./periods.ts";
import { ProgramFigures } from "./program-figures.tsx";
import { Retention } from "./retention.tsx";
import { RevenueBy } from "./revenue-by.tsx";
import { ScheduledExports } from "./scheduled-exports.tsx";

type Row = Output<"getProgramAnalytics">["partners"]["data"][number];
type Money = { readonly currency: string; readonly revenue: number; readonly commissionEarned: number };

const moneyOf = (row: Row, field: "revenue" | "commissionEarned"): React.ReactNode =>
  (row.amounts as unknown as readonly Money[]).map((amount) => (
    <div key={amount.currency}>
      <Amount minor={amount[field]} currency={amount.currency} />
    </div>
  ));

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => (
      <Link to={PATHS.partner} params={{ id: row.partnerId }}>
        <bdi>{row.companyName ?? row.referralCode}</bdi>
      </Link>
    ),
  },
  { id: "clicks", header: t("funnel.clicks"), align: "end", sort: "clicks", cell: (row) => formatCount(row.clicks) },
  {
    id: "signups",
    header: t("funnel.signups"),
    align: "end",
    sort: "signups",
    cell: (row) => formatCount(row.signups),
  },
  {
    id: "conversions",
    header: t("funnel.conversions"),
    align: "end",
    sort: "conversions",
    phone: "below",
    isLabelled: true,
    cell: (row) => formatCount(row.conversions),
  },
  {
    id: "revenue",
    header: t("reports.revenue"),
    align: "end",
    sort: "revenue",
    phone: "end",
    isLabelled: true,
    cell: (row) => moneyOf(row, "revenue"),
  },
  {
    id: "earned",
    header: t("nav.commissions"),
    align: "end",
    sort: "commissionEarned",
    phone: "belowEnd",
    isLabelled: true,
    cell: (row) => moneyOf(row, "commissionEarned"),
  },
];

/** Revenue by partner, and the programme's figures against the period before. */
export default function ProgramReports() {
  const { search, change, sortedBy } = useUrlState();
  const period = periodOf(search.period);
  const sorting = sortedBy("-revenue");
  const figures = useInfiniteQuery({
    queryKey: ["getProgramAnalytics", { period, sort: sorting.sort }],
    queryFn: ({ pageParam }) =>
      api.getProgramAnalytics({
        query: { period, sort: sorting.sort, limit: 50, ...(pageParam === "" ? {} : { cursor: pageParam }) } as never,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.partners.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const program = figures.data?.pages[0]?.program;
  const rows = figures.data?.pages.flatMap((page) => page.partners.data) ?? [];
  return (
    <Page title={t("nav.reports")} acts={<ExportFigures period={period} />}>
      <FilterBar filters={[periodFilter()]} values={{ period }} onChange={(changed) => change(changed)} />
      {program ? (
        <>
          <Panel title={t("home.programme")}>
            <ProgramFigures program={program} />
          </Panel>
          <Panel title={t("reports.funnel")}>
            <Funnel counts={program.counts} rates={program.rates} />
          </Panel>
        </>
      ) : figures.error ? (
        <Problem error={figures.error} retry={() => void figures.refetch()} />
      ) : (
        <Skeleton />
      )}
      <Forecast />
      <Retention />
      <Panel title={t("reports.byPartner")} flush>
        <DataTable
          caption={t("reports.byPartner")}
          columns={COLUMNS}
          list={{
            ...asList(rows, figures),
            key: JSON.stringify({ period, sort: sorting.sort }),
            hasMore: figures.hasNextPage,
            look: (_first, last) => {
              if (last >= rows.length - AHEAD && figures.hasNextPage && !figures.isFetching && !figures.error)
                void figures.fetchNextPage();
            },
          }}
          idOf={(row) => row.partnerId}
          {...sorting}
          empty={<Empty title={t("reports.nothing")} />}
        />
      </Panel>
      <RevenueBy period={period} />
      <ScheduledExports />
    </Page>
  );
}
