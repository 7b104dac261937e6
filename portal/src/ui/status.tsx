import { t } from "../i18n/messages.ts";
import { Glyph } from "./glyph.tsx";
import classes from "./status.module.css";
import { lookOf, type StatusLook, type StatusOf } from "./status-words.ts";

type MarkProps = {
  /** When or why: a status without it is unfinished. */
  readonly note?: React.ReactNode;
  /** With its own ground: beside a title, never in a table. */
  readonly soft?: boolean;
};
type StatusProps = MarkProps & { readonly of: StatusOf; readonly code: string };

export const Status = ({ of, code, ...rest }: StatusProps) => (
  <StatusMark look={lookOf(of, code)} code={code} {...rest} />
);

type StatusMarkProps = Pick<StatusProps, "note" | "soft"> & {
  readonly look: StatusLook | undefined;
  /** Said as it is where there is no look. */
  readonly code?: string;
};

/** The same of a look that a page has for itself. */
export function StatusMark({ look, code, note, soft = false }: StatusMarkProps) {
  return (
    <span className={classes.status} data-tone={look?.tone ?? "neutral"} data-soft={soft || undefined}>
      <span className={classes.glyph}>
        <Glyph name={look?.glyph ?? "open"} />
      </span>
      <span>
        <span className={classes.word}>{look ? t(look.words) : code}</span>
        {note ? <span className={classes.note}>, {note}</span> : null}
      </span>
    </span>
  );
}
