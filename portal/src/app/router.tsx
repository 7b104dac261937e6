import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { BASE, PATHS, readSearch } from "./paths.ts";

const root = createRootRoute({ validateSearch: readSearch, component: Frame, notFoundComponent: NotFound });

const PAGES = {
  home: lazyRouteComponent(() => import("../features/home/home-page.tsx")),
  links: lazyRouteComponent(() => import("../features/links/links-page.tsx")),
  referrals: lazyRouteComponent(() => import("../features/referrals/referrals-page.tsx")),
  commissions: lazyRouteComponent(() => import("../features/commissions/commissions-page.tsx")),
  disputes: lazyRouteComponent(() => import("../features/disputes/disputes-page.tsx")),
  payouts: lazyRouteComponent(() => import("../features/payouts/payouts-page.tsx")),
  batch: lazyRouteComponent(() => import("../features/payouts/batch-page.tsx")),
  reports: lazyRouteComponent(() => import("../features/reports/reports-page.tsx")),
  developers: lazyRouteComponent(() => import("../features/developers/developers-page.tsx")),
  settings: lazyRouteComponent(() => import("../features/settings/settings-page.tsx")),
  partners: lazyRouteComponent(() => import("../features/partners/partners-page.tsx")),
  partner: lazyRouteComponent(() => import("../features/partners/partner-page.tsx")),
  plans: lazyRouteComponent(() => import("../features/plans/plans-page.tsx")),
  plan: lazyRouteComponent(() => import("../features/plans/plan-page.tsx")),
  team: lazyRouteComponent(() => import("../features/team/team-page.tsx")),
  register: lazyRouteComponent(() => import("../features/sign-in/register-page.tsx")),
  forgot: lazyRouteComponent(() => import("../features/sign-in/forgot-page.tsx")),
} as const satisfies Record<keyof typeof PATHS, unknown>;

const routeOf = <Name extends keyof typeof PATHS>(name: Name) =>
  createRoute({ getParentRoute: () => root, path: PATHS[name], component: PAGES[name] });

const tree = root.addChildren([
  routeOf("home"),
  routeOf("links"),
  routeOf("referrals"),
  routeOf("commissions"),
  routeOf("disputes"),
  routeOf("payouts"),
  routeOf("batch"),
  routeOf("reports"),
  routeOf("developers"),
  routeOf("settings"),
  routeOf("partners"),
  routeOf("partner"),
  routeOf("plans"),
  routeOf("plan"),
  routeOf("team"),
  routeOf("register"),
  routeOf("forgot"),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: BASE,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
