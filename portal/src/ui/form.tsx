import { Button } from "@mantine/core";
import "./fields.ts";
import { t } from "../i18n/messages.ts";
import classes from "./form.module.css";
import { Problem } from "./problem.tsx";

type FormProps = {
  readonly act: string;
  readonly onSubmit: () => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly isReady?: boolean;
  /** Beside something that matters more. */
  readonly isQuiet?: boolean;
  /** Stands beside the act: the way back. */
  readonly back?: React.ReactNode;
  readonly children: React.ReactNode;
};

/** A form on a page: fields, what was refused, one act. */
export function Form({ act, onSubmit, isBusy, error, isReady = true, isQuiet = false, back, children }: FormProps) {
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      {children}
      {error ? <Problem error={error} /> : null}
      <div className={classes.acts}>
        {back}
        <Button type="submit" variant={isQuiet ? "default" : "filled"} disabled={isBusy || !isReady}>
          {isBusy ? t("state.working") : act}
        </Button>
      </div>
    </form>
  );
}
