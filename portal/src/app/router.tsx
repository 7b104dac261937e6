import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { HomePage } from "../features/home/home-page.tsx";
import { loadPageMessages } from "../i18n/messages.ts";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { BASE, PATHS, readSearch } from "./paths.ts";

const root = createRootRoute({ validateSearch: readSearch, component: Frame, notFoundComponent: NotFound });

type PageModule = { readonly default: () => React.JSX.Element };

/** A page with its messages and the look of fields, which are not part of the first load. */
const page = (load: () => Promise<PageModule>) =>
  lazyRouteComponent(async () => {
    await Promise.all([loadPageMessages(), import("../ui/fields.ts")]);
    return load();
  });

const PAGES = {
  home: HomePage,
  links: page(() => import("../features/links/links-page.tsx")),
  referrals: page(() => import("../features/referrals/referrals-page.tsx")),
  sales: page(() => import("../features/sales/sales-page.tsx")),
  commissions: page(() => import("../features/commissions/commissions-page.tsx")),
  disputes: page(() => import("../features/disputes/disputes-page.tsx")),
  fraud: page(() => import("../features/fraud/fraud-page.tsx")),
  support: page(() => import("../features/support/support-page.tsx")),
  leads: page(() => import("../features/leads/leads-page.tsx")),
  materials: page(() => import("../features/materials/materials-page.tsx")),
  fees: page(() => import("../features/fees/fees-page.tsx")),
  tax: page(() => import("../features/tax/tax-page.tsx")),
  cards: page(() => import("../features/cards/cards-page.tsx")),
  payouts: page(() => import("../features/payouts/payouts-page.tsx")),
  batch: page(() => import("../features/payouts/batch-page.tsx")),
  reports: page(() => import("../features/reports/reports-page.tsx")),
  developers: page(() => import("../features/developers/developers-page.tsx")),
  settings: page(() => import("../features/settings/settings-page.tsx")),
  partners: page(() => import("../features/partners/partners-page.tsx")),
  subOperators: page(() => import("../features/sub-operators/sub-operators-page.tsx")),
  partner: page(() => import("../features/partners/partner-page.tsx")),
  plans: page(() => import("../features/plans/plans-page.tsx")),
  plan: page(() => import("../features/plans/plan-page.tsx")),
  screening: page(() => import("../features/screening/screening-page.tsx")),
  agreements: page(() => import("../features/agreements/agreements-page.tsx")),
  team: page(() => import("../features/team/team-page.tsx")),
  start: page(() => import("../features/start/start-page.tsx")),
  audit: page(() => import("../features/audit/audit-page.tsx")),
  privacy: page(() => import("../features/privacy/privacy-page.tsx")),
  register: page(() => import("../features/sign-in/register-page.tsx")),
  forgot: page(() => import("../features/sign-in/forgot-page.tsx")),
} as const satisfies Record<keyof typeof PATHS, unknown>;

const routeOf = <Name extends keyof typeof PATHS>(name: Name) =>
  createRoute({ getParentRoute: () => root, path: PATHS[name], component: PAGES[name] });

const tree = root.addChildren([
  routeOf("home"),
  routeOf("links"),
  routeOf("referrals"),
  routeOf("sales"),
  routeOf("commissions"),
  routeOf("disputes"),
  routeOf("fraud"),
  routeOf("support"),
  routeOf("leads"),
  routeOf("materials"),
  routeOf("fees"),
  routeOf("tax"),
  routeOf("cards"),
  routeOf("payouts"),
  routeOf("batch"),
  routeOf("reports"),
  routeOf("developers"),
  routeOf("settings"),
  routeOf("partners"),
  routeOf("partner"),
  routeOf("subOperators"),
  routeOf("plans"),
  routeOf("plan"),
  routeOf("screening"),
  routeOf("agreements"),
  routeOf("team"),
  routeOf("start"),
  routeOf("audit"),
  routeOf("privacy"),
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
