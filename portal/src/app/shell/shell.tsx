import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { CatchBoundary, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { loadPageMessages, t } from "../../i18n/messages.ts";
import { keepFocus } from "../../ui/keep-focus.ts";
import { Page } from "../../ui/page.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Toasts } from "../../ui/toast.tsx";
import { useMe } from "../me.ts";
import { NotFound } from "../not-found.tsx";
import { isForbidden } from "../paths.ts";
import { AwayBar } from "./away-bar.tsx";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";
import { useKeys } from "./use-keys.ts";

/** What lies over a page and is not part of the first load. */
const over = <Props,>(load: () => Promise<{ default: React.ComponentType<Props> }>) =>
  lazy(async () => {
    await loadPageMessages();
    return load();
  });
const Palette = over(() => import("../../features/palette/palette.tsx"));
const KeySheet = over(() => import("../../features/palette/key-sheet.tsx"));
const FactorDue = over(() => import("../../features/security/factor-due.tsx"));
const LookBar = over(() => import("../../features/partners/look-bar.tsx"));

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
  const keys = useKeys();
  const me = useMe();
  const { isLooking, factorDueAt } = me;
  const { pathname } = useLocation();
  useEffect(keepFocus, []);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#page">
        {t("nav.skip")}
      </a>
      <Sidebar onFind={keys.openPalette} />
      <main id="page" className={classes.main}>
        {isLooking ? (
          <Suspense>
            <LookBar />
          </Suspense>
        ) : null}
        <AwayBar />
        {factorDueAt === null || isLooking ? null : (
          <Suspense>
            <FactorDue at={factorDueAt} />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton lines={8} />}>{isForbidden(pathname, me) ? <NotFound /> : <Outlet />}</Suspense>
      </main>
      <Toasts />
      <Suspense>
        {keys.over === "palette" ? <Palette onClose={keys.close} /> : null}
        {keys.over === "keys" ? <KeySheet onClose={keys.close} /> : null}
      </Suspense>
    </div>
  );
}
