import { Agent, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { expect, it } from "vitest";
import type { App } from "../../platform/http/index.ts";
import { closeServer, listen } from "./listen.ts";

/** So long that a test which waits for it fails. */
const NEVER_MS = 3_600_000;

/** What is answered through a client that keeps its connections, as browsers and proxies do. */
const askKeeping = (agent: Agent, url: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => answer.resume().once("end", () => resolve(answer))).once("error", reject);
  });

it("stopping lets a running request end, and does not wait for the connection that its client keeps", async () => {
  const app = Fastify({ logger: false });
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  app.get("/quick", async () => "quick");
  app.get("/slow", async () => {
    begin();
    await finished;
    return "slow";
  });
  await listen(app as unknown as App, { host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const agent = new Agent({ keepAlive: true });
  const slow = askKeeping(agent, `${url}/slow`);
  await began;
  await askKeeping(agent, `${url}/quick`);
  const closed = closeServer(app as unknown as App, NEVER_MS);
  finish();
  const { statusCode, headers } = await slow;
  expect({ statusCode, connection: headers.connection }).toEqual({ statusCode: 200, connection: "keep-alive" });
  await closed;
  expect(app.server.listening).toBe(false);
  agent.destroy();
});
