import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Figures } from "../../ui/figures.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { CloseYear } from "./close-year.tsx";
import classes from "./tax.module.css";
import { TaxLines } from "./tax-lines.tsx";
import { TaxReturns } from "./tax-returns.tsx";
import { TaxSettings } from "./tax-settings.tsx";
import type { Year } from "./tax-words.ts";

const TABS = [
  ["partners", t("tax.tab.partners")],
  ["returns", t("tax.tab.returns")],
  ["settings", t("tax.tab.settings")],
] as const;
const YEARS_BACK = 4;

/** A tax year: who is reported, who lacks a form, and what has been filed. */
export default function TaxYear() {
  const { search, change } = useUrlState();
  const tab = search.tab ?? "partners";
  const thisYear = new Date().getFullYear();
  const year = Number(search.period ?? thisYear);
  const query = useQuery(read("getTaxYear", { path: { year } }));
  const years = Array.from({ length: YEARS_BACK + 1 }, (_, index) => String(thisYear - index));
  return (
    <Page title={t("nav.tax")} acts={query.data ? <CloseYear year={query.data} /> : null}>
      <FilterBar
        filters={[
          {
            name: "period",
            label: t("tax.year"),
            options: years.map((one) => [one, t("tax.yearNamed", { year: one })] as const),
            isRequired: true,
          },
        ]}
        values={{ period: String(year) }}
        onChange={(to) => change({ ...to, open: undefined })}
      />
      <Loaded query={query}>{(data) => <YearFigures year={data} />}</Loaded>
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) => change({ tab: to, open: undefined, status: undefined, sort: undefined })}
      />
      {tab === "partners" ? <TaxLines year={year} /> : null}
      {tab === "returns" && query.data ? <TaxReturns year={query.data} /> : null}
      {tab === "settings" && query.data ? <TaxSettings year={query.data} /> : null}
    </Page>
  );
}

const countOf = (year: Year, state: Year["states"][number]["state"]): number =>
  year.states.find((one) => one.state === state)?.partners ?? 0;

function YearFigures({ year }: { readonly year: Year }) {
  const reported = year.states.find(({ state }) => state === "report");
  const missing = countOf(year, "form_missing");
  return (
    <>
      <Figures
        figures={[
          {
            label: t("tax.reported"),
            value: t("tax.partners", { count: reported?.partners ?? 0 }),
            note: <Amount minor={reported?.amount ?? 0} currency="USD" />,
          },
          { label: t("tax.line.form_missing"), value: t("tax.partners", { count: missing }) },
          {
            label: t("tax.threshold"),
            value: <Amount minor={year.threshold} currency="USD" />,
            note: year.isThresholdFinal ? undefined : t("tax.thresholdOpen"),
          },
          {
            label: t(`tax.status.${year.status}`),
            value: formatDay(year.dueOn),
            note: t("tax.due"),
          },
        ]}
      />
      {year.currenciesWithoutRate.length > 0 ? (
        <p className={classes.effect}>{t("tax.ratesMissing", { currencies: year.currenciesWithoutRate.join(", ") })}</p>
      ) : null}
    </>
  );
}
