import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import { deviceName } from "./device-name.ts";

type Session = Output<"listSessions">["data"][number];

/** Devices that are signed in, each of which can be signed out. */
export default function Sessions() {
  const list = useList("listSessions", { sort: "-createdAt" });
  const revoke = useAct("revokeSession", { touches: ["listSessions"], onDone: () => toast(t("session.revoked")) });
  const columns: readonly Column<Session>[] = [
    { id: "device", header: t("session.device"), grow: true, phone: "start", cell: (row) => deviceName(row.userAgent) },
    { id: "network", header: t("session.network"), cell: (row) => <span dir="ltr">{row.network ?? "—"}</span> },
    { id: "used", header: t("session.used"), phone: "below", cell: (row) => <Moment at={row.lastUsedAt} as="ago" /> },
    {
      id: "since",
      header: t("session.since"),
      sort: "createdAt",
      cell: (row) => <Moment at={row.createdAt} as="time" />,
    },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "end",
      cell: (row) =>
        row.isCurrent ? (
          t("session.current")
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate({ path: { id: row.id } })}
          >
            {t("session.revoke")}
          </Button>
        ),
    },
  ];
  return (
    <>
      {revoke.error ? <Problem error={revoke.error} /> : null}
      <Panel title={t("session.title")} flush>
        <DataTable
          caption={t("session.title")}
          columns={columns}
          list={list}
          empty={<Empty title={t("session.none")} />}
        />
      </Panel>
    </>
  );
}
