import { Button, Textarea } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerName } from "../partners/partner-link.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";
import { handoverOf } from "./handover.ts";

type Referral = components["schemas"]["OperatorReferral"];
const ALL_AT_ONCE = 200;

/** Gives a customer to another partner: what is taken back from the one and stays is shown before. */
export function GiveCustomer({ referral }: { readonly referral: Referral }) {
  const [isOpen, setOpen] = useState(false);
  if (referral.convertedAt === null || referral.status === "rejected") return null;
  return (
    <Allowed scope="partners:write">
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("give.act")}
      </Button>
      {isOpen ? <GiveDialog referral={referral} onClose={() => setOpen(false)} /> : null}
    </Allowed>
  );
}

function GiveDialog({ referral, onClose }: { readonly referral: Referral; readonly onClose: () => void }) {
  const { change } = useUrlState();
  const [partnerId, setPartner] = useState<string>();
  const [reason, setReason] = useState("");
  const give = useAct("reattributeReferral", {
    touches: ["listAllReferrals", "getReferralFor", "listAllCommissions", "getCommissionSummaryFor", "explain"],
    onDone: ({ id }) => {
      toast(t("give.done"));
      onClose();
      // The referral has ended; this one took its place.
      change({ open: id });
    },
  });
  const isSame = partnerId === referral.partnerId;
  return (
    <Dialog
      title={t("give.act")}
      act={t("give.act")}
      isOpen
      onClose={onClose}
      isBusy={give.isPending}
      error={give.error}
      isReady={partnerId !== undefined && !isSame && reason.trim() !== ""}
      onSubmit={() =>
        give.mutate({ path: { id: referral.id }, body: { partner: partnerId ?? "", reason: reason.trim() } })
      }
    >
      <p>{t("give.effect")}</p>
      <Allowed scope="commissions:read">
        <Consequences referral={referral} />
      </Allowed>
      <PartnerPicker value={partnerId} onChange={setPartner} only={{ status: "active" }} />
      {isSame ? <p role="alert">{t("give.same")}</p> : null}
      <Textarea
        label={t("field.reason")}
        description={t("give.reasonText")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

/** In numbers, of what this customer has earned so far. */
function Consequences({ referral: { id, partnerId } }: { readonly referral: Referral }) {
  const list = useList("listAllCommissions", { referralId: id }, { pageSize: ALL_AT_ONCE, isKeptWhole: true });
  if (list.error) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton lines={2} />;
  const sums = handoverOf(list.rows);
  return (
    <div role="status">
      <Facts
        facts={[
          [t("give.from"), <PartnerName key="f" id={partnerId} />],
          ...(sums.length === 0 ? [[t("give.moves"), t("give.nothing")] as const] : []),
          ...sums.flatMap(({ currency, moves, stays }) => [
            [t("give.moves"), <Amount key={`m${currency}`} minor={moves} currency={currency} />] as const,
            [t("give.stays"), <Amount key={`s${currency}`} minor={stays} currency={currency} />] as const,
          ]),
        ]}
      />
      {list.hasMore ? <p>{t("give.more", { count: ALL_AT_ONCE })}</p> : null}
    </div>
  );
}
