import { useEffect, useRef } from "react";
import classes from "./tabs.module.css";

type TabsProps = {
  readonly tabs: readonly (readonly [value: string, words: string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Views of one page; which one is shown is in the address. */
export function Tabs({ tabs, value, onChange }: TabsProps) {
  const row = useRef<HTMLDivElement>(null);
  // On a phone there are more of them than have room: the one that is shown is brought into sight.
  useEffect(() => {
    const shown = row.current?.querySelector<HTMLElement>("[aria-pressed=true]");
    if (row.current && shown)
      row.current.scrollLeft = shown.offsetLeft - (row.current.clientWidth - shown.offsetWidth) / 2;
  }, [value]);
  return (
    <div ref={row} className={classes.tabs} role="group">
      {tabs.map(([name, words]) => (
        <button
          key={name}
          type="button"
          className={classes.tab}
          aria-pressed={name === value}
          onClick={() => onChange(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
