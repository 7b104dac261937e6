import { useNavigate } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { batchState } from "./batch-state.ts";

type Batch = components["schemas"]["PayoutBatch"];

const COLUMNS: readonly Column<Batch>[] = [
  { id: "made", header: t("column.created"), phone: "start", cell: (row) => <Moment at={row.madeAt} as="time" /> },
  { id: "by", header: t("batch.maker"), grow: true, cell: (row) => <bdi>{row.madeByName ?? "—"}</bdi> },
  { id: "payouts", header: t("column.payouts"), align: "end", phone: "below", cell: (row) => formatCount(row.payouts) },
  {
    id: "amount",
    header: t("column.amount"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency={row.currency} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="batch" code={batchState(row)} />,
  },
];

export function BatchList() {
  const navigate = useNavigate();
  const list = useList("listPayoutBatches", { sort: "-madeAt" });
  return (
    <Panel flush>
      <DataTable
        caption={t("payouts.batches")}
        columns={COLUMNS}
        list={list}
        onOpen={(id) => void navigate({ to: PATHS.batch, params: { id } })}
        empty={<Empty title={t("batches.empty")} text={t("batches.emptyText")} />}
      />
    </Panel>
  );
}
