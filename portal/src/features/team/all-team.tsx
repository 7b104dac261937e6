import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct, useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { TeamMember } from "./team-member.tsx";
import { memberLook, STAFF_ROLES, type StaffRole, type Teammate } from "./team-words.ts";

const COLUMNS: readonly Column<Teammate>[] = [
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
    cell: (row) => <StatusMark look={memberLook(row)} />,
  },
];

/** Who runs the programme, and what each may do. */
export default function AllTeam() {
  const asking = useDialog("invite");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<StaffRole>("support");
  const { search, opening, sortedBy } = useUrlState();
  const sorting = sortedBy("-createdAt");
  const list = useList("listUsers", { sort: sorting.sort });
  const opened = list.rows.find(({ id }) => id === search.open);
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
        <DataTable
          caption={t("nav.team")}
          columns={COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("team.empty")} />}
        />
      </Panel>
      <RowDrawer title={opened?.name ?? opened?.email ?? ""} rows={list.rows}>
        {() => (opened === undefined ? null : <TeamMember key={opened.id} member={opened} />)}
      </RowDrawer>
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
          data={STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as StaffRole)}
        />
      </Dialog>
      {dialog}
    </Page>
  );
}
