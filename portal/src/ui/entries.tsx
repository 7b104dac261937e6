import classes from "./entries.module.css";
import { Moment } from "./moment.tsx";

/** What was written or done one after the other, oldest first. */
export const Entries = ({ children }: { readonly children: React.ReactNode }) => (
  <ol className={classes.entries}>{children}</ol>
);

type EntryProps = {
  readonly by: string;
  readonly at: string;
  /** A note of the team, which looks unlike what the partner reads. */
  readonly isInternal?: boolean | undefined;
  readonly children: React.ReactNode;
};

export const Entry = ({ by, at, isInternal, children }: EntryProps) => (
  <li data-note={isInternal || undefined}>
    <span className={classes.by}>
      {by}, <Moment at={at} as="time" />
    </span>
    {children}
  </li>
);
