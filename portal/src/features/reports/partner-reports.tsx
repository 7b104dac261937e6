import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { EarningsChart } from "./earnings-chart.tsx";
import { ExportFigures } from "./export-figures.tsx";
import { Forecast } from "./forecast.tsx";
import { Funnel } from "./funnel.tsx";
import { periodFilter, periodOf } from "./periods.ts";
import { Retention } from "./retention.tsx";
import { RevenueBy } from "./revenue-by.tsx";
import { ScheduledExports } from "./scheduled-exports.tsx";
import { Sources } from "./sources.tsx";

/** What works: earnings, the funnel, and which links bring it. */
export default function PartnerReports() {
  const { search, change } = useUrlState();
  const period = periodOf(search.period);
  const performance = useQuery(read("getPerformanceMetrics", { query: { period } }));
  const funnel = useQuery(read("getConversionFunnel", { query: { period } }));
  return (
    <Page title={t("nav.reports")} acts={<ExportFigures period={period} />}>
      <FilterBar filters={[periodFilter()]} values={{ period }} onChange={(changed) => change(changed)} />
      <Columns>
        <Panel title={t("reports.earned")}>
          <Loaded query={performance}>{(data) => <EarningsChart data={data} />}</Loaded>
        </Panel>
        <Panel title={t("reports.funnel")}>
          <Loaded query={funnel}>{(data) => <Funnel counts={data.comparison} rates={data.rates} />}</Loaded>
        </Panel>
      </Columns>
      <Panel title={t("reports.sources")} flush>
        <Loaded query={funnel}>{(data) => <Sources sources={data.sources} />}</Loaded>
      </Panel>
      <RevenueBy period={period} />
      <Forecast />
      <Retention />
      <ScheduledExports />
    </Page>
  );
}
