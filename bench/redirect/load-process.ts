import autocannon from "autocannon";
import type { Load, LoadOrder } from "./load.ts";

const BROWSERS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
];
/** Of each connection; all together enough that no address comes near its limit. */
const VISITORS = 64;
/** A machine that stands still for a while is no error of the server. */
const TIMEOUT_SECONDS = 60;

const { origin, codes, connections, seconds } = JSON.parse(process.argv[2] ?? "") as LoadOrder;
let connected = 0;

const visit = (connection: number, visitor: number) => ({
  path: `/r/${codes[visitor % codes.length]}?sub1=newsletter&utm_campaign=spring`,
  headers: {
    "user-agent": BROWSERS[visitor % BROWSERS.length] ?? "",
    "x-forwarded-for": `10.1.${connection}.${visitor}`,
    referer: "https://blog.example/a-post",
  },
});

const result = await autocannon({
  url: origin,
  connections,
  duration: seconds,
  timeout: TIMEOUT_SECONDS,
  setupClient: (client) => {
    const connection = connected;
    connected += 1;
    client.setRequests(Array.from({ length: VISITORS }, (_, visitor) => visit(connection, visitor)));
  },
});
const redirects = result["3xx"];
if (result.errors > 0 || result["2xx"] + result["4xx"] + result["5xx"] > 0)
  throw new Error(`not every visit was redirected: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`);
process.send?.({
  requestsPerSecond: redirects / result.duration,
  p99Ms: result.latency.p99,
  redirects,
} satisfies Load);
