import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toWire } from "../wire.ts";
import type { Caller } from "./caller.ts";
import type { ObserveRequest } from "./observe.ts";
import { documentOf, PROBLEM_TYPE, problemOf } from "./problem.ts";
import { parseQuery } from "./query.ts";
import type { App } from "./server.ts";

/** Headers of an answer, by their names in lower case. */
export type Headers = Readonly<Record<string, string | number>>;

export type ShortcutRequest = {
  readonly requestId: string;
  readonly caller: Caller;
  /** What stands behind the prefix in the path, as it was sent. */
  readonly rest: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly cookieOf: (name: string) => string | undefined;
};

/** A request that was taken: the headers of whatever the answer will be, and where it leads. */
export type Taken = { readonly headers: Headers; readonly redirection: Promise<Redirection> };
export type Redirection = { readonly location: string; readonly setCookie?: string | undefined };

/**
 * A way past the router for a route that redirects and that most requests are for: router, hooks and validation are about a quarter of what
 * such a request costs the server (measured, docs/adr/0018).
 */
export type Shortcut = {
  /** The route, as the router knows it: `<prefix>:<parameter>`. */
  readonly route: string;
  /**
   * Takes a GET whose way holds nothing to wait for but its effect. Undefined leaves it to the router, which then finds it as it came: no
   * effect has been had, nothing counted.
   */
  readonly take: (request: ShortcutRequest) => Taken | undefined;
};

export type ShortcutDeps = {
  readonly shortcut: Shortcut;
  /** Of every answer of the server. */
  readonly headers: Headers;
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly observe: ObserveRequest;
};

/** Puts the shortcut before the router. A server that is closing has none: what still comes is the router's to refuse. */
export function addShortcut(app: App, { shortcut, headers: common, callerOf, observe }: ShortcutDeps): void {
  const { server } = app;
  const { route, take } = shortcut;
  const prefix = route.slice(0, route.indexOf(":"));
  const fixed = flat({ ...common, "content-length": 0 });
  let isClosing = false;
  app.addHook("preClose", (done) => {
    isClosing = true;
    done();
  });

  const isTaken = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = "", headers } = request;
    if (isClosing || request.method !== "GET" || !url.startsWith(prefix)) return false;
    const begunAt = performance.now();
    const requestId = randomUUID();
    const [rest, query] = split(url, prefix.length);
    let taken: Taken | undefined;
    try {
      taken = take({
        requestId,
        caller: callerOf(request),
        rest,
        query: parseQuery(query),
        headers,
        cookieOf: (name) => (headers.cookie === undefined ? undefined : app.parseCookie(headers.cookie)[name]),
      });
    } catch {
      // Whatever it is, the router meets it too, and knows how to answer it.
      return false;
    }
    if (taken === undefined) return false;

    const answer = (status: number, own: readonly (string | number)[], body?: string): void => {
      if (isClosing) response.shouldKeepAlive = false;
      response.writeHead(status, [...own, "x-request-id", requestId] as string[]);
      response.end(body);
      observe({ requestId, method: "GET", route, status, durationMs: performance.now() - begunAt });
    };
    const ofLimit = flat(taken.headers);
    taken.redirection.then(
      ({ location, setCookie }) =>
        answer(302, [
          ...fixed,
          ...ofLimit,
          "location",
          location,
          ...(setCookie === undefined ? [] : ["set-cookie", setCookie]),
        ]),
      (error: Error) => {
        const { body, headers: ofProblem } = problemOf(error, app.log.child({ reqId: requestId }));
        const document = toWire(documentOf(requestId, body));
        const head = {
          ...common,
          ...ofProblem,
          "content-type": PROBLEM_TYPE,
          "content-length": Buffer.byteLength(document),
        };
        answer(body.status, [...flat(head), ...ofLimit], document);
      },
    );
    return true;
  };

  const [toRouter] = server.listeners("request") as RequestListener[];
  if (toRouter === undefined) return;
  server.removeListener("request", toRouter);
  server.on("request", (request, response) => {
    if (!isTaken(request, response)) toRouter.call(server, request, response);
  });
}

/** Names and values in turn, as Node writes them. By hand, for each answer: `Object.entries` and `flat` take seven times as long (measured). */
function flat(headers: Headers): (string | number)[] {
  const list: (string | number)[] = [];
  for (const name in headers) list.push(name, headers[name] ?? "");
  return list;
}

/** What follows the prefix, up to the query, and the query. */
function split(url: string, start: number): [string, string] {
  const mark = url.indexOf("?", start);
  return mark === -1 ? [url.slice(start), ""] : [url.slice(start, mark), url.slice(mark + 1)];
}
