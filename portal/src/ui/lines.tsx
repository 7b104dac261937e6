import classes from "./lines.module.css";
import { More } from "./more.tsx";
import { Problem } from "./problem.tsx";
import { Skeleton } from "./skeleton.tsx";
import type { TableRows } from "./table-rows.ts";

type LinesProps<Row> = {
  readonly title: string;
  /** What it stands below says its title already. */
  readonly isNamedAbove?: boolean;
  readonly list: TableRows<Row> & { readonly loadMore: () => void };
  readonly empty: string;
  readonly keyOf: (row: Row) => string;
  /** What it is, what is said of it below, and its figure. */
  readonly lineOf: (row: Row) => {
    readonly name: React.ReactNode;
    readonly note?: React.ReactNode;
    readonly figure: React.ReactNode;
  };
};

/** A list beside something else, in a drawer or below a panel's facts: a line for each row, more where there is more. */
export function Lines<Row>({ title, isNamedAbove = false, list, empty, keyOf, lineOf }: LinesProps<Row>) {
  return (
    <section aria-label={title}>
      {isNamedAbove ? null : <h3>{title}</h3>}
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      {list.isPending ? <Skeleton lines={3} /> : null}
      {!list.isPending && !list.error && list.rows.length === 0 ? <p>{empty}</p> : null}
      <ul className={classes.lines}>
        {list.rows.map((row) => {
          const { name, note, figure } = lineOf(row);
          return (
            <li key={keyOf(row)}>
              <span>
                {name}
                {note === undefined ? null : <span className={classes.note}>{note}</span>}
              </span>
              {figure}
            </li>
          );
        })}
      </ul>
      <More list={list} />
    </section>
  );
}
