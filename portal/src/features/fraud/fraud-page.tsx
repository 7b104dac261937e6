import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { FraudQueue } from "./fraud-queue.tsx";
import { FraudRules } from "./fraud-rules.tsx";

const TABS = [
  ["queue", t("fraud.queue")],
  ["rules", t("fraud.rules")],
] as const;

/** What the rules point at, and the rules themselves. */
export default function FraudPage() {
  const { may } = useMe();
  const { search, change } = useUrlState();
  const tab = search.tab ?? "queue";
  if (!may("fraud:read")) return <Page title={t("nav.fraud")}>{t("fraud.notYours")}</Page>;
  return (
    <Page title={t("nav.fraud")}>
      <Tabs tabs={TABS} value={tab} onChange={(value) => change({ tab: value, open: undefined, status: undefined })} />
      {tab === "rules" ? <FraudRules /> : <FraudQueue />}
    </Page>
  );
}
