import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch, openWindow, signIn, visit } from "../../portal/test/browser.ts";
import { seedCommissions } from "../../portal/test/seed-commissions.ts";
import { hashPassword } from "../../server/src/identity/index.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { importPartners } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, percentile } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";

const BUILD = fileURLToPath(new URL("../../scripts/run-build.mjs", import.meta.url));
const PARTNERS = 20;
const WHO = { email: "mara@team.test", password: "correct horse battery" };
const SIZES = { full: { rows: 100_000, rounds: 3, frames: 300 }, quick: { rows: 6_000, rounds: 2, frames: 60 } };
/** A turn of the wheel. */
const STEP_PX = 240;
const STATUSES = ["pending", "approved", "paid", "disputed", "cancelled"];
const TYPES = ["signup", "recurring", "transaction", "bonus"];
const SORTS = ["-occurredAt", "occurredAt", "-amount", "amount"];

export const portalList: Benchmark = {
  name: "portal-list",
  title: "A list of 100,000 commissions in a browser",
  about:
    "The operator's list of commissions of 20 partners, in Chromium, from the server's pages of 100. A frame is the time from one animation frame to the next while the wheel turns, pages being fetched on the way. The subject is the end of the list, reached by scrolling through all of it; its floor is the beginning. A page of the API is the median of all 44 combinations of a sort with one filter, at the beginning and in the middle; its floor is the first page without a filter.",
  run: runPortalList,
};

type Page = Awaited<ReturnType<typeof openWindow>>["page"];
type CDPSession = Awaited<ReturnType<ReturnType<Page["context"]>["newCDPSession"]>>;
type Scrolled = { readonly frames: readonly number[]; readonly longTasks: number };

async function runPortalList({ cluster, isQuick, say }: Bench) {
  const { rows, rounds, frames } = SIZES[isQuick ? "quick" : "full"];
  await promisify(execFile)("node", [BUILD]);
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  const program = stack.use(await openProgram(database));
  const [partnerId = ""] = await importPartners(program, PARTNERS);
  await database.asSuperuser(async (client) => {
    await client.query(seedCommissions({ tenantId: program.tenantId, count: rows, until: new Date() }));
  });
  const passwordHash = await hashPassword(WHO.password);
  await program.app.db.transaction(program.ctx(), (tx) =>
    program.app.identity.createUser(tx, { ...WHO, role: "admin", passwordHash, name: "Mara", isEmailVerified: true }),
  );
  const pages = await timePages(program, { partnerId, rounds });
  say(`${number(rows)} commissions are there`);

  const { origin } = await program.listen();
  const browser = await launch();
  stack.defer(() => browser.close());
  const { page } = await openWindow(browser, origin, { scheme: "light", width: 1280 });
  await signIn(page, WHO.email, WHO.password);
  await visit(page, "/commissions");
  const session = await page.context().newCDPSession(page);
  const taken: Record<"begin" | "end", { scrolled: Scrolled[]; heap: number[]; nodes: number[] }> = {
    begin: { scrolled: [], heap: [], nodes: [] },
    end: { scrolled: [], heap: [], nodes: [] },
  };
  for (const place of ["begin", "end"] as const) {
    if (place === "end") say(`reached row ${number(await goToEnd(page))}`);
    for (let round = 0; round < rounds; round += 1) {
      taken[place].scrolled.push(await turnWheel(page, place === "begin" ? STEP_PX : -STEP_PX, frames));
      const { heap, nodes } = await weigh(session);
      taken[place].heap.push(heap);
      taken[place].nodes.push(nodes);
    }
  }
  const frameOf = (part: number) => (some: readonly Scrolled[]) => some.map((one) => percentile(one.frames, part));
  const { begin, end } = taken;
  return {
    checks: [
      check({
        figure: "frame, 95th percentile, at the end against the beginning",
        unit: "ms",
        subject: frameOf(0.95)(end.scrolled),
        floor: frameOf(0.95)(begin.scrolled),
        target: { atMost: 1.5 },
      }),
      check({
        figure: "memory of the page's scripts, likewise",
        unit: "MB",
        subject: end.heap,
        floor: begin.heap,
        target: { atMost: 1.5 },
      }),
      check({
        figure: "nodes of the document, likewise",
        unit: "",
        subject: end.nodes,
        floor: begin.nodes,
        target: { atMost: 1.2 },
      }),
      check({
        figure: "a page of the API, any sort and filter, against the first page",
        unit: "ms",
        subject: pages.any,
        floor: pages.first,
        target: { atMost: 3 },
      }),
    ],
    notes: [
      `Median frame: ${percentile(frameOf(0.5)(begin.scrolled), 0.5).toFixed(1)} ms at the beginning, ${percentile(frameOf(0.5)(end.scrolled), 0.5).toFixed(1)} ms at the end; tasks over 50 ms in ${frames} frames: ${begin.scrolled.map(({ longTasks }) => longTasks).join(", ")} and ${end.scrolled.map(({ longTasks }) => longTasks).join(", ")}.`,
      `The slowest page of the API: ${pages.slowest}.`,
    ],
  };
}

