import classes from "./panel.module.css";

type PanelProps = {
  readonly title?: string;
  readonly aside?: React.ReactNode;
  /** Tables and lists go to the edge. */
  readonly flush?: boolean;
  readonly children: React.ReactNode;
};

/** A part of a page on a card of its own. */
export function Panel({ title, aside, flush = false, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      {title ? (
        <div className={classes.head}>
          <h2>{title}</h2>
          <div className={classes.aside}>{aside}</div>
        </div>
      ) : null}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
