import "./fields.ts";
import { t } from "../i18n/messages.ts";
import { ActButton } from "./act-button.tsx";
import classes from "./form.module.css";
import { Problem } from "./problem.tsx";

type FormProps = {
  readonly act: string;
  readonly onSubmit: () => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly isReady?: boolean;
  /** What is missing while it is not ready; that a field is empty is said of itself. */
  readonly why?: string;
  /** Beside something that matters more. */
  readonly isQuiet?: boolean;
  /** Stands beside the act: the way back. */
  readonly back?: React.ReactNode;
  readonly children: React.ReactNode;
};

/** Ctrl Enter sends the form from any of its fields; a form around it, as React sees it, does not hear of it. */
export function sendByKeys(event: React.KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.requestSubmit();
}

/** A form on a page: fields, what was refused, one act. */
export function Form({
  act,
  onSubmit,
  isBusy,
  error,
  isReady = true,
  why,
  isQuiet = false,
  back,
  children,
}: FormProps) {
  return (
    <form
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
        {back}
        <ActButton
          type="submit"
          variant={isQuiet ? "default" : "filled"}
          why={isBusy ? t("state.wait") : isReady ? null : (why ?? t("form.incomplete"))}
        >
          {isBusy ? t("state.working") : act}
        </ActButton>
      </div>
    </form>
  );
}
