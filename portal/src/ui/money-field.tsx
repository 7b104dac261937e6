import { TextInput } from "@mantine/core";
import { t } from "../i18n/messages.ts";
import { AmountField, type Parsed } from "./parsed-field.tsx";

/** Whether it is written as a currency: three capital letters, as ISO 4217 has them. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

type MoneyFieldProps = {
  /** As it is typed, or the one that stands there at first. */
  readonly typed: string;
  /** The same as a code: what the amount is read in. */
  readonly currency: string;
  readonly onCurrency: (typed: string) => void;
  readonly onAmount: (amount: Parsed) => void;
};

/** A currency, and an amount in it: entered anew where the currency changes, as its decimals may be others. */
export function MoneyField({ typed, currency, onCurrency, onAmount }: MoneyFieldProps) {
  return (
    <>
      <TextInput
        label={t("column.currency")}
        dir="ltr"
        maxLength={3}
        value={typed}
        onChange={(event) => {
          onCurrency(event.currentTarget.value);
          onAmount(undefined);
        }}
      />
      {isCurrencyCode(currency) ? (
        <AmountField
          key={currency}
          label={t("settle.amount", { currency })}
          currency={currency}
          isRequired
          initial={null}
          onChange={onAmount}
        />
      ) : null}
    </>
  );
}
