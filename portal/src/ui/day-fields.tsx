import { TextInput } from "@mantine/core";
import "./fields.ts";
import { t } from "../i18n/messages.ts";
import classes from "./filter-bar.module.css";

type DayFieldsProps = {
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** Where its days begin. */
  readonly timeZone: string;
  readonly isInverted: boolean;
  readonly onChange: (changed: { from?: string | undefined; until?: string | undefined }) => void;
};

/** Two days of a filter, both of them in what is shown. */
export function DayFields({ from, until, timeZone, isInverted, onChange }: DayFieldsProps) {
  return (
    <>
      <TextInput
        type="date"
        size="xs"
        aria-label={t("days.from")}
        title={t("days.from")}
        value={from ?? ""}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        size="xs"
        aria-label={t("days.until")}
        title={t("days.until")}
        error={isInverted}
        value={until ?? ""}
        onChange={(event) => onChange({ until: event.currentTarget.value || undefined })}
      />
      <span className={classes.note} role="status" data-wrong={isInverted || undefined}>
        {isInverted ? t("days.inverted") : t("days.zone", { timeZone })}
      </span>
    </>
  );
}
