import { Button, Group } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { CreateEndpoint } from "./create-endpoint.tsx";
import { SecretOnce } from "./secret-once.tsx";

type Endpoint = components["schemas"]["WebhookEndpoint"];

/** Where events are posted to, and whether they arrive. */
export function Endpoints() {
  const { isPartner, may } = useMe();
  const [mayRead, mayWrite] = [
    may(isPartner ? "own:webhooks:read" : "webhooks:read"),
    may(isPartner ? "own:webhooks:write" : "webhooks:write"),
  ];
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const list = useList("listWebhookEndpoints", { sort: "-createdAt" }, { enabled: mayRead });
  const touches = ["listWebhookEndpoints", "listWebhookDeliveries"] as const;
  const ping = useAct("pingWebhookEndpoint", { touches, onDone: () => toast(t("webhook.pinged")) });
  const enable = useAct("enableWebhookEndpoint", { touches, onDone: () => toast(t("webhook.enabled")) });
  const remove = useAct("deleteWebhookEndpoint", { touches, onDone: () => toast(t("webhook.deleted")) });
  if (!mayRead) return <Empty title={t("webhooks.closed")} text={t("keys.closedText")} />;
  const error = ping.error ?? enable.error ?? remove.error;
  const columns: readonly Column<Endpoint>[] = [
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
      phone: "end",
      cell: (row) => <Status of="endpoint" code={row.status} note={row.statusReason} />,
    },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "belowEnd",
      cell: (row) =>
        mayWrite ? (
          <Group gap="sm" justify="flex-end" wrap="nowrap">
            {row.status === "active" ? (
              <Button size="compact-sm" variant="default" onClick={() => ping.mutate({ path: { id: row.id } })}>
                {t("webhook.ping")}
              </Button>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => enable.mutate({ path: { id: row.id } })}>
                {t("webhook.enable")}
              </Button>
            )}
            <Button size="compact-sm" variant="default" onClick={() => remove.mutate({ path: { id: row.id } })}>
              {t("webhook.delete")}
            </Button>
          </Group>
        ) : null,
    },
  ];
  return (
    <>
      {secret ? <SecretOnce name={t("webhook.secret")} secret={secret} /> : null}
      {error ? <Problem error={error} /> : null}
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
          columns={columns}
          list={list}
          empty={<Empty title={t("webhooks.empty")} text={t("webhooks.emptyText")} />}
        />
      </Panel>
      <CreateEndpoint isOpen={isCreating} onClose={() => setCreating(false)} onMade={setSecret} />
    </>
  );
}
