import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// An integrator's server as bare as can be: answers every request once it was read whole, but those to /hang, which are never answered. It says when it has
// heard as many as it was told to expect.
let expected = Number.POSITIVE_INFINITY;
let heard = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    if (request.url === "/hang") return;
    response.writeHead(200, { "content-length": "0" }).end();
    heard += 1;
    if (heard === expected) process.send?.("heard");
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", (count: number) => {
  expected = count;
  heard = 0;
  process.send?.("ready");
});
process.on("disconnect", () => process.exit());
