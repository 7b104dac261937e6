import type { IncomingHttpHeaders } from "node:http";
import { Client, type Dispatcher } from "undici";
import { elapsedMs } from "../kernel/clock.ts";
import type { AddressPolicy } from "./address-rules.ts";
import { keepHeaders } from "./answer-headers.ts";
import { AddressRefused, checkedConnector, type Resolve, resolverFor } from "./connect-checked.ts";
import type { MessageHeaders } from "./sign-message.ts";

/** What came back, or why nothing did. */
export type Answer = {
  readonly statusCode: number | null;
  readonly retryAfter: string | null;
  /** As they are kept (`keepHeaders`). */
  readonly responseHeaders: string | null;
  /** Its beginning. */
  readonly responseBody: string | null;
  readonly error: string | null;
};

/** Nothing was sent. */
export const notSent = (error: string): Answer => ({
  statusCode: null,
  retryAfter: null,
  responseHeaders: null,
  responseBody: null,
  error,
});

export type OutgoingMessage = {
  /** Whose connections are used: one that hangs holds its own. */
  readonly endpointId: string;
  readonly url: string;
  readonly body: string;
  readonly headers: MessageHeaders;
};

export type Sender = AsyncDisposable & {
  /** Posts once, never follows, never throws. Tells what came of it once, later: whoever sends the next from there uses the connection while it is warm. */
  send(message: OutgoingMessage, tell: (answer: Answer) => void): void;
};

export type SenderOptions = {
  readonly addresses: AddressPolicy;
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
};

/** From the connection to the last of the headers; an integrator does its work after it has answered. */
export const ANSWER_TIMEOUT_MS = 15_000;
/** What is read of an answer, so that its connection can be used again; a longer one costs it. */
const READ_MAX_BYTES = 16_384;
const KEPT_CHARACTERS = 1_000;
/** Whoever answers and then dribbles is not waited for: the status counts. */
export const READ_TIMEOUT_MS = 2_000;
const KEEP_ALIVE_MS = 15_000;
/** What a name leads to is looked up anew so often. */
const CONNECTION_AGE_MAX_MS = 60_000;
/** How often it is looked for what has taken too long, and for connections that nobody uses. */
const LOOKS_PER_TIMEOUT = 20;

/** Sends signed messages over connections that are kept, and are made to checked addresses alone. */
export function createSender({
  addresses,
  timeoutMs = ANSWER_TIMEOUT_MS,
  resolve = resolverFor(addresses),
}: SenderOptions): Sender {
  const connect = checkedConnector(addresses, resolve);
  const routes = new Map<string, Route>();
  const underWay = new Set<Exchange>();
  const open = new Set<Client>();

  /** One request at a time: undici's own pool takes a connection to be busy for a turn after its answer, and would open twice as many. */
  const openConnection = ({ origin }: Route): Connection => {
    const client = new Client(origin, {
      connect,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // One look at all of them ends what takes too long, however it dribbles.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: 16_384,
    });
    open.add(client);
    return { client, openedAt: elapsedMs() };
  };

  /** Closes what nothing is on its way over. */
  const close = ({ client }: Connection): void => {
    open.delete(client);
    void client.close();
  };
  /** Ends what is cut, or broken. */
  const drop = ({ client }: Connection): void => {
    open.delete(client);
    void client.destroy();
  };

  const connectionOf = (route: Route): Connection => {
    const known = route.free.pop();
    if (known === undefined) return openConnection(route);
    if (elapsedMs() - known.openedAt <= CONNECTION_AGE_MAX_MS) return known;
    close(known);
    return openConnection(route);
  };

  const endRoute = (route: Route): void => {
    route.isOpen = false;
    for (const connection of route.free.splice(0)) close(connection);
  };

  const routeTo = (endpointId: string, url: string): Route => {
    const known = routes.get(endpointId);
    if (known?.url === url) return known;
    const { origin, pathname, search } = new URL(url);
    const route: Route = { url, origin, path: `${pathname}${search}`, free: [], isOpen: true, active: 0, usedAt: 0 };
    // What is on its way over the old one is answered.
    if (known) endRoute(known);
    routes.set(endpointId, route);
    return route;
  };

  const look = setInterval(() => {
    const now = elapsedMs();
    for (const exchange of underWay) if (exchange.endsAt <= now) exchange.giveUp();
    for (const [endpointId, route] of routes)
      if (route.active === 0 && now - route.usedAt > KEEP_ALIVE_MS) {
        routes.delete(endpointId);
        endRoute(route);
      }
  }, timeoutMs / LOOKS_PER_TIMEOUT);
  look.unref();

  return {
    send: ({ endpointId, url, body, headers }, tell) => {
      try {
        const route = routeTo(endpointId, url);
        const connection = connectionOf(route);
        route.active += 1;
        // An address that is refused is told of at once.
        let isSending = true;
        const exchange = new Exchange(elapsedMs() + timeoutMs, (answer, isWhole) => {
          underWay.delete(exchange);
          route.active -= 1;
          route.usedAt = elapsedMs();
          if (!isWhole) drop(connection);
          else if (route.isOpen) route.free.push(connection);
          else close(connection);
          if (isSending) setImmediate(tell, answer);
          else tell(answer);
        });
        underWay.add(exchange);
        connection.client.dispatch({ path: route.path, method: "POST", body, headers }, exchange);
        isSending = false;
      } catch (error) {
        setImmediate(tell, notSent(nameOf(error)));
      }
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(look);
      await Promise.all([...open].map((client) => client.destroy()));
    },
  };
}

