import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "./receipt.module.css";
import { type ReceiptLine, receiptLines } from "./receipt-lines.ts";
import type { Receipt as ReceiptData } from "./receipt-type.ts";
import { clauseWords, reasonWords } from "./rule-words.ts";

type ReceiptProps = {
  readonly receipt: ReceiptData;
  readonly commissionId: string;
  readonly amount: number;
  readonly currency: string;
};

/** Why this number: the calculation, and every rule that was tried. Copied as text it gives the same picture. */
export function Receipt(props: ReceiptProps) {
  const lines = receiptLines(props);
  const { clauses } = props.receipt;
  return (
    <section className={classes.receipt} aria-label={t("receipt.title")}>
      <div className={classes.head}>
        <h3>{t("receipt.title")}</h3>
        <CopyButton text={asText(lines)} label={t("receipt.title")} />
      </div>
      <table className={classes.sheet}>
        <caption className="visually-hidden">{t("receipt.title")}</caption>
        <tbody>
          {lines.map(({ sign, words, note, value, rule }) => (
            <tr key={words} data-rule={rule}>
              <td className={classes.sign}>{sign}</td>
              <th scope="row">
                {words}
                {note ? <span className={classes.note}>{note}</span> : null}
              </th>
              <td className={classes.value}>
                <span dir="ltr">{value}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <details className={classes.rules}>
        <summary>{t("receipt.rules", { count: clauses.length })}</summary>
        <ul>
          {clauses.map((clause) => (
            <li key={`${clause.clause}-${clause.commissionId ?? clause.reason}`}>
              <span aria-hidden="true">{clause.outcome === "nothing" ? "✕" : "✓"}</span> {clauseWords(clause.clause)}
              <span className={classes.note}>{reasonWords(clause.reason)}</span>
              {clause.rateRules ? (
                <ul className={classes.tried}>
                  {clause.rateRules.map(({ name, outcome, reason }) => (
                    <li key={name}>
                      <span aria-hidden="true">{outcome === "chosen" ? "✓" : "✕"}</span> <bdi>{name}</bdi>
                      <span className={classes.note}>{reasonWords(reason)}</span>
                    </li>
                  ))}
                </ul>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function asText(lines: readonly ReceiptLine[]): string {
  const width = 64;
  return lines
    .flatMap(({ sign, words, note, value, rule }) => {
      const left = `${sign.padEnd(2)} ${words}${note ? ` (${note})` : ""}`;
      const drawn = rule === undefined ? [] : [(rule === "double" ? "═" : "─").repeat(width)];
      return [...drawn, `${left}${value.padStart(Math.max(1, width - left.length))}`];
    })
    .join("\n");
}
