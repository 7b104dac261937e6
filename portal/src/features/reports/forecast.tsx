import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./forecast.module.css";
import { type Forecast as Answer, forecastMeasures, type Measure } from "./forecast-rows.ts";

/** What the coming four weeks may bring, of the programme or of the partner who looks, with how wrong such forecasts were. */
export function Forecast() {
  return useMe().isPartner ? <Own /> : <OfProgram />;
}

function Own() {
  const query = useQuery(read("getForecast"));
  return <Shown query={query} />;
}

function OfProgram() {
  const query = useQuery(read("getProgramForecast"));
  return <Shown query={query} />;
}

type ShownProps = {
  readonly query: {
    readonly data: Output<"getForecast"> | Output<"getProgramForecast"> | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
};

function Shown({ query }: ShownProps) {
  return (
    <Panel title={t("forecast.title")} flush>
      <Loaded query={query}>{(data) => <Measures data={data as Answer} />}</Loaded>
    </Panel>
  );
}

function Measures({ data }: { readonly data: Answer }) {
  const measures = forecastMeasures(data);
  const [chosen, setChosen] = useState<string>();
  const measure = measures.find(({ id }) => id === chosen) ?? measures[0];
  if (measure === undefined) return <Empty title={t("reports.nothing")} />;
  return (
    <div className={classes.body}>
      <NativeSelect
        size="xs"
        aria-label={t("forecast.of")}
        className={classes.choose}
        data={measures.map(({ id, words }) => ({ value: id, label: words }))}
        value={measure.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {measure.weeks.length === 0 ? (
        <Empty
          title={t("forecast.tooShort")}
          text={t("forecast.tooShortText", { have: measure.historyWeeks, need: measure.historyWeeksNeeded })}
        />
      ) : (
        <Weeks measure={measure} />
      )}
      <p className={classes.note}>{t("forecast.text", { to: formatDay(data.history.to) })}</p>
    </div>
  );
}

function Weeks({ measure: { words, weeks } }: { readonly measure: Measure }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={words}>
      <table className={classes.table}>
        <caption className="visually-hidden">{`${t("forecast.title")}: ${words}`}</caption>
        <thead>
          <tr>
            <th scope="col">{t("forecast.week")}</th>
            <th scope="col" className={classes.number}>
              {t("forecast.expected")}
            </th>
            <th scope="col" className={classes.range}>
              <span className="visually-hidden">{t("forecast.range")}</span>
            </th>
            <th scope="col" className={classes.number}>
              {t("forecast.range")}
            </th>
            <th scope="col" className={classes.number}>
              {t("forecast.error")}
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.from}>
              <th scope="row">{`${formatDay(week.from)} – ${formatDay(week.to)}`}</th>
              <td className={classes.number}>
                <span dir="ltr">{week.value}</span>
              </td>
              <td className={classes.range} aria-hidden="true">
                <span className={classes.line}>
                  <span
                    className={classes.spread}
                    style={{ insetInlineStart: `${week.start}%`, inlineSize: `${week.length}%` }}
                  />
                  <span className={classes.mark} style={{ insetInlineStart: `${week.at}%` }} />
                </span>
              </td>
              <td className={classes.number}>
                <span dir="ltr">{`${week.low} – ${week.high}`}</span>
              </td>
              <td className={classes.number}>
                <span dir="ltr">{week.meanError}</span>
                <span className={classes.quiet}>{t("forecast.repeat", { error: week.repeatError })}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
