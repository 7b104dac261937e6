import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Skeleton } from "../ui/skeleton.tsx";
import { PATHS } from "./paths.ts";
import { useSession } from "./session.ts";
import { Shell } from "./shell/shell.tsx";

const OPEN: readonly string[] = [PATHS.register, PATHS.forgot];
export const loadSignIn = () => import("../features/sign-in/sign-in-page.tsx");
const SignInPage = lazy(loadSignIn);
const SignInAgain = lazy(() => import("../features/sign-in/sign-in-again.tsx"));

/** What surrounds a page: nothing before sign-in, the shell after. Where a session ends, sign-in comes over the page, which stays as it is. */
export function Frame() {
  const session = useSession();
  const { pathname } = useLocation();
  if (OPEN.includes(pathname)) {
    return (
      <Suspense>
        <Outlet />
      </Suspense>
    );
  }
  if (session === "unknown") return <Skeleton lines={6} />;
  if (session === "out") {
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  }
  return (
    <>
      <Shell />
      {session === "ended" ? (
        <Suspense>
          <SignInAgain />
        </Suspense>
      ) : null}
    </>
  );
}
