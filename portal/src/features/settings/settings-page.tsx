import { lazy } from "react";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";

const PARTNER_TABS = [
  ["profile", t("settings.profile")],
  ["payout", t("settings.payout")],
  ["terms", t("settings.terms")],
  ["security", t("settings.security")],
  ["data", t("settings.data")],
] as const;
const OPERATOR_TABS = [
  ["programme", t("settings.programme")],
  ["payouts", t("settings.payouts")],
  ["limits", t("settings.limits")],
  ["security", t("settings.security")],
] as const;

const Security = lazy(() => import("../security/security.tsx"));
const OwnData = lazy(() => import("../privacy/own-data.tsx"));
const Profile = lazy(() => import("./profile.tsx"));
const PayoutMethod = lazy(() => import("./payout-method.tsx"));
const OwnTerms = lazy(() => import("./own-terms.tsx"));
const Programme = lazy(() => import("./programme.tsx"));
const PayoutRules = lazy(() => import("./payout-rules.tsx"));
const SpendLimits = lazy(() => import("./spend-limits.tsx"));

/** What is set once: of a partner, of the programme, and of whoever is signed in. */
export default function SettingsPage() {
  const { isPartner } = useMe();
  const { search, change } = useUrlState();
  const tabs = isPartner ? PARTNER_TABS : OPERATOR_TABS;
  const tab = tabs.find(([name]) => name === search.tab)?.[0] ?? tabs[0][0];
  return (
    <Page title={t("nav.settings")}>
      <Tabs tabs={tabs} value={tab} onChange={(to) => change({ tab: to })} />
      {tab === "profile" ? <Profile /> : null}
      {tab === "payout" ? <PayoutMethod /> : null}
      {tab === "terms" ? <OwnTerms /> : null}
      {tab === "programme" ? <Programme /> : null}
      {tab === "payouts" ? <PayoutRules /> : null}
      {tab === "limits" ? <SpendLimits /> : null}
      {tab === "security" ? <Security /> : null}
      {tab === "data" ? <OwnData /> : null}
    </Page>
  );
}
