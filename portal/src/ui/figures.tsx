import classes from "./figures.module.css";

export type Figure = {
  readonly label: string;
  readonly value: React.ReactNode;
  readonly note?: React.ReactNode;
};

/** A row of main numbers; the first is the one that the page is about. */
export function Figures({ figures, large = false }: { readonly figures: readonly Figure[]; readonly large?: boolean }) {
  return (
    <dl className={classes.figures} data-large={large || undefined}>
      {figures.map(({ label, value, note }, index) => (
        <div key={`${label}-${index}`} className={classes.figure}>
          <dt>{label}</dt>
          <dd className={classes.value}>{value}</dd>
          {note ? <dd className={classes.note}>{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
