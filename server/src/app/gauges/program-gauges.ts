import { LRUCache } from "lru-cache";
import { Gauge, type Registry } from "prom-client";
import type { ProgramFigures } from "./read-program-figures.ts";

/** However many scrape, and however often, the books are asked once in this time. */
const KEPT_MS = 30_000;

type Label = "tenant" | "tier" | "status" | "currency" | "stage" | "statistic";
type Reading = readonly [labels: Partial<Record<Label, string>>, value: bigint | number | null];

type GaugeOf = {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
  readonly read: (figures: ProgramFigures) => readonly Reading[];
};

const MINOR_UNITS = "in minor units of its currency, of the last 30 days";

const DAY_SECONDS = 86_400;

const ageOf = (oldest: Date | null, now: Date): number =>
  oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1000);

/** What the plan calls its key metrics, and what its alerts watch. Never a partner's name or id: those are in the operator's analytics. */
const GAUGES: readonly GaugeOf[] = [
  {
    name: "tributary_partners",
    help: "Partners by tier and status",
    labels: ["tier", "status"],
    read: ({ standing }) => standing.partners.map(({ tier, status, count }) => [{ tier, status }, count]),
  },
  {
    name: "tributary_partner_registrations_per_day",
    help: "Partners that registered, a day, over the last 30 days",
    labels: [],
    read: ({ period }) => [[{}, Number(period.partners.registered.value) / 30]],
  },
  {
    name: "tributary_partner_churn_ratio",
    help: "Of the partners that were active 30 days ago, the share that was terminated since",
    labels: [],
    read: ({ period }) => [[{}, period.churnRate]],
  },
  {
    name: "tributary_funnel",
    help: "What came through the funnel in the last 30 days, by stage; clicks are without repeats",
    labels: ["stage"],
    read: ({ period }) => Object.entries(period.counts).map(([stage, { value }]) => [{ stage }, value]),
  },
  {
    name: "tributary_click_conversion_ratio",
    help: "Of the clicks of the last 30 days, the share that became customers",
    labels: [],
    read: ({ period }) => [[{}, period.rates.clickToConversion]],
  },
  {
    name: "tributary_revenue",
    help: `Revenue of referred customers by the tier of their partner, ${MINOR_UNITS}`,
    labels: ["tier", "currency"],
    read: ({ period }) => period.tiers.map(({ tier, currency, revenue }) => [{ tier, currency }, revenue]),
  },
  {
    name: "tributary_commission_earned",
    help: `Commission earned by the tier of the partner, ${MINOR_UNITS}`,
    labels: ["tier", "currency"],
    read: ({ period }) =>
      period.tiers.map(({ tier, currency, commissionEarned }) => [{ tier, currency }, commissionEarned]),
  },
  {
    name: "tributary_commission_per_partner",
    help: `Commission earned over the partners that were active, ${MINOR_UNITS}`,
    labels: ["currency"],
    read: ({ period }) => period.averageCommission.map(({ currency, amount }) => [{ currency }, amount]),
  },
  {
    name: "tributary_payout_processing_seconds",
    help: "From the request of a payout to its confirmed transfer, of payouts completed in the last 30 days",
    labels: ["statistic"],
    read: ({ period: { payoutProcessing: took } }) => [
      [{ statistic: "average" }, took.averageSeconds],
      [{ statistic: "median" }, took.medianSeconds],
      [{ statistic: "slowest" }, took.slowestSeconds],
    ],
  },
  {
    name: "tributary_payouts",
    help: "Payouts that are open (pending, processing) or have failed",
    labels: ["status"],
    read: ({ standing }) =>
      PAYOUT_STATUSES.map((status) => [{ status }, standing.payouts.find((one) => one.status === status)?.count ?? 0]),
  },
  {
    name: "tributary_payout_oldest_seconds",
    help: "Age of the oldest payout that is open; 0 where there is none",
    labels: ["status"],
    read: ({ standing: { payouts, now } }) =>
      OPEN_STATUSES.map((status) => [
        { status },
        ageOf(payouts.find((one) => one.status === status)?.oldest ?? null, now),
      ]),
  },
  {
    name: "tributary_disputes_open",
    help: "Disputes that wait for a decision",
    labels: [],
    read: ({ standing }) => [[{}, standing.disputes.count]],
  },
  {
    name: "tributary_dispute_oldest_seconds",
    help: "Age of the oldest dispute that waits for a decision; 0 where there is none",
    labels: [],
    read: ({ standing: { disputes, now } }) => [[{}, ageOf(disputes.oldest, now)]],
  },
  {
    name: "tributary_sanctions_list_age_seconds",
    help: "Since the sanctions list was last confirmed to be the newest; told where partners are screened and there is one",
    labels: [],
    read: ({ standing: { screening, now } }) =>
      screening?.confirmed_at ? [[{}, ageOf(screening.confirmed_at, now)]] : [],
  },
  {
    name: "tributary_sanctions_list_left_seconds",
    help: "Until the sanctions list clears nobody any more; 0 where it does already or there is none; told where partners are screened",
    labels: [],
    read: ({ standing: { screening, now } }) =>
      screening === null
        ? []
        : [
            [
              {},
              screening.confirmed_at === null
                ? 0
                : Math.max(0, screening.max_age_days * DAY_SECONDS - ageOf(screening.confirmed_at, now)),
            ],
          ],
  },
  {
    name: "tributary_screening_cases_open",
    help: "Possible matches with a sanctions list that wait for people",
    labels: [],
    read: ({ standing }) => [[{}, standing.screeningCases.count]],
  },
  {
    name: "tributary_screening_case_oldest_seconds",
    help: "Age of the oldest possible match that waits for people; 0 where there is none",
    labels: [],
    read: ({ standing: { screeningCases, now } }) => [[{}, ageOf(screeningCases.oldest, now)]],
  },
  {
    name: "tributary_fraud_cases_open",
    help: "Fraud cases that wait for a decision",
    labels: [],
    read: ({ standing }) => [[{}, standing.fraudCases.count]],
  },
  {
    name: "tributary_fraud_case_oldest_seconds",
    help: "Age of the oldest fraud case that waits for a decision; 0 where there is none",
    labels: [],
    read: ({ standing: { fraudCases, now } }) => [[{}, ageOf(fraudCases.oldest, now)]],
  },
  {
    name: "tributary_invoices",
    help: "Invoices over fees of which something is open; overdue is what is open after its day",
    labels: ["status"],
    read: ({ standing: { invoices } }) =>
      INVOICE_STATUSES.map((status) => [
        { status },
        invoices.filter((one) => one.status === status).reduce((sum, { count }) => sum + count, 0n),
      ]),
  },
  {
    name: "tributary_invoice_open_amount",
    help: "What is open of invoices over fees, in minor units of its currency",
    labels: ["status", "currency"],
    read: ({ standing }) => standing.invoices.map(({ status, currency, amount }) => [{ status, currency }, amount]),
  },
  {
    name: "tributary_invoice_oldest_overdue_seconds",
    help: "Since the day on which the oldest overdue invoice was due; 0 where there is none",
    labels: [],
    read: ({ standing: { invoices, now } }) => [
      [{}, Math.max(0, ...invoices.filter(isOverdue).map(({ due_on }) => ageOf(new Date(due_on), now)))],
    ],
  },
  {
    name: "tributary_partners_unassessed",
    help: "Partners with a recorded event for which no commission has been worked out: always 0",
    labels: [],
    read: ({ standing }) => [[{}, standing.unassessed]],
  },
  {
    name: "tributary_partners_suspicious",
    help: "Partners whose last two days have many sign-ups turned down, or many clicks that are mostly repeats",
    labels: [],
    read: ({ standing }) => [[{}, standing.suspicious]],
  },
];

