import { t } from "../../i18n/messages.ts";
import { formatChange, formatCount, formatPercent } from "../../ui/numbers.ts";
import classes from "./funnel.module.css";

type Counted = { readonly value: number; readonly previous: number; readonly change: number | null };
type FunnelProps = {
  readonly counts: Readonly<Record<"clicks" | "signups" | "conversions" | "qualified", Counted>>;
  readonly rates: Readonly<Record<"clickToSignup" | "signupToConversion" | "conversionToQualified", number | null>>;
};

/** A change from fewer than this is chance: only the counts are shown. */
const BASE_MIN = 20;

/** From the click to the paying customer: bars, with the share that went on. */
export function Funnel({ counts, rates }: FunnelProps) {
  const steps = [
    { words: t("funnel.clicks"), count: counts.clicks, rate: null },
    { words: t("funnel.signups"), count: counts.signups, rate: rates.clickToSignup },
    { words: t("funnel.conversions"), count: counts.conversions, rate: rates.signupToConversion },
    { words: t("funnel.qualified"), count: counts.qualified, rate: rates.conversionToQualified },
  ];
  const top = Math.max(1, ...steps.map(({ count }) => count.value));
  return (
    <table className={classes.funnel}>
      <caption className="visually-hidden">{t("reports.funnel")}</caption>
      <tbody>
        {steps.map(({ words, count, rate }) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td className={classes.bar}>
              <span
                data-none={count.value === 0 || undefined}
                style={{ inlineSize: `${(count.value / top) * 100}%` }}
              />
            </td>
            <td>{formatCount(count.value)}</td>
            <td className={classes.quiet}>{rate === null ? "" : formatPercent(Math.round(rate * 1000) / 1000)}</td>
            <td className={classes.quiet}>
              {count.change === null || count.previous < BASE_MIN ? "" : formatChange(count.change)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
