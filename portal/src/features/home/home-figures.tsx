import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { formatTime } from "../../ui/dates.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { EarningsChart } from "../reports/earnings-chart.tsx";
import { Funnel } from "../reports/funnel.tsx";

/** Figures are rolled up each minute: what came since is not in them yet. */
const asideOf = (upTo: string | null): string =>
  upTo === null ? t("period.30d") : `${t("period.30d")}, ${t("home.upTo", { time: formatTime(upTo) })}`;

/** What a month brought. It comes after the balance, which is what a partner looks for. */
export default function HomeFigures() {
  const performance = useQuery(read("getPerformanceMetrics", { query: { period: "30d", granularity: "day" } }));
  return (
    <Loaded query={performance}>
      {(data) => (
        <Columns>
          <Panel title={t("reports.earned")} aside={asideOf(data.upTo)}>
            <EarningsChart data={data} />
          </Panel>
          <Panel title={t("reports.funnel")} aside={<Link to={PATHS.reports}>{t("home.reports")}</Link>}>
            <Funnel counts={data.totals.counts} rates={data.totals.rates} />
          </Panel>
        </Columns>
      )}
    </Loaded>
  );
}
