import { getAccount } from "./accounts.ts";
import {
  ApiError,
  internalError,
  keyInUse,
  lockTimeout,
  maskKey,
  rateLimited,
  refusal,
  unavailable,
} from "./api-error.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Fault, Faults } from "./faults.ts";
import { canonicalForm, decodeForm, type FormFields } from "./form-body.ts";
import type { Answer, Claim, createIdempotency } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { readParameters } from "./parameters.ts";
import type { Cause, StripeWorld } from "./stripe-world.ts";

/** A request as it came in. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly ids: Readonly<Record<string, string>>;
  /** Of a POST its body, else its query string: form-encoded either way. */
  readonly form: string;
  readonly key: string | undefined;
  readonly account: string | undefined;
  readonly authorization: string | undefined;
  readonly version: string | undefined;
};

/** What the caller sees: an answer, perhaps one that was given before; or silence; or a cut connection. */
export type Reaction =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: object;
      readonly requestId: string;
      readonly replayed?: Answer;
    }
  | { readonly kind: "silence" }
  | { readonly kind: "drop" };

export type ApiDeps = {
  readonly world: StripeWorld;
  readonly faults: Faults;
  readonly idempotency: ReturnType<typeof createIdempotency>;
  /** Does the work as caused by the request: its events name it. */
  readonly during: <T>(cause: Cause, work: () => T) => T;
};

/** Answers one request as the v1 API does: authentication, version, account, idempotency, parameters, execution; with the planned fault, if any. */
export async function answerRequest(deps: ApiDeps, endpoint: Endpoint, request: ApiRequest): Promise<Reaction> {
  const { world, faults } = deps;
  const requestId = newId("req", 14);
  world.agenda.runDue();
  const fault = faults.take(request.method, request.path);
  const atTheEdge = reactAtTheEdge(fault, request, requestId);
  if (atTheEdge !== undefined) return atTheEdge;
  try {
    authenticate(world, request);
    const answer = await act(deps, endpoint, { request, requestId, fault });
    if (fault?.kind === "timeout_after_acting") return { kind: "silence" };
    if (fault?.kind === "drop_after_acting") return { kind: "drop" };
    return answer;
  } catch (error) {
    return errorReaction(error, requestId);
  }
}

/** What a fault does before anything has begun; undefined where the request goes on. */
function reactAtTheEdge(fault: Fault | undefined, { key }: ApiRequest, requestId: string): Reaction | undefined {
  switch (fault?.kind) {
    case "timeout_before_acting":
      return { kind: "silence" };
    case "drop_before_acting":
      return { kind: "drop" };
    case "foreign_not_found":
      return { kind: "answer", status: 404, body: { message: "no Route matched with those values" }, requestId };
    case "unavailable":
      return errorReaction(unavailable(), requestId);
    case "rate_limit":
      return errorReaction(rateLimited(), requestId);
    case "lock_timeout":
      return errorReaction(lockTimeout(), requestId);
    case "key_in_use":
      return errorReaction(keyInUse(key ?? ""), requestId);
    case "replay_refusal": {
      const original = errorReaction(refusal(fault.code), newId("req", 14));
      return { ...original, requestId, replayed: original };
    }
    default:
      return undefined;
  }
}

async function act(
  deps: ApiDeps,
  endpoint: Endpoint,
  { request, requestId, fault }: { request: ApiRequest; requestId: string; fault: Fault | undefined },
): Promise<Reaction & { kind: "answer" }> {
  const { world, faults } = deps;
  const fields = decodeFields(request.form);
  const claim = claimKey(deps, request, fields);
  if (claim?.kind === "replay") {
    return { kind: "answer", status: claim.answer.status, body: claim.answer.body, requestId, replayed: claim.answer };
  }
  try {
    const execute = prepare(world, endpoint, { request, fields });
    await faults.pass(fault);
    // The answer under its key is kept in one with what was done: a crash between the two would let a retry do it again.
    const result = deps.during({ requestId, idempotencyKey: request.key ?? null }, () => {
      const answer = perform(execute, fault, requestId);
      claim?.keep(answer);
      return answer;
    });
    return { kind: "answer", ...result };
  } catch (error) {
    // Nothing has begun: the key is as good as new.
    claim?.release();
    throw error;
  }
}

/** Executes, and turns what is refused into its answer: from here on every outcome is a result. */
function perform(execute: () => object, fault: Fault | undefined, requestId: string): Answer {
  try {
    if (fault?.kind === "error_before_acting") throw internalError();
    if (fault?.kind === "refuse") throw refusal(fault.code);
    const body = execute();
    if (fault?.kind === "error_after_acting") throw internalError();
    return { status: 200, body, requestId };
  } catch (error) {
    if (error instanceof ApiError) return errorReaction(error, requestId);
    throw error;
  }
}

function prepare(
  world: StripeWorld,
  endpoint: Endpoint,
  { request, fields }: { request: ApiRequest; fields: FormFields },
): () => object {
  const account = request.account ?? null;
  if (account !== null) getAccount(world, account);
  const parameters = readParameters(fields);
  const execute = endpoint.prepare({ ids: request.ids, parameters, account });
  parameters.finish();
  return execute;
}

/** Only POSTs have keys; a GET or DELETE is idempotent by itself. */
function claimKey({ idempotency, world }: ApiDeps, request: ApiRequest, fields: FormFields): Claim | undefined {
  if (request.method !== "POST" || request.key === undefined) return undefined;
  return idempotency.claim({
    key: request.key,
    account: request.account ?? "platform",
    endpoint: request.path,
    fingerprint: canonicalForm(fields),
    nowMs: world.now().getTime(),
  });
}

function decodeFields(form: string): FormFields {
  try {
    return decodeForm(form);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ApiError(400, { type: "invalid_request_error", message: error.message });
  }
}

const VERSION = /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/;

/** The key as a bearer token, or as the user of basic authentication: https://docs.stripe.com/api/authentication. */
function authenticate(world: StripeWorld, { authorization, version }: ApiRequest): void {
  const [scheme = "", credential = ""] = (authorization ?? "").split(" ");
  const basic = (): string => Buffer.from(credential, "base64").toString("utf8").split(":")[0] ?? "";
  const key = scheme.toLowerCase() === "basic" ? basic() : credential;
  if (key !== world.secretKey) {
    const message =
      key === ""
        ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
        : `Invalid API Key provided: ${maskKey(key)}`;
    throw new ApiError(401, { type: "invalid_request_error", message });
  }
  if (version !== undefined && !VERSION.test(version)) {
    throw new ApiError(400, { type: "invalid_request_error", message: `Invalid Stripe API version: ${version}` });
  }
}

function errorReaction(error: unknown, requestId: string): Reaction & { kind: "answer" } {
  if (!(error instanceof ApiError)) throw error;
  const request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`;
  return { kind: "answer", status: error.status, body: { error: { ...error.body, request_log_url } }, requestId };
}
