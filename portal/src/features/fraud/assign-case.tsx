import { NativeSelect } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import { CASE_TOUCHES } from "./case-touches.ts";

const TEAM = ["admin", "finance"];

/** Who of the team looks at it: anybody who may decide, as far as the reader may see them. */
export function AssignCase({ found }: { readonly found: components["schemas"]["FraudCaseDetail"] }) {
  const me = useMe();
  const users = useList("listUsers", { sort: "-createdAt" }, { enabled: me.may("users:write") });
  const assign = useAct("assignFraudCase", { touches: CASE_TOUCHES, onDone: () => toast(t("dispute.assigned")) });
  const known = users.rows.filter(({ role }) => TEAM.includes(role));
  const people = known.some(({ id }) => id === me.user.id) ? known : [me.user, ...known];
  const isKnown = people.some(({ id }) => id === found.assignedTo);
  return (
    <>
      <NativeSelect
        label={t("dispute.assignee")}
        disabled={assign.isPending}
        value={found.assignedTo ?? ""}
        onChange={(event) =>
          assign.mutate({ path: { id: found.id }, body: { assignedTo: event.currentTarget.value || null } })
        }
        data={[
          { value: "", label: t("dispute.nobody") },
          ...people.map(({ id, name, email }) => ({ value: id, label: name ?? email })),
          ...(found.assignedTo && !isKnown ? [{ value: found.assignedTo, label: t("dispute.somebody") }] : []),
        ]}
      />
      {assign.error ? <Problem error={assign.error} /> : null}
    </>
  );
}
