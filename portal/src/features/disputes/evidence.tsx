import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { Receipt } from "../commissions/receipt.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import classes from "./dispute.module.css";
import { saleKindWords, touchKindWords, touchOutcomeWords } from "./dispute-words.ts";
import type { Evidence as EvidenceData, Touch } from "./evidence-type.ts";

/** What was known when the dispute was opened: the receipt, the sale, what was taken back, the touches. */
export function Evidence({ evidence }: { readonly evidence: EvidenceData }) {
  const { commission, receipt, sale, refunds = [] } = evidence;
  const touches = evidence.touches ?? evidence.attribution?.touches ?? [];
  if (!commission && !sale && touches.length === 0) return <Empty title={t("evidence.none")} />;
  return (
    <>
      {receipt && commission ? (
        <Receipt
          receipt={receipt}
          commissionId={commission.id}
          amount={commission.amount}
          currency={commission.currency}
        />
      ) : null}
      {sale ? (
        <section aria-label={t("evidence.sale")}>
          <h3>{t("evidence.sale")}</h3>
          <Facts
            facts={[
              [t("column.type"), saleKindWords(sale.kind)],
              sale.externalId ? [t("evidence.name"), <bdi key="n">{sale.externalId}</bdi>] : null,
              sale.customerExternalId ? [t("column.customer"), <bdi key="c">{sale.customerExternalId}</bdi>] : null,
              [t("column.amount"), <Amount key="a" minor={sale.amount} currency={sale.currency} />],
              [t("receipt.tax"), <Amount key="t" minor={sale.tax} currency={sale.currency} />],
              [t("column.date"), <Moment key="d" at={sale.occurredAt} as="time" />],
            ]}
          />
        </section>
      ) : null}
      {refunds.length > 0 ? (
        <section aria-label={t("commission.reversals")}>
          <h3>{t("commission.reversals")}</h3>
          <ul className={classes.rows}>
            {refunds.map(({ id, occurredAt, amount, currency }) => (
              <li key={id}>
                <Moment at={occurredAt} as="time" />
                <Amount minor={amount} currency={currency} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {touches.length > 0 ? <Touches touches={touches} /> : null}
    </>
  );
}

/** Every touch with its time and what became of it. */
export function Touches({ touches }: { readonly touches: readonly Touch[] }) {
  return (
    <section aria-label={t("evidence.touches")}>
      <h3>{t("evidence.touches")}</h3>
      <ul className={classes.rows}>
        {touches.map(({ kind, id, at, partnerId, outcome }) => (
          <li key={`${kind}-${id}`}>
            <span>
              {touchKindWords(kind)} <ShortId id={id} />
              {partnerId ? (
                <>
                  {" "}
                  <PartnerLink id={partnerId} />
                </>
              ) : null}
              {outcome ? <span className={classes.note}>{touchOutcomeWords(outcome)}</span> : null}
            </span>
            <Moment at={at} as="time" />
          </li>
        ))}
      </ul>
    </section>
  );
}
