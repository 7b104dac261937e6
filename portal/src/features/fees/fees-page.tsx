import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AgreementList } from "./agreement-list.tsx";
import { InvoiceList } from "./invoice-list.tsx";

const TABS = [
  ["invoices", t("invoices.title")],
  ["agreements", t("fees.agreements")],
] as const;

/** What partners owe for their tier: a partner sees its invoices, the team all of them and what was agreed on. */
export default function FeesPage() {
  const { isPartner } = useMe();
  const { search, change } = useUrlState();
  if (isPartner) {
    return (
      <Page title={t("nav.fees")}>
        <InvoiceList />
      </Page>
    );
  }
  const tab = search.tab ?? "invoices";
  return (
    <Page title={t("nav.fees")}>
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, sort: undefined })}
      />
      {tab === "agreements" ? <AgreementList /> : <InvoiceList />}
    </Page>
  );
}
