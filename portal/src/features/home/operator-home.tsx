import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { loadPageMessages, t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Funnel } from "../reports/funnel.tsx";
import { ProgramFigures } from "../reports/program-figures.tsx";
import { Health } from "./health.tsx";
import { Waiting } from "./waiting.tsx";

const FirstSteps = lazy(() => loadPageMessages().then(() => import("./first-steps.tsx")));

/** What waits for a decision, and how the programme is. */
export default function OperatorHome() {
  const { may } = useMe();
  const figures = useQuery({
    ...read("getProgramAnalytics", { query: { period: "30d", limit: 1 } }),
    enabled: may("analytics:read"),
  });
  return (
    <Page title={t("nav.home")}>
      <Suspense>
        <FirstSteps />
      </Suspense>
      <Columns>
        <Panel title={t("home.waiting")}>
          <Waiting />
        </Panel>
        <Panel title={t("home.health")}>
          <Health />
        </Panel>
      </Columns>
      {may("analytics:read") ? (
        <Loaded query={figures}>
          {(data) => (
            <>
              <Panel title={t("home.programme")} aside={<Link to={PATHS.reports}>{t("home.reports")}</Link>}>
                <ProgramFigures program={data.program} />
              </Panel>
              <Panel title={t("reports.funnel")} aside={t("period.30d")}>
                <Funnel counts={data.program.counts} rates={data.program.rates} />
              </Panel>
            </>
          )}
        </Loaded>
      ) : null}
    </Page>
  );
}
