import classes from "./tabs.module.css";

type TabsProps = {
  readonly tabs: readonly (readonly [value: string, words: string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Views of one page; which one is shown is in the address. */
export function Tabs({ tabs, value, onChange }: TabsProps) {
  return (
    <div className={classes.tabs} role="group">
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
