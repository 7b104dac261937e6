import type { Parameters } from "./parameters.ts";

/** A request to the API, authenticated, not yet read. */
export type Call = {
  /** Ids from the path. */
  readonly ids: Readonly<Record<string, string>>;
  readonly parameters: Parameters;
  /** The connected account that is acted for, by the Stripe-Account header; the platform itself when null. */
  readonly account: string | null;
};

/**
 * One operation of the API in two steps, because idempotency tells them apart: `prepare` reads and checks parameters, and a failure there is not
 * remembered; what it returns begins execution, and its result is, errors included (https://docs.stripe.com/api/idempotent_requests).
 */
export type Endpoint = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly prepare: (call: Call) => () => object;
};