/** Times each page that the list offers: a sort with one filter or none, from its beginning and from the middle. */
async function timePages(
  { app, ctx }: Program,
  { partnerId, rounds }: { readonly partnerId: string; readonly rounds: number },
) {
  const filters = [{}, ...STATUSES.map((status) => ({ status })), ...TYPES.map((type) => ({ type })), { partnerId }];
  const time = async (asked: object): Promise<number> => {
    const begunAt = performance.now();
    await app.commissions.findCommissions(ctx(), { limit: 100, ...asked });
    return performance.now() - begunAt;
  };
  const [any, first]: [number[], number[]] = [[], []];
  let slowest = { ms: 0, what: "" };
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const filter of filters) {
      for (const sort of SORTS) {
        const middle = new Date(Date.now() - 350 * 86_400_000).toISOString();
        const deep = sort === "-occurredAt" ? [{ to: middle }] : sort === "occurredAt" ? [{ from: middle }] : [];
        for (const from of [{}, ...deep]) {
          const asked = { ...filter, ...from, sort };
          const ms = await time(asked);
          times.push(ms);
          if (ms > slowest.ms && round > 0) slowest = { ms, what: JSON.stringify(asked) };
        }
      }
    }
    any.push(percentile(times, 0.5));
    const plain: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) plain.push(await time({}));
    first.push(percentile(plain, 0.5));
  }
  return { any, first, slowest: `${slowest.ms.toFixed(1)} ms for ${slowest.what}` };
}

type Window = {
  readonly document: {
    readonly documentElement: { readonly scrollHeight: number };
    querySelector(name: string): { getAttribute(name: string): string | null } | null;
  };
  readonly performance: { now(): number };
  readonly PerformanceObserver: new (
    tell: (list: { getEntries(): readonly unknown[] }) => void,
  ) => { observe(what: object): void; disconnect(): void };
  requestAnimationFrame(done: () => void): void;
  scrollBy(x: number, y: number): void;
  scrollTo(x: number, y: number): void;
};

const turnWheel = (page: Page, step: number, frames: number): Promise<Scrolled> =>
  page.evaluate(
    async ([by, count]) => {
      const window = globalThis as unknown as Window;
      const next = () => new Promise<void>((done) => window.requestAnimationFrame(done));
      let longTasks = 0;
      const observer = new window.PerformanceObserver((list) => {
        longTasks += list.getEntries().length;
      });
      observer.observe({ type: "longtask" });
      const taken: number[] = [];
      await next();
      for (let frame = 0; frame < count; frame += 1) {
        const begunAt = window.performance.now();
        window.scrollBy(0, by);
        await next();
        taken.push(window.performance.now() - begunAt);
      }
      observer.disconnect();
      return { frames: taken, longTasks };
    },
    [step, frames] as const,
  );

/** Scrolls until there is nothing more, and tells how many rows there were. */
const goToEnd = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const window = globalThis as unknown as Window;
    const next = () => new Promise<void>((done) => window.requestAnimationFrame(done));
    const countOf = (): number => Number(window.document.querySelector("table")?.getAttribute("aria-rowcount") ?? -1);
    while (countOf() === -1) {
      window.scrollTo(0, window.document.documentElement.scrollHeight);
      await next();
    }
    return countOf();
  });

/** What the page holds, after the garbage is gone: megabytes of the scripts' heap, and nodes. */
async function weigh(session: CDPSession): Promise<{ heap: number; nodes: number }> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes } = await session.send("Memory.getDOMCounters");
  return { heap: usedSize / 1e6, nodes };
}
