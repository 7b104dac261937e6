import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { Receipt } from "../commissions/receipt.tsx";
import type { Receipt as ReceiptData } from "../commissions/receipt-type.ts";

type Dispute = components["schemas"]["Dispute"];

/** What the partner says, what the receipt says, and what is decided. */
export function DisputeDetail({ dispute }: { readonly dispute: Dispute }) {
  const commission = useQuery(read("getAnyCommission", { path: { id: dispute.commissionId } }));
  return (
    <>
      <Status of="dispute" code={dispute.status} soft />
      <blockquote style={{ margin: 0 }}>
        <bdi>{dispute.reason}</bdi>
      </blockquote>
      <Loaded query={commission}>
        {(data) => (
          <>
            {data.receipt ? (
              <Receipt
                receipt={data.receipt as unknown as ReceiptData}
                commissionId={data.id}
                amount={data.amount}
                currency={data.currency}
              />
            ) : null}
            <Facts
              facts={[
                [t("dispute.held"), <Amount key="h" minor={dispute.amountHeld} currency={data.currency} />],
                [t("column.opened"), <Moment key="o" at={dispute.openedAt} as="time" />],
                dispute.resolution ? [t("dispute.answer"), dispute.resolution] : null,
              ]}
            />
          </>
        )}
      </Loaded>
      <Resolve dispute={dispute} />
    </>
  );
}

function Resolve({ dispute }: { readonly dispute: Dispute }) {
  const { may } = useMe();
  const [outcome, setOutcome] = useState<"uphold" | "cancel">();
  const resolve = useAct("resolveDispute", {
    touches: ["listAllDisputes", "getAnyCommission", "listAllCommissions"],
    onDone: () => {
      setOutcome(undefined);
      toast(t("dispute.resolved"));
    },
  });
  if (dispute.status !== "open" || !may("commissions:write")) return null;
  return (
    <Group gap="sm">
      <Button variant="default" onClick={() => setOutcome("uphold")}>
        {t("dispute.uphold")}
      </Button>
      <Button variant="default" onClick={() => setOutcome("cancel")}>
        {t("dispute.cancel")}
      </Button>
      {outcome ? (
        <ReasonDialog
          title={t(`dispute.${outcome}`)}
          act={t(`dispute.${outcome}`)}
          effect={t(`dispute.${outcome}Effect`)}
          label={t("dispute.answer")}
          isDestructive={outcome === "cancel"}
          isOpen
          onClose={() => setOutcome(undefined)}
          isBusy={resolve.isPending}
          error={resolve.error}
          onSubmit={(resolution) => resolve.mutate({ path: { id: dispute.id }, body: { outcome, resolution } })}
        />
      ) : null}
    </Group>
  );
}
