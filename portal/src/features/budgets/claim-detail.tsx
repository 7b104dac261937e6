import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

type Claim = components["schemas"]["BudgetClaim"];
const TOUCHES = ["listAllBudgetClaims", "listAllBudgets"] as const;

/** One claim: what was spent, its proof, and what was decided. */
export function ClaimDetail({ claim }: { readonly claim: Claim }) {
  const { isPartner, may } = useMe();
  const [decides, setDecides] = useState<"approve" | "reject">();
  const file = useMutation({
    mutationFn: async ({ id, name }: { readonly id: string; readonly name: string }) => {
      const input = { path: { id } };
      download(isPartner ? await api.getBudgetProof(input) : await api.getAnyBudgetProof(input), name);
    },
  });
  const isWaiting = claim.status === "submitted" || claim.status === "escalated";
  return (
    <>
      <Facts
        facts={[
          isPartner ? null : [t("column.partner"), <PartnerLink key="p" id={claim.partnerId} />],
          [t("column.status"), t(`claim.status.${claim.status}`)],
          [t("column.amount"), <Amount key="a" minor={claim.amount} currency={claim.currency} />],
          claim.granted === null
            ? null
            : [t("claim.granted"), <Amount key="g" minor={claim.granted} currency={claim.currency} />],
          [t("claim.spentOn"), formatDay(claim.spentOn)],
          [t("claim.submitted"), <Moment key="s" at={claim.submittedAt} as="time" />],
          claim.decidedAt ? [t("claim.decided"), <Moment key="d" at={claim.decidedAt} as="time" />] : null,
          claim.reason ? [t("field.reason"), <bdi key="r">{claim.reason}</bdi>] : null,
        ]}
      />
      <p>
        <bdi>{claim.description}</bdi>
      </p>
      <Group gap="sm">
        {claim.files.map((one) => (
          <Button key={one.id} variant="default" size="compact-sm" onClick={() => file.mutate(one)}>
            <bdi>{one.name}</bdi>
          </Button>
        ))}
      </Group>
      {file.error ? <Problem error={file.error} /> : null}
      {isWaiting && may("fees:write") ? (
        <Group gap="sm">
          <Button onClick={() => setDecides("approve")}>{t("claim.approve")}</Button>
          <Button variant="default" onClick={() => setDecides("reject")}>
            {t("claim.reject")}
          </Button>
        </Group>
      ) : null}
      {decides ? <Decide claim={claim} as={decides} onClose={() => setDecides(undefined)} /> : null}
    </>
  );
}

type DecideProps = { readonly claim: Claim; readonly as: "approve" | "reject"; readonly onClose: () => void };

function Decide({ claim: { id, amount: claimed, currency }, as, onClose }: DecideProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const settings = {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("claim.decidedToast"));
    },
  };
  const approve = useAct("approveBudgetClaim", settings);
  const reject = useAct("rejectBudgetClaim", settings);
  const act = as === "approve" ? approve : reject;
  const amount = typed === "" ? claimed : fromDecimal(typed, currency);
  const isAmount = amount !== undefined && amount > 0 && amount <= claimed;
  const needsReason = as === "reject" || (amount ?? 0) < claimed;
  const said = reason.trim();
  const submit = (): void => {
    const path = { id };
    if (as === "reject") reject.mutate({ path, body: { reason: said } });
    else if (amount !== undefined) approve.mutate({ path, body: { amount, ...(said === "" ? {} : { reason: said }) } });
  };
  return (
    <Dialog
      title={t(`claim.${as}`)}
      act={t(`claim.${as}`)}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={isAmount && (!needsReason || said !== "")}
      onSubmit={submit}
    >
      <p>{t(`claim.${as}Effect`)}</p>
      {as === "approve" ? (
        <TextInput
          label={t("settle.amount", { currency })}
          inputMode="decimal"
          dir="ltr"
          placeholder={formatMoney(claimed, currency)}
          error={isAmount ? null : t(amount === undefined ? "field.notAnAmount" : "claim.aboveClaim")}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        label={needsReason ? t("field.reason") : t("field.optional", { label: t("field.reason") })}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
