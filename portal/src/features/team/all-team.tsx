import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct, useList } from "../../app/queries.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { ResetFactors } from "./reset-factors.tsx";

type User = components["schemas"]["User"];
const ROLES = ["admin", "finance", "support"] as const;

const COLUMNS: readonly Column<User>[] = [
  {
    id: "name",
    header: t("field.name"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.name ?? row.email}</bdi>,
  },
  { id: "email", header: t("field.email"), grow: true, phone: "below", cell: (row) => <bdi>{row.email}</bdi> },
  { id: "role", header: t("field.role"), phone: "end", cell: (row) => t(`role.${row.role}`) },
  { id: "joined", header: t("column.created"), sort: "createdAt", cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="user" code={row.status} />,
  },
  {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    cell: (row) => <ResetFactors id={row.id} name={row.name ?? row.email} />,
  },
];

/** Who runs the programme, and what each may do. */
export default function AllTeam() {
  const asking = useDialog("invite");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<(typeof ROLES)[number]>("support");
  const list = useList("listUsers", { sort: "-createdAt" });
  const invite = useAct("inviteUser", {
    touches: ["listUsers"],
    onDone: () => {
      asking.onClose();
      setEmail("");
      toast(t("team.invited"));
    },
  });
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    invite.mutate({ body: { email, role } }, { onError: (error) => void needsProof(error, send) });
  return (
    <Page title={t("nav.team")} acts={<Button onClick={asking.open}>{t("team.invite")}</Button>}>
      <Panel flush>
        <DataTable caption={t("nav.team")} columns={COLUMNS} list={list} empty={<Empty title={t("team.empty")} />} />
      </Panel>
      <Dialog
        title={t("team.invite")}
        act={t("team.invite")}
        isOpen={asking.isOpen}
        onClose={asking.onClose}
        isBusy={invite.isPending}
        error={unlessProof(invite.error)}
        isReady={email !== ""}
        onSubmit={send}
      >
        <TextInput
          label={t("field.email")}
          type="email"
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("field.role")}
          description={t(`role.${role}.text`)}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as (typeof ROLES)[number])}
        />
      </Dialog>
      {dialog}
    </Page>
  );
}
