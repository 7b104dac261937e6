import { t } from "../i18n/messages.ts";
import classes from "./states.module.css";

const WIDTHS = ["72%", "90%", "64%", "84%", "70%", "88%"];

/** What is coming, in its shape; nothing for the first 200 ms. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div className={classes.skeleton} role="status" data-loading aria-label={t("state.loading")}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={classes.line} style={{ inlineSize: WIDTHS[index % WIDTHS.length] }} />
      ))}
    </div>
  );
}
