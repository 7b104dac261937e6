import { lazy } from "react";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Wishes } from "./wishes.tsx";

const TABS = [
  ["wishes", t("privacy.wishes")],
  ["people", t("privacy.people")],
  ["holds", t("privacy.holds")],
  ["kept", t("privacy.retention")],
] as const;
const People = lazy(() => import("./people.tsx"));
const Retention = lazy(() => import("./retention.tsx"));
const Holds = lazy(() => import("./holds.tsx"));

/** What the team does about people's data. */
export default function PrivacyPage() {
  const { search, change } = useUrlState();
  const tab = TABS.find(([name]) => name === search.tab)?.[0] ?? "wishes";
  return (
    <Page title={t("nav.privacy")}>
      <Tabs tabs={TABS} value={tab} onChange={(to) => change({ tab: to, open: undefined })} />
      {tab === "wishes" ? <Wishes /> : null}
      {tab === "people" ? <People /> : null}
      {tab === "holds" ? <Holds /> : null}
      {tab === "kept" ? <Retention /> : null}
    </Page>
  );
}
