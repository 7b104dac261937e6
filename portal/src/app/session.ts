import { createClient, type Input, isTributaryError } from "@tributary/sdk";
import { useSyncExternalStore } from "react";
import { fetchOnce, forgetSignedIn, rememberSignedIn, signedInAs } from "./early.ts";
import { forgetDrafts } from "./forget-drafts.ts";
import { readerHeaders } from "./reader-headers.ts";

/** `unknown` until the cookie has been tried; `ended` where somebody was signed in on this page and is not any more. */
export type SessionState = "unknown" | "in" | "out" | "ended";

// The access token is in this module's memory and nowhere else; the refresh token is in a cookie that no script reads.
let token: { readonly value: string; readonly goodUntil: number } | undefined;
let state: SessionState = "unknown";
// While a member of the team looks as a partner, this is what is called with; it is in the memory alone, so that a reload ends it.
let look: { readonly token: string; readonly until: Date; readonly name: string } | undefined;
let refreshing: Promise<void> | undefined;
const listeners = new Set<() => void>();
const open = createClient({ baseUrl: location.origin, fetch: fetchOnce, headers: readerHeaders() });
const EARLY_MS = 20_000;

function become(next: SessionState): void {
  state = next;
  for (const tell of listeners) tell();
}

/** How long a token is good, by what it says of itself: the reader's clock may be wrong, and only its pace is trusted. */
function lifetimeMs(value: string): number {
  const payload = (value.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const { iat, exp } = JSON.parse(atob(payload)) as { iat: number; exp: number };
  return (exp - iat) * 1000;
}

type Taken = { readonly accessToken: string; readonly user?: { readonly role: string } };

function take({ accessToken: value, user }: Taken): void {
  token = { value, goodUntil: Date.now() + lifetimeMs(value) - EARLY_MS };
  if (user !== undefined) rememberSignedIn(user.role);
  become("in");
}

/** Spends the cookie for a new token. Tabs take turns: a refresh token that is used twice ends its session. */
async function refresh(): Promise<void> {
  try {
    await navigator.locks.request("tributary-session", async () => take(await open.refreshSession({ body: {} })));
  } catch (error) {
    if (!isTributaryError(error) || error.status !== 401) throw error;
    token = undefined;
    forgetSignedIn();
    become(state === "in" || state === "ended" ? "ended" : "out");
  }
}

const refreshOnce = (): Promise<void> => (refreshing ??= refresh().finally(() => (refreshing = undefined)));

/** The token to call with; a fresh one where the last is spent or was refused. */
export async function accessToken({ isRefused }: { readonly isRefused: boolean }): Promise<string | undefined> {
  if (look !== undefined) {
    if (!isRefused) return look.token;
    endLook();
  }
  if (isRefused || token === undefined || Date.now() > token.goodUntil) await refreshOnce();
  return token?.value;
}

/** Finds out whether somebody is signed in already. */
export async function openSession(): Promise<void> {
  if (signedInAs() === null) return become("out");
  await refreshOnce();
}

export async function signIn(credentials: { readonly email: string; readonly password: string }): Promise<void> {
  take(await open.signIn({ body: { ...credentials, refreshToken: "cookie" } }));
}

/** Ends a sign-in whose password was right, by what is shown beside it. */
export async function showFactor(shown: Omit<Input<"showSecondFactor">["body"], "refreshToken">): Promise<void> {
  take(await open.showSecondFactor({ body: { ...shown, refreshToken: "cookie" } }));
}

/** Signs in by a passkey alone. */
export async function signInByPasskey(shown: Omit<Input<"signInByPasskey">["body"], "refreshToken">): Promise<void> {
  take(await open.signInByPasskey({ body: { ...shown, refreshToken: "cookie" } }));
}

export async function signOut(): Promise<void> {
  await open.signOut({ body: {} });
  token = undefined;
  forgetSignedIn();
  forgetDrafts();
  become("out");
}

export const isSignedIn = (): boolean => state === "in";

export const useSession = (): SessionState =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => state,
  );

/** The look that is under way, and until when. */
export const currentLook = (): { readonly until: Date; readonly name: string } | undefined => look;

export function beginLook(begun: { readonly token: string; readonly until: Date; readonly name: string }): void {
  look = begun;
  onIdentity();
}

/** Back to who is signed in. */
export function endLook(): void {
  look = undefined;
  onIdentity();
}

/** Called when everything that was read belongs to somebody else from now on. */
let onIdentity: () => void = () => {};
export const whenIdentityChanges = (forget: () => void): void => {
  onIdentity = forget;
};

/** Calls that need nobody to be signed in. */
export const openApi = open;
