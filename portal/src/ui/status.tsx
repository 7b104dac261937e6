import { t } from "../i18n/messages.ts";
import { Glyph } from "./glyph.tsx";
import classes from "./status.module.css";
import { lookOf, type StatusOf } from "./status-words.ts";

type StatusProps = {
  readonly of: StatusOf;
  readonly code: string;
  /** When or why: a status without it is unfinished. */
  readonly note?: React.ReactNode;
  /** With its own ground: beside a title, never in a table. */
  readonly soft?: boolean;
};

export function Status({ of, code, note, soft = false }: StatusProps) {
  const look = lookOf(of, code);
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
