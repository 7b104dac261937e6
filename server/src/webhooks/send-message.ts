import { Agent, type Dispatcher } from "undici";
import type { AddressPolicy } from "./address-rules.ts";
import { AddressRefused, checkedConnector, type Resolve, resolverFor } from "./connect-checked.ts";
import type { SignedHeaders } from "./sign-message.ts";

/** What came back, or why nothing did. */
export type Answer = {
  readonly statusCode: number | null;
  readonly retryAfter: string | null;
  /** Its beginning. */
  readonly responseBody: string | null;
  readonly error: string | null;
};

export type Sender = AsyncDisposable & {
  /** Posts once, never follows, never throws. */
  send(message: { readonly url: string; readonly body: string; readonly headers: SignedHeaders }): Promise<Answer>;
};

export type SenderOptions = {
  readonly addresses: AddressPolicy;
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
};

/** From the first byte out to the last of the headers; an integrator does its work after it has answered. */
export const ANSWER_TIMEOUT_MS = 15_000;
/** What is read of an answer, so that its connection can be used again; a longer one costs it. */
const READ_MAX_BYTES = 16_384;
const KEPT_CHARACTERS = 1_000;
/** Whoever answers and then dribbles is not waited for: the status counts. */
const READ_TIMEOUT_MS = 2_000;
const KEEP_ALIVE_MS = 15_000;

/** Sends signed messages over connections that are kept, and are made to checked addresses alone. */
export function createSender({
  addresses,
  timeoutMs = ANSWER_TIMEOUT_MS,
  resolve = resolverFor(addresses),
}: SenderOptions): Sender {
  const agent = new Agent({
    connect: checkedConnector(addresses, resolve),
    // Many endpoints may be on one host: one of them that hangs must not hold the connections of the others. The worker bounds requests.
    connections: null,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    clientTtl: 60_000,
  });
  return {
    send: async ({ url, body, headers }) => {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(new Timeout()), timeoutMs);
      try {
        const answer = await agent.request({
          ...target(url),
          method: "POST",
          body,
          headers: { "content-type": "application/json", "user-agent": "Tributary-Webhooks/1", ...headers },
          signal: abort.signal,
        });
        clearTimeout(timer);
        return {
          statusCode: answer.statusCode,
          retryAfter: [answer.headers["retry-after"]].flat()[0] ?? null,
          responseBody: await readBeginning(answer.body, answer.headers["content-length"] === "0"),
          error: null,
        };
      } catch (error) {
        return { statusCode: null, retryAfter: null, responseBody: null, error: nameOf(error) };
      } finally {
        clearTimeout(timer);
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

class Timeout extends Error {
  override name = "Timeout";
}

function target(url: string): { readonly origin: string; readonly path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

/** The beginning of a body as text. The rest is thrown away with its connection. */
async function readBeginning(body: Dispatcher.ResponseData["body"], isEmpty: boolean): Promise<string | null> {
  // Most say nothing.
  if (isEmpty) {
    await body.dump();
    return null;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => body.destroy(), READ_TIMEOUT_MS);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > READ_MAX_BYTES) break;
    }
  } catch {
    // The status has been heard; what breaks off after it is not missed.
  } finally {
    clearTimeout(timer);
  }
  const text = Buffer.concat(chunks).toString("utf8").slice(0, KEPT_CHARACTERS);
  // What Postgres keeps as text has no NUL.
  return text === "" ? null : text.replaceAll("\0", "\u{fffd}").toWellFormed();
}

const NAMES: Readonly<Record<string, string>> = {
  Timeout: "no answer in time",
  AddressRefused: "address refused",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "no answer in time",
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
