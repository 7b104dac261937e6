import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { isCurrencyCode, MoneyField } from "../../ui/money-field.tsx";
import type { Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

type Partner = components["schemas"]["PartnerDetail"];
type Balances = components["schemas"]["CommissionSummary"]["currencies"][number]["balances"];

/** Who a commission may be granted to: before approval and after the end nobody earns. */
export const mayBeGranted = ({ status }: Pick<Partner, "status">): boolean =>
  status === "active" || status === "suspended";

type GrantCommissionProps = {
  /** To whom; asked for where it is not given. */
  readonly partner?: Partner;
  readonly onClose: () => void;
};

/** Grants a bonus by hand: how much, why, and what it makes of the partner's balance. */
export function GrantCommission({ partner: given, onClose }: GrantCommissionProps) {
  const [partnerId, setPartner] = useState(given?.id);
  const [typed, setCurrency] = useState<string>();
  const [amount, setAmount] = useState<Parsed>();
  const [reason, setReason] = useState("");
  const id = partnerId ?? "";
  const isKnown = partnerId !== undefined;
  const { data: partner } = useQuery({ ...read("getPartner", { path: { id } }), enabled: isKnown });
  const { data: summary } = useQuery({
    ...read("getCommissionSummaryFor", { query: { partnerId: id } }),
    enabled: isKnown,
  });
  const currency = (typed ?? partner?.terms.currency ?? "").trim().toUpperCase();
  const isCurrency = isCurrencyCode(currency);
  const grant = useAct("grantCommission", {
    touches: ["getCommissionSummaryFor", "listAllCommissions", "getPartnerTimeline"],
    onDone: () => {
      toast(t("grant.done"));
      onClose();
    },
  });
  const balances = summary?.currencies.find((one) => one.currency === currency)?.balances;
  return (
    <Dialog
      title={t("grant.act")}
      act={t("grant.act")}
      isOpen
      onClose={onClose}
      isBusy={grant.isPending}
      error={grant.error}
      isReady={isKnown && isCurrency && (amount ?? 0) > 0 && reason.trim() !== ""}
      onSubmit={() => grant.mutate({ body: { partnerId: id, amount: amount ?? 0, currency, reason: reason.trim() } })}
    >
      {given ? null : <PartnerPicker value={partnerId} onChange={setPartner} only={{ status: "active" }} />}
      {partner ? (
        <>
          <MoneyField typed={typed ?? currency} currency={currency} onCurrency={setCurrency} onAmount={setAmount} />
          <Textarea
            label={t("field.reason")}
            description={t("grant.reasonText")}
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {isCurrency && summary ? (
            <Effect amount={amount ?? 0} currency={currency} balances={balances} holdDays={partner.terms.holdDays} />
          ) : null}
        </>
      ) : null}
    </Dialog>
  );
}

type EffectProps = {
  readonly amount: number;
  readonly currency: string;
  readonly balances: Balances | undefined;
  readonly holdDays: number;
};

function Effect({ amount, currency, balances, holdDays }: EffectProps) {
  const pending = balances?.pending ?? 0;
  const debt = balances?.debt ?? 0;
  return (
    <div role="status">
      <Facts
        facts={[
          [t("grant.pendingNow"), <Amount key="n" minor={pending} currency={currency} />],
          [t("grant.pendingThen"), <Amount key="t" minor={pending + amount} currency={currency} />],
          [t("terms.hold"), t("terms.days", { count: holdDays })],
          debt > 0 ? [t("grant.owed"), <Amount key="d" minor={debt} currency={currency} />] : null,
        ]}
      />
    </div>
  );
}
