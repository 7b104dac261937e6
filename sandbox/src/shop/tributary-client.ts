/** Where Tributary is, and the operator's key for it. */
export type TributaryAccess = {
  readonly url: string;
  readonly apiKey: { readonly id: string; readonly secret: string };
};

export type Question = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
};

export type Answer =
  | { readonly kind: "done"; readonly body: unknown }
  /** It will not change its mind: nothing was recorded. */
  | { readonly kind: "refused"; readonly code: string; readonly trouble: string }
  /** Unknown or for now: the same question again, under the same key. */
  | { readonly kind: "later"; readonly trouble: string };

/** Asks Tributary's API. Never throws: what goes wrong is an answer in words. */
export async function ask(access: TributaryAccess | undefined, question: Question): Promise<Answer> {
  if (access === undefined) return later("The shop has no key for Tributary yet");
  const { id, secret } = access.apiKey;
  const timeout = AbortSignal.timeout(question.timeoutMs);
  try {
    const response = await fetch(new URL(question.path, access.url), {
      method: question.method,
      redirect: "error",
      signal: question.signal === undefined ? timeout : AbortSignal.any([timeout, question.signal]),
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
        accept: "application/json",
        ...(question.body === undefined ? {} : { "content-type": "application/json" }),
        ...(question.idempotencyKey === undefined ? {} : { "idempotency-key": question.idempotencyKey }),
      },
      ...(question.body === undefined ? {} : { body: JSON.stringify(question.body) }),
    });
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { kind: "done", body } : judge(response.status, fieldsOf(body));
  } catch (error) {
    const isSlow = error instanceof Error && error.name === "TimeoutError";
    return later(isSlow ? "Tributary takes too long to answer" : `Tributary does not answer at ${access.url}`);
  }
}

/** Codes of a conflict that passes by itself. */
const PASSING = new Set(["idempotency.in_progress", "request.retry"]);

function judge(status: number, problem: Record<string, unknown>): Answer {
  const code = typeof problem["code"] === "string" ? problem["code"] : `http.${status}`;
  const title = typeof problem["title"] === "string" ? problem["title"] : `It answered ${status}`;
  if (status === 401 || status === 403) return later(`Tributary does not admit the shop's key: ${title}`);
  if (status === 429) return later("Tributary asks the shop to slow down");
  if (status >= 500 || status === 408) return later(`Tributary is in trouble itself (${status})`);
  if (PASSING.has(code)) return later(title);
  return { kind: "refused", code, trouble: title };
}

const later = (trouble: string): Answer => ({ kind: "later", trouble });

/** The fields of what should be an object; none where it is not. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** The objects of what should be a list of them. */
export const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map((item: unknown) => fieldsOf(item)) : [];

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** An integer or a fraction of the wire; 0 where there is none. */
export const numberOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : 0;
};
