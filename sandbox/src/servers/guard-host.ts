import type { FastifyInstance } from "fastify";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Answers only what was asked for under a name of this machine. A page from elsewhere can make a browser come here under a name of its own
 * (DNS rebinding), and would then read what it gets.
 */
export function guardHost(server: FastifyInstance, names: readonly string[] = []): void {
  const admitted = new Set([...LOOPBACK_NAMES, ...names.map((name) => name.toLowerCase())]);
  server.addHook("onRequest", async (request, reply) => {
    const name = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    if (!admitted.has(name))
      await reply.code(421).type("text/plain; charset=utf-8").send("Not a name of this server.\n");
  });
}
