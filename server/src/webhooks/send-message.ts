import { type Dispatcher, Pool } from "undici";
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
  /** Posts once, never follows, never throws. */
  send(message: OutgoingMessage): Promise<Answer>;
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

  const openRoute = (url: string): Route => {
    const { origin, pathname, search } = new URL(url);
    const pool = new Pool(origin, {
      connect,
      // The worker bounds the requests of an endpoint.
      connections: null,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // One look at all of them ends what takes too long, however it dribbles.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: 16_384,
      clientTtl: 60_000,
    });
    return { pool, url, path: `${pathname}${search}`, active: 0, usedAt: 0 };
  };

  const routeTo = (endpointId: string, url: string): Route => {
    const known = routes.get(endpointId);
    if (known?.url === url) return known;
    // It ends when what is on its way there has been answered.
    void known?.pool.close();
    const route = openRoute(url);
    routes.set(endpointId, route);
    return route;
  };

  const look = setInterval(() => {
    const now = elapsedMs();
    for (const exchange of underWay) if (exchange.endsAt <= now) exchange.giveUp();
    for (const [endpointId, { pool, active, usedAt }] of routes)
      if (active === 0 && now - usedAt > KEEP_ALIVE_MS) {
        routes.delete(endpointId);
        void pool.close();
      }
  }, timeoutMs / LOOKS_PER_TIMEOUT);
  look.unref();

  return {
    send: async ({ endpointId, url, body, headers }) => {
      let route: Route;
      try {
        route = routeTo(endpointId, url);
      } catch (error) {
        return notSent(nameOf(error));
      }
      return new Promise((resolveAnswer) => {
        route.active += 1;
        const exchange = createExchange(elapsedMs() + timeoutMs, (answer) => {
          underWay.delete(exchange);
          route.active -= 1;
          route.usedAt = elapsedMs();
          resolveAnswer(answer);
        });
        underWay.add(exchange);
        route.pool.dispatch(
          {
            path: route.path,
            method: "POST",
            body,
            headers,
          },
          exchange.handler,
        );
      });
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(look);
      await Promise.all([...routes.values()].map(({ pool }) => pool.destroy()));
    },
  };
}

/** The connections of one endpoint. */
type Route = {
  readonly pool: Pool;
  readonly url: string;
  readonly path: string;
  active: number;
  usedAt: number;
};

class Timeout extends Error {
  override name = "Timeout";
}

type Exchange = {
  readonly handler: Dispatcher.DispatchHandler;
  /** As `performance.now` counts. */
  readonly endsAt: number;
  /** It has taken too long: what was heard counts, and if nothing was, that. */
  giveUp(): void;
};

/** One request and its answer, told once. */
function createExchange(deadline: number, tell: (answer: Answer) => void): Exchange {
  let endsAt = deadline;
  let statusCode: number | null = null;
  let retryAfter: string | null = null;
  let responseHeaders: string | null = null;
  let abort: ((reason: Error) => void) | undefined;
  let isTold = false;
  const chunks: Buffer[] = [];
  let length = 0;

  const end = (error: string | null): void => {
    if (isTold) return;
    isTold = true;
    tell({ statusCode, retryAfter, responseHeaders, responseBody: asText(chunks), error });
  };
  /** Ends it, and with it its connection. */
  const cut = (reason: Error): void => {
    end(statusCode === null ? nameOf(reason) : null);
    abort?.(reason);
  };

  return {
    get endsAt() {
      return endsAt;
    },
    giveUp: () => cut(new Timeout()),
    handler: {
      onRequestStart: (controller) => {
        abort = (reason) => controller.abort(reason);
        if (isTold) controller.abort(new Timeout());
      },
      onResponseStart: (_, status, headers) => {
        // 1xx announce an answer, and are none.
        if (status < 200) return;
        statusCode = status;
        retryAfter = [headers["retry-after"]].flat()[0] ?? null;
        responseHeaders = keepHeaders(headers);
        endsAt = elapsedMs() + READ_TIMEOUT_MS;
      },
      onResponseData: (_, chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > READ_MAX_BYTES) cut(new Error("enough was read"));
      },
      onResponseEnd: () => end(null),
      // The status has been heard: what breaks off after it is not missed.
      onResponseError: (_, error) => end(statusCode === null ? nameOf(error) : null),
    },
  };
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
