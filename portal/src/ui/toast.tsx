import { useSyncExternalStore } from "react";
import classes from "./toast.module.css";

type Toast = { readonly id: number; readonly text: string };
const SHOWN_MS = 5000;
const SHOWN_MAX = 3;

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const become = (changed: readonly Toast[]): void => {
  toasts = changed;
  for (const tell of listeners) tell();
};

/** Says what was done here. Never the only place of an error. */
export function toast(text: string): void {
  const id = next;
  next += 1;
  become([...toasts, { id, text }].slice(-SHOWN_MAX));
  setTimeout(() => become(toasts.filter((one) => one.id !== id)), SHOWN_MS);
}

/** Where toasts are shown; once in the frame. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => toasts,
  );
  return (
    <div className={classes.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className={classes.toast}>
          {text}
        </div>
      ))}
    </div>
  );
}
