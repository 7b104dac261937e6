import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

export type AskOrder = {
  readonly url: string;
  readonly authorization: string;
  readonly cards: readonly { readonly cardToken: string; readonly userToken: string }[];
  /** So many at once, each waiting for its answer. */
  readonly callers: number;
  readonly seconds: number;
};
export type Asked = { readonly latenciesMs: readonly number[] };

const ADDRESSES = 8;

const order = JSON.parse(process.argv[2] ?? "") as AskOrder;
const agent = new Agent({ keepAlive: true, maxSockets: order.callers });
const latenciesMs: number[] = [];
let turn = 0;

/** The issuer's question about a small purchase with the next card. */
function question(): string {
  const { cardToken, userToken } = order.cards[turn++ % order.cards.length] ?? { cardToken: "", userToken: "" };
  return JSON.stringify({
    token: randomUUID(),
    type: "authorization",
    card_token: cardToken,
    user_token: userToken,
    card_acceptor: { name: "Corner Shop", mcc: "5411" },
    gpa_order: {
      currency_code: "USD",
      jit_funding: { token: randomUUID(), method: "pgfs.authorization", user_token: userToken, amount: 1.25 },
    },
  });
}

const ask = (): Promise<void> =>
  new Promise((resolve, reject) => {
    // From several addresses, as the issuer asks: what is measured is not the limit that each has.
    const from = `10.0.0.${turn % ADDRESSES}`;
    const headers = { "content-type": "application/json", authorization: order.authorization, "x-forwarded-for": from };
    const begunAt = performance.now();
    const outgoing = request(order.url, { agent, method: "POST", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        latenciesMs.push(performance.now() - begunAt);
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${answer.statusCode}: ${Buffer.concat(chunks).toString()}`));
      });
    });
    outgoing.once("error", reject);
    outgoing.end(question());
  });

const until = performance.now() + order.seconds * 1_000;
const call = async (): Promise<void> => {
  while (performance.now() < until) await ask();
};
await Promise.all(Array.from({ length: order.callers }, call));
agent.destroy();
process.send?.({ latenciesMs } satisfies Asked);
