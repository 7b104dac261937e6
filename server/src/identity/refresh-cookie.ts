import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionTokens } from "./session-tokens.ts";

/** Where the cookie is sent: to sign-in's own routes and no others. */
const PATH = "/api/v1/auth";

/** A browser's refresh token. No script reads it, no other site sends it, and it travels in the clear on a developer's machine alone. */
export type RefreshCookie = {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, tokens: SessionTokens): void;
  clear(reply: FastifyReply): void;
};

/** Makes the cookie for an installation that people reach at `publicUrl`. */
export function createRefreshCookie({ publicUrl }: { publicUrl: string }): RefreshCookie {
  const secure = publicUrl.startsWith("https:");
  // The prefix has the browser refuse the name to whoever speaks without encryption (RFC 6265bis, 4.1.3.1).
  const name = secure ? "__Secure-tributary_refresh" : "tributary_refresh";
  const options = { path: PATH, httpOnly: true, sameSite: "strict", secure } as const;
  return {
    read: (request) => {
      // A neighbour under the same domain counts as the same site, and could end the session or spend the token.
      const site = request.headers["sec-fetch-site"];
      return site === undefined || site === "same-origin" ? request.cookies[name] : undefined;
    },
    set: (reply, tokens) =>
      void reply.setCookie(name, tokens.refreshToken, { ...options, expires: tokens.refreshTokenExpiresAt }),
    clear: (reply) => void reply.clearCookie(name, options),
  };
}
