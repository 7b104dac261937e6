import "./fields.ts";
import { t } from "../i18n/messages.ts";
import { ActButton } from "./act-button.tsx";
import classes from "./dialog.module.css";
import { sendByKeys } from "./form.tsx";
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
  /** What is missing while it is not ready; that a field is empty is said of itself. */
  readonly why?: string;
  /** Ends or takes something: outlined and worded, never merely red. */
  readonly isDestructive?: boolean;
  readonly children: React.ReactNode;
};

/** Typing begins in the first field, not at the cross that closes: the focus trap looks for this mark once the dialog is there. */
function markFirstField(form: HTMLFormElement | null): void {
  if (form?.querySelector("[data-autofocus]")) return;
  form?.querySelector("input, select, textarea")?.setAttribute("data-autofocus", "true");
}

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
    why,
    isDestructive = false,
    children,
  } = props;
  return (
    <Popup title={title} isOpen={isOpen} onClose={onClose}>
      <form
        ref={markFirstField}
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) onSubmit();
        }}
        onKeyDown={sendByKeys}
      >
        {children}
        {error ? <Problem error={error} /> : null}
        <div className={classes.acts}>
          <ActButton variant="default" onClick={onClose} why={isBusy ? t("state.wait") : null}>
            {t("act.back")}
          </ActButton>
          <ActButton
            type="submit"
            variant={isDestructive ? "outline" : "filled"}
            why={isBusy ? t("state.wait") : isReady ? null : (why ?? t("form.incomplete"))}
          >
            {isBusy ? t("state.working") : act}
          </ActButton>
        </div>
      </form>
    </Popup>
  );
}
