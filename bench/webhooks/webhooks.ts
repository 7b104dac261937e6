import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent } from "undici";
import { newId } from "../../server/src/kernel/id.ts";
import type { OutboxRow } from "../../server/src/platform/database/index.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { cpuOfFamily } from "../kit/processes.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";

/** What the worker opens to one endpoint. */
const CONNECTIONS_EACH = 20;
const ENDPOINTS = 10;
const CONNECTIONS = ENDPOINTS * CONNECTIONS_EACH;
const SIZES = { full: { deliveries: 10_000, rounds: 5 }, quick: { deliveries: 2_000, rounds: 3 } };
/** Waiting for an endpoint that never answers. */
const DEAD_WAITING = 500;

export const webhooks: Benchmark = {
  name: "webhooks",
  title: "Webhook deliveries to one receiver",
  about: `Events are on their way to ${ENDPOINTS} endpoints on one receiver, which answers at once. The worker reads what is due for the endpoints that it was lent, signs each delivery, posts it, and writes attempts, deliveries and the endpoints' health of many at once. Floor: a bare loop of undici posts the same bodies to the same receiver over as many connections (${CONNECTIONS}), and remembers nothing. Then the same with one more endpoint that takes requests and never answers, with ${DEAD_WAITING} deliveries due: until the others have theirs.`,
  run: runWebhooks,
};

async function runWebhooks({ cluster, isQuick }: Bench) {
  const { deliveries, rounds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  const program = stack.use(await openProgram(database));
  const receiver = stack.use(await startReceiver());
  for (let index = 0; index < ENDPOINTS; index += 1)
    await program.app.webhooks.createEndpoint(program.ctx(), {
      url: `${receiver.origin}/${index}`,
      events: ["payout.completed"],
    });
  const dead = await program.app.webhooks.createEndpoint(program.ctx(), {
    url: `${receiver.origin}/hang`,
    events: ["payout.failed"],
  });
  const body = JSON.stringify(await tell(program, deliveries / ENDPOINTS));
  await deliver(program, receiver, deliveries);
  await database.analyze();

  const alone = async (): Promise<number> => {
    await tell(program, deliveries / ENDPOINTS);
    return deliver(program, receiver, deliveries);
  };
  /** What a round uses of the processor, in µs a delivery, by who uses it; what the worker writes after the last was heard counts. */
  const costs: { readonly worker: number[]; readonly receiver: number[]; readonly postgres: number[] } = {
    worker: [],
    receiver: [],
    postgres: [],
  };
  const measured = async (): Promise<number> => {
    await tell(program, deliveries / ENDPOINTS);
    const before = { own: process.cpuUsage(), receiver: receiver.cpu(), postgres: cluster.cpu() };
    const rate = await deliver(program, receiver, deliveries);
    const { user, system } = process.cpuUsage(before.own);
    costs.worker.push((user + system) / deliveries);
    costs.receiver.push((receiver.cpu() - before.receiver) / deliveries);
    costs.postgres.push((cluster.cpu() - before.postgres) / deliveries);
    return rate;
  };
  const against = await interleave({ floor: () => postBare(receiver, body, deliveries), subject: measured }, rounds);
  const beside = await interleave(
    {
      floor: alone,
      subject: async () => {
        await tell(program, DEAD_WAITING, "payout.failed");
        const rate = await alone();
        await database.asSuperuser(async (client) => {
          await client.query(
            "update webhook_deliveries set status = 'dead', next_attempt_at = null, settled_at = created_at where endpoint_id = $1 and status = 'waiting'",
            [dead.id],
          );
          await client.query("update partner_webhooks set failure_count = 0, failing_since = null");
        });
        return rate;
      },
    },
    rounds,
  );
  return {
    checks: [
      check({ figure: "against a bare undici loop", unit: "deliveries/s", ...against, target: { atLeast: 0.5 } }),
      check({
        figure: "beside a dead endpoint, against without",
        unit: "deliveries/s",
        ...beside,
        target: { atLeast: 0.9 },
      }),
    ],
    notes: [
      `${number(deliveries)} deliveries a round.`,
      `Processor time of a delivery: worker ${micros(costs.worker)}, receiver ${micros(costs.receiver)}, Postgres ${micros(costs.postgres)}.`,
    ],
  };
}

const micros = (values: readonly number[]): string => `${Math.round(spreadOf(values).median)} µs`;

type Receiver = AsyncDisposable & {
  readonly origin: string;
  /** What it has used of the processor so far, in µs. */
  cpu(): number;
  expect(count: number): Promise<{ readonly heard: Promise<unknown> }>;
};

async function startReceiver(): Promise<Receiver> {
  const child: ChildProcess = fork(new URL("receiver-process.ts", import.meta.url), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const said = async (word: string): Promise<void> => {
    for (;;) if ((await once(child, "message"))[0] === word) return;
  };
  const [port] = (await once(child, "message")) as [number];
  return {
    origin: `http://127.0.0.1:${port}`,
    cpu: () => cpuOfFamily(child.pid ?? 0),
    expect: async (count) => {
      const ready = said("ready");
      child.send(count);
      await ready;
      return { heard: said("heard") };
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** Events as the outbox hands them out, put on their way. Returns the first. */
async function tell({ app, ctx, tenantId }: Program, count: number, type = "payout.completed") {
  const events = Array.from({ length: count }, (_, index): OutboxRow => {
    const id = newId();
    const data = {
      id,
      partnerId: tenantId,
      amount: 12_500,
      currency: "USD",
      status: "completed",
      bankStatus: null,
      failureCode: null,
    };
    return {
      tenant_id: tenantId,
      id: newId(),
      position: BigInt(index),
      type,
      object_type: "payout",
      object_id: id,
      data,
      occurred_at: new Date(),
      attempts: 0,
    };
  });
  for (let start = 0; start < events.length; start += 500)
    await app.webhooks.fanOut(ctx(), events.slice(start, start + 500));
  return events[0]?.data;
}

/** Runs a worker until the receiver has heard everything. Returns deliveries a second. */
async function deliver({ app }: Program, receiver: Receiver, count: number): Promise<number> {
  const { heard } = await receiver.expect(count);
  const stopping = new AbortController();
  const begunAt = performance.now();
  const running = app.deliverer.run(stopping.signal);
  await heard;
  const seconds = (performance.now() - begunAt) / 1_000;
  stopping.abort();
  await running;
  return count / seconds;
}

async function postBare(receiver: Receiver, body: string, count: number): Promise<number> {
  const { heard } = await receiver.expect(count);
  const agent = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  let left = count;
  const begunAt = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left > 0) {
        left -= 1;
        const answer = await agent.request({
          origin: receiver.origin,
          path: "/bare",
          method: "POST",
          body,
          headers: { "content-type": "application/json" },
        });
        await answer.body.dump();
      }
    }),
  );
  await heard;
  const seconds = (performance.now() - begunAt) / 1_000;
  await agent.close();
  return count / seconds;
}
