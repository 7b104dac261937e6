/**
 * What the first page asks of the server, asked while its scripts are still on their way: how the programme looks, who is signed in, and what a
 * partner sees first. A file of its own that imports nothing, so that it runs first; whoever calls the API soon after takes the answer that is coming.
 */
const SIGNED_IN = "tributary_signed_in";
/** An answer that nobody took by then is not the newest any more. */
const GOOD_MS = 10_000;
const ROOT = "/api/v1";

type Ask = { readonly method: string; readonly path: string; readonly authorization?: string | undefined };

const coming = new Map<string, Promise<Response>>();
// With the token in it: what one person was told is never taken for another.
const keyOf = ({ method, path, authorization }: Ask): string => [method, path, authorization].join(" ");

function ask({ method, path, authorization }: Ask, init?: RequestInit): Promise<Response> {
  const answer = fetch(path, { method, ...(authorization && { headers: { authorization } }), ...init });
  // Whoever takes it is told; where nobody does, nothing is wrong.
  answer.catch(() => {});
  coming.set(keyOf({ method, path, authorization }), answer);
  return answer;
}

async function askAsSignedIn(role: string): Promise<void> {
  const init = { headers: { "content-type": "application/json" }, body: "{}" };
  // Tabs take turns: a refresh token that is used twice ends its session.
  const answer = await navigator.locks.request("tributary-session", () =>
    ask({ method: "POST", path: `${ROOT}/auth/refresh` }, init),
  );
  if (!answer.ok) return;
  const { accessToken } = (await answer.clone().json()) as { accessToken: string };
  const authorization = `Bearer ${accessToken}`;
  void ask({ method: "GET", path: `${ROOT}/auth/me`, authorization });
  const isHome = /^\/portal\/?$/.test(location.pathname);
  if (role === "partner" && isHome)
    for (const path of ["/partners/commissions/summary", "/partners/agreements", "/partners/profile"])
      void ask({ method: "GET", path: ROOT + path, authorization });
}

/** Whether this browser has been signed in, and as whom: a role, and nothing else. Without it there is no cookie to try. */
export const signedInAs = (): string | null => localStorage.getItem(SIGNED_IN);
export const rememberSignedIn = (role: string): void => localStorage.setItem(SIGNED_IN, role);
export const forgetSignedIn = (): void => localStorage.removeItem(SIGNED_IN);

/** As `fetch`, which it is for all that was not asked already. */
export const fetchOnce: typeof fetch = (input, init) => {
  const { pathname, search } = new URL(input instanceof Request ? input.url : input);
  const authorization = new Headers(init?.headers).get("authorization") ?? undefined;
  const key = keyOf({ method: init?.method ?? "GET", path: pathname + search, authorization });
  const answer = coming.get(key);
  coming.delete(key);
  if (answer === undefined) return fetch(input, init);
  const { signal } = init ?? {};
  const givenUp = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([answer, givenUp]);
};

setTimeout(() => coming.clear(), GOOD_MS);
void ask({ method: "GET", path: `${ROOT}/brand` });
const role = signedInAs();
if (role !== null) void askAsSignedIn(role).catch(() => {});
