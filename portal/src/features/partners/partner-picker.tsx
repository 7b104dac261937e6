import { NativeSelect, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";

const SHOWN = 20;

type PartnerPickerProps = {
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
  /** Who comes into question: all, where nothing is said. */
  readonly only?: { readonly status?: "active"; readonly tier?: "tier3" };
};

/** Finds a partner by name, code or e-mail, and chooses one of those found. */
export function PartnerPicker({ value, onChange, only = {} }: PartnerPickerProps) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { data } = useQuery({
    ...read("listPartners", { query: { limit: SHOWN, sort: "-joinedAt", ...only, ...(q === "" ? {} : { q }) } }),
    placeholderData: keepPreviousData,
  });
  const found = data?.data ?? [];
  return (
    <>
      <TextInput
        type="search"
        label={t("partners.find")}
        autoComplete="off"
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChange(undefined);
        }}
      />
      <NativeSelect
        label={t("column.partner")}
        value={value ?? ""}
        data={[
          { value: "", label: found.length === 0 ? t("partners.none") : t("partner.choose") },
          ...found.map((one) => ({ value: one.id, label: one.companyName ?? one.name ?? one.referralCode })),
        ]}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    </>
  );
}
