import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { type Entered, enteredFor } from "../../ui/entered.ts";
import { AmountField, CountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";
import classes from "./issue-invoice.module.css";

type Line = {
  readonly key: number;
  readonly description: string;
  readonly quantity: Parsed;
  readonly unit: Entered<Parsed> | undefined;
};
const line = (key: number): Line => ({ key, description: "", quantity: 1, unit: undefined });
const LINES_MOST = 20;

/** Charges a partner for what was agreed beside the monthly fees. What is issued stays; it is credited, never changed. */
export function IssueInvoice({ onClose }: { readonly onClose: () => void }) {
  const { open } = useUrlState();
  const { data: program } = useQuery(read("getProgram"));
  const [partnerId, setPartner] = useState<string>();
  const [chosen, setCurrency] = useState<string>();
  const [lines, setLines] = useState<readonly Line[]>([line(0)]);
  const [next, setNext] = useState(1);
  const currency = (chosen ?? program?.currency ?? "USD").trim().toUpperCase();
  const issue = useAct("issueInvoice", {
    touches: ["listAllInvoices"],
    onDone: ({ id }) => {
      toast(t("invoice.issued"));
      onClose();
      open(id);
    },
  });
  const unitOf = ({ unit }: Line): Parsed => enteredFor(unit, currency);
  const isWhole = lines.every((one) => one.description.trim() !== "" && one.quantity != null && unitOf(one) != null);
  const total = lines.reduce((sum, one) => sum + (one.quantity ?? 0) * (unitOf(one) ?? 0), 0);
  const set = (key: number, changed: Partial<Line>): void =>
    setLines(lines.map((one) => (one.key === key ? { ...one, ...changed } : one)));
  return (
    <Dialog
      title={t("invoice.issue")}
      act={t("invoice.issue")}
      isOpen
      onClose={onClose}
      isBusy={issue.isPending}
      error={issue.error}
      isReady={partnerId !== undefined && currency.length === 3 && isWhole}
      onSubmit={() =>
        issue.mutate({
          body: {
            partnerId: partnerId ?? "",
            currency,
            lines: lines.map((one) => ({
              description: one.description.trim(),
              quantity: one.quantity ?? 0,
              unitAmount: unitOf(one) ?? 0,
            })),
          },
        })
      }
    >
      <p>{t("invoice.issueText")}</p>
      <PartnerPicker value={partnerId} onChange={setPartner} />
      <TextInput
        label={t("column.currency")}
        dir="ltr"
        maxLength={3}
        value={chosen ?? currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
      />
      {lines.map((one, index) => (
        <fieldset key={one.key} className={classes.line}>
          <legend>{t("invoice.line", { number: index + 1 })}</legend>
          <TextInput
            label={t("invoice.description")}
            maxLength={200}
            value={one.description}
            onChange={(event) => set(one.key, { description: event.currentTarget.value })}
          />
          <CountField
            label={t("invoice.quantity")}
            least={1}
            isRequired
            initial={1}
            onChange={(quantity) => set(one.key, { quantity })}
          />
          <AmountField
            key={currency}
            label={t("invoice.unitAmount", { currency })}
            currency={currency}
            isRequired
            initial={null}
            onChange={(value) => set(one.key, { unit: { of: currency, value } })}
          />
          {lines.length > 1 ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setLines(lines.filter(({ key }) => key !== one.key))}
            >
              {t("plan.remove")}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {lines.length < LINES_MOST ? (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setLines([...lines, line(next)]);
              setNext(next + 1);
            }}
          >
            {t("invoice.addLine")}
          </Button>
        </div>
      ) : null}
      <p role="status">
        {t("invoice.totalIs")} <Amount minor={total} currency={currency} />
      </p>
    </Dialog>
  );
}
