import { Button, Group, NativeSelect } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { DESK_TOUCHES } from "./desk-touches.ts";

const TEAM = ["admin", "finance", "support"];

/** Who looks at it, and a second reviewer where one person should not decide alone. */
export function AssignDispute({ dispute }: { readonly dispute: components["schemas"]["DeskDisputeDetail"] }) {
  const me = useMe();
  const [escalates, setEscalates] = useState(false);
  const users = useList("listUsers", { sort: "-createdAt" }, { enabled: me.may("users:write") });
  const assign = useAct("assignDispute", { touches: DESK_TOUCHES, onDone: () => toast(t("dispute.assigned")) });
  const escalate = useAct("escalateDispute", {
    touches: DESK_TOUCHES,
    onDone: () => {
      setEscalates(false);
      toast(t("dispute.escalated"));
    },
  });
  const path = { id: dispute.id };
  const known = users.rows.filter(({ role }) => TEAM.includes(role));
  const people = known.some(({ id }) => id === me.user.id) ? known : [me.user, ...known];
  return (
    <>
      <NativeSelect
        label={t("dispute.assignee")}
        disabled={assign.isPending}
        value={dispute.assignedTo ?? ""}
        onChange={(event) => assign.mutate({ path, body: { assigneeId: event.currentTarget.value || null } })}
        data={[
          { value: "", label: t("dispute.nobody") },
          ...people.map(({ id, name, email }) => ({ value: id, label: name ?? email })),
          ...(dispute.assignedTo && !people.some(({ id }) => id === dispute.assignedTo)
            ? [{ value: dispute.assignedTo, label: t("dispute.somebody") }]
            : []),
        ]}
      />
      {assign.error ? <Problem error={assign.error} /> : null}
      {dispute.status === "escalated" ? null : (
        <Group>
          <Button variant="default" onClick={() => setEscalates(true)}>
            {t("dispute.escalate")}
          </Button>
        </Group>
      )}
      <ReasonDialog
        title={t("dispute.escalate")}
        act={t("dispute.escalate")}
        effect={t("dispute.escalateEffect")}
        isOpen={escalates}
        onClose={() => setEscalates(false)}
        isBusy={escalate.isPending}
        error={escalate.error}
        onSubmit={(reason) => escalate.mutate({ path, body: { reason } })}
      />
    </>
  );
}
