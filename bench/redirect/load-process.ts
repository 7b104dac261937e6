import { connect } from "node:net";
import { percentile } from "../kit/ratio.ts";
import type { Load, LoadOrder } from "./load.ts";

/*
 * Bare sockets, one request at a time on each. A client with a parser of its own costs as much as the redirect does, more the more headers an
 * answer has, and on a machine that it shares with the server every figure would be mostly its own.
 */

const BROWSERS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
];
/** Of each connection; all together enough that no address comes near its limit. */
const VISITORS = 64;
/** A machine that stands still for a while is no error of the server. */
const TIMEOUT_MS = 60_000;
const ANSWER_BYTES_MAX = 8_192;

const FOUND = Buffer.from("HTTP/1.1 302 ");
const END_OF_HEAD = "\r\n\r\n";
/** As Node writes it: the body has no length, and ends with an empty chunk. */
const CHUNKED = "\r\nTransfer-Encoding: chunked";
const LAST_CHUNK = "\r\n0\r\n\r\n";

const { origin, codes, connections, seconds } = JSON.parse(process.argv[2] ?? "") as LoadOrder;
const { hostname, port, host } = new URL(origin);
const durationsMs: number[] = [];
let isOver = false;

const visit = (connection: number, visitor: number): string =>
  [
    `GET /r/${codes[visitor % codes.length]}?sub1=newsletter&utm_campaign=spring HTTP/1.1`,
    `host: ${host}`,
    "connection: keep-alive",
    `user-agent: ${BROWSERS[visitor % BROWSERS.length]}`,
    `x-forwarded-for: 10.${connection >> 8}.${connection & 255}.${visitor}`,
    "referer: https://blog.example/a-post",
    END_OF_HEAD.slice(2),
  ].join("\r\n");

/** Visits over one connection, the next when the last has been answered, until the time is over. */
const visitInTurn = (connection: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const requests = Array.from({ length: VISITORS }, (_, visitor) => visit(connection, visitor));
    const answer = Buffer.allocUnsafe(ANSWER_BYTES_MAX);
    let received = 0;
    let visits = 0;
    let askedAt = 0;
    const ask = (): void => {
      received = 0;
      askedAt = performance.now();
      socket.write(requests[visits % VISITORS] ?? "", "latin1");
      visits += 1;
    };
    const take = (length: number, chunk: Uint8Array): boolean => {
      if (received + length > ANSWER_BYTES_MAX) return fail("an answer is longer than a redirect is");
      answer.set(chunk.subarray(0, length), received);
      received += length;
      if (!isWhole(answer.subarray(0, received))) return true;
      if (answer.compare(FOUND, 0, FOUND.length, 0, FOUND.length) !== 0)
        return fail(`not every visit was redirected: ${answer.toString("latin1", 0, received)}`);
      durationsMs.push(performance.now() - askedAt);
      if (isOver) socket.end();
      else ask();
      return true;
    };
    const fail = (reason: string): boolean => {
      reject(new Error(reason));
      socket.destroy();
      return false;
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafe(ANSWER_BYTES_MAX), callback: take },
    });
    socket.setTimeout(TIMEOUT_MS, () => fail("the server does not answer"));
    socket.once("error", reject);
    socket.once("connect", ask);
    socket.once("close", () => (isOver ? resolve() : reject(new Error("the server hung up"))));
  });

/** A redirect has no body: it ends with its head, or with an empty chunk. */
function isWhole(answer: Buffer): boolean {
  const head = answer.indexOf(END_OF_HEAD, 0, "latin1");
  if (head === -1) return false;
  return answer.indexOf(answer.indexOf(CHUNKED, 0, "latin1") === -1 ? END_OF_HEAD : LAST_CHUNK, head, "latin1") !== -1;
}

const cpuBefore = process.cpuUsage();
const begunAt = performance.now();
setTimeout(() => {
  isOver = true;
}, seconds * 1_000);
await Promise.all(Array.from({ length: connections }, (_, connection) => visitInTurn(connection)));
const durationSeconds = (performance.now() - begunAt) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
process.send?.({
  requestsPerSecond: durationsMs.length / durationSeconds,
  p99Ms: percentile(durationsMs, 0.99),
  redirects: durationsMs.length,
  cpuMicros: cpu.user + cpu.system,
} satisfies Load);
