import { Button } from "@mantine/core";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AgreeFees } from "./agree-fees.tsx";
import { AgreementList } from "./agreement-list.tsx";
import { InvoiceList } from "./invoice-list.tsx";
import { IssueInvoice } from "./issue-invoice.tsx";

const TABS = [
  ["invoices", t("invoices.title")],
  ["agreements", t("fees.agreements")],
] as const;

/** What partners owe for their tier: a partner sees its invoices, the team all of them and what was agreed on. */
export default function FeesPage() {
  const { isPartner, may } = useMe();
  const issuing = useDialog("issue");
  const agreeing = useDialog("agree");
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
    <Page
      title={t("nav.fees")}
      acts={
        may("fees:write") ? (
          tab === "agreements" ? (
            <Button onClick={agreeing.open}>{t("agreement.agree")}</Button>
          ) : (
            <Button onClick={issuing.open}>{t("invoice.issue")}</Button>
          )
        ) : null
      }
    >
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, sort: undefined })}
      />
      {tab === "agreements" ? <AgreementList /> : <InvoiceList />}
      {issuing.isOpen ? <IssueInvoice onClose={issuing.onClose} /> : null}
      {agreeing.isOpen ? <AgreeFees onClose={agreeing.onClose} /> : null}
    </Page>
  );
}
