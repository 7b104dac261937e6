import type { Stripe } from "stripe";

/** What Stripe answers when it does not do what was asked. */
export type ErrorBody = {
  readonly type: Stripe.StripeRawError["type"];
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly doc_url?: string;
};

/** Thrown by an operation to answer with an error of the API. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body =
      body.code === undefined ? body : { ...body, doc_url: `https://docs.stripe.com/error-codes#${body.code}` };
  }
}

type Refusal = { readonly status: number; readonly message: string };

/**
 * The refusals that a payout can meet, by code: https://docs.stripe.com/error-codes. Each can also be injected, so that a caller's answer to it
 * can be tested without bringing the stand-in into the state.
 */
const REFUSALS = {
  account_invalid: {
    status: 403,
    message: "The provided key does not have access to this account, or it does not exist.",
  },
  amount_too_large: { status: 400, message: "The amount is greater than the maximum amount allowed." },
  amount_too_small: { status: 400, message: "The amount is less than the minimum amount allowed." },
  balance_insufficient: { status: 400, message: "You have insufficient available funds in your Stripe account." },
  country_unsupported: { status: 400, message: "This country is not supported." },
  insufficient_capabilities_for_transfer: {
    status: 400,
    message:
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
  },
  instant_payouts_unsupported: { status: 400, message: "This external account does not support instant payouts." },
  payouts_limit_exceeded: { status: 400, message: "The limit of payouts for this account is exceeded." },
  payouts_not_allowed: { status: 400, message: "Payouts have been disabled on this account." },
  resource_missing: { status: 400, message: "No such resource." },
  transfers_not_allowed: { status: 400, message: "Transfers to this account are not allowed." },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;

export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[];

/** The refusal of that code, with the message and parameter of the case where there is one. */
export function refusal(code: RefusalCode, detail: { message?: string; param?: string } = {}): ApiError {
  const { status, message } = REFUSALS[code];
  return new ApiError(status, { type: "invalid_request_error", code, message, ...detail });
}

/** A parameter that cannot be taken: 400, found before anything is done. */
export const invalidParameter = (param: string, message: string, code?: string): ApiError =>
  new ApiError(400, { type: "invalid_request_error", message, param, ...(code === undefined ? {} : { code }) });

/** An object asked for by an id that does not exist: 404. In a parameter it is a refusal instead, with 400. */
export const notFound = (kind: string, id: string): ApiError =>
  new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param: "id",
  });

/** An account that the key cannot act for, or that does not exist: the API does not say which. */
export const noAccess = (accountId: string, key: string): ApiError =>
  refusal("account_invalid", {
    message: `The provided key '${maskKey(key)}' does not have access to account '${accountId}' (or that account does not exist). Application access may have been revoked.`,
  });

export const maskKey = (key: string): string => `${key.slice(0, 8)}${"*".repeat(12)}${key.slice(-4)}`;

export const internalError = (): ApiError =>
  new ApiError(500, { type: "api_error", message: "An unknown error occurred" });

/** From in front of the API. */
export const unavailable = (): ApiError =>
  new ApiError(503, { type: "api_error", message: "Stripe is temporarily unavailable" });

export const rateLimited = (): ApiError =>
  new ApiError(429, {
    type: "invalid_request_error",
    code: "rate_limit",
    message: "Request rate limit exceeded. Learn more about rate limits: https://docs.stripe.com/rate-limits.",
  });

export const lockTimeout = (): ApiError =>
  new ApiError(429, {
    type: "invalid_request_error",
    code: "lock_timeout",
    message:
      "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
  });

export const keyInUse = (key: string): ApiError =>
  new ApiError(409, {
    type: "invalid_request_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
