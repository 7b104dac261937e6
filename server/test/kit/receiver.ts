import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

export type Receiver = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  /** Every request that was heard whole, in the order in which it was. */
  readonly received: Received[];
  /** How requests are answered from now on; 200 with nothing at first. A receiver may answer as it likes, or never. */
  answer: (response: ServerResponse, request: Received) => void;
  /** Resolves when so many requests were heard. */
  heard(count: number): Promise<void>;
};

/** Answers a status with headers and nothing else. */
export const answering =
  (status: number, headers: Record<string, string> = {}): Receiver["answer"] =>
  (response) =>
    void response.writeHead(status, headers).end();

/** An integrator's server on this machine. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const heard = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(heard);
      for (const look of waiting) look();
      receiver.answer(response, heard);
    });
  });
  // A machine that stands still for seconds costs nobody a connection.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    answer: answering(200),
    heard: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
