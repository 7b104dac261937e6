import { TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { namedCountries } from "../../ui/countries.ts";
import { CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { codesOf } from "./sub-operator-words.ts";

export type Limits = components["schemas"]["SubOperator"]["limits"];
/** Undefined in a field where what is typed cannot be read. */
export type TypedLimits = { readonly [Name in keyof Limits]: Limits[Name] | undefined };

export const NO_LIMITS: Limits = { maxPartners: null, maxRate: null, currencies: null, countries: null };

export const areRead = (limits: TypedLimits): limits is Limits =>
  Object.values(limits).every((one) => one !== undefined);

type LimitsFieldsProps = { readonly initial: Limits; readonly onChange: (limits: TypedLimits) => void };

/** What a sub-operator may do at most; an empty field is no limit. */
export function LimitsFields({ initial, onChange }: LimitsFieldsProps) {
  const [limits, setLimits] = useState<TypedLimits>(initial);
  const set = (change: Partial<{ [Name in keyof Limits]: Limits[Name] | Parsed }>): void => {
    const next = { ...limits, ...change } as TypedLimits;
    setLimits(next);
    onChange(next);
  };
  const [typedCountries, setTypedCountries] = useState(initial.countries?.join(", ") ?? "");
  const codes = (name: "currencies" | "countries") => (
    <TextInput
      label={t(`subOperator.${name}`)}
      description={[t(`subOperator.${name}Text`), name === "countries" ? namedCountries(typedCountries) : ""].join(" ")}
      dir="ltr"
      defaultValue={initial[name]?.join(", ") ?? ""}
      onChange={(event) => {
        if (name === "countries") setTypedCountries(event.currentTarget.value);
        set({ [name]: codesOf(event.currentTarget.value) });
      }}
    />
  );
  return (
    <>
      <CountField
        label={t("subOperator.maxPartners")}
        initial={initial.maxPartners}
        onChange={(maxPartners) => set({ maxPartners })}
      />
      <PercentField
        label={t("subOperator.maxRate")}
        description={t("subOperator.maxRateText")}
        initial={initial.maxRate}
        onChange={(maxRate) => set({ maxRate })}
      />
      {codes("currencies")}
      {codes("countries")}
    </>
  );
}
