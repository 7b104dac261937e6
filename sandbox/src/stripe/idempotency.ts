import { DAY_MS } from "../clock.ts";
import type { Collection } from "../records/record-store.ts";
import { ApiError, keyInUse } from "./api-error.ts";

/** Keys are pruned once they are at least 24 hours old: https://docs.stripe.com/api/idempotent_requests. */
const KEPT_MS = DAY_MS;
const KEY_LENGTH_MAX = 255;

export type Answer = { readonly status: number; readonly body: object; readonly requestId: string };

/** The first result of a key, kept with what was asked. */
export type StoredAnswer = {
  readonly id: string;
  readonly endpoint: string;
  readonly fingerprint: string;
  readonly answer: Answer;
  readonly storedMs: number;
};

export type Claim =
  | { readonly kind: "fresh"; keep(answer: Answer): void; release(): void }
  | { readonly kind: "replay"; readonly answer: Answer };

export type KeyedRequest = {
  readonly key: string;
  /** A key belongs to the account that is acted for. */
  readonly account: string;
  /** Method and path. */
  readonly endpoint: string;
  /** The same text for the same parameters. */
  readonly fingerprint: string;
  readonly nowMs: number;
};

/**
 * Idempotency of the v1 API: the first request of a key that began execution decides its answer, whatever it was; the same key with other
 * parameters is refused with 400, a second request while the first runs with 409.
 */
export function createIdempotency(answers: Collection<StoredAnswer>): { claim(request: KeyedRequest): Claim } {
  const running = new Set<string>();
  let prunedMs = 0;

  const prune = (nowMs: number): void => {
    if (nowMs - prunedMs < KEPT_MS / 24) return;
    prunedMs = nowMs;
    for (const stored of answers.all()) if (nowMs - stored.storedMs >= KEPT_MS) answers.remove(stored.id);
  };

  return {
    claim({ key, account, endpoint, fingerprint, nowMs }) {
      if (key.length > KEY_LENGTH_MAX) throw misuse(`Idempotency keys can have up to ${KEY_LENGTH_MAX} characters.`);
      prune(nowMs);
      const id = `${account} ${key}`;
      if (running.has(id)) throw keyInUse(key);
      const stored = answers.get(id);
      if (stored !== undefined && nowMs - stored.storedMs < KEPT_MS) {
        if (stored.endpoint !== endpoint) {
          throw misuse(
            `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint}' vs '${stored.endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
          );
        }
        if (stored.fingerprint !== fingerprint) {
          throw misuse(
            `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
          );
        }
        return { kind: "replay", answer: stored.answer };
      }
      running.add(id);
      return {
        kind: "fresh",
        keep(answer) {
          running.delete(id);
          answers.put({ id, endpoint, fingerprint, answer, storedMs: nowMs });
        },
        release: () => void running.delete(id),
      };
    },
  };
}

const misuse = (message: string): ApiError => new ApiError(400, { type: "idempotency_error", message });
