import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { ExportLeads } from "./export-leads.tsx";
import { LEAD_COLUMNS } from "./lead-columns.tsx";
import { LeadDrawer } from "./lead-drawer.tsx";
import { LeadSettings } from "./lead-settings.tsx";
import { LEAD_STATUSES, leadStatusWords } from "./lead-status.tsx";

/** What each queue asks the API for. */
const QUEUES = {
  review: { status: "submitted", sort: "registeredAt" },
  conflict: { status: "conflict", sort: "registeredAt" },
  elsewhere: { tie: "elsewhere" },
  all: {},
} as const;
type Queue = keyof typeof QUEUES;
const isQueue = (name: string): name is Queue => name in QUEUES;

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: LEAD_STATUSES.map((code) => [code, leadStatusWords(code)] as const),
  },
];

/** Deals that wait for a decision, those whose customer came otherwise, and all of them. */
export default function AllLeads() {
  const { may } = useMe();
  const { search, change } = useUrlState();
  const tabs = [
    ["review", t("leads.toReview")],
    ["conflict", t("leads.conflicts")],
    ["elsewhere", t("leads.elsewhere")],
    ["all", t("leads.all")],
    ...(may("leads:write") ? ([["rules", t("leads.protection")]] as const) : []),
  ] as const;
  const tab = search.tab ?? "review";
  return (
    <Page title={t("nav.leads")} acts={isQueue(tab) ? <ExportQueue queue={tab} /> : null}>
      <Tabs
        tabs={tabs}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, sort: undefined })}
      />
      {isQueue(tab) ? <LeadQueue key={tab} queue={tab} /> : <LeadSettings />}
    </Page>
  );
}

/** The queue's own filter, and what the address adds to it. */
function useQueueFilters(queue: Queue) {
  const { search } = useUrlState();
  const { status, q, partnerId, sort } = search;
  return {
    ...(queue === "all" ? { status } : {}),
    q,
    partnerId,
    sort: sort ?? "-registeredAt",
    ...narrowed(queue, sort),
  };
}

/** The oldest is decided first, unless another order is asked for. */
function narrowed(queue: Queue, sort: string | undefined): Readonly<Record<string, string>> {
  const own: Readonly<Record<string, string>> = QUEUES[queue];
  return sort === undefined ? own : { ...own, sort };
}

const ExportQueue = ({ queue }: { readonly queue: Queue }) => <ExportLeads filters={useQueueFilters(queue)} />;

function LeadQueue({ queue }: { readonly queue: Queue }) {
  const { search, change, opening, sortedBy } = useUrlState();
  const filters = useQueueFilters(queue);
  const list = useList("listAllLeads", filters);
  const { status, q } = search;
  return (
    <>
      <FilterBar filters={queue === "all" ? FILTERS : []} values={{ status }} onChange={change}>
        <Find label={t("leads.find")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.leads")}
          columns={LEAD_COLUMNS.operator}
          list={list}
          {...opening}
          {...sortedBy(filters.sort)}
          empty={
            status || q ? (
              <Empty title={t("leads.none")} />
            ) : (
              <Empty title={t(`leads.empty.${queue}`)} text={t(`leads.emptyText.${queue}`)} />
            )
          }
        />
      </Panel>
      <LeadDrawer rows={list.rows} />
    </>
  );
}
