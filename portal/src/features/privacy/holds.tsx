import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import { PersonLink } from "./person-link.tsx";

type Hold = Output<"listLegalHolds">["data"][number];

/** Whose data may not be erased, and why. */
export default function Holds() {
  const { may } = useMe();
  const list = useList("listLegalHolds", { sort: "-placedAt" });
  const lift = useAct("liftLegalHold", { touches: ["listLegalHolds"], onDone: () => toast(t("privacy.lifted")) });
  const columns: readonly Column<Hold>[] = [
    { id: "reason", header: t("privacy.reason"), grow: true, phone: "start", cell: (row) => <bdi>{row.reason}</bdi> },
    { id: "person", header: t("privacy.person"), cell: (row) => <PersonLink id={row.userId} /> },
    { id: "placed", header: t("privacy.placed"), phone: "below", cell: (row) => <Moment at={row.placedAt} /> },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "end",
      cell: (row) =>
        row.liftedAt !== null ? (
          t("privacy.lifted")
        ) : may("privacy:write") ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={lift.isPending}
            onClick={() => lift.mutate({ path: { id: row.id } })}
          >
            {t("privacy.lift")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {lift.error ? <Problem error={lift.error} /> : null}
      <Panel flush>
        <DataTable
          caption={t("privacy.holds")}
          columns={columns}
          list={list}
          empty={<Empty title={t("privacy.noHolds")} />}
        />
      </Panel>
    </>
  );
}
