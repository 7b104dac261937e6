import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { PATHS } from "../../app/paths.ts";
import { read, useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { CommissionStatus } from "../commissions/commission-status.tsx";
import { typeWords } from "../commissions/commission-words.ts";
import { Receipt } from "../commissions/receipt.tsx";
import type { Receipt as ReceiptData } from "../commissions/receipt-type.ts";
import { saleKindWords } from "../disputes/dispute-words.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { Explanation } from "./explanation.tsx";
import { saleLook, signedAmount } from "./sale-words.ts";
import classes from "./sales.module.css";

type Detail = Output<"getTransaction">;

/** The sale that the address names: what it earned, what was taken back, and whose the customer is. */
export function SaleDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  return (
    <RowDrawer title={t("evidence.sale")} hasId rows={rows}>
      {(id) => <Shown key={id} id={id} />}
    </RowDrawer>
  );
}

function Shown({ id }: { readonly id: string }) {
  const query = useQuery(read("getTransaction", { path: { id } }));
  return <Loaded query={query}>{(sale) => <SaleDetail sale={sale} />}</Loaded>;
}

function SaleDetail({ sale }: { readonly sale: Detail }) {
  const { currency, customerExternalId, referralId, originalId } = sale;
  const explanation = useQuery(read("explain", { query: { transaction: sale.externalId } }));
  return (
    <>
      <Figures
        figures={[
          {
            label: saleKindWords(sale.kind),
            value: <Amount minor={signedAmount(sale)} currency={currency} />,
            note: <StatusMark look={saleLook(sale)} note={sale.refusal?.title} soft />,
          },
        ]}
      />
      <Facts
        facts={[
          [t("evidence.name"), <code key="n">{sale.externalId}</code>],
          [
            t("column.customer"),
            referralId === null ? (
              <bdi key="c">{customerExternalId}</bdi>
            ) : (
              <Link key="c" to={PATHS.referrals} search={{ open: referralId }}>
                <bdi>{customerExternalId ?? t("referral.title")}</bdi>
              </Link>
            ),
          ],
          [t("column.partner"), sale.partnerId === null ? "—" : <PartnerLink key="p" id={sale.partnerId} />],
          [t("receipt.tax"), <Amount key="t" minor={sale.tax} currency={currency} />],
          sale.kind === "card"
            ? [t("sale.ownRevenue"), <Amount key="r" minor={sale.revenue} currency={currency} />]
            : null,
          sale.product === null ? null : [t("sale.product"), <bdi key="o">{sale.product}</bdi>],
          sale.planCode === null ? null : [t("column.plan"), <bdi key="l">{sale.planCode}</bdi>],
          sale.country === null ? null : [t("field.country"), countryName(sale.country)],
          [t("column.date"), <Moment key="d" at={sale.occurredAt} as="time" />],
          [t("sale.reported"), <Moment key="e" at={sale.recordedAt} as="time" />],
          sale.originalExternalId === null
            ? null
            : [
                t("sale.original"),
                originalId === null ? (
                  <code key="g">{sale.originalExternalId}</code>
                ) : (
                  <Link key="g" to={PATHS.sales} search={{ open: originalId }}>
                    {sale.originalExternalId}
                  </Link>
                ),
              ],
        ]}
      />
      <Allowed scope="commissions:read">
        <Earned saleId={sale.id} explained={explanation.data} />
      </Allowed>
      <Reversals reversals={sale.reversals} />
      <section aria-label={t("explain.title")}>
        <h3>{t("explain.title")}</h3>
        <Loaded query={explanation}>{(found) => <Explanation found={found} />}</Loaded>
      </section>
    </>
  );
}

type Explained = { readonly receipts?: readonly ReceiptData[] };

/** What a sale earned, each to be opened; where that is nothing, the rules that were tried. */
function Earned({ saleId, explained }: { readonly saleId: string; readonly explained: Output<"explain"> | undefined }) {
  const list = useList("listAllCommissions", { transactionId: saleId, sort: "occurredAt" }, { isKeptWhole: true });
  const receipt = (explained?.transaction as Explained | null | undefined)?.receipts?.at(-1);
  return (
    <section aria-label={t("sale.earned")}>
      <h3>{t("sale.earned")}</h3>
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      {list.isPending ? <Skeleton lines={2} /> : null}
      <ul className={classes.rows}>
        {list.rows.map((one) => (
          <li key={one.id}>
            <span>
              <Link to={PATHS.commissions} search={{ open: one.id }}>
                {typeWords(one)}
              </Link>{" "}
              <CommissionStatus of={one} />
            </span>
            <Amount minor={one.amount} currency={one.currency} />
          </li>
        ))}
      </ul>
      {list.isPending || list.error || list.rows.length > 0 ? null : receipt === undefined ? (
        <p>{t("sale.earnedNothing")}</p>
      ) : (
        <Receipt receipt={receipt} commissionId="" amount={0} currency={receipt.currency ?? ""} />
      )}
    </section>
  );
}

function Reversals({ reversals }: { readonly reversals: Detail["reversals"] }) {
  if (reversals.length === 0) return null;
  return (
    <section aria-label={t("sale.reversals")}>
      <h3>{t("sale.reversals")}</h3>
      <ul className={classes.rows}>
        {reversals.map((one) => (
          <li key={one.id}>
            <span>
              <Link to={PATHS.sales} search={{ open: one.id }}>
                {saleKindWords(one.kind)}
              </Link>{" "}
              <Moment at={one.occurredAt} />
            </span>
            <Amount minor={signedAmount(one)} currency={one.currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}
