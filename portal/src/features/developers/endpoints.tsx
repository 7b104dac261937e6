import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { CreateEndpoint } from "./create-endpoint.tsx";
import { EndpointDetail } from "./endpoint-detail.tsx";
import { endpointNote } from "./endpoint-words.ts";
import { SecretOnce } from "./secret-once.tsx";

type Endpoint = components["schemas"]["WebhookEndpoint"];

const COLUMNS: readonly Column<Endpoint>[] = [
  {
    id: "url",
    header: t("column.address"),
    grow: true,
    phone: "start",
    cell: (row) => <span dir="ltr">{row.url}</span>,
  },
  { id: "events", header: t("webhook.events"), grow: true, phone: "below", cell: (row) => row.events.join(", ") },
  { id: "last", header: t("webhook.last"), cell: (row) => <Moment at={row.lastDeliveredAt} as="ago" /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="endpoint" code={row.status} note={endpointNote(row)} />,
  },
];

/** Where events are posted to, and whether they arrive. */
export function Endpoints() {
  const { isPartner, may } = useMe();
  const [mayRead, mayWrite] = [
    may(isPartner ? "own:webhooks:read" : "webhooks:read"),
    may(isPartner ? "own:webhooks:write" : "webhooks:write"),
  ];
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const { search, opening, close } = useUrlState();
  const list = useList("listWebhookEndpoints", { sort: "-createdAt" }, { enabled: mayRead });
  const opened = list.rows.find(({ id }) => id === search.open);
  if (!mayRead) return <Empty title={t("webhooks.closed")} text={t("keys.closedText")} />;
  return (
    <>
      {secret ? <SecretOnce name={t("webhook.secret")} secret={secret} /> : null}
      <Panel
        title={t("developers.webhooks")}
        aside={
          mayWrite ? (
            <Button size="compact-sm" onClick={() => setCreating(true)}>
              {t("webhook.create")}
            </Button>
          ) : null
        }
        flush
      >
        <DataTable
          caption={t("developers.webhooks")}
          columns={COLUMNS}
          list={list}
          {...opening}
          empty={<Empty title={t("webhooks.empty")} text={t("webhooks.emptyText")} />}
        />
      </Panel>
      <RowDrawer title={t("webhook.endpoint")} rows={list.rows}>
        {() => (opened === undefined ? null : <EndpointDetail key={opened.id} endpoint={opened} onGone={close} />)}
      </RowDrawer>
      <CreateEndpoint isOpen={isCreating} onClose={() => setCreating(false)} onMade={setSecret} />
    </>
  );
}
