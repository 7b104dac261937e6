import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { CatalogueError, declaredErrors, type ErrorKind } from "../../kernel/errors.ts";
import { databaseErrors, IdempotentReplay, isUnavailable } from "../database/index.ts";
import { toWire } from "../wire.ts";

/** The one place that turns a kind of error into a status code. */
const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
};

/** The status of an error, for an answer that is no problem document (a page). */
export const statusOf = (error: CatalogueError): number => STATUS_BY_KIND[error.kind];

/** RFC 9457. `code` is stable and what clients branch on; `title` and `detail` are for people and may change. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "A URL that names the code in the documentation" }),
    title: Type.String({ description: "What went wrong, for a person" }),
    status: Type.Integer(),
    code: Type.String({ description: "Stable and machine-readable: `<module>.<name>`" }),
    detail: Type.Optional(Type.String()),
    requestId: Type.String({ description: "Quote it when you ask for help" }),
    facts: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "The figures behind the error" })),
    errors: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: "Each field that is wrong",
      }),
    ),
  },
  { $id: "Problem", description: "An error (RFC 9457)" },
);

type ProblemBody = {
  status: number;
  code: string;
  title: string;
  detail?: string;
  facts?: Readonly<Record<string, unknown>>;
  errors?: { path: string; message: string }[];
};

export const PROBLEM_TYPE = "application/problem+json";

/** The document of a problem. */
export const documentOf = (requestId: string, body: ProblemBody) => ({
  type: `/docs/errors#${body.code}`,
  requestId,
  ...body,
});

/** Sends a problem document. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, body: ProblemBody): FastifyReply =>
  reply.code(body.status).type(PROBLEM_TYPE).serializer(toWire).send(documentOf(request.id, body));

type KnownProblem = { readonly code: string; readonly status: number; readonly title: string };

const REQUEST_ERRORS: Readonly<Record<string, KnownProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: "request.too_large",
    status: 413,
    title: "The body is larger than this endpoint takes",
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: "request.media_type", status: 415, title: "Send application/json" },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: "request.malformed",
    status: 400,
    title: "The body is empty; JSON was announced",
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: "request.malformed", status: 400, title: "The body is not valid JSON" },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: "request.malformed",
    status: 400,
    title: "Content-Length does not fit the body",
  },
};
const INVALID: KnownProblem = {
  code: "request.invalid",
  status: 400,
  title: "The request does not fit its schema",
};
const REFUSED: KnownProblem = { code: "request.refused", status: 400, title: "The request was refused" };
const INTERNAL: KnownProblem = {
  code: "internal",
  status: 500,
  title: "Something went wrong on our side; it has been logged under this request id",
};
const NOT_FOUND: KnownProblem = { code: "request.not_found", status: 404, title: "Nothing here" };

/** Every error that can be answered: those of the modules' catalogues, and those of HTTP itself. */
export function knownProblems(): KnownProblem[] {
  const declared = [...declaredErrors()].map(([code, { kind, title }]) => ({
    code,
    status: STATUS_BY_KIND[kind],
    title,
  }));
  const ofHttp = [...Object.values(REQUEST_ERRORS), INVALID, REFUSED, NOT_FOUND, INTERNAL];
  return [...new Map([...ofHttp, ...declared].map((problem) => [problem.code, problem])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

/** As many as a person reads; a body can be wrong in a hundred thousand places. */
const ERRORS_SHOWN_MAX = 50;

/** Turns whatever a route threw into an answer. What it does not know is a 500 that says nothing and is logged with its cause. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof IdempotentReplay) {
    return reply
      .code(request.routeOptions.config.successStatus ?? 200)
      .header("idempotent-replayed", "true")
      .send(error.result);
  }
  const { body, headers } = problemOf(error, request.log);
  return sendProblem(request, reply.headers(headers), body);
}

type Answer = { readonly body: ProblemBody; readonly headers: Readonly<Record<string, string | number>> };

/** What is answered to an error; what nobody outside may know of it goes to the log. */
export function problemOf(error: Error & Partial<FastifyError>, log: FastifyBaseLogger): Answer {
  if (error instanceof CatalogueError) return problemOfCatalogue(error, log);
  if (isUnavailable(error)) return problemOfCatalogue(databaseErrors.unavailable({}, error), log);
  if (error.validation) {
    const where = error.validationContext ?? "request";
    const errors = error.validation.slice(0, ERRORS_SHOWN_MAX).map((failure) => ({
      path: `${where}${failure.instancePath.replaceAll("/", ".")}`,
      message: describeFailure(failure),
    }));
    return plainly({ ...INVALID, errors });
  }
  const known = REQUEST_ERRORS[error.code ?? ""];
  if (known) return plainly(known);
  if (error.statusCode === 429)
    return plainly({ status: 429, code: "request.rate_limited", title: "Too many requests" });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return plainly({ ...REFUSED, status: error.statusCode });
  }
  log.error({ err: error }, "unexpected error");
  return plainly(INTERNAL);
}

const plainly = (body: ProblemBody): Answer => ({ body, headers: {} });

/** A database that restarts is back after some seconds. */
const RETRY_AFTER_SECONDS = 5;

function problemOfCatalogue(error: CatalogueError, log: FastifyBaseLogger): Answer {
  const status = STATUS_BY_KIND[error.kind];
  if (error.cause !== undefined) log.warn({ err: error.cause, code: error.code }, "refused, with a cause");
  const retryAfter = error.facts["retryAfterSeconds"] ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  const isWorthWaiting = (status === 429 || status === 503) && typeof retryAfter === "number";
  const facts = Object.keys(error.facts).length > 0 ? { facts: error.facts } : {};
  return {
    body: { status, code: error.code, title: error.message, ...facts },
    headers: {
      ...(isWorthWaiting ? { "retry-after": retryAfter } : {}),
      // RFC 9110, 15.5.2. Basic is not named, so that no browser opens its own dialog.
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="tributary"' } : {}),
    },
  };
}

function describeFailure(failure: { keyword: string; params: Record<string, unknown>; message?: string }): string {
  if (failure.keyword === "additionalProperties")
    return `has no field "${String(failure.params["additionalProperty"])}"`;
  if (failure.keyword === "enum") return `must be one of ${(failure.params["allowedValues"] as unknown[]).join(", ")}`;
  return failure.message ?? "is not valid";
}

/** A path that leads nowhere looks like a thing that one may not see. */
export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(request, reply, NOT_FOUND);
