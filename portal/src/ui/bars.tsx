import { useId, useState } from "react";
import { t } from "../i18n/messages.ts";
import classes from "./bars.module.css";

export type Bar = { readonly label: string; readonly value: number; readonly shown: string; readonly isOpen?: boolean };

type BarsProps = { readonly title: string; readonly bars: readonly Bar[]; readonly height?: number };

/** Of the width of the chart, in percent: one bar alone is no block. */
const THICKEST = 12;

/** An amount over time, from zero. The bucket that is not over is hatched; the same numbers are there as a table. */
export function Bars({ title, bars, height = 120 }: BarsProps) {
  const [isTable, setTable] = useState(false);
  const pattern = useId();
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const bottom = Math.min(0, ...bars.map(({ value }) => value));
  const range = top - bottom;
  const width = 100 / Math.max(1, bars.length);
  const thickness = Math.min(width * 0.76, THICKEST);
  if (isTable) {
    return (
      <div className={classes.frame}>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
          <table className={classes.table}>
            <caption className="visually-hidden">{title}</caption>
            <tbody>
              {bars.map(({ label, shown }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{shown}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Toggle isTable onClick={() => setTable(false)} />
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <svg
        className={classes.chart}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        style={{ blockSize: height }}
        role="img"
        aria-label={title}
      >
        <defs>
          <pattern id={pattern} width="3" height="6" patternUnits="userSpaceOnUse">
            <rect width="3" height="3" fill="var(--accent-text)" />
          </pattern>
        </defs>
        <line x1="0" x2="100" y1={(top / range) * 100} y2={(top / range) * 100} className={classes.base} />
        {bars.map(({ label, value, shown, isOpen }, index) => (
          <rect
            key={label}
            x={index * width + (width - thickness) / 2}
            width={thickness}
            y={((top - Math.max(0, value)) / range) * 100}
            height={Math.max((Math.abs(value) / range) * 100, value === 0 ? 0 : 0.8)}
            fill={isOpen ? `url(#${pattern})` : "var(--accent-text)"}
          >
            <title>{`${label}: ${shown}`}</title>
          </rect>
        ))}
      </svg>
      <div className={classes.axis}>
        <bdi>{bars[0]?.label}</bdi>
        {bars.length > 1 ? <bdi>{bars.at(-1)?.label}</bdi> : null}
      </div>
      <Toggle isTable={false} onClick={() => setTable(true)} />
    </div>
  );
}

function Toggle({ isTable, onClick }: { readonly isTable: boolean; readonly onClick: () => void }) {
  return (
    <button type="button" className={classes.toggle} onClick={onClick}>
      {isTable ? t("chart.asChart") : t("chart.asTable")}
    </button>
  );
}
