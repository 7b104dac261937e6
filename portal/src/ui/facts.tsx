import classes from "./facts.module.css";

export type Fact = readonly [label: string, value: React.ReactNode];

/** What is known of one thing, as names and values. What is null is left out. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null)[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter((fact) => fact !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? "—"}</dd>
          </div>
        ))}
    </dl>
  );
}
