import { authorizationOf, type Credentials } from "./credentials.ts";
import { NoAnswerError, type Problem, TributaryError } from "./errors.ts";
import { delayBefore, isPassing, pause, readRetryAfter } from "./retry.ts";

export type ClientOptions = {
  /** Where the programme is reached, as `https://partners.example.com`. */
  readonly baseUrl: string;
  readonly credentials?: Credentials;
  /** How often a request is sent again that may be; 2 when not given. */
  readonly retries?: number;
  /** Milliseconds after which a try is given up; 30,000 when not given. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  /** Language of what is meant for people, and whatever else goes with every request. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type RequestOptions = {
  readonly signal?: AbortSignal;
  /** Made up for each call where the operation takes one: give your own where you may come back to the same act. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly takesKey?: boolean;
  /** Answers that do not end are not timed. */
  readonly isStream?: boolean;
};

/** Sends a request and answers with a response that went well; throws `TributaryError` and `NoAnswerError`. */
export type Send = (sent: Sent, options?: RequestOptions) => Promise<Response>;

const DEFAULTS = { retries: 2, timeoutMs: 30_000 } as const;
const TOKEN_REFUSED = 401;

/**
 * What every operation goes through. A request is sent again where that can do no harm: when it only reads, or carries an idempotency key.
 * Whatever else was lost is reported, since it may have been done.
 */
export function createSend(given: ClientOptions): Send {
  const { retries, timeoutMs } = { ...DEFAULTS, ...given };
  const ask = given.fetch ?? ((url, init) => fetch(url, init));

  return async ({ method, path, body, takesKey, isStream }, options = {}) => {
    const idempotencyKey = takesKey ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined;
    const mayRepeat = method === "GET" || idempotencyKey !== undefined;
    const headers = new Headers({ ...given.headers, ...options.headers });
    if (body !== undefined) headers.set("content-type", "application/json");
    if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);

    let isRefused = false;
    for (let attempt = 1; ; attempt += 1) {
      const authorization = await authorizationOf(given.credentials, isRefused);
      if (authorization !== undefined) headers.set("authorization", authorization);
      const limit = isStream ? [] : [AbortSignal.timeout(timeoutMs)];
      const signal = AbortSignal.any([...limit, ...(options.signal ? [options.signal] : [])]);
      const isLast = !mayRepeat || attempt > retries;
      let wait: number | undefined;
      try {
        const response = await ask(new URL(path, given.baseUrl), {
          method,
          headers,
          signal,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (response.ok) return response;
        const isPerson = given.credentials !== undefined && "accessToken" in given.credentials;
        if (response.status === TOKEN_REFUSED && isPerson && !isRefused && authorization !== undefined) {
          // The request was not looked at: to send it once more with a fresh token repeats nothing.
          isRefused = true;
          discard(response);
          continue;
        }
        const retryAfter = readRetryAfter(response.headers);
        wait = isLast || !isPassing(response.status) ? undefined : delayBefore(attempt, retryAfter, Math.random());
        if (wait === undefined) throw await errorOf(response, retryAfter, idempotencyKey);
        discard(response);
      } catch (error) {
        if (error instanceof TributaryError || error instanceof NoAnswerError) throw error;
        options.signal?.throwIfAborted();
        wait = isLast ? undefined : delayBefore(attempt, undefined, Math.random());
        if (wait === undefined) throw new NoAnswerError("The server did not answer", { cause: error, idempotencyKey });
      }
      await pause(wait, options.signal);
    }
  };
}

/** Frees the connection of an answer that nobody reads; nothing waits for it. */
const discard = (response: Response): void => void response.body?.cancel().catch(() => {});

async function errorOf(
  response: Response,
  retryAfter: number | undefined,
  idempotencyKey: string | undefined,
): Promise<TributaryError | NoAnswerError> {
  const { status } = response;
  if (response.headers.get("content-type")?.startsWith("application/problem+json")) {
    const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
    if (problem !== undefined) return new TributaryError(problem, retryAfter);
  }
  return new NoAnswerError(`Something other than the API answered (${status})`, { idempotencyKey, status });
}
