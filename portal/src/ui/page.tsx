import { useEffect, useRef } from "react";
import classes from "./page.module.css";

type PageProps = {
  readonly title: string;
  readonly status?: React.ReactNode;
  /** At most one act is filled; the others are quiet. */
  readonly acts?: React.ReactNode;
  readonly children: React.ReactNode;
};

/** One page: its title is announced and focused when somebody arrives. */
export function Page({ title, status, acts, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <header className={classes.header}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {status}
        <div className={classes.acts}>{acts}</div>
      </header>
      <div className={classes.body}>{children}</div>
    </>
  );
}
