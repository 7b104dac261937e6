import { lazy } from "react";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";

type Tab = { readonly words: string; readonly page: React.ComponentType; readonly scope?: string };

const SECURITY = { words: t("settings.security"), page: lazy(() => import("../security/security.tsx")) };
const DISPLAY = { words: t("settings.display"), page: lazy(() => import("./display.tsx")) };
const PARTNER_TABS: Readonly<Record<string, Tab>> = {
  profile: { words: t("settings.profile"), page: lazy(() => import("./profile.tsx")) },
  payout: { words: t("settings.payout"), page: lazy(() => import("./payout-method.tsx")) },
  terms: { words: t("settings.terms"), page: lazy(() => import("./own-terms.tsx")) },
  notices: { words: t("settings.notices"), page: lazy(() => import("../notices/own-notices.tsx")) },
  security: SECURITY,
  display: DISPLAY,
  data: { words: t("settings.data"), page: lazy(() => import("../privacy/own-data.tsx")) },
};
const OPERATOR_TABS: Readonly<Record<string, Tab>> = {
  programme: { words: t("settings.programme"), page: lazy(() => import("./programme.tsx")) },
  branding: { words: t("settings.branding"), page: lazy(() => import("./branding.tsx")), scope: "program:read" },
  domains: { words: t("settings.domains"), page: lazy(() => import("./domains.tsx")), scope: "program:read" },
  sources: {
    words: t("settings.sources"),
    page: lazy(() => import("../sources/sources.tsx")),
    scope: "transactions:read",
  },
  payouts: { words: t("settings.payouts"), page: lazy(() => import("./payout-rules.tsx")), scope: "payouts:read" },
  disputes: {
    words: t("settings.disputes"),
    page: lazy(() => import("./dispute-settings.tsx")),
    scope: "commissions:read",
  },
  limits: { words: t("settings.limits"), page: lazy(() => import("./spend-limits.tsx")), scope: "commissions:read" },
  templates: {
    words: t("settings.templates"),
    page: lazy(() => import("../notices/templates.tsx")),
    scope: "program:read",
  },
  features: { words: t("settings.features"), page: lazy(() => import("./features.tsx")), scope: "flags:write" },
  jobs: { words: t("settings.jobs"), page: lazy(() => import("./jobs.tsx")), scope: "program:read" },
  display: DISPLAY,
  security: SECURITY,
};

/** What is set once: of a partner, of the programme, and of whoever is signed in. */
export default function SettingsPage() {
  const { isPartner, may } = useMe();
  const { search, change } = useUrlState();
  const tabs = Object.entries(isPartner ? PARTNER_TABS : OPERATOR_TABS).filter(
    ([, { scope }]) => scope === undefined || may(scope),
  );
  // The last tab is everybody's.
  const [tab, { page: Shown }] = tabs.find(([name]) => name === search.tab) ?? tabs[0] ?? ["security", SECURITY];
  return (
    <Page title={t("nav.settings")}>
      <Tabs
        tabs={tabs.map(([name, { words }]) => [name, words] as const)}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, act: undefined })}
      />
      <Shown />
    </Page>
  );
}
