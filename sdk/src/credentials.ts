/** Who calls: a program by its API key, or a person by the access token of a session. Nobody, where there is none. */
export type Credentials =
  | { readonly apiKey: string; readonly secret: string }
  | {
      /** The token to send. Asked again with `isRefused` after the server did not take the last one: answer another, or undefined. */
      readonly accessToken: (facts: {
        readonly isRefused: boolean;
      }) => Promise<string | undefined> | string | undefined;
    };

/** The Authorization header; undefined where there is nothing to send. */
export async function authorizationOf(
  credentials: Credentials | undefined,
  isRefused: boolean,
): Promise<string | undefined> {
  if (credentials === undefined) return undefined;
  if ("accessToken" in credentials) {
    const token = await credentials.accessToken({ isRefused });
    return token === undefined ? undefined : `Bearer ${token}`;
  }
  return isRefused ? undefined : `Basic ${btoa(`${credentials.apiKey}:${credentials.secret}`)}`;
}
