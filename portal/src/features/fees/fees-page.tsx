import { Button } from "@mantine/core";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { BudgetList } from "../budgets/budget-list.tsx";
import { ClaimList } from "../budgets/claim-list.tsx";
import { GrantBudget } from "../budgets/grant-budget.tsx";
import { AgreeFees } from "./agree-fees.tsx";
import { AgreementList } from "./agreement-list.tsx";
import { InvoiceList } from "./invoice-list.tsx";
import { IssueInvoice } from "./issue-invoice.tsx";

const TABS = [
  ["invoices", t("invoices.title")],
  ["agreements", t("fees.agreements")],
  ["budgets", t("budgets.title")],
  ["claims", t("claims.title")],
] as const;
const PARTNER_TABS = TABS.filter(([name]) => name !== "agreements");

/** What partners owe for their tier and may spend on marketing: a partner sees its own, the team all of it and what was agreed on. */
export default function FeesPage() {
  const { isPartner, may } = useMe();
  const issuing = useDialog("issue");
  const agreeing = useDialog("agree");
  const granting = useDialog("grant");
  const { search, change } = useUrlState();
  const tab = search.tab ?? "invoices";
  return (
    <Page
      title={t("nav.fees")}
      acts={
        may("fees:write") ? (
          tab === "agreements" ? (
            <Button onClick={agreeing.open}>{t("agreement.agree")}</Button>
          ) : tab === "budgets" ? (
            <Button onClick={granting.open}>{t("budget.grant")}</Button>
          ) : tab === "claims" ? null : (
            <Button onClick={issuing.open}>{t("invoice.issue")}</Button>
          )
        ) : null
      }
    >
      <Tabs
        tabs={isPartner ? PARTNER_TABS : TABS}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, sort: undefined })}
      />
      {tab === "budgets" ? (
        <BudgetList />
      ) : tab === "claims" ? (
        <ClaimList />
      ) : tab === "agreements" && !isPartner ? (
        <AgreementList />
      ) : (
        <InvoiceList />
      )}
      {issuing.isOpen ? <IssueInvoice onClose={issuing.onClose} /> : null}
      {granting.isOpen && may("fees:write") ? (
        <GrantBudget {...(search.partnerId && { partnerId: search.partnerId })} onClose={granting.onClose} />
      ) : null}
      {agreeing.isOpen ? <AgreeFees onClose={agreeing.onClose} /> : null}
    </Page>
  );
}
