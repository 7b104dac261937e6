import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createReader } from "../../kernel/recent.ts";
import { toWire } from "../wire.ts";
import type { App } from "./app.ts";
import type { Caller } from "./caller.ts";
import type { ObserveRequest } from "./observe.ts";
import { documentOf, PROBLEM_TYPE, problemOf } from "./problem.ts";
import { parseQuery } from "./query.ts";

/** Headers of an answer, by their names in lower case. */
export type Headers = Readonly<Record<string, string | number>>;

type ShortcutRequest = {
  readonly requestId: string;
  readonly caller: Caller;
  readonly headers: IncomingHttpHeaders;
  readonly cookieOf: (name: string) => string | undefined;
};

/** A request that was taken: the headers of whatever the answer will be, and where it leads. */
type Taken = { readonly headers: Headers; readonly redirection: Promise<Redirection> };
export type Redirection = { readonly location: string; readonly setCookie?: string | undefined };

/**
 * Takes a GET whose way holds nothing to wait for before its effect. Undefined leaves it to the router, which then finds it as it came: no effect
 * has been had, nothing counted.
 */
type Take = (request: ShortcutRequest) => Taken | undefined;

/**
 * A way past the router for a route that redirects and that most requests are for: router, hooks and validation are about a quarter of what
 * such a request costs the server (measured, docs/adr/0018).
 */
export type Shortcut = {
  /** The route, as the router knows it: `<prefix>:<parameter>`. */
  readonly route: string;
  /**
   * Reads what stands behind the prefix, as it was sent, and the query; undefined for an address that is the router's. A pure reading, done once
   * for many requests of one address.
   */
  readonly prepare: (parameter: string, query: Readonly<Record<string, unknown>>) => Take | undefined;
};

/** Links that are clicked on a lot are clicked on with the same address; one that no other request has costs a little more than to read it. */
const ADDRESSES_REMEMBERED_MAX = 10_000;
const ADDRESS_LENGTH_MAX = 300;

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
  const { route } = shortcut;
  const prefix = route.slice(0, route.indexOf(":"));
  const fixed = flat({ ...common, "content-length": 0 });
  const addressOf = createReader(
    (text) => {
      const [parameter, query] = split(text);
      return { take: shortcut.prepare(parameter, parseQuery(query)) };
    },
    { max: ADDRESSES_REMEMBERED_MAX, lengthMax: ADDRESS_LENGTH_MAX },
  );
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
    let taken: Taken | undefined;
    try {
      taken = addressOf(url.slice(prefix.length)).take?.({
        requestId,
        caller: callerOf(request),
        headers,
        cookieOf: (name) => (headers.cookie === undefined ? undefined : app.parseCookie(headers.cookie)[name]),
      });
    } catch {
      // Whatever it is, the router meets it too, and knows how to answer it.
      return false;
    }
    if (taken === undefined) return false;

    const { headers: ofLimit, redirection } = taken;
    const answer = (status: number, head: (string | number)[], body?: string): void => {
      if (isClosing) response.shouldKeepAlive = false;
      head.push(...flat(ofLimit), "x-request-id", requestId);
      response.writeHead(status, head as string[]);
      response.end(body);
      observe({ requestId, method: "GET", route, status, durationMs: performance.now() - begunAt });
    };
    redirection.then(
      ({ location, setCookie }) => {
        const head = [...fixed, "location", location];
        if (setCookie !== undefined) head.push("set-cookie", setCookie);
        answer(302, head);
      },
      (error: Error) => {
        const { body, headers: ofProblem } = problemOf(error, app.log.child({ reqId: requestId }));
        const document = toWire(documentOf(requestId, body));
        const head = {
          ...common,
          ...ofProblem,
          "content-type": PROBLEM_TYPE,
          "content-length": Buffer.byteLength(document),
        };
        answer(body.status, flat(head), document);
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

/** What stands before the query, and the query. */
function split(address: string): [string, string] {
  const mark = address.indexOf("?");
  return mark === -1 ? [address, ""] : [address.slice(0, mark), address.slice(mark + 1)];
}
