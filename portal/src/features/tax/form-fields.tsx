import { NativeSelect, Radio, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import { t } from "../../i18n/messages.ts";
import { CountryField } from "../../ui/country-field.tsx";
import type { Filled } from "./form-state.ts";
import classes from "./tax.module.css";

type FieldsProps = { readonly filled: Filled; readonly set: (change: Partial<Filled>) => void };

const CLASSIFICATIONS = [
  "individual",
  "c_corporation",
  "s_corporation",
  "partnership",
  "trust",
  "llc_c",
  "llc_s",
  "llc_p",
  "other",
] as const;
/** Where the work is done for which one is paid. */
export const PLACES = ["outside_us", "inside_us", "both"] as const;
/** As the government's form names them. */
const ENTITY_TYPES = ["Corporation", "Partnership", "Trust", "Tax-exempt organization", "Other"];
const CHAPTER_4 = ["Active NFFE", "Passive NFFE", "Publicly traded NFFE", "Reporting Model 1 FFI", "Other"];

/** A field of text that changes one name. */
const typed = ({ filled, set }: FieldsProps, name: keyof Filled) => ({
  value: String(filled[name]),
  maxLength: 200,
  onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    set({ [name]: event.currentTarget.value }),
});

/** Who signs: as on the tax return. */
export function WhoFields(props: FieldsProps) {
  const { kind } = props.filled;
  return (
    <>
      <TextInput
        label={t("tax.name")}
        description={t(kind === "w9" ? "tax.nameText" : "tax.nameForeign")}
        autoComplete="name"
        {...typed(props, "name")}
      />
      <TextInput
        label={t("field.optional", { label: t("tax.businessName") })}
        autoComplete="organization"
        {...typed(props, "businessName")}
      />
      {kind === "w9" ? (
        <NativeSelect
          label={t("tax.classification")}
          data={CLASSIFICATIONS.map((value) => ({ value, label: t(`tax.classification.${value}`) }))}
          {...typed(props, "classification")}
        />
      ) : (
        <Foreign {...props} />
      )}
    </>
  );
}

function Foreign(props: FieldsProps) {
  const { filled, set } = props;
  return (
    <>
      <CountryField
        label={t(filled.kind === "w8ben" ? "tax.citizenship" : "tax.incorporation")}
        autoComplete="off"
        value={filled.countryOfOrigin}
        onChange={(countryOfOrigin) => set({ countryOfOrigin })}
      />
      {filled.kind === "w8bene" ? (
        <>
          <NativeSelect label={t("tax.entityType")} data={ENTITY_TYPES} {...typed(props, "entityType")} />
          <NativeSelect label={t("tax.chapter4")} data={CHAPTER_4} {...typed(props, "chapter4Status")} />
        </>
      ) : null}
      <Radio.Group
        label={t("tax.services")}
        description={t("tax.servicesText")}
        value={filled.services}
        onChange={(services) => set({ services })}
      >
        <div className={classes.choices}>
          {PLACES.map((place) => (
            <Radio key={place} value={place} label={t(`tax.services.${place}`)} />
          ))}
        </div>
      </Radio.Group>
    </>
  );
}

/** Where the signer lives, or has its seat. */
export function AddressFields(props: FieldsProps) {
  const isUs = props.filled.kind === "w9";
  return (
    <>
      <TextInput label={t("tax.line1")} autoComplete="address-line1" {...typed(props, "line1")} />
      <TextInput
        label={t("field.optional", { label: t("tax.line2") })}
        autoComplete="address-line2"
        {...typed(props, "line2")}
      />
      <TextInput label={t("tax.city")} autoComplete="address-level2" {...typed(props, "city")} />
      <TextInput
        label={isUs ? t("tax.state") : t("field.optional", { label: t("tax.region") })}
        description={isUs ? t("tax.stateText") : undefined}
        autoComplete="address-level1"
        {...typed(props, "region")}
      />
      <TextInput label={t("tax.postalCode")} autoComplete="postal-code" dir="ltr" {...typed(props, "postalCode")} />
      <CountryField
        label={isUs ? t("field.optional", { label: t("field.country") }) : t("field.country")}
        description={isUs ? t("tax.countryText") : undefined}
        value={props.filled.country}
        onChange={(country) => props.set({ country })}
      />
    </>
  );
}

/** The number by which the authority knows the signer. */
export function NumberFields(props: FieldsProps) {
  if (props.filled.kind !== "w9")
    return (
      <TextInput
        label={t("field.optional", { label: t("tax.foreignTin") })}
        description={t("tax.foreignTinText")}
        autoComplete="off"
        dir="ltr"
        {...typed(props, "foreignTin")}
        maxLength={60}
      />
    );
  return (
    <>
      <NativeSelect
        label={t("tax.tinType")}
        data={(["ssn", "ein", "itin"] as const).map((value) => ({ value, label: t(`tax.tinType.${value}`) }))}
        {...typed(props, "tinType")}
      />
      <TextInput
        label={t("tax.tin")}
        description={t("tax.tinText")}
        autoComplete="off"
        inputMode="numeric"
        dir="ltr"
        {...typed(props, "tin")}
        maxLength={11}
      />
    </>
  );
}
