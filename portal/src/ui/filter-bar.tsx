import { NativeSelect } from "@mantine/core";
import "./fields.ts";
import { t } from "../i18n/messages.ts";
import classes from "./filter-bar.module.css";

export type Filter = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  /** Has a value always: a period. */
  readonly isRequired?: boolean;
};

type FilterBarProps = {
  readonly filters: readonly Filter[];
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly onChange: (changed: Readonly<Record<string, string | undefined>>) => void;
  readonly children?: React.ReactNode;
};

/** What narrows a list. The values are in the address, so that a link shows the same. */
export function FilterBar({ filters, values, onChange, children }: FilterBarProps) {
  const optional = filters.filter(({ isRequired }) => !isRequired);
  const isNarrowed = optional.some(({ name }) => values[name] !== undefined);
  return (
    <div className={classes.bar} role="group" aria-label={t("filter.title")}>
      {filters.map(({ name, label, options, isRequired }) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={label}
          data-active={values[name] !== undefined || undefined}
          value={values[name] ?? ""}
          onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
          data={[
            ...(isRequired ? [] : [{ value: "", label: `${label}: ${t("filter.any")}` }]),
            ...options.map(([value, words]) => ({ value, label: words })),
          ]}
        />
      ))}
      {children}
      {isNarrowed ? (
        <button
          type="button"
          className={classes.clear}
          onClick={() => onChange(Object.fromEntries(optional.map(({ name }) => [name, undefined])))}
        >
          {t("filter.clear")}
        </button>
      ) : null}
    </div>
  );
}