const INVOICE_STATUSES = ["open", "overdue"] as const;
const isOverdue = ({ status }: { readonly status: string }): boolean => status === "overdue";
const OPEN_STATUSES = ["pending", "processing"] as const;
const PAYOUT_STATUSES = [...OPEN_STATUSES, "failed"] as const;

/**
 * Adds the programme's gauges to a registry, each with the tenant's id. They are read from the books when somebody scrapes, at most once in
 * half a minute; while the books cannot be read, none is told rather than an old one.
 *
 * Amounts become floating-point numbers here, exact to 2^53 minor units: for graphs, never for books.
 */
export function addProgramGauges(registry: Registry, read: () => Promise<readonly ProgramFigures[]>): void {
  const cache = new LRUCache<"figures", readonly ProgramFigures[]>({
    max: 1,
    ttl: KEPT_MS,
    fetchMethod: () => read().catch(() => []),
  });
  for (const { name, help, labels, read: readingsOf } of GAUGES) {
    const gauge: Gauge<Label> = new Gauge<Label>({
      name,
      help,
      labelNames: ["tenant", ...labels],
      registers: [registry],
      async collect() {
        const figures = await cache.forceFetch("figures");
        gauge.reset();
        for (const program of figures)
          for (const [labels, value] of readingsOf(program))
            if (value !== null) gauge.set({ tenant: program.tenant, ...labels }, Number(value));
      },
    });
  }
}
