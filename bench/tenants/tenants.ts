import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { openProgram } from "../kit/program.ts";
import { check, interleave, percentile } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import type { FromServer, ToServer } from "./server-process.ts";

const TENANTS = 1_000;
const CALLERS = 8;
/** What a wake writes down of every tenant grows with them; that, and no more: a wake in each would be some thousand times the floor. */
const WAKE_RATIO_MAX = 20;
const SIZES = { full: { rounds: 5, requests: 4_000 }, quick: { rounds: 2, requests: 500 } };
/** Finds the tenant of the host, and reads rows of it. */
const PATH = "/api/v1/brand";

export const tenants: Benchmark = {
  name: "tenants",
  title: "A thousand tenants",
  about: `A server over ${number(TENANTS)} tenants, each with a host and a programme of its own, and one over the operator alone: from the first line of the program until it listens; what it holds in memory after the requests, collected; and how long ${CALLERS} callers at once wait for what a visitor of the portal reads first (host to tenant, a transaction in the tenant), each request for the next host; and how long the jobs that wake each minute take where nothing has happened, audit trails to seal and figures to roll up in every tenant. Floor: the same of the server with one tenant. Every round starts both servers anew.`,
  run: runTenants,
};

async function runTenants({ cluster, isQuick, say }: Bench) {
  const { rounds, requests } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const databases = {
    floor: stack.use(await cluster.createDatabase()),
    subject: stack.use(await cluster.createDatabase()),
  };
  // The operator and its programme, in both.
  for (const database of Object.values(databases)) await (await openProgram(database))[Symbol.asyncDispose]();
  const hosts = { floor: ["127.0.0.1"], subject: await addTenants(databases.subject) };
  for (const database of Object.values(databases)) await database.analyze();
  say(`${hosts.subject.length} tenants`);

  const leg = (name: "floor" | "subject") => () => measure(databases[name], { hosts: hosts[name], requests });
  const samples = await interleave({ floor: leg("floor"), subject: leg("subject") }, rounds);
  const compare = (figure: string, unit: string, of: (sample: Sample) => number, atMost = 1.2) =>
    check({ figure, unit, subject: samples.subject.map(of), floor: samples.floor.map(of), target: { atMost } });
  return {
    checks: [
      compare("Start-up", "ms", ({ startedMs }) => startedMs),
      compare("Memory after the requests", "MiB", ({ residentBytes }) => residentBytes / 2 ** 20),
      compare("p99 of a request", "ms", ({ latenciesMs }) => percentile(latenciesMs, 0.99)),
      compare("A minute's wake where nothing has happened", "ms", ({ wokenMs }) => wokenMs, WAKE_RATIO_MAX),
    ],
    notes: [
      `Every host is asked for before what is measured, since an installation of ${number(TENANTS)} is warm: a host that is not known yet costs one query, shared by all who miss at once.`,
    ],
  };
}

type Sample = {
  readonly startedMs: number;
  readonly residentBytes: number;
  readonly latenciesMs: readonly number[];
  readonly wokenMs: number;
};

const PROCESS = fileURLToPath(new URL("./server-process.ts", import.meta.url));

async function measure(
  { serverUrl }: BenchDatabase,
  { hosts, requests }: { readonly hosts: readonly string[]; readonly requests: number },
): Promise<Sample> {
  const child = fork(PROCESS, [JSON.stringify({ serverUrl })], { execArgv: [...process.execArgv, "--expose-gc"] });
  const next = async (): Promise<FromServer> => ((await once(child, "message")) as [FromServer])[0];
  const started = await Promise.race([
    next(),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`a server ended with ${String(code)}`))),
  ]);
  if (!("origin" in started)) throw new Error("a server says first where it is");
  await ask(started.origin, hosts, Math.max(hosts.length, requests / 2));
  const latenciesMs = await ask(started.origin, hosts, requests);
  const hear = (asked: ToServer): Promise<FromServer> => {
    const said = next();
    child.send(asked);
    return said;
  };
  const memory = await hear("memory");
  // What the first finds to do is done by the first.
  await hear("wake");
  const woken = await hear("wake");
  const ended = once(child, "exit");
  child.send("stop" satisfies ToServer);
  await ended;
  return {
    startedMs: started.startedMs,
    latenciesMs,
    residentBytes: "residentBytes" in memory ? memory.residentBytes : Number.NaN,
    wokenMs: "wokenMs" in woken ? woken.wokenMs : Number.NaN,
  };
}

/** Asks, a few at a time, each time for the next host; how long each answer took. */
async function ask(origin: string, hosts: readonly string[], count: number): Promise<number[]> {
  using agent = closing(new Agent({ keepAlive: true, maxSockets: CALLERS }));
  const latencies: number[] = [];
  let turn = 0;
  const caller = async (): Promise<void> => {
    while (turn < count) {
      const host = hosts[turn % hosts.length] ?? "";
      // Each from an address of its own: nobody is counted together.
      const from = `2001:db8:${(turn >> 16).toString(16)}:${(turn & 0xffff).toString(16)}::1`;
      turn += 1;
      const begun = performance.now();
      const status = await get(`${origin}${PATH}`, { agent, headers: { host, "x-forwarded-for": from } });
      if (status !== 200) throw new Error(`${host} answered ${status}`);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return latencies;
}

const closing = (agent: Agent): Agent & Disposable => Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });

const get = (url: string, options: { agent: Agent; headers: Record<string, string> }): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, options, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    })
      .once("error", reject)
      .end();
  });

/** Tenants under the operator, each with a copy of its programme and plan; returns their hosts. */
const addTenants = (database: BenchDatabase): Promise<string[]> =>
  database.asSuperuser(async (client) => {
    await client.query(
      `insert into tenants (id, parent_id, name, host, created_at)
       select gen_random_uuid(), o.id, 'Tenant ' || n, 't' || n || '.bench.test', o.created_at
         from tenants o cross join generate_series(1, ${TENANTS - 1}) n`,
    );
    for (const table of ["programs", "commission_plans"]) {
      const { rows } = await client.query<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
          where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'tenant_id'`,
        [table],
      );
      const columns = rows[0]?.columns ?? "";
      await client.query(
        `insert into ${table} (tenant_id, ${columns})
         select t.id, ${columns.replace(/\b(\w+)\b/g, "r.$1")} from ${table} r cross join tenants t where t.parent_id is not null`,
      );
    }
    // As where the figures have been rolled up before.
    await client.query(
      `insert into analytics_progress (tenant_id, rolled_up_to, time_zone, currency)
       select g.tenant_id, now(), g.time_zone, g.currency from programs g on conflict do nothing`,
    );
    const { rows } = await client.query<{ host: string }>(
      "select host from tenants where host is not null order by host",
    );
    return ["127.0.0.1", ...rows.map(({ host }) => host)];
  });
