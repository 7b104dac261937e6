import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { NoAnswerError } from "./errors.ts";
import { delayBefore, pause } from "./retry.ts";
import type { Send } from "./transport.ts";
import type { WebhookEvent } from "./webhook-event.ts";

export type StreamOptions = { readonly lastEventId?: string; readonly signal?: AbortSignal };
export type StreamedEvent = {
  /** The place in the stream: give it as `lastEventId` to go on after it. */
  readonly place: string;
  readonly event: WebhookEvent;
};

const PATH = "/api/v1/webhooks/stream";

/** Reads the stream of events, and takes it up again where it ended: the server ends each after ten minutes. */
export async function* events(send: Send, { lastEventId, signal }: StreamOptions = {}): AsyncGenerator<StreamedEvent> {
  let place = lastEventId;
  for (let failures = 0; !signal?.aborted; ) {
    try {
      const headers = { accept: "text/event-stream", ...(place === undefined ? {} : { "last-event-id": place }) };
      const options = { headers, ...(signal ? { signal } : {}) };
      const { body } = await send({ method: "GET", path: PATH, isStream: true }, options);
      if (body === null) return;
      const messages = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const message of readAll(messages)) {
        failures = 0;
        if (message.id === undefined || message.data === "") continue;
        place = message.id;
        yield { place, event: JSON.parse(message.data) as WebhookEvent };
      }
    } catch (error) {
      if (signal?.aborted) return;
      // A refusal of the API ends the stream; a connection that is gone does not.
      if (!(error instanceof NoAnswerError || error instanceof TypeError)) throw error;
    }
    failures += 1;
    await pause(delayBefore(Math.min(failures, 6), undefined, Math.random()) ?? 0, signal).catch(() => {});
  }
}

/** Not every browser iterates over streams by itself. */
async function* readAll(stream: ReadableStream<EventSourceMessage>): AsyncGenerator<EventSourceMessage> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
