import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { RoleForm } from "./role-form.tsx";

type Member = components["schemas"]["TeamMember"];
type Role = Member["role"];
const ROLES = ["manager", "finance", "viewer"] as const;
const TOUCHES = ["getTeam"] as const;

/** Who works for the partner, and as what. The owner decides. */
export default function OwnTeam() {
  const team = useQuery(read("getTeam"));
  const inviting = useDialog("invite");
  return (
    <Page
      title={t("nav.team")}
      acts={
        <Allowed scope="own:team:write">
          <Button onClick={inviting.open}>{t("team.invite")}</Button>
        </Allowed>
      }
    >
      <Loaded query={team}>
        {({ owner, members }) => (
          <>
            <Panel title={t("teamRole.owner")}>
              <div className={stack.stack}>
                <Facts
                  facts={[
                    [t("field.name"), <bdi key="n">{owner.name}</bdi>],
                    [t("field.email"), <bdi key="e">{owner.email}</bdi>],
                  ]}
                />
                <p style={{ color: "var(--ink-2)" }}>{t("teamRole.owner.text")}</p>
              </div>
            </Panel>
            {members.length === 0 ? (
              <Panel>
                <Empty title={t("team.empty")} text={t("team.ownEmptyText")} />
              </Panel>
            ) : null}
            {members.map((member) => (
              <MemberPanel key={member.id} member={member} />
            ))}
          </>
        )}
      </Loaded>
      {inviting.isOpen ? <Invite onClose={inviting.onClose} /> : null}
    </Page>
  );
}

const roleOptions = ROLES.map((value) => ({ value, label: t(`teamRole.${value}`), text: t(`teamRole.${value}.text`) }));

function Invite({ onClose }: { readonly onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const { needsProof, dialog } = useStepUp();
  const invite = useAct("inviteMember", {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("team.invited"));
    },
  });
  const send = (): void =>
    invite.mutate({ body: { email, role } }, { onError: (error) => void needsProof(error, send) });
  return (
    <>
      <Dialog
        title={t("team.invite")}
        act={t("team.invite")}
        isOpen
        onClose={onClose}
        isBusy={invite.isPending}
        error={unlessProof(invite.error)}
        isReady={email !== ""}
        onSubmit={send}
      >
        <TextInput
          label={t("field.email")}
          description={t("team.inviteText")}
          type="email"
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("field.role")}
          description={t(`teamRole.${role}.text`)}
          data={roleOptions.map(({ value, label }) => ({ value, label }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
      </Dialog>
      {dialog}
    </>
  );
}

function MemberPanel({ member }: { readonly member: Member }) {
  const { id, email, name, role, status } = member;
  const { may } = useMe();
  const [isRemoving, setRemoving] = useState(false);
  const [isHandingOver, setHandingOver] = useState(false);
  const { needsProof, dialog } = useStepUp();
  const change = useAct("changeMember", { touches: TOUCHES, onDone: () => toast(t("team.changed")) });
  const remove = useAct("removeMember", { touches: TOUCHES, onDone: () => toast(t("team.removed")) });
  const give = (to: Role): void =>
    change.mutate({ path: { id }, body: { role: to } }, { onError: (error) => void needsProof(error, () => give(to)) });
  const takeOff = (): void => remove.mutate({ path: { id } }, { onError: (error) => void needsProof(error, takeOff) });
  const handOver = useAct("transferOwnership", {
    // What one may do is another's from now on.
    touches: [...TOUCHES, "getMe"],
    onDone: () => {
      setHandingOver(false);
      toast(t("team.handedOver"));
    },
  });
  const makeOwner = (): void =>
    handOver.mutate({ path: { id } }, { onError: (error) => void needsProof(error, makeOwner) });
  const called = name ?? email;
  return (
    <Panel title={called}>
      <div className={stack.stack}>
        <Facts
          facts={[
            [t("field.email"), <bdi key="e">{email}</bdi>],
            [t("column.status"), status === "joined" ? t("team.joined") : t("team.waiting")],
            [t("column.created"), <Moment key="i" at={member.invitedAt} as="time" />],
          ]}
        />
        {may("own:team:write") ? (
          <RoleForm
            key={role}
            name={called}
            role={role}
            roles={roleOptions}
            isBusy={change.isPending}
            error={unlessProof(change.error)}
            onSubmit={give}
          />
        ) : (
          <>
            <Facts facts={[[t("field.role"), t(`teamRole.${role}`)]]} />
            <p style={{ color: "var(--ink-2)" }}>{t("team.ownerDecides")}</p>
          </>
        )}
        <Allowed scope="own:team:write">
          <Group>
            <Button variant="default" aria-label={`${t("team.remove")}: ${called}`} onClick={() => setRemoving(true)}>
              {t("team.remove")}
            </Button>
            {status === "joined" ? (
              <Button
                variant="default"
                aria-label={`${t("team.handOver")}: ${called}`}
                onClick={() => setHandingOver(true)}
              >
                {t("team.handOver")}
              </Button>
            ) : null}
          </Group>
        </Allowed>
      </div>
      <Dialog
        title={t("team.remove")}
        act={t("team.remove")}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        isBusy={remove.isPending}
        error={unlessProof(remove.error)}
        isDestructive
        onSubmit={takeOff}
      >
        <p>{t("team.removeEffect", { name: called })}</p>
      </Dialog>
      <Dialog
        title={t("team.handOver")}
        act={t("team.handOver")}
        isOpen={isHandingOver}
        onClose={() => setHandingOver(false)}
        isBusy={handOver.isPending}
        error={unlessProof(handOver.error)}
        isDestructive
        onSubmit={makeOwner}
      >
        <p>{t("team.handOverEffect", { name: called })}</p>
      </Dialog>
      {dialog}
    </Panel>
  );
}
