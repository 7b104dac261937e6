import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { ConnectSource } from "./connect-source.tsx";
import { SourceDetail } from "./source-detail.tsx";
import { lookOfSource, type Source } from "./source-words.ts";
import { FailedMessages, UnmatchedRevenue } from "./unplaced.tsx";

/** Whoever has just pasted an address waits to see the first message. */
const REFRESH_MS = 10_000;

const COLUMNS: readonly Column<Source>[] = [
  { id: "name", header: t("field.name"), grow: true, phone: "start", cell: (row) => <bdi>{row.name}</bdi> },
  { id: "kind", header: t("column.type"), phone: "below", cell: (row) => t(`sources.kind.${row.kind}`) },
  { id: "made", header: t("column.created"), cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: "heard",
    header: t("sources.lastHeard"),
    phone: "end",
    cell: (row) => <Moment at={row.lastHeardAt} as="ago" />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={lookOfSource(row)} />,
  },
];

/** The systems that tell of revenue, when each was last heard of, and what they told of that is not in the books. */
export default function Sources() {
  const { may } = useMe();
  const { opening, change } = useUrlState();
  const connecting = useDialog("connect");
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string | null }>();
  const sources = useList("listRevenueSources", { sort: "-createdAt" }, { refreshMs: REFRESH_MS });
  const { rows } = sources;
  const connect = (
    <Button size="compact-sm" onClick={connecting.open}>
      {t("sources.connect")}
    </Button>
  );
  const mayWrite = may("sources:write");
  return (
    <>
      <Panel title={t("sources.title")} aside={mayWrite && rows.length > 0 ? connect : null} flush>
        <DataTable
          caption={t("sources.title")}
          columns={COLUMNS}
          list={sources}
          {...opening}
          empty={<Empty title={t("sources.empty")} text={t("sources.emptyText")} act={mayWrite ? connect : null} />}
        />
      </Panel>
      <UnmatchedRevenue />
      <FailedMessages />
      <RowDrawer title={t("sources.source")} rows={rows}>
        {(id) => {
          const source = rows.find((one) => one.id === id);
          return source === undefined ? null : (
            <SourceDetail key={id} source={source} secret={made?.id === id ? made.secret : null} />
          );
        }}
      </RowDrawer>
      {connecting.isOpen && mayWrite ? (
        <ConnectSource
          onClose={connecting.onClose}
          onMade={({ id, signingSecret }) => {
            setMade({ id, secret: signingSecret });
            change({ act: undefined, open: id });
          }}
        />
      ) : null}
    </>
  );
}
