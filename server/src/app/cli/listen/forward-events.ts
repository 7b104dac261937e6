import { headersOf, isWanted, keyOf, signMessage } from "../../../webhooks/index.ts";
import { readStream, type StreamEvent } from "./read-stream.ts";

export type ForwardEvents = {
  /** Where the server is. */
  readonly server: string;
  /** `id:secret` of an API key. */
  readonly apiKey: string;
  /** Who gets the events. */
  readonly forwardTo: string;
  /** Signs them, `whsec_…`. */
  readonly secret: string;
  readonly events: readonly string[];
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
  readonly reconnectMs?: number;
};

/** The server does not let us listen: no repetition mends that. */
export class ListeningRefused extends Error {
  override name = "ListeningRefused";
}

const RECONNECT_MS = 2_000;
const POST_TIMEOUT_MS = 15_000;

/** Posts the events of a stream, signed as an endpoint would get them, to a server that is being developed. Goes on until it is stopped. */
export async function forwardEvents(input: ForwardEvents): Promise<void> {
  const { signal, print } = input;
  let lastId: string | undefined;
  while (!signal.aborted) {
    try {
      const stream = await open(input, lastId);
      print(lastId === undefined ? `Listening. Events go to ${input.forwardTo}` : "Listening again.");
      for await (const frame of readStream(stream)) {
        if (frame.data !== undefined && isWanted(frame.type, input.events)) print(await forward(input, frame));
        lastId = frame.id;
      }
    } catch (error) {
      if (error instanceof ListeningRefused) throw error;
      if (!signal.aborted) print(`The stream broke off (${String(error)}).`);
    }
    if (!signal.aborted) await pause(input.reconnectMs ?? RECONNECT_MS, signal);
  }
}

async function open({ server, apiKey, signal }: ForwardEvents, lastId: string | undefined) {
  const answer = await fetch(new URL("/api/v1/webhooks/stream", server), {
    headers: {
      accept: "text/event-stream",
      authorization: `Basic ${Buffer.from(apiKey).toString("base64")}`,
      ...(lastId === undefined ? {} : { "last-event-id": lastId }),
    },
    signal,
  });
  if (answer.status === 429 || answer.status >= 500) throw new Error(`answered ${answer.status}`);
  if (answer.status !== 200 || answer.body === null)
    throw new ListeningRefused(`The server refused: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
  return answer.body;
}

/** What came of it, in a line. */
async function forward({ forwardTo, secret, signal }: ForwardEvents, { type, data }: StreamEvent): Promise<string> {
  const { id } = JSON.parse(data) as { readonly id: string };
  const sentAt = new Date();
  const signature = signMessage({ id, sentAt, body: data }, [keyOf(secret)]);
  try {
    const answer = await fetch(forwardTo, {
      method: "POST",
      body: data,
      headers: headersOf({ id, sentAt, signature }),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(POST_TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
    return `${type} ${id} → ${answer.status}`;
  } catch (error) {
    return `${type} ${id} → ${error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)}`;
  }
}

const pause = (durationMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, durationMs);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
