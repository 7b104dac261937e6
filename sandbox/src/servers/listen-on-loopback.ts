import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";

export type Listening = { readonly url: string; readonly port: number };

/** Starts the server on 127.0.0.1, never elsewhere: stand-ins have no secrets worth the name. Port 0 takes a free one. */
export async function listenOnLoopback(server: FastifyInstance, port: number): Promise<Listening> {
  await server.listen({ host: "127.0.0.1", port });
  const address = server.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, port: address.port };
}
