import { KEY_SCOPES } from "../../server/src/identity/index.ts";
import { newId } from "../../server/src/kernel/id.ts";
import type { Routes } from "../../server/src/platform/http/index.ts";
import { RecordTransactionsBody, reportedTransaction } from "../../server/src/sales/sales-schema.ts";
import { insertTransactions } from "../../server/src/sales/transaction-repository.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { customerOf, importCustomers, importPartners, JOINED_AT } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, percentile, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { type Pace, post } from "./post.ts";

/** Enough to keep both cores busy: what they get answered in the warm-up is what the server carries. */
const CALLERS = 8;
/** Of that: latency is asked of a server that is busy, not of one that is drowned. */
const SHARE_OF_CAPACITY = 1 / 3;
const PARTNERS = 200;
const CUSTOMERS = 2_000;
/** Together they may ask far more often than they will. */
const KEYS = 40;
const SIZES = {
  full: { rounds: 5, seconds: 8, warmUpSeconds: 10 },
  quick: { rounds: 3, seconds: 3, warmUpSeconds: 2 },
};
const FLOOR_PATH = "/bench/transactions";

export const apiTransaction: Benchmark = {
  name: "api-transaction",
  title: "One transaction by API, assessed and booked before the answer",
  about: `\`POST /api/v1/transactions\` with one payment of a customer of a partner, over ${PARTNERS} partners, at a steady rate that is a third of what the server carries: key, limit, idempotency, sequence, assessment, receipt, ledger, standing, outbox, all committed before the answer. Floor, at the same rate: a route of the same server with the same key, limit and body, which inserts the transaction's row and nothing else; it takes no Idempotency-Key. Latency counts from when a request was due.`,
  run: runApiTransaction,
};

async function runApiTransaction({ cluster, isQuick, say }: Bench) {
  const { rounds, seconds, warmUpSeconds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  const program = stack.use(await openProgram(database));
  await importPartners(program, PARTNERS);
  await importCustomers(program, { customers: CUSTOMERS, partners: PARTNERS });
  const userIds = await program.app.db.read(program.ctx(), (tx) =>
    program.app.identity.findCustomersByExternalIds(
      tx,
      Array.from({ length: CUSTOMERS }, (_, index) => customerOf(index)),
    ),
  );
  program.app.routes.push(floorRoute(program, userIds));
  const { origin } = await program.listen();
  const common = {
    customers: Array.from({ length: CUSTOMERS }, (_, index) => customerOf(index)),
    keys: await makeKeys(program),
    occurredAt: new Date(JOINED_AT.getTime() + 86_400_000).toISOString(),
  };
  const leg =
    (name: string, path: string, isNamed: boolean) =>
    async (round: number | string, pace: Pace): Promise<readonly number[]> => {
      const order = { ...common, url: `${origin}${path}`, name: `${name}-${round}`, isNamed, pace };
      return (await post({ ...order, seconds: "callers" in pace ? warmUpSeconds : seconds })).latenciesMs;
    };
  const floor = leg("floor", FLOOR_PATH, false);
  const subject = leg("subject", "/api/v1/transactions", true);
  await floor("warm-up", { callers: CALLERS });
  const carried = (await subject("warm-up", { callers: CALLERS })).length / warmUpSeconds;
  await database.analyze();
  const pace = { perSecond: carried * SHARE_OF_CAPACITY };
  say(`${number(carried)} transactions a second over ${CALLERS} callers; measured at ${number(pace.perSecond)}`);

  const figures = (latenciesMs: readonly number[]) => ({
    p50: percentile(latenciesMs, 0.5),
    p99: percentile(latenciesMs, 0.99),
  });
  const samples = await interleave(
    {
      floor: async (round) => figures(await floor(round, pace)),
      subject: async (round) => figures(await subject(round, pace)),
    },
    rounds,
  );
  const of = (name: "floor" | "subject", figure: "p50" | "p99") => samples[name].map((sample) => sample[figure]);
  return {
    checks: [
      check({
        figure: "p99 against a request that inserts one row",
        unit: "ms",
        subject: of("subject", "p99"),
        floor: of("floor", "p99"),
        target: { atMost: 3 },
      }),
    ],
    notes: [
      `${number(carried)} transactions a second were carried over ${CALLERS} callers, each waiting for its answer; the rounds ran at ${number(pace.perSecond)} a second.`,
      `Median: ${number(spreadOf(of("floor", "p50")).median)} ms for the floor, ${number(spreadOf(of("subject", "p50")).median)} ms for the transaction.`,
    ],
  };
}

/** What every such request costs that writes: the row, and what stands before any route. */
const floorRoute =
  ({ app }: Program, userIds: ReadonlyMap<string, string>): Routes =>
  (server) => {
    server.post(
      FLOOR_PATH,
      {
        preValidation: (request, _reply, done) => {
          const body: unknown = { transactions: [request.body] };
          request.body = body as typeof request.body;
          done();
        },
        config: { access: { audience: "operator", scope: "transactions:write" }, idempotency: "none" },
        schema: { hide: true, body: RecordTransactionsBody },
      },
      (request) =>
        app.db.transaction(request.ctx, async (tx) => {
          const rows = request.body.transactions.map(reportedTransaction);
          await insertTransactions(
            tx,
            rows.map(
              ({ createCustomer: _, customerExternalId, product = null, planCode = null, country = null, ...row }) => ({
                ...row,
                product,
                planCode,
                country,
                id: newId(),
                customerId: userIds.get(customerExternalId) ?? "",
                originalId: null,
                referralId: null,
                partnerId: null,
                number: null,
              }),
            ),
          );
          return { recorded: rows.length };
        }),
    );
  };

async function makeKeys({ app, ctx }: Program): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < KEYS; index += 1) {
    const { apiKey, secret } = await app.identity.generateAPIKey(ctx(), {
      owner: "operator",
      name: `Key ${index}`,
      scopes: KEY_SCOPES.operator,
    });
    keys.push(`Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}`);
  }
  return keys;
}
