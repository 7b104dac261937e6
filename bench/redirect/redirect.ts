import { availableParallelism } from "node:os";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { codeOf, importPartners } from "../kit/people.ts";
import { openProgram } from "../kit/program.ts";
import { check, interleave, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { load } from "./load.ts";
import { type RunningServer, type ServerKind, startServer } from "./servers.ts";

const PROCESSORS = availableParallelism();
const CONNECTIONS = 128;
const PARTNERS = 100;
/** What pools usually have when nobody has thought about it, and more do not help one INSERT a click. */
const POOL_OF_INSERTS = 16;
const SIZES = { full: { rounds: 5, seconds: 5, warmUpSeconds: 3 }, quick: { rounds: 2, seconds: 2, warmUpSeconds: 1 } };

export const redirect: Benchmark = {
  name: "redirect",
  title: "Redirect with a durable click",
  about: `\`GET /r/:code\` of the whole server, from ${CONNECTIONS} connections, every visitor a new one: tenant, limit, link, bot filter, repeat, signed cookie, click; answered when the click is on the disk. Floors: the same server whose clicks go nowhere; a bare \`node:http\` that answers 302; the same server with one INSERT for each click over a pool of ${POOL_OF_INSERTS}. The load is made over bare sockets, for all of them alike: a client with a parser of its own costs as much as a redirect, on the processor that the server needs.`,
  run: runRedirect,
};

async function runRedirect({ cluster, isQuick, say }: Bench) {
  const { rounds, seconds, warmUpSeconds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  {
    await using program = await openProgram(database);
    await importPartners(program, PARTNERS);
  }
  const start = async (kind: ServerKind, poolMax?: number): Promise<RunningServer> =>
    stack.use(
      await startServer({ kind, serverUrl: database.serverUrl, ...(poolMax === undefined ? {} : { poolMax }) }),
    );
  const servers = {
    bare: await start("bare"),
    withoutWrite: await start("withoutWrite"),
    durable: await start("durable"),
    byInsert: await start("byInsert", POOL_OF_INSERTS),
  };
  const order = { codes: Array.from({ length: PARTNERS }, (_, partner) => codeOf(partner)), connections: CONNECTIONS };
  for (const { origin } of Object.values(servers)) await load({ ...order, origin, seconds: warmUpSeconds });

  const stored = await countClicks(database);
  const of = (kind: ServerKind) => async () => {
    const server = servers[kind];
    const before = { server: await server.cpu(), postgres: cluster.cpu() };
    const made = await load({ ...order, origin: server.origin, seconds });
    const each = (micros: number): number => micros / made.redirects;
    return {
      ...made,
      serverMicros: each((await server.cpu()) - before.server),
      postgresMicros: each(cluster.cpu() - before.postgres),
      loadMicros: each(made.cpuMicros),
    };
  };
  const samples = await interleave(
    {
      bare: of("bare"),
      withoutWrite: of("withoutWrite"),
      durable: of("durable"),
      byInsert: of("byInsert"),
    },
    rounds,
  );
  const acknowledged = [...samples.durable, ...samples.byInsert].reduce((sum, { redirects }) => sum + redirects, 0);
  const kept = (await countClicks(database)) - stored;
  if (kept < acknowledged) throw new Error(`${acknowledged} clicks were acknowledged, and ${kept} are there`);
  say(`${acknowledged} clicks acknowledged, all of them stored`);

  const rates = (leg: keyof typeof samples) => samples[leg].map(({ requestsPerSecond }) => requestsPerSecond);
  const p99s = (leg: keyof typeof samples) => samples[leg].map(({ p99Ms }) => p99Ms);
  const rate = (figure: string, floor: keyof typeof samples, atLeast: number) =>
    check({ figure, unit: "requests/s", subject: rates("durable"), floor: rates(floor), target: { atLeast } });
  return {
    checks: [
      rate("against no write", "withoutWrite", 0.8),
      check({
        figure: "against no write, p99",
        unit: "ms",
        subject: p99s("durable"),
        floor: p99s("withoutWrite"),
        target: { atMost: 1.5 },
      }),
      rate("against bare node:http", "bare", 0.5),
      rate("against one INSERT per click", "byInsert", 4),
    ],
    notes: [
      ...Object.entries(samples).map(([leg, of]) => {
        const each = (micros: (sample: (typeof of)[number]) => number) => number(spreadOf(of.map(micros)).median);
        return `CPU for each request of ${leg}, in µs: server ${each((of) => of.serverMicros)}, Postgres ${each((of) => of.postgresMicros)}, load ${each((of) => of.loadMicros)}.`;
      }),
      `Half of bare's rate leaves ${number((PROCESSORS / (spreadOf(rates("bare")).median * 0.5)) * 1e6)} µs of ${PROCESSORS} processors for each redirect, server, Postgres and load together.`,
      `${acknowledged} clicks were acknowledged in the rounds; every one was in the database afterwards.`,
    ],
  };
}

const countClicks = (database: BenchDatabase): Promise<number> =>
  database.asSuperuser(async (client) => {
    const { rows } = await client.query<{ count: string }>("select count(*) from clicks");
    return Number(rows[0]?.count);
  });
