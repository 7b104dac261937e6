import classes from "./states.module.css";

type EmptyProps = { readonly title: string; readonly text?: string; readonly act?: React.ReactNode };

/** Nothing is here: what will be, and the one thing to do about it. */
export function Empty({ title, text, act }: EmptyProps) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {text ? <p className={classes.text}>{text}</p> : null}
      {act}
    </div>
  );
}
