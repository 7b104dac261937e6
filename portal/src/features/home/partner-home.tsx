import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { Balances } from "../commissions/balances.tsx";
import { RequestPayout } from "../payouts/request-payout.tsx";
import { EarningsChart } from "../reports/earnings-chart.tsx";
import { Funnel } from "../reports/funnel.tsx";
import { Arrivals } from "./arrivals.tsx";
import { NextSteps } from "./next-steps.tsx";

const PERIOD = "30d" as const;

/** What a partner has, what comes when, what moved, and what to do next. */
export default function PartnerHome() {
  const profile = useQuery(read("getPartnerProfile"));
  const performance = useQuery(read("getPerformanceMetrics", { query: { period: PERIOD, granularity: "day" } }));
  const [isAsking, setAsking] = useState(false);
  const status = profile.data?.status;
  return (
    <Page
      title={t("nav.home")}
      status={status && status !== "active" ? <Status of="partner" code={status} soft /> : null}
      acts={status === "active" ? <Button onClick={() => setAsking(true)}>{t("payout.request")}</Button> : null}
    >
      {status === "pending" ? (
        <Panel>
          <Empty title={t("home.inReview")} text={t("home.inReviewText")} />
        </Panel>
      ) : null}
      <Balances />
      <Columns>
        <Panel
          title={t("home.arrivals")}
          aside={
            <Link to={PATHS.commissions} search={{ status: "pending" }}>
              {t("home.seePending")}
            </Link>
          }
        >
          <Arrivals />
        </Panel>
        <Panel title={t("home.next")}>
          <NextSteps />
        </Panel>
      </Columns>
      <Loaded query={performance}>
        {(data) => (
          <Columns>
            <Panel title={t("reports.earned")} aside={t("period.30d")}>
              <EarningsChart data={data} />
            </Panel>
            <Panel title={t("reports.funnel")} aside={<Link to={PATHS.reports}>{t("home.reports")}</Link>}>
              <Funnel counts={data.totals.counts} rates={data.totals.rates} />
            </Panel>
          </Columns>
        )}
      </Loaded>
      <RequestPayout isOpen={isAsking} onClose={() => setAsking(false)} />
    </Page>
  );
}
