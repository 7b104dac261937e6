import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ExportLeads } from "./export-leads.tsx";
import classes from "./lead.module.css";
import { LEAD_COLUMNS } from "./lead-columns.tsx";
import { LeadDrawer } from "./lead-drawer.tsx";
import { LEAD_STATUSES, leadStatusWords } from "./lead-status.tsx";
import { RegisterLead } from "./register-lead.tsx";

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: LEAD_STATUSES.map((code) => [code, leadStatusWords(code)] as const),
  },
];

/** Which deals are the partner's, and until when. */
export default function OwnLeads() {
  const { search, change, opening, sortedBy } = useUrlState();
  const [isRegistering, setRegistering] = useState(false);
  const { status, q } = search;
  const sorting = sortedBy("-registeredAt");
  const list = useList("listLeads", { status, q, sort: sorting.sort });
  const rules = useQuery(read("getLeadRules")).data;
  const register = rules?.isIncluded ? (
    <Allowed scope="own:leads:write">
      <Button onClick={() => setRegistering(true)}>{t("lead.register")}</Button>
    </Allowed>
  ) : null;
  return (
    <Page
      title={t("nav.leads")}
      acts={
        <>
          {list.rows.length > 0 ? <ExportLeads filters={{ status, q, sort: sorting.sort }} /> : null}
          {register}
        </>
      }
    >
      {rules ? (
        <p className={classes.rules}>
          {rules.isIncluded
            ? t("leads.rules", { days: rules.protectionDays, renewals: rules.renewalsMax })
            : t("leads.notIncluded")}
        </p>
      ) : null}
      <FilterBar filters={FILTERS} values={{ status }} onChange={change}>
        <Find label={t("leads.find")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.leads")}
          columns={LEAD_COLUMNS.partner}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status || q ? (
              <Empty title={t("leads.none")} />
            ) : (
              <Empty title={t("leads.empty")} text={t("leads.ownEmptyText")} />
            )
          }
        />
      </Panel>
      {rules ? <RegisterLead isOpen={isRegistering} onClose={() => setRegistering(false)} /> : null}
      <LeadDrawer rows={list.rows} />
    </Page>
  );
}
