import type { ErrorCode } from "./generated/error-codes.ts";
import type { components } from "./generated/openapi.ts";

export type Problem = components["schemas"]["Problem"];

/** The API refused a request, and says why in a problem document (RFC 9457). */
export class TributaryError extends Error {
  override readonly name = "TributaryError";
  /** What a program branches on. */
  readonly code: ErrorCode;
  readonly status: number;
  /** For people. */
  readonly title: string;
  readonly detail: string | undefined;
  /** Quote it when you ask for help. */
  readonly requestId: string;
  /** The figures behind the error. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Each field that is wrong. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  /** Seconds after which to ask again, where the server says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(`${problem.title} (${problem.code})`);
    this.code = problem.code as ErrorCode;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.facts = problem.facts ?? {};
    this.fields = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * No answer came that can be read: the server is away, or something in between answered in its place. A request that changes something may
 * have been done: send it again under `idempotencyKey`, and it is not done twice.
 */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  /** Under which the request was sent; undefined where it takes none. */
  readonly idempotencyKey: string | undefined;
  /** Of the answer that was no answer of the API; undefined where there was none. */
  readonly status: number | undefined;

  constructor(
    message: string,
    { cause, idempotencyKey, status }: { cause?: unknown; idempotencyKey?: string | undefined; status?: number } = {},
  ) {
    super(message, { cause });
    this.idempotencyKey = idempotencyKey;
    this.status = status;
  }
}

/** Whether something that was thrown is an error of the API, with this code where one is given. */
export const isTributaryError = (error: unknown, code?: ErrorCode): error is TributaryError =>
  error instanceof TributaryError && (code === undefined || error.code === code);
