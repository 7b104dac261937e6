import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatMonth } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatCount, formatPercent } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import classes from "./retention.module.css";

type Answer = Output<"getRetention">;
/** The cohorts of a year: more columns than this nobody compares by eye. */
const PERIOD = { query: { period: "12m" } } as const;

/** How many customers go on paying, by the month in which they were won: of the programme, or of the partner who looks. */
export function Retention() {
  return useMe().isPartner ? <Own /> : <OfProgram />;
}

function Own() {
  const query = useQuery(read("getRetention", PERIOD));
  return <Shown query={query} />;
}

function OfProgram() {
  const query = useQuery(read("getProgramRetention", PERIOD));
  return <Shown query={query} />;
}

type ShownProps = {
  readonly query: { readonly data: Answer | undefined; readonly error: Error | null; readonly refetch: () => unknown };
};

function Shown({ query }: ShownProps) {
  return (
    <Panel title={t("retention.title")} aside={t("period.12m")} flush>
      <Loaded query={query}>{(data) => <Cohorts cohorts={data.cohorts} />}</Loaded>
    </Panel>
  );
}

function Cohorts({ cohorts }: { readonly cohorts: Answer["cohorts"] }) {
  if (cohorts.length === 0) return <Empty title={t("retention.empty")} text={t("retention.emptyText")} />;
  const longest = Math.max(...cohorts.map(({ months }) => months.length));
  const ahead = Array.from({ length: longest }, (_, index) => index);
  return (
    <div className={classes.body}>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("retention.title")}>
        <table className={classes.table}>
          <caption className="visually-hidden">{t("retention.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("retention.won")}</th>
              <th scope="col" className={classes.number}>
                {t("funnel.conversions")}
              </th>
              {ahead.map((month) => (
                <th key={month} scope="col" className={classes.number}>
                  <span dir={month === 0 ? undefined : "ltr"}>{t("retention.month", { month })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map(({ month, customers, months }) => (
              <tr key={month}>
                <th scope="row">{formatMonth(month)}</th>
                <td className={classes.number}>{formatCount(customers)}</td>
                {ahead.map((at) => (
                  <Cell key={at} of={months[at]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.note}>{t("retention.text")}</p>
    </div>
  );
}

/** The share in numbers; the ground is darker the more pay, and hatched for the month that is still going on. */
function Cell({ of }: { readonly of: Answer["cohorts"][number]["months"][number] | undefined }) {
  if (of === undefined || of.rate === null) return <td />;
  const { rate, paying, isWhole } = of;
  return (
    <td
      className={classes.cell}
      data-open={!isWhole || undefined}
      style={{ "--share": `${Math.round(rate * 45)}%` } as React.CSSProperties}
      title={t("retention.paying", { count: paying })}
    >
      {formatPercent(Math.round(rate * 100) / 100)}
    </td>
  );
}
