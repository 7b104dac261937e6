import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatMoney } from "../../ui/money.ts";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { invoiceNote } from "./invoice-columns.tsx";
import classes from "./invoice-detail.module.css";
import { settlementWords } from "./invoice-words.ts";
import { SettleInvoice } from "./settle-invoice.tsx";
import { mayBeUndone, UndoSetOff } from "./undo-set-off.tsx";

type Detail = components["schemas"]["InvoiceDetail"];
const FORMATS = ["pdf", "csv"] as const;

/** One invoice: what is open, its lines, what settled it, and its files. */
export function InvoiceDetail({ invoice }: { readonly invoice: Detail }) {
  const { isPartner, may } = useMe();
  const { id, number, currency, lines, settlements } = invoice;
  const file = useMutation({
    mutationFn: async (format: "pdf" | "csv") => {
      const input = { path: { id }, query: { format } };
      const blob = isPartner ? await api.getInvoiceFile(input) : await api.getAnyInvoiceFile(input);
      download(blob, `invoice-${number}.${format}`);
    },
  });
  const amount = (key: string, minor: number) => <Amount key={key} minor={minor} currency={currency} />;
  return (
    <>
      <Figures
        figures={[
          {
            label: t("invoice.open"),
            value: amount("o", invoice.open),
            note: <Status of="invoice" code={invoice.status} note={invoiceNote(invoice)} soft />,
          },
        ]}
      />
      <Facts
        facts={[
          [t("invoice.number"), String(number)],
          isPartner ? null : [t("column.partner"), <PartnerLink key="p" id={invoice.partnerId} />],
          [t("invoice.issued"), formatDay(invoice.issuedOn)],
          invoice.periodStart ? [t("invoice.period"), formatDay(invoice.periodStart)] : null,
          [t("invoice.total"), amount("t", invoice.total)],
          invoice.paid > 0 ? [t("invoice.paid"), amount("d", -invoice.paid)] : null,
          invoice.setOff > 0 ? [t("invoice.setOff"), amount("s", -invoice.setOff)] : null,
          invoice.credited > 0 ? [t("invoice.credited"), amount("c", -invoice.credited)] : null,
        ]}
      />
      <Group gap="sm">
        {FORMATS.map((format) => (
          <Button key={format} variant="default" disabled={file.isPending} onClick={() => file.mutate(format)}>
            {t("invoice.file", { format: format.toUpperCase() })}
          </Button>
        ))}
      </Group>
      {file.error ? <Problem error={file.error} /> : null}
      {may("fees:write") && invoice.open > 0 ? <SettleInvoice invoice={invoice} /> : null}
      <section aria-label={t("invoice.lines")}>
        <h3>{t("invoice.lines")}</h3>
        <ul className={classes.rows}>
          {lines.map((line) => (
            <li key={line.line}>
              <span>
                <bdi>{line.description}</bdi>
                {line.quantity === 1 ? null : (
                  <span className={classes.note}>
                    {t("invoice.each", {
                      count: line.quantity,
                      amount: `${formatMoney(line.unitAmount, currency)} ${currency}`,
                    })}
                  </span>
                )}
              </span>
              {amount(String(line.line), line.amount)}
            </li>
          ))}
        </ul>
      </section>
      {settlements.length > 0 ? (
        <section aria-label={t("invoice.settlements")}>
          <h3>{t("invoice.settlements")}</h3>
          <ul className={classes.rows}>
            {settlements.map((one) => (
              <li key={one.id}>
                <span>
                  {settlementWords(one)}
                  {one.number === null ? null : ` ${one.number}`}
                  <span className={classes.note}>
                    <Moment at={one.recordedAt} as="time" />
                    {one.reference ? (
                      <>
                        , <bdi>{one.reference}</bdi>
                      </>
                    ) : null}
                  </span>
                  {may("fees:write") && mayBeUndone(one, settlements) ? (
                    <UndoSetOff invoice={invoice} settlement={one} />
                  ) : null}
                </span>
                {amount(one.id, -one.amount)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
