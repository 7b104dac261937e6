import type { StreamedEvent, StreamOptions } from "./events.ts";
import { ROUTES } from "./generated/routes.ts";
import type { Input, OperationId, Output } from "./operation-types.ts";
import { type ClientOptions, createSend, type RequestOptions, type Send } from "./transport.ts";

type Call<Id extends OperationId> =
  Record<never, never> extends Input<Id>
    ? (input?: Input<Id>, options?: RequestOptions) => Promise<Output<Id>>
    : (input: Input<Id>, options?: RequestOptions) => Promise<Output<Id>>;

/** Every operation of the API by its name in the document, and the stream of events. */
export type Client = { readonly [Id in OperationId]: Call<Id> } & {
  /** Events as they happen, from the one after `lastEventId`; goes on by itself where the connection is lost. */
  events(options?: StreamOptions): AsyncGenerator<StreamedEvent>;
};

type Route = { readonly method: string; readonly path: string; readonly takesKey?: boolean; readonly isFile?: boolean };
type AnyInput = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
};

/** A client of one programme. It keeps nothing but its options; make one and share it. */
export function createClient(options: ClientOptions): Client {
  const send = createSend(options);
  const calls = Object.entries(ROUTES).map(([id, route]) => [id, callOf(send, route)]);
  return { ...Object.fromEntries(calls), events: (stream?: StreamOptions) => eventsOf(send, stream) } as Client;
}

/** Loaded when it is asked for: a page that does not listen need not carry the parser. */
async function* eventsOf(send: Send, options?: StreamOptions): AsyncGenerator<StreamedEvent> {
  const { events } = await import("./events.ts");
  yield* events(send, options);
}

const callOf =
  (send: Send, { method, path, takesKey, isFile }: Route) =>
  async (input: AnyInput = {}, options?: RequestOptions): Promise<unknown> => {
    const sent = { method, path: addressOf(path, input), body: input.body, ...(takesKey ? { takesKey } : {}) };
    const response = await send(sent, options);
    if (isFile) return response.blob();
    return response.status === 204 ? null : response.json();
  };

function addressOf(path: string, { path: places = {}, query = {} }: AnyInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value));
  return search.size === 0 ? filled : `${filled}?${search}`;
}
