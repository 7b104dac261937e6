import type { RefusalCode } from "./api-error.ts";

/**
 * What can go wrong between a caller and Stripe. Acting means that the operation is done and its answer stored under the idempotency key;
 * before acting means that neither happened, except where the answer says so.
 */
export type Fault =
  /** 500 although it was done: stored, and replayed to every retry with the key. */
  | { readonly kind: "error_after_acting" }
  /** 500 with nothing done: stored all the same, since execution had begun. */
  | { readonly kind: "error_before_acting" }
  /** 503 from the edge, before anything began. Nothing is stored. */
  | { readonly kind: "unavailable" }
  /** No answer, ever. */
  | { readonly kind: "timeout_before_acting" }
  | { readonly kind: "timeout_after_acting" }
  /** The connection is cut. */
  | { readonly kind: "drop_before_acting" }
  | { readonly kind: "drop_after_acting" }
  /** 429, nothing stored. */
  | { readonly kind: "rate_limit" }
  /** 429 with code lock_timeout, nothing stored. */
  | { readonly kind: "lock_timeout" }
  /** 409: as if another request with the key were running. */
  | { readonly kind: "key_in_use" }
  /** A refusal of the business, stored like a true one. */
  | { readonly kind: "refuse"; readonly code: RefusalCode }
  /** A refusal given to an earlier request, answered again, whatever would happen now. */
  | { readonly kind: "replay_refusal"; readonly code: RefusalCode }
  /** 404 from something in between, without the `error` that Stripe's own answers have: the SDK takes it for a success. */
  | { readonly kind: "foreign_not_found" }
  /** Acts and answers, but only after a while. */
  | { readonly kind: "latency"; readonly delayMs: number }
  /** Begins, then waits for `release` before it acts: what else happens meanwhile is in the caller's hands. */
  | { readonly kind: "hold" };

export const FAULT_KINDS = [
  "error_after_acting",
  "error_before_acting",
  "unavailable",
  "timeout_before_acting",
  "timeout_after_acting",
  "drop_before_acting",
  "drop_after_acting",
  "rate_limit",
  "lock_timeout",
  "key_in_use",
  "refuse",
  "replay_refusal",
  "foreign_not_found",
  "latency",
  "hold",
] as const satisfies readonly Fault["kind"][];

export type FaultOptions = {
  /** Which requests: `POST /v1/transfers`, or a beginning with a star, `GET /v1/accounts/*`. Every POST when not given. */
  readonly on?: string;
  /** How many of them; 1 when not given. */
  readonly times?: number;
};

export type Faults = {
  /** Plans a fault for the next requests that match. Of several plans the first that matches is used up first. */
  inject(fault: Fault, options?: FaultOptions): void;
  clear(): void;
  /** The fault of a request, which is thereby used. */
  take(method: string, path: string): Fault | undefined;
  /** Resolves when the request may act; at once unless it is held. */
  pass(fault: Fault | undefined): Promise<void>;
  /** Lets go all that are held. */
  release(): void;
  /** Resolves when so many requests are held. */
  held(count?: number): Promise<void>;
};

type Plan = { readonly fault: Fault; readonly on: string; left: number };

export function createFaults(): Faults {
  let plans: Plan[] = [];
  let gates: (() => void)[] = [];
  let watchers: { readonly count: number; readonly resolve: () => void }[] = [];

  const tellWatchers = (): void => {
    const satisfied = watchers.filter(({ count }) => gates.length >= count);
    watchers = watchers.filter(({ count }) => gates.length < count);
    for (const { resolve } of satisfied) resolve();
  };

  return {
    inject: (fault, { on = "POST *", times = 1 } = {}) => void plans.push({ fault, on, left: times }),
    clear() {
      plans = [];
    },
    take(method, path) {
      const plan = plans.find(({ on }) => matches(on, `${method} ${path}`));
      if (plan === undefined) return undefined;
      plan.left -= 1;
      if (plan.left <= 0) plans = plans.filter((each) => each !== plan);
      return plan.fault;
    },
    async pass(fault) {
      if (fault?.kind === "latency") await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      if (fault?.kind !== "hold") return;
      await new Promise<void>((resolve) => {
        gates.push(resolve);
        tellWatchers();
      });
    },
    release() {
      const open = gates;
      gates = [];
      for (const gate of open) gate();
    },
    held: (count = 1) =>
      new Promise((resolve) => {
        watchers.push({ count, resolve });
        tellWatchers();
      }),
  };
}

const matches = (pattern: string, request: string): boolean =>
  pattern.endsWith("*") ? request.startsWith(pattern.slice(0, -1)) : request === pattern;
