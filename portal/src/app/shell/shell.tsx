import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { CatchBoundary, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { loadPageMessages, t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Toasts } from "../../ui/toast.tsx";
import { useMe } from "../me.ts";
import { AwayBar } from "./away-bar.tsx";
import { usePageKeys } from "./page-keys.ts";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";

const FactorDue = lazy(() => loadPageMessages().then(() => import("../../features/security/factor-due.tsx")));

/** The frame of every page behind sign-in. */
export function Shell() {
  const { reset } = useQueryErrorResetBoundary();
  const { pathname } = useLocation();
  return (
    <CatchBoundary
      getResetKey={() => pathname}
      errorComponent={({ error, reset: again }) => (
        <Page title={t("problem.title")}>
          <Problem
            error={error}
            retry={() => {
              reset();
              again();
            }}
          />
        </Page>
      )}
    >
      <Suspense fallback={<Skeleton lines={8} />}>
        <Inside />
      </Suspense>
    </CatchBoundary>
  );
}

function Inside() {
  usePageKeys();
  const { factorDueAt } = useMe();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#page">
        {t("nav.skip")}
      </a>
      <Sidebar />
      <main id="page" className={classes.main}>
        <AwayBar />
        {factorDueAt === null ? null : (
          <Suspense>
            <FactorDue at={factorDueAt} />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton lines={8} />}>
          <Outlet />
        </Suspense>
      </main>
      <Toasts />
    </div>
  );
}
