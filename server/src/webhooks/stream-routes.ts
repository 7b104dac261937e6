import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Type } from "typebox";
import type { Access, Routes } from "../platform/http/index.ts";
import type { EventStream, OpenStream, StreamedEvent } from "./stream-events.ts";
import { streamErrors } from "./webhook-errors.ts";

const HEARTBEAT_MS = 15_000;
/** A caller comes back by itself, and its stream then to whichever server is the least busy. */
const LIFE_MS = 10 * 60_000;
const RECONNECT_MS = 2_000;
/** A caller who takes nothing for so long is not listening any more. */
const DRAIN_MS = 30_000;

export type StreamTimes = { readonly heartbeatMs?: number; readonly lifeMs?: number };

/** Live events, as server-sent events. */
export const streamRoutes =
  (
    openStream: OpenStream,
    access: Access,
    { heartbeatMs = HEARTBEAT_MS, lifeMs = LIFE_MS }: StreamTimes = {},
  ): Routes =>
  (app) => {
    const streams = new Set<EventStream>();
    // A server that stops takes leave of its listeners; they come back to another.
    app.addHook("preClose", async () => {
      for (const stream of streams) stream.end();
    });
    app.route({
      method: "GET",
      url: "/api/v1/webhooks/stream",
      config: { access },
      schema: {
        operationId: "streamWebhookEvents",
        tags: ["Webhooks"],
        summary: "Listen to events as they happen",
        description:
          "Server-sent events: `id` is the place in the stream, `event` the type, `data` the body as an endpoint gets it. Sent again as `Last-Event-ID` an id continues after it, and nothing is missed. The stream ends after ten minutes, and at once when the session ends, the key is revoked, or what they may do changes; come back with the last id. At most five streams of one caller.",
        headers: Type.Object({
          "last-event-id": Type.Optional(Type.String({ maxLength: 40, description: "The last id that was seen" })),
        }),
        response: {
          200: {
            description: "Events, until the stream ends",
            content: {
              "text/event-stream": {
                schema: Type.String({
                  examples: [
                    'id: 41\nevent: commission.approved\ndata: {"id":"0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42","type":"commission.approved"}\n\n',
                  ],
                }),
              },
            },
          },
        },
      },
      handler: async (request, reply) => {
        const { accept = "" } = request.headers;
        if (request.method === "HEAD" || !accept.includes("text/event-stream")) throw streamErrors.not_accepted();
        const stream = await openStream(request.ctx, { lastEventId: request.headers["last-event-id"] });
        streams.add(stream);
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          "content-type": "text/event-stream; charset=utf-8",
          // Nothing comes after a stream: a connection kept would keep a server that stops.
          connection: "close",
          "x-accel-buffering": "no",
        });
        raw.once("close", () => stream.end());
        // Who left while it was opened is not heard to leave again.
        if (raw.destroyed) stream.end();
        const life = setTimeout(() => stream.end(), lifeMs);
        const heartbeat = setInterval(() => raw.write(": still here\n\n"), heartbeatMs);
        try {
          // An id without data moves the reader's place and tells it nothing: who comes back before the first event goes on from here.
          await write(raw, `retry: ${RECONNECT_MS}\nid: ${stream.from}\n\n`);
          for (let events = await stream.next(); events !== undefined; events = await stream.next())
            await write(raw, events.map(frameOf).join(""));
        } catch (error) {
          request.log.warn({ err: error }, "a stream broke off");
        } finally {
          clearTimeout(life);
          clearInterval(heartbeat);
          stream.end();
          streams.delete(stream);
          raw.end();
        }
      },
    });
  };

/** A body is one line: JSON has no line breaks outside of its escapes. */
const frameOf = ({ sequence, type, body }: StreamedEvent): string =>
  `id: ${sequence}\nevent: ${type}\ndata: ${body}\n\n`;

/** Waits for a caller who takes slowly before more is read for it. */
async function write(raw: ServerResponse, text: string): Promise<void> {
  if (raw.destroyed || raw.write(text)) return;
  await once(raw, "drain", { signal: AbortSignal.timeout(DRAIN_MS) });
}
