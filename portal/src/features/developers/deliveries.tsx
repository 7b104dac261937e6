import type { components } from "@tributary/sdk";
import { useMemo } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { Status } from "../../ui/status.tsx";
import { DeliveryDetail } from "./delivery-detail.tsx";

type Delivery = components["schemas"]["WebhookDelivery"];
const STATUSES = ["waiting", "delivered", "dead"] as const;
const BY_STATUS = {
  name: "status",
  label: t("column.status"),
  options: STATUSES.map((code) => [code, t(`status.delivery.${code}`)] as const),
};

/** `addresses`: where each endpoint is, by its id; one that was deleted has none. */
const columnsWith = (addresses: ReadonlyMap<string, string>): readonly Column<Delivery>[] => [
  { id: "event", header: t("webhook.event"), phone: "start", cell: (row) => <code dir="ltr">{row.eventType}</code> },
  {
    id: "created",
    header: t("column.created"),
    sort: "createdAt",
    phone: "below",
    cell: (row) => <Moment at={row.createdAt} as="time" />,
  },
  {
    id: "endpoint",
    header: t("webhook.endpoint"),
    grow: true,
    cell: (row) => <span dir="ltr">{addresses.get(row.endpointId) ?? t("webhook.noEndpoint")}</span>,
  },
  { id: "attempts", header: t("webhook.attempts"), align: "end", cell: (row) => row.attempts },
  {
    id: "answer",
    header: t("webhook.answer"),
    phone: "end",
    cell: (row) => row.lastStatusCode ?? row.lastError ?? "—",
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="delivery" code={row.status} />,
  },
];

/** Each event on its way to an endpoint: what was sent, what came back, and sending it again. */
export function Deliveries() {
  const { isPartner, may } = useMe();
  const { search, change, close, opening, sortedBy } = useUrlState();
  const { status, endpointId } = search;
  const sorting = sortedBy("-createdAt");
  const mayRead = may(isPartner ? "own:webhooks:read" : "webhooks:read");
  const endpoints = useList("listWebhookEndpoints", { sort: "-createdAt" }, { enabled: mayRead });
  const addresses = useMemo(() => new Map(endpoints.rows.map(({ id, url }) => [id, url])), [endpoints.rows]);
  const columns = useMemo(() => columnsWith(addresses), [addresses]);
  const list = useList("listWebhookDeliveries", { status, endpointId, sort: sorting.sort }, { enabled: mayRead });
  if (!mayRead) return <Empty title={t("webhooks.closed")} text={t("keys.closedText")} />;
  return (
    <>
      <FilterBar
        filters={[BY_STATUS, { name: "endpointId", label: t("webhook.endpoint"), options: [...addresses] }]}
        values={{ status, endpointId }}
        onChange={change}
      />
      <Panel flush>
        <DataTable
          caption={t("developers.deliveries")}
          columns={columns}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("deliveries.empty")} />}
        />
      </Panel>
      <SideDrawer title={t("webhook.delivery")} isOpen={search.open !== undefined} onClose={close}>
        {search.open ? <DeliveryDetail id={search.open} /> : null}
      </SideDrawer>
    </>
  );
}
