import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDate } from "../../ui/dates.ts";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { TYPES } from "../commissions/commission-words.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { failureWords } from "./failure-words.ts";
import { methodName } from "./method-name.ts";
import { payoutCode, payoutNote } from "./payout-columns.tsx";
import classes from "./payout-detail.module.css";

type Detail = components["schemas"]["PayoutDetail"];
const FORMATS = ["pdf", "csv"] as const;

const TRANSFERS = ["created", "sending", "unknown", "succeeded", "failed", "returned"] as const;

/** Where a transfer is; a state that the portal does not know yet is said as it is. By bank file one is made when it is written down for the bank. */
const transferWords = (state: string, { bankFile }: Pick<Detail, "bankFile">): string => {
  if (state === "succeeded" && bankFile) return t(`status.payout.bank_file_${bankFile}`);
  const known = TRANSFERS.find((one) => one === state);
  return known === undefined ? state : t(`transfer.${known}`);
};

const KINDS = ["debt_recovered", "fee_set_off"] as const;

/** What a line of a payout is that is no commission; one that is new here is said as it is. */
const itemWords = (kind: string): string => {
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? kind : t(`payoutItem.${known}`);
};

/** What a line draws on, as its list calls it: what is negative takes back. */
function earnedWords(type: string, amount: number): string {
  if (amount < 0) return t("commissionType.reversal");
  const known = TYPES.find((one) => one === type);
  return known === undefined ? type : t(`commissionType.${known}`);
}

/** One payout: what it is made of, down to each commission, where the money is, and the statement. */
export function PayoutDetail({ detail, children }: { readonly detail: Detail; readonly children?: React.ReactNode }) {
  const { isPartner } = useMe();
  const { id, currency, status } = detail;
  const statement = useMutation({
    mutationFn: async (format: "pdf" | "csv") => {
      const input = { path: { id }, query: { format } };
      const file = isPartner ? await api.getPayoutStatement(input) : await api.getAnyPayoutStatement(input);
      download(file, `statement-${id.slice(-8)}.${format}`);
    },
  });
  const touches = ["getPayout", "getPayoutHistory", "getAnyPayout", "listAllPayouts", "getCommissionSummary"] as const;
  const cancel = useAct(isPartner ? "cancelPayout" : "cancelPayoutFor", {
    touches,
    onDone: () => toast(t("payout.cancelled")),
  });
  return (
    <>
      <Figures
        figures={[
          {
            label: t("column.net"),
            value: <Amount minor={detail.netAmount} currency={currency} />,
            note: <Status of="payout" code={payoutCode(detail)} note={payoutNote(detail)} soft />,
          },
        ]}
      />
      <Facts
        facts={[
          isPartner ? null : [t("column.partner"), <PartnerLink key="w" id={detail.partnerId} />],
          [t("column.amount"), <Amount key="a" minor={detail.amount} currency={currency} />],
          [t("column.fee"), <Amount key="f" minor={-detail.fee} currency={currency} />],
          detail.taxWithheld > 0
            ? [t("payout.withheld"), <Amount key="w" minor={-detail.taxWithheld} currency={currency} />]
            : null,
          [t("column.method"), methodName(detail.paymentMethod)],
          [t("column.requested"), <Moment key="r" at={detail.requestedAt} as="time" />],
          [t("payout.processed"), <Moment key="p" at={detail.processedAt} as="time" />],
          detail.exportedAt ? [t("payout.exported"), <Moment key="e" at={detail.exportedAt} as="time" />] : null,
          detail.failureCode ? [t("field.reason"), failureWords(detail.failureCode)] : null,
          detail.batchId && !isPartner
            ? [
                t("batch.title"),
                <Link key="b" to={PATHS.batch} params={{ id: detail.batchId }}>
                  {t("batch.open")}
                </Link>,
              ]
            : null,
          ...detail.transfers.map(
            ({ attempt, transferId, status: state }) =>
              [
                t("payout.transfer", { attempt }),
                [transferId, transferWords(state, detail)].filter(Boolean).join(" · "),
              ] as const,
          ),
        ]}
      />
      {status === "failed" ? (
        <div>
          <p>{t(isPartner ? "payout.failedOwn" : "payout.failedText")}</p>
          {isPartner ? null : (
            <Link to={PATHS.payouts} search={{ tab: "due" }}>
              {t("payout.seeDue")}
            </Link>
          )}
        </div>
      ) : null}
      {children}
      {isPartner && status === "pending" && detail.waitsFor === null ? <p>{t("payout.waitsForTeam")}</p> : null}
      <Group gap="sm">
        {status === "completed"
          ? FORMATS.map((format) => (
              <Button
                key={format}
                variant="default"
                disabled={statement.isPending}
                onClick={() => statement.mutate(format)}
              >
                {t("payout.statement", { format: format.toUpperCase() })}
              </Button>
            ))
          : null}
        {status === "pending" ? (
          <Button variant="default" disabled={cancel.isPending} onClick={() => cancel.mutate({ path: { id } })}>
            {t("payout.cancel")}
          </Button>
        ) : null}
      </Group>
      {statement.error ? <Problem error={statement.error} /> : null}
      {cancel.error ? <Problem error={cancel.error} /> : null}
      <section aria-label={t("payout.items")}>
        <h3>{t("payout.items")}</h3>
        <ul className={classes.items}>
          {detail.items.map(({ line, kind, commissionId, amount, type, customer, occurredAt }) => (
            <li key={line}>
              {commissionId ? (
                <Link to={PATHS.commissions} search={{ open: commissionId }}>
                  {type === null ? t("payout.item", { line }) : earnedWords(type, amount)}
                  {occurredAt === null ? null : `, ${formatDate(occurredAt)}`}
                  {customer === null ? null : (
                    <>
                      , <bdi>{customer}</bdi>
                    </>
                  )}
                </Link>
              ) : (
                <span>{itemWords(kind)}</span>
              )}
              <Amount minor={amount} currency={currency} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
