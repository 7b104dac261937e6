import classes from "./columns.module.css";

/** Parts side by side where there is room: in equal shares, or two thirds and one. */
export function Columns({ wide = false, children }: { readonly wide?: boolean; readonly children: React.ReactNode }) {
  return (
    <div className={classes.columns} data-wide={wide || undefined}>
      {children}
    </div>
  );
}
