import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { IdempotentRequest } from "../context.ts";
import { idempotencyErrors } from "../database/index.ts";

/** Visible ASCII, as Stripe takes it. */
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** The request's Idempotency-Key with a hash of what it asks for; undefined where there is none or the route takes none. */
export function readIdempotencyKey(request: FastifyRequest): IdempotentRequest | undefined {
  const policy = request.routeOptions.config.idempotency ?? (request.method === "POST" ? "optional" : "none");
  if (policy === "none") return undefined;
  const key = request.headers["idempotency-key"];
  if (key === undefined) {
    if (policy === "required") throw idempotencyErrors.key_required();
    return undefined;
  }
  if (typeof key !== "string" || !KEY_PATTERN.test(key)) throw idempotencyErrors.key_invalid();
  // What no schema has read may be nested deeper than can be written down, and the route does not look at it either.
  const body = request.routeOptions.schema?.body === undefined ? null : request.body;
  return {
    key,
    route: `${request.method} ${request.routeOptions.url ?? request.url}`,
    requestHash: createHash("sha256")
      .update(JSON.stringify([request.params ?? null, request.query ?? null, body ?? null]))
      .digest(),
    isSecret: policy === "secret",
  };
}
