import type { Report, ShopRecords } from "./shop-records.ts";
import { ask, fieldsOf, listOf, type TributaryAccess } from "./tributary-client.ts";

export type Reporter = {
  /** Puts it down to be told; kept when this returns. */
  add(report: Pick<Report, "id" | "customerId" | "path" | "bodies">): void;
  /** Tells what is due for a customer, in order, and resolves when that is done or cannot go on. */
  tell(customerId: string): Promise<void>;
  /** The same, however long the next attempt was to wait. */
  retryNow(customerId: string): Promise<void>;
  close(): Promise<void>;
};

const TIMEOUT_MS = 5_000;
const LOOK_MS = 2_000;
/** 2, 4, 8 … seconds between attempts, at most a minute. */
const backoffMs = (attempts: number): number => Math.min(2 ** attempts * 1_000, 60_000);

/**
 * Tells Tributary what the shop has written down, each customer's in order: a payment that overtook its conversion would earn nobody anything. What
 * got no answer is told again under the same key with the same body, so that nothing is counted twice; a refusal is final.
 */
export function createReporter(options: {
  readonly records: ShopRecords;
  readonly access: () => TributaryAccess | undefined;
  readonly now: () => number;
  readonly timeoutMs?: number;
}): Reporter {
  const { records, access, now, timeoutMs = TIMEOUT_MS } = options;
  const lines = new Map<string, Promise<void>>();
  const closing = new AbortController();

  const waiting = (customerId?: string): Report[] =>
    records.reports
      .all()
      .filter(({ state }) => state === "waiting")
      .filter((report) => customerId === undefined || report.customerId === customerId);

  async function attempt(report: Report): Promise<Report> {
    const answer = await ask(access(), {
      method: "POST",
      path: report.path,
      body: report.bodies[report.wording] ?? {},
      idempotencyKey: `shop-${report.id}-${report.wording + 1}`,
      timeoutMs,
      signal: closing.signal,
    });
    const attempts = report.attempts + 1;
    const judged = answer.kind === "done" ? judgeResults(answer.body) : answer;
    if (judged.kind === "done") return { ...report, attempts, state: "done", answer: judged.body, trouble: null };
    if (judged.kind === "later") {
      return { ...report, attempts, trouble: judged.trouble, dueMs: now() + backoffMs(attempts) };
    }
    const wording = report.wording + 1;
    const state = wording < report.bodies.length ? "waiting" : "refused";
    return {
      ...report,
      attempts: 0,
      wording: state === "waiting" ? wording : report.wording,
      state,
      trouble: judged.trouble,
    };
  }

  async function work(customerId: string, isForced: boolean): Promise<void> {
    for (
      let [report] = waiting(customerId);
      report !== undefined && !closing.signal.aborted;
      [report] = waiting(customerId)
    ) {
      if (!isForced && report.dueMs > now()) return;
      const after = records.reports.put(await attempt(report));
      // Later ones wait for this one: they are told in order or not at all.
      if (after.state === "waiting" && after.wording === report.wording) return;
    }
  }

  const queue = (customerId: string, isForced: boolean): Promise<void> => {
    const before = lines.get(customerId) ?? Promise.resolve();
    const after = before
      .then(() => work(customerId, isForced))
      .finally(() => {
        if (lines.get(customerId) === after) lines.delete(customerId);
      });
    lines.set(customerId, after);
    return after;
  };

  const timer = setInterval(() => {
    const due = new Set(
      waiting()
        .filter(({ dueMs }) => dueMs <= now())
        .map(({ customerId }) => customerId),
    );
    for (const customerId of due) void queue(customerId, false);
  }, LOOK_MS).unref();

  return {
    add(report) {
      records.reports.put({
        ...report,
        wording: 0,
        state: "waiting",
        attempts: 0,
        dueMs: 0,
        answer: null,
        trouble: null,
      });
    },
    tell: (customerId) => queue(customerId, false),
    retryNow: (customerId) => queue(customerId, true),
    async close() {
      closing.abort();
      clearInterval(timer);
      await Promise.all(lines.values());
    },
  };
}

/** Transactions are answered one by one inside a 200; one that was rejected there is refused. */
function judgeResults(body: unknown): { kind: "done"; body: unknown } | { kind: "refused"; trouble: string } {
  const rejected = listOf(fieldsOf(body)["results"]).find(({ status }) => status === "rejected");
  if (rejected === undefined) return { kind: "done", body };
  const { title } = fieldsOf(rejected["error"]);
  return { kind: "refused", trouble: typeof title === "string" ? title : "It was rejected" };
}
