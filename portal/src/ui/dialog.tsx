import { Button } from "@mantine/core";
import "./fields.ts";
import { t } from "../i18n/messages.ts";
import classes from "./dialog.module.css";
import { Popup } from "./popup.tsx";
import { Problem } from "./problem.tsx";

type DialogProps = {
  /** Verb and object, as the button that opened it. */
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** The verb again. */
  readonly act: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly isReady?: boolean;
  /** Ends or takes something: outlined and worded, never merely red. */
  readonly isDestructive?: boolean;
  readonly children: React.ReactNode;
};

/** An act that has effects: says them, asks what it needs, and stays until the outcome is known. */
export function Dialog(props: DialogProps) {
  const {
    title,
    isOpen,
    onClose,
    onSubmit,
    act,
    isBusy,
    error,
    isReady = true,
    isDestructive = false,
    children,
  } = props;
  return (
    <Popup title={title} isOpen={isOpen} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) onSubmit();
        }}
      >
        {children}
        {error ? <Problem error={error} /> : null}
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            {t("act.back")}
          </Button>
          <Button type="submit" variant={isDestructive ? "outline" : "filled"} disabled={!isReady || isBusy}>
            {isBusy ? t("state.working") : act}
          </Button>
        </div>
      </form>
    </Popup>
  );
}
