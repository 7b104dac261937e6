import { Button, Group } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { look } from "../../ui/status-words.ts";
import { toast } from "../../ui/toast.tsx";

type Invitation = Output<"listInvitations">["data"][number];

const OPEN = look("half", "neutral", "invitation.open");
const REGISTERED = look("done", "good", "invitation.registered");

const COLUMNS: readonly Column<Invitation>[] = [
  {
    id: "email",
    header: t("field.email"),
    sort: "email",
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.email}</bdi>,
  },
  {
    id: "sent",
    header: t("invitation.sent"),
    sort: "createdAt",
    phone: "below",
    cell: (row) => <Moment at={row.createdAt} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={row.hasRegistered ? REGISTERED : OPEN} />,
  },
];

/** Whom the programme has asked to apply, and who has. */
export function Invitations() {
  const { may } = useMe();
  const { sortedBy } = useUrlState();
  const sorting = sortedBy("-createdAt");
  const list = useList("listInvitations", { sort: sorting.sort });
  const [withdrawn, setWithdrawn] = useState<Invitation>();
  const repeat = useAct("repeatPartnerInvitation", {
    touches: ["listInvitations"],
    onDone: ({ email }) => toast(t("invitation.repeated", { email })),
  });
  const withdraw = useAct("withdrawInvitation", {
    touches: ["listInvitations"],
    onDone: () => {
      setWithdrawn(undefined);
      toast(t("invitation.withdrawn"));
    },
  });
  const acts: Column<Invitation> = {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    phone: "end",
    cell: (row) => (
      <Group gap="sm" justify="flex-end">
        {row.hasRegistered ? null : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t("invitation.repeat")}: ${row.email}`}
            disabled={repeat.isPending}
            onClick={() => repeat.mutate({ path: { id: row.id } })}
          >
            {t("invitation.repeat")}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${t("invitation.withdraw")}: ${row.email}`}
          onClick={() => setWithdrawn(row)}
        >
          {t("invitation.withdraw")}
        </Button>
      </Group>
    ),
  };
  return (
    <>
      {repeat.error ? <Problem error={repeat.error} /> : null}
      <Panel flush>
        <DataTable
          caption={t("partners.invitations")}
          columns={may("partners:write") ? [...COLUMNS, acts] : COLUMNS}
          list={list}
          {...sorting}
          empty={<Empty title={t("invitations.empty")} text={t("invitations.emptyText")} />}
        />
      </Panel>
      <Dialog
        title={t("invitation.withdraw")}
        act={t("invitation.withdraw")}
        isOpen={withdrawn !== undefined}
        onClose={() => setWithdrawn(undefined)}
        isBusy={withdraw.isPending}
        error={withdraw.error}
        isDestructive
        onSubmit={() => withdraw.mutate({ path: { id: withdrawn?.id ?? "" } })}
      >
        <p>{t("invitation.withdrawEffect", { email: withdrawn?.email ?? "" })}</p>
      </Dialog>
    </>
  );
}
