import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { download } from "../../ui/download.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ActedOn, AuditDrawer, actorOf } from "./audit-drawer.tsx";
import { AuditSearch, type Search } from "./audit-search.tsx";
import { doneWords, OBJECTS, objectWords } from "./audit-words.ts";

type Act = Output<"listAudit">["data"][number];
const FORMATS = ["csv", "json"] as const;
const FILTERS = [
  {
    name: "kind",
    label: t("audit.actor"),
    options: (["user", "key", "system", "anonymous"] as const).map((type) => [type, t(`actor.${type}`)] as const),
  },
  {
    name: "type",
    label: t("audit.object"),
    options: OBJECTS.map((type) => [type, objectWords(type)] as const).toSorted(([, one], [, other]) =>
      one.localeCompare(other),
    ),
  },
];

const COLUMNS: readonly Column<Act>[] = [
  {
    id: "action",
    header: t("audit.action"),
    grow: true,
    phone: "below",
    cell: (row) => <span title={row.action}>{doneWords(row.action)}</span>,
  },
  {
    id: "object",
    header: t("audit.object"),
    grow: true,
    phone: "start",
    cell: (row) => <ActedOn act={row} />,
  },
  { id: "actor", header: t("audit.actor"), phone: "end", cell: (row) => <bdi>{actorOf(row)}</bdi> },
  { id: "reason", header: t("privacy.reason"), grow: true, cell: (row) => <bdi>{row.reason ?? "—"}</bdi> },
  { id: "when", header: t("audit.when"), phone: "belowEnd", cell: (row) => <Moment at={row.occurredAt} as="time" /> },
];

/** Who did what: searched, opened, and taken out as a file. */
export default function AuditPage() {
  const { search, change, opening } = useUrlState();
  const [asked, setAsked] = useState<Search>({});
  const query = {
    ...asked,
    ...(search.kind !== undefined && { actorType: search.kind }),
    ...(search.type !== undefined && { targetType: search.type }),
  };
  const list = useList("listAudit", query);
  const make = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]) => {
      const input = { query: { ...query, format } } as Parameters<typeof api.exportAudit>[0];
      download(await api.exportAudit(input), `audit.${format}`);
    },
  });
  return (
    <Page
      title={t("nav.audit")}
      acts={FORMATS.map((format) => (
        <Button key={format} variant="default" disabled={make.isPending} onClick={() => make.mutate(format)}>
          {t("audit.export", { format: format.toUpperCase() })}
        </Button>
      ))}
    >
      {make.error ? <Problem error={make.error} /> : null}
      <Panel>
        <AuditSearch onSearch={setAsked} isBusy={list.isFetching} />
        {list.isCut ? <div>{t("audit.isCut")}</div> : null}
      </Panel>
      <FilterBar filters={FILTERS} values={{ kind: search.kind, type: search.type }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.audit")}
          columns={COLUMNS}
          list={list}
          {...opening}
          empty={<Empty title={t("audit.empty")} />}
        />
      </Panel>
      <AuditDrawer rows={list.rows} />
    </Page>
  );
}
