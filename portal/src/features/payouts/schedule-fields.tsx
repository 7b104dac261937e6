import { NativeSelect } from "@mantine/core";
import { t } from "../../i18n/messages.ts";
import { AmountField, CountField, type Parsed } from "../../ui/parsed-field.tsx";

const EVERY = ["week", "fortnight", "month", "amount"] as const;
type Every = (typeof EVERY)[number];

/** A schedule as it is typed. */
export type TypedSchedule = { readonly every: Every | ""; readonly day: Parsed; readonly minimum: Parsed };
type Kept = { readonly every: Every; readonly day: number; readonly minimum: number | null };

export const typedSchedule = (kept: Kept | null | undefined): TypedSchedule => ({
  every: kept?.every ?? "",
  day: kept?.day ?? 1,
  minimum: kept?.minimum ?? null,
});

/** As the API takes it; null where nothing is paid by itself, undefined where what is typed cannot be read. */
export function readSchedule({ every, day, minimum }: TypedSchedule) {
  if (every === "") return null;
  if (day === undefined || minimum === undefined || (every === "amount" && minimum === null)) return undefined;
  return {
    every,
    ...(every === "amount" || day === null ? {} : { day }),
    ...(minimum === null ? {} : { minimum }),
  };
}

type ScheduleFieldsProps = {
  readonly label: string;
  /** What it is called that nothing is paid by itself. */
  readonly never: string;
  readonly currency: string;
  readonly typed: TypedSchedule;
  readonly onChange: (typed: TypedSchedule) => void;
};

/** On which day, or from which amount on, money leaves by itself. */
export function ScheduleFields({ label, never, currency, typed, onChange }: ScheduleFieldsProps) {
  const { every } = typed;
  return (
    <>
      <NativeSelect
        label={label}
        data={[
          { value: "", label: never },
          ...EVERY.map((value) => ({ value, label: t(`payoutRules.every.${value}`) })),
        ]}
        value={every}
        onChange={(event) => onChange({ ...typed, every: event.currentTarget.value as TypedSchedule["every"] })}
      />
      {every === "" ? null : (
        <AmountField
          label={t(every === "amount" ? "payoutRules.fromAmount" : "payoutRules.minimum")}
          currency={currency}
          isRequired={every === "amount"}
          initial={typed.minimum}
          onChange={(minimum) => onChange({ ...typed, minimum })}
        />
      )}
      {every === "" || every === "amount" ? null : (
        <CountField
          label={t("payoutRules.day")}
          description={t("payoutRules.dayText")}
          least={1}
          most={every === "month" ? 31 : 7}
          isRequired
          initial={typed.day}
          onChange={(day) => onChange({ ...typed, day })}
        />
      )}
    </>
  );
}
