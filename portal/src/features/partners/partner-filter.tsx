import { t } from "../../i18n/messages.ts";
import classes from "./partner-filter.module.css";
import { PartnerName } from "./partner-link.tsx";

type PartnerFilterProps = { readonly id: string | undefined; readonly onClear: () => void };

/** Says of whom a list is that was narrowed to one partner, and widens it again. */
export function PartnerFilter({ id, onClear }: PartnerFilterProps) {
  if (id === undefined) return null;
  return (
    <span className={classes.chip}>
      {t("column.partner")}: <PartnerName id={id} />
      <button type="button" aria-label={t("filter.everyPartner")} onClick={onClear}>
        ✕
      </button>
    </span>
  );
}
