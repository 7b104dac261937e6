import { t } from "../../i18n/messages.ts";
import classes from "./choose-kind.module.css";
import { PARTNER_TYPES, type PartnerType } from "./partner-types.ts";

/** The kinds of partner side by side: what each is, what it gets, and what is asked of it. */
export function ChooseKind({ onChoose }: { readonly onChoose: (type: PartnerType) => void }) {
  return (
    <ul className={classes.kinds} aria-label={t("field.partnerType")}>
      {PARTNER_TYPES.map((type) => (
        <li key={type}>
          <button type="button" className={classes.kind} onClick={() => onChoose(type)}>
            <span className={classes.name}>{t(`partnerType.${type}`)}</span>
            <span>{t(`partnerType.${type}.text`)}</span>
            <span className={classes.asked}>{t(`partnerType.${type}.asked`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
