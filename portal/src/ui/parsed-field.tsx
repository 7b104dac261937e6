import { TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import "./fields.ts";
import { fromDecimal, toTyped } from "./money.ts";
import { fromPercent, toPercent } from "./numbers.ts";

/** What a field holds: nothing, a value, or something that cannot be read as one. */
export type Parsed = number | null | undefined;

type FieldProps = {
  readonly label: string;
  readonly description?: string;
  /** What it holds when it is shown. */
  readonly initial: number | null | undefined;
  /** Undefined where what is typed cannot be read. */
  readonly onChange: (value: Parsed) => void;
  /** An empty field is wrong. */
  readonly isRequired?: boolean;
  /** Why the server has refused what it holds. */
  readonly refused?: string | undefined;
};
type ParsedFieldProps = FieldProps & {
  readonly show: (value: number) => string;
  readonly read: (text: string) => number | undefined;
  readonly wrong: string;
  /** What it is counted in, where the field's name does not say it. */
  readonly unit?: string;
};

/** A number that is typed as people write it; said to be wrong where it is left. */
function ParsedField(props: ParsedFieldProps) {
  const { label, description, initial, onChange, isRequired, refused, show, read, wrong, unit } = props;
  const [text, setText] = useState(initial == null ? "" : show(initial));
  const [isLeft, setLeft] = useState(false);
  const parse = (typed: string): Parsed => {
    if (typed.trim() === "") return isRequired ? undefined : null;
    return read(typed);
  };
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      dir="ltr"
      autoComplete="off"
      rightSection={unit ? <span className="unit">{unit}</span> : null}
      rightSectionWidth={unit ? "3rem" : undefined}
      rightSectionPointerEvents="none"
      error={isLeft && parse(text) === undefined ? wrong : (refused ?? null)}
      value={text}
      onBlur={() => setLeft(true)}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(parse(event.currentTarget.value));
      }}
    />
  );
}

/** An amount in minor units, typed with the decimals of its currency. */
export const AmountField = ({ currency, ...field }: FieldProps & { readonly currency: string }) => (
  <ParsedField
    {...field}
    show={(minor) => toTyped(minor, currency)}
    read={(text) => fromDecimal(text, currency)}
    wrong={t("field.notAnAmount")}
    unit={currency}
  />
);

/** A fraction, typed as a percentage. */
export const PercentField = (field: FieldProps) => (
  <ParsedField {...field} show={toPercent} read={fromPercent} wrong={t("field.notAPercent")} unit="%" />
);

/** A whole number within bounds. */
export const CountField = ({
  least = 0,
  most = 1_000_000,
  ...field
}: FieldProps & { readonly least?: number; readonly most?: number }) => (
  <ParsedField
    {...field}
    show={String}
    read={(text) => {
      const count = /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
      return count >= least && count <= most ? count : undefined;
    }}
    wrong={t("field.notACount", { least, most })}
  />
);