type Connection = { readonly client: Client; readonly openedAt: number };

/** The connections of one endpoint. */
type Route = {
  readonly url: string;
  readonly origin: string;
  readonly path: string;
  /** Those that nothing is on its way over, the last used at the end. */
  readonly free: Connection[];
  isOpen: boolean;
  active: number;
  usedAt: number;
};

class Timeout extends Error {
  override name = "Timeout";
}

/** One request and its answer, told once. A class, for there is one to each delivery, and undici asks it for seven functions. */
class Exchange implements Dispatcher.DispatchHandler {
  /** As `performance.now` counts. */
  endsAt: number;
  private readonly tell: (answer: Answer, isWhole: boolean) => void;
  private statusCode: number | null = null;
  private retryAfter: string | null = null;
  private responseHeaders: string | null = null;
  private isTold = false;
  private readonly chunks: Buffer[] = [];
  private length = 0;

  /** `isWhole`: the answer was read to its end, and its connection can be used again. */
  constructor(endsAt: number, tell: (answer: Answer, isWhole: boolean) => void) {
    this.endsAt = endsAt;
    this.tell = tell;
  }

  /** It has taken too long: what was heard counts, and if nothing was, that. */
  giveUp(): void {
    this.end(new Timeout());
  }

  onRequestStart(): void {}

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    // 1xx announce an answer, and are none.
    if (status < 200) return;
    this.statusCode = status;
    this.retryAfter = [headers["retry-after"]].flat()[0] ?? null;
    this.responseHeaders = keepHeaders(headers);
    this.endsAt = elapsedMs() + READ_TIMEOUT_MS;
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length > READ_MAX_BYTES) this.end(new Error("enough was read"));
  }

  onResponseEnd(): void {
    this.end(null);
  }

  onResponseError(_: unknown, error: Error): void {
    this.end(error);
  }

  private end(broken: Error | null): void {
    if (this.isTold) return;
    this.isTold = true;
    const { statusCode, retryAfter, responseHeaders } = this;
    // Where the status has been heard, what breaks off after it is not missed.
    const error = broken !== null && statusCode === null ? nameOf(broken) : null;
    this.tell({ statusCode, retryAfter, responseHeaders, responseBody: asText(this.chunks), error }, broken === null);
  }
}

/** The beginning of a body as text; null of none. */
function asText(chunks: readonly Buffer[]): string | null {
  // Most say nothing.
  if (chunks.length === 0) return null;
  const text = Buffer.concat(chunks).toString("utf8").slice(0, KEPT_CHARACTERS);
  // What Postgres keeps as text has no NUL.
  return text === "" ? null : text.replaceAll("\0", "\u{fffd}").toWellFormed();
}

const NAMES: Readonly<Record<string, string>> = {
  Timeout: "no answer in time",
  AddressRefused: "address refused",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_OVERFLOW: "headers too large",
  UND_ERR_SOCKET: "connection closed",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed",
  EPIPE: "connection closed",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host not found",
  ENODATA: "host not found",
  ESERVFAIL: "host not found",
  EREFUSED: "host not found",
  ETIMEOUT: "host not found",
  EHOSTUNREACH: "host not reached",
  ENETUNREACH: "host not reached",
};

/** What went wrong, in few words, for the owner of the endpoint. */
function nameOf(error: unknown): string {
  if (error instanceof AggregateError) return nameOf(error.errors[0]);
  if (!(error instanceof Error)) return "failed";
  if (error.cause instanceof AddressRefused) return nameOf(error.cause);
  const code = "code" in error ? String(error.code) : "";
  if (/^(ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) return `TLS: ${code.toLowerCase()}`;
  return NAMES[error.name] ?? NAMES[code] ?? "failed";
}
