import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components, Output } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { asList } from "../../ui/table-rows.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { planFieldName } from "./tier-fields.ts";

const DAYS = [30, 90, 180] as const;
const DAY_MS = 86_400_000;
const SHOWN = 10;
type Simulated = Output<"simulatePlan">["partners"][number];

const COLUMNS: readonly Column<Simulated>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  {
    id: "recorded",
    header: t("plan.recorded"),
    align: "end",
    cell: (row) => <Amount minor={row.recorded} currency={row.currency} />,
  },
  {
    id: "simulated",
    header: t("plan.simulated"),
    align: "end",
    phone: "below",
    isLabelled: true,
    cell: (row) => <Amount minor={row.simulated} currency={row.currency} />,
  },
  {
    id: "difference",
    header: t("plan.difference"),
    align: "end",
    phone: "end",
    isLabelled: true,
    cell: (row) => <Amount minor={row.difference} currency={row.currency} />,
  },
];

/** What the last months would have cost under these rules, and who would have gained or lost. Nothing is booked. */
export function SimulatePlan({ tiers }: { readonly tiers: components["schemas"]["CommissionPlan"]["tiers"] }) {
  const [days, setDays] = useState<number>(90);
  const simulate = useMutation({
    mutationFn: () => {
      const to = new Date();
      const from = new Date(to.getTime() - days * DAY_MS);
      return api.simulatePlan({ body: { plan: { tiers }, from: from.toISOString(), to: to.toISOString() } });
    },
  });
  return (
    <Panel
      title={t("plan.simulate")}
      aside={
        <span style={{ display: "flex", gap: "0.5rem", alignItems: "center" }}>
          <NativeSelect
            size="xs"
            aria-label={t("filter.period")}
            data={DAYS.map((count) => ({ value: String(count), label: t("terms.days", { count }) }))}
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          />
          <Button variant="default" size="compact-sm" disabled={simulate.isPending} onClick={() => simulate.mutate()}>
            {simulate.isPending ? t("state.working") : t("plan.simulateAct", { count: days })}
          </Button>
        </span>
      }
    >
      {simulate.error ? <Problem error={simulate.error} nameOf={planFieldName} /> : null}
      {simulate.data === undefined ? (
        <p style={{ color: "var(--ink-2)" }}>{t("plan.simulateText", { count: days })}</p>
      ) : simulate.data.totals.length === 0 ? (
        <Empty title={t("reports.nothing")} />
      ) : (
        <Outcome {...simulate.data} />
      )}
    </Panel>
  );
}

function Outcome({ totals, partners }: Output<"simulatePlan">) {
  const byDifference = partners.toSorted((a, b) => b.difference - a.difference);
  const winners = byDifference.filter(({ difference }) => difference > 0).slice(0, SHOWN);
  const losers = byDifference
    .filter(({ difference }) => difference < 0)
    .toReversed()
    .slice(0, SHOWN);
  return (
    <div style={{ display: "grid", gap: "1rem", minInlineSize: 0 }}>
      {totals.map(({ currency, recorded, simulated, difference, winners: gain, losers: lose }) => (
        <Figures
          key={currency}
          figures={[
            { label: t("plan.recorded"), value: <Amount minor={recorded} currency={currency} /> },
            { label: t("plan.simulated"), value: <Amount minor={simulated} currency={currency} /> },
            { label: t("plan.difference"), value: <Amount minor={difference} currency={currency} /> },
            { label: t("plan.winners"), value: formatCount(gain) },
            { label: t("plan.losers"), value: formatCount(lose) },
          ]}
        />
      ))}
      {[[t("plan.whoWins"), winners] as const, [t("plan.whoLoses"), losers] as const].map(([title, rows]) =>
        rows.length === 0 ? null : (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <DataTable
              caption={title}
              columns={COLUMNS}
              list={asList(rows)}
              idOf={(row) => `${row.partnerId} ${row.currency}`}
              empty={null}
            />
          </section>
        ),
      )}
    </div>
  );
}
