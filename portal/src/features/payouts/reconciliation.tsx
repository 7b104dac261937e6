import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatTime } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { asList } from "../../ui/table-rows.ts";
import { comparedPeriod, PERIODS } from "./compared-period.ts";

type Difference = Output<"reconcilePayouts">["differences"][number];

const COLUMNS: readonly Column<Difference>[] = [
  {
    id: "difference",
    header: t("reconcile.difference"),
    phone: "start",
    grow: true,
    cell: (row) => t(`reconcile.${row.difference}`),
  },
  {
    id: "payout",
    header: t("payout.title"),
    cell: (row) => (
      <Link to={PATHS.payouts} search={{ tab: "all", open: row.payoutId }}>
        {t("reconcile.openPayout")}
      </Link>
    ),
  },
  {
    id: "transfer",
    header: t("reconcile.transfer"),
    grow: true,
    cell: (row) => <code dir="ltr">{row.transferId}</code>,
  },
  {
    id: "here",
    header: t("reconcile.here"),
    align: "end",
    phone: "end",
    isLabelled: true,
    cell: (row) => <Amount minor={row.amountHere} currency={row.currency} />,
  },
  {
    id: "there",
    header: t("reconcile.there"),
    align: "end",
    phone: "belowEnd",
    isLabelled: true,
    cell: (row) => <Amount minor={row.amountThere} currency={row.currency} />,
  },
];

const FILTER = {
  name: "period",
  label: t("filter.period"),
  isRequired: true,
  options: PERIODS.map((period) => [period, t(`period.${period}`)] as const),
};

/** What the books say was transferred beside what Stripe says, each difference with what to do about it. Nothing is changed by comparing. */
export default function Reconciliation() {
  const { search, change } = useUrlState();
  const period = PERIODS.find((one) => one === search.period) ?? "7d";
  const query = useQuery({
    ...read("reconcilePayouts", { query: comparedPeriod(period, new Date()) }),
    // Stripe is asked: once, and again when somebody wants it.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <FilterBar filters={[FILTER]} values={{ period }} onChange={change}>
        <Button size="compact-sm" variant="default" disabled={query.isFetching} onClick={() => void query.refetch()}>
          {query.isFetching ? t("state.working") : t("reconcile.again")}
        </Button>
      </FilterBar>
      <Panel title={t("reconcile.title")}>
        <p style={{ marginBlockEnd: "1rem" }}>{t("reconcile.text")}</p>
        <Loaded query={query} lines={2}>
          {(data) => (
            <Figures
              figures={[
                {
                  label: t("reconcile.differences"),
                  value: formatCount(data.differences.length),
                  note: t("reconcile.period", { from: formatTime(data.from), to: formatTime(data.to) }),
                },
                { label: t("reconcile.transfersHere"), value: formatCount(data.here) },
                { label: t("reconcile.transfersThere"), value: formatCount(data.atProvider) },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {query.data ? (
        <Panel title={t("reconcile.differences")} flush>
          <DataTable
            caption={t("reconcile.differences")}
            columns={COLUMNS}
            list={asList(query.data.differences, query)}
            idOf={(row) => `${row.difference} ${row.transferId}`}
            empty={<Empty title={t("reconcile.none")} text={t("reconcile.noneText")} />}
          />
        </Panel>
      ) : null}
      {query.data ? <Remedies differences={query.data.differences} /> : null}
    </>
  );
}

/** What to do about each kind of difference that there is. */
function Remedies({ differences }: { readonly differences: readonly Difference[] }) {
  const kinds = [...new Set(differences.map(({ difference }) => difference))];
  if (kinds.length === 0) return null;
  return (
    <Panel title={t("reconcile.todo")}>
      {kinds.map((kind) => (
        <section key={kind} aria-label={t(`reconcile.${kind}`)}>
          <h3>{t(`reconcile.${kind}`)}</h3>
          <p>{t(`reconcile.${kind}.todo`)}</p>
        </section>
      ))}
    </Panel>
  );
}
