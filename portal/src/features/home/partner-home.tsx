import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { loadPageMessages, t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Status } from "../../ui/status.tsx";
import { AgreementBanner } from "../agreements/agreement-banner.tsx";
import { Balances } from "../commissions/balances.tsx";
import { RequestButton } from "../payouts/request-button.tsx";
import { Arrivals } from "./arrivals.tsx";
import { NextSteps } from "./next-steps.tsx";

const Refused = lazy(() => loadPageMessages().then(() => import("../start/refused.tsx")));
const HomeFigures = lazy(() => import("./home-figures.tsx"));
const OwnWaiting = lazy(() => loadPageMessages().then(() => import("./own-waiting.tsx")));
const SinceVisit = lazy(() => loadPageMessages().then(() => import("./since-visit.tsx")));
const RequestPayout = lazy(() => loadPageMessages().then(() => import("../payouts/request-payout.tsx")));

/** What a partner has, what comes when, what moved, and what to do next. */
export function PartnerHome() {
  const profile = useQuery(read("getPartnerProfile"));
  const [isAsking, setAsking] = useState(false);
  const status = profile.data?.status;
  // Whose application was declined, and who is suspended or has ended, is led to no link: it would earn nothing.
  const isComing = status === undefined || status === "active" || status === "pending";
  return (
    <Page
      title={t("nav.home")}
      status={status && status !== "active" ? <Status of="partner" code={status} soft /> : null}
      acts={status === "active" ? <RequestButton onClick={() => setAsking(true)} /> : null}
    >
      {status === "pending" ? (
        <Panel>
          <Empty
            title={t("home.inReview")}
            text={t("home.inReviewText")}
            act={<Link to={PATHS.start}>{t("home.finish")}</Link>}
          />
        </Panel>
      ) : null}
      {profile.data?.status === "rejected" ? (
        <Suspense fallback={<Skeleton />}>
          <Refused profile={profile.data} />
        </Suspense>
      ) : null}
      <AgreementBanner />
      <Suspense>
        <OwnWaiting />
      </Suspense>
      <Balances />
      <Suspense>
        <SinceVisit />
      </Suspense>
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
        {isComing ? (
          <Panel title={t("home.next")}>
            <NextSteps />
          </Panel>
        ) : null}
      </Columns>
      <Suspense fallback={<Skeleton />}>
        <HomeFigures />
      </Suspense>
      {isAsking ? (
        <Suspense>
          <RequestPayout isOpen onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </Page>
  );
}
