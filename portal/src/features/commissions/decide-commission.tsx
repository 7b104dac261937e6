import { Button, Group } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";

const TOUCHES = ["getAnyCommission", "listAllCommissions"] as const;

/** The operator approves a pending commission before its hold ends, or cancels it. */
export function DecideCommission({ detail }: { readonly detail: components["schemas"]["CommissionDetail"] }) {
  const { may } = useMe();
  const [asks, setAsks] = useState<"approve" | "cancel">();
  const done = (words: string) => () => {
    setAsks(undefined);
    toast(words);
  };
  const approve = useAct("approveCommission", { touches: TOUCHES, onDone: done(t("commission.approved")) });
  const cancel = useAct("cancelCommission", { touches: TOUCHES, onDone: done(t("commission.cancelled")) });
  if (detail.status !== "pending" || !may("commissions:write")) return null;
  const path = { id: detail.id };
  const amount = `${formatMoney(detail.amount, detail.currency)} ${detail.currency}`;
  return (
    <Group gap="sm">
      <Button variant="default" disabled={approve.isPending} onClick={() => approve.mutate({ path })}>
        {t("commission.approve")}
      </Button>
      <Button variant="default" onClick={() => setAsks("cancel")}>
        {t("commission.cancel")}
      </Button>
      <ReasonDialog
        title={t("commission.cancel")}
        act={t("commission.cancel")}
        effect={t("commission.cancelEffect", { amount })}
        isDestructive
        isOpen={asks === "cancel"}
        onClose={() => setAsks(undefined)}
        isBusy={cancel.isPending}
        error={cancel.error}
        onSubmit={(reason) => cancel.mutate({ path, body: { reason } })}
      />
    </Group>
  );
}
