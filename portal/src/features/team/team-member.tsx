import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { ResetFactors } from "./reset-factors.tsx";
import { RoleForm } from "./role-form.tsx";
import { memberLook, STAFF_ROLES, type StaffRole, type Teammate } from "./team-words.ts";

const TOUCHES = ["listUsers"] as const;
const ROLES = STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`), text: t(`role.${value}.text`) }));

/** Somebody who runs the programme: what they may do, and what becomes of that. */
export function TeamMember({ member }: { readonly member: Teammate }) {
  const { id, email, status } = member;
  const name = member.name ?? email;
  const isInvited = status === "active" && !member.hasJoined;
  const isMe = useMe().user.id === id;
  const { needsProof, dialog } = useStepUp();
  const change = useAct("updateUser", { touches: TOUCHES, onDone: () => toast(t("team.changed")) });
  const repeat = useAct("repeatInvitation", { touches: TOUCHES, onDone: () => toast(t("team.invited")) });
  const give = (role: StaffRole): void =>
    change.mutate({ path: { id }, body: { role } }, { onError: (error) => void needsProof(error, () => give(role)) });
  return (
    <>
      <StatusMark look={memberLook(member)} soft />
      <Facts
        facts={[
          [t("field.email"), <bdi key="e">{email}</bdi>],
          [t("column.created"), <Moment key="c" at={member.createdAt} as="time" />],
        ]}
      />
      {isMe ? (
        <p style={{ color: "var(--ink-2)" }}>{t("team.yourself")}</p>
      ) : (
        <>
          <RoleForm
            key={member.role}
            name={name}
            role={member.role as StaffRole}
            roles={ROLES}
            isBusy={change.isPending}
            error={unlessProof(change.error)}
            onSubmit={give}
          />
          {repeat.error ? <Problem error={repeat.error} /> : null}
          <Group gap="sm">
            {isInvited ? (
              <Button variant="default" disabled={repeat.isPending} onClick={() => repeat.mutate({ path: { id } })}>
                {t("invitation.repeat")}
              </Button>
            ) : (
              <ResetFactors id={id} name={name} />
            )}
            <SwitchOff member={member} />
          </Group>
        </>
      )}
      {dialog}
    </>
  );
}

/** Keeps somebody out, or lets them in again. */
function SwitchOff({ member: { id, email, name, status } }: { readonly member: Teammate }) {
  const [isAsked, setAsked] = useState(false);
  const { needsProof, dialog } = useStepUp();
  const act = status === "active" ? "disable" : "enable";
  const change = useAct("updateUser", {
    touches: TOUCHES,
    onDone: () => {
      setAsked(false);
      toast(t(`team.${act}.done`));
    },
  });
  const send = (): void =>
    change.mutate(
      { path: { id }, body: { status: act === "disable" ? "disabled" : "active" } },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t(`team.${act}`)}
      </Button>
      <Dialog
        title={t(`team.${act}`)}
        act={t(`team.${act}`)}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        isBusy={change.isPending}
        error={unlessProof(change.error)}
        isDestructive={act === "disable"}
        onSubmit={send}
      >
        <p>{t(`team.${act}.effect`, { name: name ?? email })}</p>
      </Dialog>
      {dialog}
    </>
  );
}
