import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";

const DAYS = 90;
const DAY_MS = 86_400_000;

/** What the last three months would have cost under these rules. Nothing is booked. */
export function SimulatePlan({ plan }: { readonly plan: components["schemas"]["CommissionPlan"] }) {
  const simulate = useMutation({
    mutationFn: () => {
      const to = new Date();
      const from = new Date(to.getTime() - DAYS * DAY_MS);
      return api.simulatePlan({
        body: { plan: { tiers: plan.tiers }, from: from.toISOString(), to: to.toISOString() },
      });
    },
  });
  return (
    <Panel
      title={t("plan.simulate")}
      aside={
        <Button variant="default" size="compact-sm" disabled={simulate.isPending} onClick={() => simulate.mutate()}>
          {simulate.isPending ? t("state.working") : t("plan.simulateAct", { count: DAYS })}
        </Button>
      }
    >
      {simulate.error ? <Problem error={simulate.error} /> : null}
      {simulate.data === undefined ? (
        <p style={{ color: "var(--ink-2)" }}>{t("plan.simulateText", { count: DAYS })}</p>
      ) : simulate.data.totals.length === 0 ? (
        <Empty title={t("reports.nothing")} />
      ) : (
        simulate.data.totals.map(({ currency, recorded, simulated }) => (
          <Figures
            key={currency}
            figures={[
              { label: t("plan.recorded"), value: <Amount minor={recorded} currency={currency} /> },
              { label: t("plan.simulated"), value: <Amount minor={simulated} currency={currency} /> },
              { label: t("plan.difference"), value: <Amount minor={simulated - recorded} currency={currency} /> },
            ]}
          />
        ))
      )}
    </Panel>
  );
}
