import { Button } from "@mantine/core";
import { t } from "../i18n/messages.ts";
import { describeError, type NameOf } from "./describe-error.ts";
import classes from "./states.module.css";

type ProblemProps = {
  readonly error: unknown;
  readonly retry?: () => void;
  /** What the form calls a field. */
  readonly nameOf?: NameOf;
};

/** Something did not work, in place: what, what to do, and the number to quote. */
export function Problem({ error, retry, nameOf }: ProblemProps) {
  const { title, detail, requestId } = describeError(error, nameOf);
  return (
    <div className={classes.problem} role="alert">
      <p className={classes.title}>{title}</p>
      {detail ? <p className={classes.text}>{detail}</p> : null}
      {retry ? (
        <Button variant="default" onClick={retry}>
          {t("act.tryAgain")}
        </Button>
      ) : null}
      {requestId ? (
        <p className={classes.request}>
          {t("problem.request")} <code>{requestId}</code>
        </p>
      ) : null}
    </div>
  );
}
