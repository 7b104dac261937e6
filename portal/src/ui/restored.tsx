import { Button } from "@mantine/core";
import { t } from "../i18n/messages.ts";
import classes from "./restored.module.css";

type RestoredProps = {
  readonly draft: { readonly isBack: boolean; readonly isPartial: boolean; readonly clear: () => void };
};

/** Says that what stands in the form was typed before, and what of it was not kept. */
export function Restored({ draft: { isBack, isPartial, clear } }: RestoredProps) {
  if (!isBack) return null;
  return (
    <div role="status" className={classes.restored}>
      <p>
        {t("draft.isBack")} {isPartial ? t("draft.isPartial") : null}
      </p>
      <Button variant="default" size="compact-sm" onClick={clear}>
        {t("draft.clear")}
      </Button>
    </div>
  );
}
