import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatMoney } from "../../ui/money.ts";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";
import { GrantCommission, mayBeGranted } from "../commissions/grant-commission.tsx";
import { Reassess } from "../commissions/reassess.tsx";
import { WriteOffDebt } from "../commissions/write-off-debt.tsx";
import { RequestFor } from "../payouts/request-for.tsx";

type Partner = components["schemas"]["PartnerDetail"];
type OfCurrency = components["schemas"]["CommissionSummary"]["currencies"][number];

/** What a partner has and owes, by currency, and what a person may do about it. */
export function PartnerMoney({ partner }: { readonly partner: Partner }) {
  const { may } = useMe();
  const summary = useQuery(read("getCommissionSummaryFor", { query: { partnerId: partner.id } }));
  const [isGranting, setGranting] = useState(false);
  const mayWrite = may("commissions:write");
  return (
    <Panel
      title={t("partner.balances")}
      aside={
        <div className={stack.row}>
          {mayWrite && mayBeGranted(partner) ? (
            <Button size="compact-sm" variant="default" onClick={() => setGranting(true)}>
              {t("grant.act")}
            </Button>
          ) : null}
          <Reassess partnerId={partner.id} />
        </div>
      }
    >
      <Loaded query={summary} lines={2}>
        {({ currencies }) =>
          currencies.length === 0 ? (
            <Empty title={t("balance.empty")} />
          ) : (
            <div className={stack.stack}>
              {currencies.map((one) => (
                <Balance key={one.currency} partnerId={partner.id} of={one} mayWrite={mayWrite} />
              ))}
            </div>
          )
        }
      </Loaded>
      {isGranting ? <GrantCommission partner={partner} onClose={() => setGranting(false)} /> : null}
    </Panel>
  );
}

type BalanceProps = { readonly partnerId: string; readonly of: OfCurrency; readonly mayWrite: boolean };

function Balance({ partnerId, of: { currency, balances, upcoming }, mayWrite }: BalanceProps) {
  const { may } = useMe();
  const [isWritingOff, setWritingOff] = useState(false);
  const [isRequesting, setRequesting] = useState(false);
  const { available, pending, disputed, inTransit, debt } = balances;
  const next = upcoming[0];
  const amount = (minor: number) => <Amount minor={minor} currency={currency} />;
  return (
    <>
      <Figures
        figures={[
          { label: t("balance.available"), value: amount(available) },
          {
            label: t("balance.pending"),
            value: amount(pending),
            note: next
              ? t("balance.next", { amount: formatMoney(next.amount, currency), day: formatDay(next.date) })
              : null,
          },
          ...(disputed > 0 ? [{ label: t("balance.disputed"), value: amount(disputed) }] : []),
          ...(inTransit > 0 ? [{ label: t("balance.inTransit"), value: amount(inTransit) }] : []),
          ...(debt > 0 ? [{ label: t("writeOff.owedNow"), value: amount(debt), note: t("writeOff.setOffFirst") }] : []),
        ]}
      />
      {debt > 0 && mayWrite ? (
        <Button size="compact-sm" variant="default" onClick={() => setWritingOff(true)}>
          {t("writeOff.act")}
        </Button>
      ) : null}
      {available > 0 && may("payouts:process") ? (
        <Button size="compact-sm" variant="default" onClick={() => setRequesting(true)}>
          {t("payout.request")}
        </Button>
      ) : null}
      {isRequesting ? (
        <RequestFor partnerId={partnerId} currency={currency} onClose={() => setRequesting(false)} />
      ) : null}
      {isWritingOff ? (
        <WriteOffDebt partnerId={partnerId} currency={currency} debt={debt} onClose={() => setWritingOff(false)} />
      ) : null}
    </>
  );
}
