import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TierNote } from "../partners/tier-note.tsx";
import { Deliveries } from "./deliveries.tsx";
import { Endpoints } from "./endpoints.tsx";
import { Keys } from "./keys.tsx";
import { TestMode } from "./test-mode.tsx";

const TABS = [
  ["keys", t("developers.keys")],
  ["webhooks", t("developers.webhooks")],
  ["deliveries", t("developers.deliveries")],
] as const;

/** For whom the twin belongs to. */
const TEST_TAB = ["test", t("testMode.title")] as const;

/** What of it the terms of a partner have to include. */
const FEATURES: Readonly<Record<string, readonly string[]>> = {
  keys: ["api", "partner_api"],
  webhooks: ["webhooks", "partner_api"],
  deliveries: ["webhooks", "partner_api"],
};

/** What programs need: keys to call with, and webhooks that tell them. */
export default function DevelopersPage() {
  const { isPartner, may } = useMe();
  const { search, change } = useUrlState();
  const tab = search.tab ?? "keys";
  return (
    <Page title={t("nav.developers")} acts={<a href="/docs">{t("developers.docs")}</a>}>
      <Tabs
        tabs={may("test_mode:read") ? [...TABS, TEST_TAB] : TABS}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, endpointId: undefined })}
      />
      {isPartner && FEATURES[tab] ? <TierNote anyOf={FEATURES[tab]} /> : null}
      {tab === "keys" ? (
        <Keys owner={isPartner ? "partner" : "operator"} />
      ) : tab === "webhooks" ? (
        <Endpoints />
      ) : tab === "test" ? (
        <TestMode />
      ) : (
        <Deliveries />
      )}
    </Page>
  );
}
