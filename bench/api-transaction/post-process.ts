import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Posted, PostOrder } from "./post.ts";

/** More than ever wait at once, unless the server stands still. */
const SOCKETS_MAX = 256;
const order = JSON.parse(process.argv[2] ?? "") as PostOrder;
const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
const latenciesMs: number[] = [];

/** Sends one request and resolves when its answer is whole. Its latency counts from when it was due, so that no delay hides another. */
function post(body: string, headers: Readonly<Record<string, string>>, dueAt: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(order.url, { agent, method: "POST", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        latenciesMs.push(performance.now() - dueAt);
        const said = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200 && !said.includes('"rejected"')) resolve();
        else reject(new Error(`${answer.statusCode}: ${said}`));
      });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function send(turn: number, dueAt: number): Promise<void> {
  const externalId = `${order.name}-${turn}`;
  const body = JSON.stringify({
    externalId,
    customerExternalId: order.customers[turn % order.customers.length],
    kind: "payment",
    amount: 1_000 + (turn % 9_000),
    currency: "USD",
    occurredAt: order.occurredAt,
  });
  const headers = {
    "content-type": "application/json",
    authorization: order.keys[turn % order.keys.length] ?? "",
    ...(order.isNamed ? { "idempotency-key": externalId } : {}),
  };
  return post(body, headers, dueAt);
}

/** Callers who wait for each answer before they ask again: what the server carries. */
async function askInTurn(callers: number): Promise<void> {
  const until = performance.now() + order.seconds * 1_000;
  let turn = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      turn += 1;
      await send(turn, performance.now());
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

/** Requests at a steady rate, whether those before have been answered or not: what many callers who know nothing of each other make. */
async function askSteadily(perSecond: number): Promise<void> {
  const begunAt = performance.now();
  const requests = Array.from({ length: Math.round(perSecond * order.seconds) }, async (_, turn) => {
    const dueAt = begunAt + (turn * 1_000) / perSecond;
    await setTimeout(Math.max(1, dueAt - performance.now()));
    await send(turn, dueAt);
  });
  await Promise.all(requests);
}

await ("callers" in order.pace ? askInTurn(order.pace.callers) : askSteadily(order.pace.perSecond));
agent.destroy();
process.send?.({ latenciesMs } satisfies Posted);
