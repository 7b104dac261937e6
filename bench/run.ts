import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { apiTransaction } from "./api-transaction/api-transaction.ts";
import { assessment } from "./assessment/assessment.ts";
import { cards } from "./cards/cards.ts";
import { dashboard } from "./dashboard/dashboard.ts";
import { exports } from "./exports/exports.ts";
import { fraud } from "./fraud/fraud.ts";
import type { Benchmark } from "./kit/benchmark.ts";
import { startCluster } from "./kit/cluster.ts";
import { describeMachine, warnOfLoad } from "./kit/machine.ts";
import { performancePage, type Report, textTable } from "./kit/report.ts";
import { payouts } from "./payouts/payouts.ts";
import { portalList } from "./portal-list/portal-list.ts";
import { redirect } from "./redirect/redirect.ts";
import { screening } from "./screening/screening.ts";
import { tax } from "./tax/tax.ts";
import { tenants } from "./tenants/tenants.ts";
import { webhooks } from "./webhooks/webhooks.ts";

/** In the order in which they run. */
const BENCHMARKS: readonly Benchmark[] = [
  redirect,
  apiTransaction,
  payouts,
  assessment,
  dashboard,
  webhooks,
  screening,
  fraud,
  tax,
  exports,
  cards,
  tenants,
  portalList,
];
const PAGE = new URL("../docs/performance.md", import.meta.url);

const USAGE = `npm run bench [-- NAME…] [--quick]
  NAME     ${BENCHMARKS.map(({ name }) => name).join(", ")}; all when none is given. Its section of docs/performance.md is written
  --quick  smaller sizes: shows that they work; no page and no verdict`;

const args = process.argv.slice(2);
const isQuick = args.includes("--quick");
const names = args.filter((arg) => arg !== "--quick");
if (names.some((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))) {
  console.error(USAGE);
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const asked = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));
const machine = [...describeMachine()];
const warning = warnOfLoad();
if (warning !== undefined) machine.push(warning);
for (const line of machine) console.log(line);

const reports: Report[] = [];
const date = new Date().toISOString().slice(0, 10);
const begunAt = performance.now();
{
  await using cluster = await startCluster(say);
  machine.push(`Postgres ${cluster.version}, fsync on, on the same machine as the server and the load generator`);
  for (const benchmark of asked) {
    console.log(`\n${benchmark.title}`);
    const outcome = await benchmark.run({ cluster, isQuick, say });
    reports.push({ benchmark, outcome, machine, date });
    console.log(textTable(outcome.checks));
    for (const note of outcome.notes) console.log(note);
  }
}
console.log(`\n${Math.round((performance.now() - begunAt) / 1_000)} s`);

if (!isQuick) {
  writeFileSync(PAGE, performancePage(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", reports, BENCHMARKS));
  const missed = reports.flatMap(({ outcome }) => outcome.checks.filter(({ isMet }) => !isMet));
  if (missed.length > 0) process.exitCode = 1;
}
