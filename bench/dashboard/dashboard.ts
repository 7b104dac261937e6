import type { Ctx } from "../../server/src/platform/context.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { importCustomers, importPartners } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, percentile } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { DAYS, generateClicks } from "./clicks.ts";

const PARTNERS = 50;
const CUSTOMERS = 500;
const SIZES = {
  full: { few: 1_000_000, many: 10_000_000, rounds: 9, reads: 40 },
  quick: { few: 100_000, many: 1_000_000, rounds: 5, reads: 20 },
};

export const dashboard: Benchmark = {
  name: "dashboard",
  title: "Dashboards, whatever the number of clicks",
  about: `The figures of a partner (overview, performance, funnel, revenue) and of the programme over ${DAYS} days, of ${PARTNERS} partners, read through the services from the roll-ups that the job has made. Floor: the same on a database with a tenth of the clicks on the same days. A figure is the median time of a read.`,
  run: runDashboard,
};

type Side = { readonly program: Program; readonly partnerIds: readonly string[] };

async function runDashboard({ cluster, isQuick, say }: Bench) {
  const { few, many, rounds, reads } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const now = new Date();
  const open = async (count: number): Promise<Side> => {
    const database = stack.use(await cluster.createDatabase());
    const program = stack.use(await openProgram(database));
    const partnerIds = await importPartners(program, PARTNERS);
    await importCustomers(program, { customers: CUSTOMERS, partners: PARTNERS });
    await generateClicks(database, { tenantId: program.tenantId, count, until: now });
    say(`${number(count)} clicks are there`);
    await program.app.analytics.rebuildAnalytics(program.ctx());
    await database.analyze();
    say("rolled up");
    return { program, partnerIds };
  };
  const sides = { few: await open(few), many: await open(many) };

  const checks = [];
  for (const [figure, read] of Object.entries(READS)) {
    let turn = 0;
    const time = async ({ program, partnerIds }: Side): Promise<number> => {
      const ctx = asPartner(program, partnerIds[turn % partnerIds.length] ?? "");
      turn += 1;
      const begunAt = performance.now();
      await read(program, ctx);
      return performance.now() - begunAt;
    };
    const medians: Record<keyof typeof sides, number[]> = { few: [], many: [] };
    // Read by read in turn, and the round before the first warms both sides up.
    for (let round = 0; round <= rounds; round += 1) {
      const times = await interleave({ few: () => time(sides.few), many: () => time(sides.many) }, reads);
      if (round === 0) continue;
      medians.few.push(percentile(times.few, 0.5));
      medians.many.push(percentile(times.many, 0.5));
    }
    checks.push(
      check({
        figure: `${figure}, ${number(many)} against ${number(few)} clicks`,
        unit: "ms",
        subject: medians.many,
        floor: medians.few,
        target: { atMost: 1.2 },
      }),
    );
  }
  return { checks, notes: [] };
}

const PERIOD = { period: "90d" } as const;

const READS: Readonly<Record<string, (program: Program, partner: Ctx) => Promise<unknown>>> = {
  overview: ({ app }, partner) => app.analytics.getDashboardOverview(partner, PERIOD),
  performance: ({ app }, partner) => app.analytics.getPerformanceMetrics(partner, PERIOD),
  conversions: ({ app }, partner) => app.analytics.getConversionFunnel(partner, PERIOD),
  revenue: ({ app }, partner) => app.analytics.getRevenueBreakdown(partner, PERIOD),
  programme: ({ app, ctx }) => app.analytics.getProgramAnalytics(ctx(), PERIOD),
};

const asPartner = ({ ctx }: Program, partnerId: string): Ctx => ({
  ...ctx(),
  actor: { type: "key", keyId: partnerId, partnerId, scopes: new Set(["own:analytics:read"]) },
});
