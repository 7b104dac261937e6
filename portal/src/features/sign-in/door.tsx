import { BrandMark } from "../../ui/brand-mark.tsx";
import classes from "./door.module.css";

/** The page before sign-in: one card, one thing to do. */
export function Door({
  title,
  lead,
  isWide = false,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly isWide?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <main className={classes.door}>
      <div className={classes.card} data-wide={isWide || undefined}>
        <BrandMark height={32} />
        <h1 className={classes.title}>{title}</h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
      </div>
    </main>
  );
}
