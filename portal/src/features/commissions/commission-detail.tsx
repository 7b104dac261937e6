import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { CommissionStatus } from "./commission-status.tsx";
import { closingWords, typeWords } from "./commission-words.ts";
import { DecideCommission } from "./decide-commission.tsx";
import { DisputeCommission } from "./dispute-commission.tsx";
import { Reassess } from "./reassess.tsx";
import { Receipt } from "./receipt.tsx";
import type { Receipt as ReceiptData } from "./receipt-type.ts";

type Detail = components["schemas"]["CommissionDetail"];

/** One commission: the number, why it is that number, and what happens to it. */
export function CommissionDetail({ detail }: { readonly detail: Detail }) {
  const { isPartner, may } = useMe();
  const { id, amount, currency, customer, receipt, reversals, disputes, note, closing, payout } = detail;
  return (
    <>
      <Figures
        figures={[
          {
            label: typeWords(detail),
            value: <Amount minor={amount} currency={currency} />,
            note: <CommissionStatus of={detail} soft />,
          },
        ]}
      />
      {receipt ? (
        <Receipt receipt={receipt as unknown as ReceiptData} commissionId={id} amount={amount} currency={currency} />
      ) : null}
      {note ? <p>{note}</p> : null}
      {closing ? (
        <p>{closing.reason === null ? closingWords(closing) : t("commission.closed", { reason: closing.reason })}</p>
      ) : null}
      <Facts
        facts={[
          isPartner ? null : [t("column.partner"), <PartnerLink key="w" id={detail.partnerId} />],
          customer === null
            ? null
            : [
                t("column.customer"),
                detail.referralId === null ? (
                  <bdi key="c">{customer}</bdi>
                ) : (
                  <Link key="c" to={PATHS.referrals} search={{ open: detail.referralId }}>
                    <bdi>{customer}</bdi>
                  </Link>
                ),
              ],
          isPartner || detail.transactionId === null || !may("transactions:read")
            ? null
            : [
                t("evidence.sale"),
                <Link key="s" to={PATHS.sales} search={{ open: detail.transactionId }}>
                  {t("sale.see")}
                </Link>,
              ],
          [t("commission.occurred"), <Moment key="o" at={detail.occurredAt} as="time" />],
          [t("commission.assessed"), <Moment key="a" at={detail.calculatedAt} as="time" />],
          detail.status === "pending"
            ? [t("commission.clearsOn"), <Moment key="h" at={detail.holdUntil} as="time" />]
            : null,
          detail.approvedAt ? [t("commission.approvedOn"), <Moment key="p" at={detail.approvedAt} as="time" />] : null,
          payout.paid > 0
            ? [t("commission.paidOut"), <Amount key="d" minor={payout.paid} currency={currency} />]
            : null,
          payout.inTransit > 0
            ? [t("commission.inTransit"), <Amount key="t" minor={payout.inTransit} currency={currency} />]
            : null,
          payout.unpaid > 0 && detail.status !== "cancelled"
            ? [t("commission.unpaid"), <Amount key="u" minor={payout.unpaid} currency={currency} />]
            : null,
        ]}
      />
      {reversals.length > 0 ? (
        <section aria-label={t("commission.reversals")}>
          <h3>{t("commission.reversals")}</h3>
          <Facts
            facts={reversals.map((one) => [
              `${t(`commissionType.reversal`)}, ${new Date(one.occurredAt).toISOString().slice(0, 10)}`,
              <Amount key={one.id} minor={one.amount} currency={one.currency} />,
            ])}
          />
        </section>
      ) : null}
      {disputes.map((dispute) => (
        <section key={dispute.id} aria-label={t("dispute.title")}>
          <h3>
            {t("dispute.title")} <Status of={isPartner ? "ownDispute" : "dispute"} code={dispute.status} soft />
          </h3>
          <p>{dispute.reason}</p>
          <p>
            <Link to={PATHS.disputes} search={{ open: dispute.id }}>
              {t("dispute.open")}
            </Link>
          </p>
          {dispute.resolution ? <p>{dispute.resolution}</p> : null}
        </section>
      ))}
      {isPartner ? (
        <Allowed scope="own:commissions:dispute">
          <DisputeCommission detail={detail} />
        </Allowed>
      ) : (
        <>
          <DecideCommission detail={detail} />
          <div>
            <Reassess partnerId={detail.partnerId} />
          </div>
        </>
      )}
    </>
  );
}
