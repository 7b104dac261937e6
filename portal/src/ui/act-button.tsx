import { Button, type ButtonProps } from "@mantine/core";
import { useId } from "react";
import classes from "./act-button.module.css";

type ActButtonProps = Omit<ButtonProps, "disabled"> & {
  /** Why it cannot be pressed now; null where it can. */
  readonly why: string | null;
  readonly type?: "submit" | "button";
  readonly onClick?: () => void;
  readonly children: React.ReactNode;
};

/**
 * A button that says why it cannot be pressed: to the pointer, to the keyboard, which still comes to it, and to who listens. A form that is sent by it
 * checks for itself.
 */
export function ActButton({ why, onClick, children, type = "button", ...button }: ActButtonProps) {
  const id = useId();
  if (why === null) {
    return (
      <Button {...button} type={type} {...(onClick && { onClick })}>
        {children}
      </Button>
    );
  }
  return (
    <span className={classes.wrap}>
      <Button {...button} type={type} data-disabled aria-disabled aria-describedby={id}>
        {children}
      </Button>
      <span id={id} role="tooltip" className={classes.why}>
        {why}
      </span>
    </span>
  );
}
