import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { look, type StatusLook } from "../../ui/status-words.ts";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

type Program = Output<"listCardPrograms">["data"][number];

const STATES: Readonly<Record<Program["status"], StatusLook>> = {
  connecting: look("half", "info", "cardProgram.state.connecting"),
  active: look("full", "good", "status.partner.active"),
  disabled: look("open", "neutral", "status.endpoint.inactive"),
  refused: look("ended", "bad", "cardProgram.state.refused"),
};

const COLUMNS: readonly Column<Program>[] = [
  { id: "name", header: t("field.name"), grow: true, phone: "start", cell: (row) => <bdi>{row.name}</bdi> },
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "below",
    cell: (row) => (row.partnerId === null ? t("cardProgram.shared") : <PartnerLink id={row.partnerId} />),
  },
  { id: "address", header: t("column.address"), grow: true, cell: (row) => <span dir="ltr">{row.baseUrl}</span> },
  { id: "currency", header: t("column.currency"), cell: (row) => row.currency },
  { id: "made", header: t("column.created"), cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={STATES[row.status]} />,
  },
];

/** Programmes at the card issuer: where cards are made, and whether they pay. */
export function ProgramList({ onConnect }: { readonly onConnect: () => void }) {
  const { may } = useMe();
  const list = useList("listCardPrograms", { sort: "-createdAt" });
  const [asked, setAsked] = useState<Program>();
  const turn = useAct("switchCardProgram", {
    touches: ["listCardPrograms"],
    onDone: ({ status }) => {
      setAsked(undefined);
      toast(t(status === "disabled" ? "cardProgram.turnedOff" : "cardProgram.turnedOn"));
    },
  });
  const acts: Column<Program> = {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    phone: "end",
    cell: (row) =>
      row.status === "disabled" ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={turn.isPending}
          aria-label={`${t("sources.turnOn")}: ${row.name}`}
          onClick={() => turn.mutate({ path: { id: row.id }, body: { isEnabled: true } })}
        >
          {t("sources.turnOn")}
        </Button>
      ) : row.status === "active" ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${t("sources.turnOff")}: ${row.name}`}
          onClick={() => setAsked(row)}
        >
          {t("sources.turnOff")}
        </Button>
      ) : null,
  };
  const mayWrite = may("cards:write");
  return (
    <>
      {turn.error && asked === undefined ? <Problem error={turn.error} /> : null}
      <Panel flush>
        <DataTable
          caption={t("cardProgram.title")}
          columns={mayWrite ? [...COLUMNS, acts] : COLUMNS}
          list={list}
          empty={
            <Empty
              title={t("cardProgram.empty")}
              text={t("cardProgram.emptyText")}
              act={
                mayWrite ? (
                  <Button size="compact-sm" variant="default" onClick={onConnect}>
                    {t("cardProgram.connect")}
                  </Button>
                ) : null
              }
            />
          }
        />
      </Panel>
      <Dialog
        title={t("sources.turnOff")}
        act={t("sources.turnOff")}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        isBusy={turn.isPending}
        error={turn.error}
        isDestructive
        onSubmit={() => turn.mutate({ path: { id: asked?.id ?? "" }, body: { isEnabled: false } })}
      >
        <p>{t("cardProgram.turnOffEffect", { name: asked?.name ?? "" })}</p>
      </Dialog>
    </>
  );
}
