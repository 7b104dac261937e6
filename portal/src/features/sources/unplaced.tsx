import type { Output } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { reasonWords } from "./source-words.ts";

type Unmatched = Output<"listUnmatchedRevenue">["data"][number];
type Failure = Output<"listInboxFailures">["data"][number];

const UNMATCHED: readonly Column<Unmatched>[] = [
  { id: "at", header: t("column.date"), phone: "below", cell: (row) => <Moment at={row.occurredAt} /> },
  {
    id: "customer",
    header: t("column.customer"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.customerExternalId ?? row.email ?? row.providerCustomerId ?? "—"}</bdi>,
  },
  { id: "kind", header: t("column.type"), cell: (row) => t(`unmatched.kind.${row.kind}`) },
  { id: "name", header: t("unmatched.name"), grow: true, cell: (row) => <code dir="ltr">{row.externalId}</code> },
  {
    id: "amount",
    header: t("column.amount"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency={row.currency} />,
  },
  { id: "reason", header: t("unmatched.why"), phone: "belowEnd", cell: (row) => reasonWords(row.reason) },
];

/** Revenue that was told of and earns nobody anything yet. */
export function UnmatchedRevenue() {
  const list = useList("listUnmatchedRevenue", {});
  return (
    <Panel title={t("unmatched.title")} flush>
      <DataTable
        caption={t("unmatched.title")}
        columns={UNMATCHED}
        list={list}
        empty={<Empty title={t("unmatched.empty")} text={t("unmatched.emptyText")} />}
      />
    </Panel>
  );
}

const FAILED: readonly Column<Failure>[] = [
  { id: "at", header: t("column.date"), phone: "below", cell: (row) => <Moment at={row.receivedAt} as="time" /> },
  { id: "type", header: t("column.type"), phone: "start", cell: (row) => <code dir="ltr">{row.type}</code> },
  { id: "id", header: t("failures.message"), grow: true, cell: (row) => <code dir="ltr">{row.externalId}</code> },
  { id: "failure", header: t("unmatched.why"), grow: true, phone: "belowEnd", cell: (row) => row.failure },
];

/** Signed messages that could not be worked on: shown where there are any, for there should be none. */
export function FailedMessages() {
  const list = useList("listInboxFailures", { sort: "-receivedAt" });
  if (list.rows.length === 0) return null;
  return (
    <Panel title={t("failures.title")} flush>
      <DataTable caption={t("failures.title")} columns={FAILED} list={list} empty={null} />
    </Panel>
  );
}
