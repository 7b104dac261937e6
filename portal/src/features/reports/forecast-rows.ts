import type { Output } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { formatCount } from "../../ui/numbers.ts";

export type Forecast = Output<"getForecast">;
type OfMeasure = Pick<Forecast["clicks"], "historyWeeks" | "historyWeeksNeeded"> & {
  readonly weeks: readonly Pick<
    Forecast["clicks"]["weeks"][number],
    "ahead" | "value" | "low" | "high" | "meanError" | "repeatError"
  >[];
};

/** One week as it is written and drawn: where its range begins, how long it is and where the value stands, in hundredths of the line. */
type Week = Readonly<Record<"from" | "to" | "value" | "low" | "high" | "meanError" | "repeatError", string>> &
  Readonly<Record<"start" | "length" | "at", number>>;

export type Measure = {
  readonly id: string;
  readonly words: string;
  readonly historyWeeks: number;
  readonly historyWeeksNeeded: number;
  readonly weeks: readonly Week[];
};

/** What is forecast, one after the other: money by currency, then counts. */
export function forecastMeasures(data: Forecast): Measure[] {
  const of = (id: string, words: string, measured: OfMeasure, show: (value: number) => string): Measure => ({
    id,
    words,
    historyWeeks: measured.historyWeeks,
    historyWeeksNeeded: measured.historyWeeksNeeded,
    weeks: weeksOf(data.weeks, measured.weeks, show),
  });
  return [
    ...data.amounts.flatMap(({ currency, revenue, commissionEarned }) => {
      const money = (minor: number): string => formatMoney(minor, currency);
      return [
        of(`revenue ${currency}`, `${t("reports.revenue")}, ${currency}`, revenue, money),
        of(`earned ${currency}`, `${t("nav.commissions")}, ${currency}`, commissionEarned, money),
      ];
    }),
    of("clicks", t("funnel.clicks"), data.clicks, formatCount),
    of("signups", t("funnel.signups"), data.signups, formatCount),
    of("conversions", t("funnel.conversions"), data.conversions, formatCount),
  ];
}

function weeksOf(days: Forecast["weeks"], weeks: OfMeasure["weeks"], show: (value: number) => string): Week[] {
  // Every week on one line, from zero, so that they can be compared.
  const bottom = Math.min(0, ...weeks.map(({ low }) => low));
  const top = Math.max(1, ...weeks.map(({ high }) => high));
  const place = (value: number): number => ((value - bottom) / (top - bottom)) * 100;
  return weeks.map(({ ahead, value, low, high, meanError, repeatError }) => ({
    from: days[ahead - 1]?.from ?? "",
    to: days[ahead - 1]?.to ?? "",
    value: show(value),
    low: show(low),
    high: show(high),
    meanError: show(meanError),
    repeatError: show(repeatError),
    start: place(low),
    length: place(high) - place(low),
    at: place(value),
  }));
}
