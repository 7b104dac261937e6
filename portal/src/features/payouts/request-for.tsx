import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatMoney } from "../../ui/money.ts";
import { AmountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";
import { failureWords } from "./failure-words.ts";
import { accountWords } from "./method-name.ts";

type Previewed = components["schemas"]["PreviewedPartner"];
type RequestForProps = {
  /** For whom, and in what; both are asked for where they are not given. */
  readonly partnerId?: string;
  readonly currency?: string;
  readonly onClose: () => void;
};

/** Asks for a payout in a partner's place: what would be paid, what is kept back and what stands against it is shown before. */
export function RequestFor({ partnerId: given, currency: givenCurrency, onClose }: RequestForProps) {
  const [partnerId, setPartner] = useState(given);
  const [chosen, setCurrency] = useState(givenCurrency);
  const [amount, setAmount] = useState<Parsed>(null);
  const id = partnerId ?? "";
  const summary = useQuery({
    ...read("getCommissionSummaryFor", { query: { partnerId: id } }),
    enabled: partnerId !== undefined,
  });
  const currencies = summary.data?.currencies.map((one) => one.currency) ?? [];
  const currency = chosen ?? currencies[0] ?? "";
  const preview = useQuery({
    ...read("previewPayouts", { query: { currency, partnerId: id } }),
    enabled: partnerId !== undefined && currency !== "",
  });
  const previewed = preview.data?.data[0];
  const available = previewed?.available ?? 0;
  const isAllowed = previewed !== undefined && mayBeAsked(previewed);
  const request = useAct("requestPayoutFor", {
    touches: ["listAllPayouts", "previewPayouts", "getCommissionSummaryFor", "getPartnerTimeline"],
    onDone: () => {
      toast(t("payout.requested"));
      onClose();
    },
  });
  return (
    <Dialog
      title={t("payout.request")}
      act={t("payout.request")}
      isOpen
      onClose={onClose}
      isBusy={request.isPending}
      error={request.error}
      isReady={isAllowed && amount !== undefined && isWithin(amount, available)}
      onSubmit={() =>
        request.mutate({ body: { partnerId: id, currency, ...(amount === null ? {} : { amount: amount ?? 0 }) } })
      }
    >
      <p>{t("requestFor.text")}</p>
      {given ? null : (
        <PartnerPicker
          value={partnerId}
          onChange={(to) => {
            setPartner(to);
            setCurrency(undefined);
            setAmount(null);
          }}
        />
      )}
      {partnerId === undefined ? null : (
        <Loaded query={summary} lines={2}>
          {() =>
            currencies.length === 0 ? (
              <p role="status">{t("requestFor.nothing")}</p>
            ) : (
              <>
                {currencies.length > 1 ? (
                  <NativeSelect
                    label={t("column.currency")}
                    data={currencies}
                    value={currency}
                    onChange={(event) => {
                      setCurrency(event.currentTarget.value);
                      setAmount(null);
                    }}
                  />
                ) : null}
                <Loaded query={preview} lines={2}>
                  {() =>
                    previewed === undefined ? null : (
                      <>
                        <Preview previewed={previewed} />
                        {isAllowed ? (
                          <AmountField
                            key={`${id} ${currency}`}
                            label={t("payout.amount", { currency })}
                            description={t("payout.amountText", {
                              available: `${formatMoney(available, currency)} ${currency}`,
                            })}
                            currency={currency}
                            initial={null}
                            onChange={setAmount}
                          />
                        ) : null}
                        {isWithin(amount, available) ? null : <p role="alert">{t("requestFor.tooMuch")}</p>}
                      </>
                    )
                  }
                </Loaded>
              </>
            )
          }
        </Loaded>
      )}
    </Dialog>
  );
}

/** Whether it would be taken: what merely waits until a changed account is paid to can be asked for before. */
const mayBeAsked = ({ lines }: Previewed): boolean =>
  lines.some(
    ({ payoutId, amount, isPayable, withheld }) =>
      payoutId === null && amount > 0 && (isPayable || withheld === "payout.method_cooling_off"),
  );

/** Nothing typed is all of it. */
const isWithin = (amount: Parsed, available: number): boolean =>
  amount === undefined || amount === null || (amount > 0 && amount <= available);

/** What would be paid of everything, and what is held: what waits already, and what stands against the rest. */
function Preview({ previewed: { available, debt, currency, method, lines } }: { readonly previewed: Previewed }) {
  const money = (minor: number) => <Amount minor={minor} currency={currency} />;
  const fresh = lines.find(({ payoutId }) => payoutId === null);
  const waiting = lines.filter(({ payoutId }) => payoutId !== null);
  return (
    <div role="status">
      <Facts
        facts={[
          [t("balance.available"), money(available)],
          [t("column.method"), method === null ? "—" : accountWords(method)],
          fresh?.isPayable && fresh.fee > 0 ? [t("column.fee"), money(-fresh.fee)] : null,
          fresh?.isPayable ? [t("requestFor.reaches"), money(fresh.netAmount)] : null,
          fresh?.withheld ? [t("requestFor.against"), reasonOf(fresh)] : null,
          debt > 0 ? [t("writeOff.owedNow"), money(debt)] : null,
          ...waiting.map(
            (line) =>
              [
                t("requestFor.waiting"),
                <span key={line.payoutId}>
                  {money(line.netAmount)} {line.withheld ? t("preview.waits", { reason: reasonOf(line) }) : null}
                </span>,
              ] as const,
          ),
        ]}
      />
    </div>
  );
}

/** Of a gate, what it says is the reason. */
const reasonOf = ({ withheld, reason }: Previewed["lines"][number]): string =>
  failureWords(withheld === "payout.held" ? (reason ?? "payout.held") : (withheld ?? ""));
