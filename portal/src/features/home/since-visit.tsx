import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { lastVisit, noteVisit } from "../../app/last-visit.ts";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { dayIn, formatDay } from "../../ui/dates.ts";
import { formatMoney } from "../../ui/money.ts";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import classes from "./home.module.css";

/** What moved since whoever is signed in was here before, on any device; nothing where that was today, or never. */
export default function SinceVisit() {
  const { user } = useMe();
  const [before] = useState(() => noteVisit(user.id));
  const { data: sessions } = useQuery(read("listSessions"));
  const others = sessions?.data.filter(({ isCurrent }) => !isCurrent).map(({ lastUsedAt }) => new Date(lastUsedAt));
  const last = others && lastVisit(before, others);
  // Figures are by days of the programme's own zone.
  const { data: month } = useQuery(read("getPerformanceMetrics", { query: { period: "30d", granularity: "day" } }));
  if (!last || !month) return null;
  const from = dayIn(last, month.timeZone);
  return from < month.period.to ? <Changes from={from} to={month.period.to} /> : null;
}

function Changes({ from, to }: { readonly from: string; readonly to: string }) {
  const { data } = useQuery(read("getPerformanceMetrics", { query: { from, to } }));
  if (data === undefined) return null;
  const { counts, amounts } = data.totals;
  const news = [
    { words: "home.newClicks", count: counts.clicks.value, to: PATHS.links },
    { words: "home.newSignups", count: counts.signups.value, to: PATHS.referrals },
    { words: "home.newPaying", count: counts.qualified.value, to: PATHS.referrals },
  ] as const;
  const earned = amounts.filter(({ commissionEarned }) => commissionEarned.value !== 0);
  const isNothing = earned.length === 0 && news.every(({ count }) => count === 0);
  return (
    <Panel title={t("home.since", { day: formatDay(from) })}>
      {isNothing ? (
        <p>{t("home.nothingNew")}</p>
      ) : (
        <ul className={classes.news}>
          {news.map(({ words, count, to: path }) =>
            count === 0 ? null : (
              <li key={words}>
                <Link to={path}>{t(words, { count, shown: formatCount(count) })}</Link>
              </li>
            ),
          )}
          {earned.map(({ currency, commissionEarned: { value } }) => (
            <li key={currency}>
              <Link to={PATHS.commissions}>
                {t("home.newEarned", { amount: `${formatMoney(value, currency)} ${currency}` })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
