import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { BATCH_SIZE_MAX, type ReportedTransaction } from "../../server/src/sales/index.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase, Cluster } from "../kit/cluster.ts";
import { importCustomers, importPartners } from "../kit/people.ts";
import { insertStaged, momentOf, moveToStaging, rowsStaged } from "../kit/produced.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { customersOf, eventsOf, fileOf } from "./events.ts";
import { type Imported, importFile } from "./import-file.ts";

const PARTNERS = 40;
/** What one event writes, in the order in which foreign keys let it be written. */
const TABLES = [
  "transactions",
  "commissions",
  "commission_receipts",
  "ledger_transactions",
  "ledger_postings",
  "outbox_events",
] as const;
const SIZES = {
  full: { events: 50_000, rounds: 3, memory: { from: 100_000, to: 1_000_000, secondsMax: 400 } },
  // Both files are more than is sorted at once: below that, memory grows with the file, as it may.
  quick: { events: 5_000, rounds: 2, memory: { from: 50_000, to: 150_000, secondsMax: 90 } },
};
/** Beyond what a collector that takes its time explains. */
const GROWTH_MAX = 1.25;
const MEGABYTE = 2 ** 20;

export const assessment: Benchmark = {
  name: "assessment",
  title: "Batch assessment with receipts, postings and events",
  about: `Payments, card spend and refunds (88, 8 and 4 %) of customers of ${PARTNERS} partners are recorded, assessed and booked in batches of ${number(BATCH_SIZE_MAX)}, each a transaction, as an import does it. Floor: \`insert … select\` of the very same rows (transactions, commissions, receipts, ledger transactions, postings, outbox events) into the same tables under the server's role, with the same indexes, triggers and policies, one statement a table, one commit. What the subject reads to decide, and the standings and referrals that it updates, are its own. Memory: two files, one ten times (quick: three times) the other, are imported as the command line does it, each by a process and into a database of its own; the figure is the most memory that the system saw resident in that process from its start to its end, reading and sorting included.`,
  run: runAssessment,
};

async function runAssessment({ cluster, isQuick, say }: Bench) {
  const { events, rounds, memory } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const base = stack.use(await cluster.createDatabase());
  const tenantId = await seed(base, events);

  // The first run makes the rows that the floor inserts, and warms the code up.
  const staged = stack.use(await cluster.createDatabase(base.name));
  const moment = await momentOf(staged);
  await assessAll(staged, events);
  await moveToStaging(staged, moment, Object.fromEntries(TABLES.map((table) => [table, {}])));
  const rows = await rowsStaged(staged, TABLES);
  say(`${number(events)} events write ${number(rows)} rows`);

  const samples = await interleave(
    {
      floor: async () => events / (await onCopy(cluster, staged, (copy) => insertAll(copy, tenantId))),
      subject: async () => events / (await onCopy(cluster, base, (copy) => assessAll(copy, events))),
    },
    rounds,
  );
  const speed = check({
    figure: "against INSERT … SELECT of the same rows",
    unit: "events/s",
    ...samples,
    target: { atLeast: 0.3 },
  });
  say(`${number(speed.subject.median)} events/s, ${speed.ratio.median.toFixed(2)} of the floor`);
  const { flat, notes } = await watchMemory({ cluster, memory, say });
  return { checks: [speed, flat], notes: [`An event writes ${number(rows / events)} rows.`, ...notes] };
}

async function onCopy<Result>(
  cluster: Cluster,
  of: BenchDatabase,
  work: (copy: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  await using copy = await cluster.createDatabase(of.name);
  return await work(copy);
}

/** Returns the tenant. */
async function seed(database: BenchDatabase, events: number): Promise<string> {
  await using program = await openProgram(database);
  await importPartners(program, PARTNERS);
  await importCustomers(program, { customers: customersOf(events), partners: PARTNERS });
  await database.analyze();
  return program.tenantId;
}

/** Records, assesses and books everything; returns how long it took. */
async function assessAll(database: BenchDatabase, events: number): Promise<number> {
  await using program = await openProgram(database);
  const batches = batchesOf(events);
  const begunAt = performance.now();
  for (const batch of batches) await record(program, batch);
  return (performance.now() - begunAt) / 1_000;
}

async function record({ app, ctx }: Program, batch: readonly ReportedTransaction[]): Promise<void> {
  const { results } = await app.sales.recordTransactions(ctx(), batch);
  if (results.some(({ status }) => status !== "recorded")) throw new Error("an event was not recorded");
}

function batchesOf(events: number) {
  const all = [...eventsOf(events)];
  return Array.from({ length: Math.ceil(all.length / BATCH_SIZE_MAX) }, (_, batch) =>
    all.slice(batch * BATCH_SIZE_MAX, (batch + 1) * BATCH_SIZE_MAX),
  );
}

/** Inserts the staged rows; returns how long it took. */
async function insertAll(database: BenchDatabase, tenantId: string): Promise<number> {
  const client = new Client({ connectionString: database.serverUrl, options: database.serverOptions(tenantId) });
  await client.connect();
  try {
    const statements = [];
    for (const table of TABLES) statements.push(await insertStaged(client, table));
    const begunAt = performance.now();
    await client.query("begin");
    for (const statement of statements) await client.query(statement);
    await client.query("commit");
    return (performance.now() - begunAt) / 1_000;
  } finally {
    await client.end();
  }
}

async function watchMemory(of: {
  readonly cluster: Cluster;
  readonly memory: { readonly from: number; readonly to: number; readonly secondsMax: number };
  readonly say: (line: string) => void;
}) {
  const { from, to, secondsMax } = of.memory;
  const small = await importMany(of, { events: from, secondsMax });
  const large = await importMany(of, { events: to, secondsMax });
  return {
    flat: check({
      figure: `peak of resident memory, a file of ${number(to)} against one of ${number(from)} events`,
      unit: "MB",
      subject: [large.peak / MEGABYTE],
      floor: [small.peak / MEGABYTE],
      target: { atMost: GROWTH_MAX },
    }),
    notes: [
      `A file of ${number(to)} events was imported${large.isLate ? ` (read and sorted whole, and recorded as far as ${number(large.events)} in the time that a run has)` : ""}, ${number(large.events / large.seconds)} events/s, reading and sorting included.`,
    ],
  };
}

/** Imports a file of so many events by a process of its own, into a database of its own. */
async function importMany(
  { cluster, say }: { readonly cluster: Cluster; readonly say: (line: string) => void },
  { events, secondsMax }: { readonly events: number; readonly secondsMax: number },
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-bench-file-"));
  try {
    await using database = await cluster.createDatabase();
    await seed(database, events);
    const path = join(folder, "transactions.csv");
    await pipeline(Readable.from(fileOf(events)), createWriteStream(path));
    say(`importing ${number(events)} events`);
    return await importFile({ serverUrl: database.serverUrl, path, secondsMax });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
