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

export const Status = ({ of, code, ...props }: StatusProps) => (
  <StatusMark look={lookOf(of, code)} code={code} {...props} />
);

/** The same for a status whose words only its own pages load. A code without a look is said as it is. */
export function StatusMark({
  look,
  code,
  note,
  soft = false,
}: MarkProps & { readonly look: StatusLook | undefined; readonly code: string }) {
  const tone = look?.tone ?? "neutral";
  return (
    <span className={classes.status} data-tone={tone} data-soft={soft || undefined}>
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
