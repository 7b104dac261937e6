import type { FastifyReply, FastifyRequest } from "fastify";

/** The value of a cookie that came with the request. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key = "", ...rest] = pair.split("=");
    if (key.trim() !== name) continue;
    const value = rest.join("=").trim();
    return value === "" ? undefined : value;
  }
  return undefined;
}

/** Sets a first-party cookie that scripts do not see; without a lifetime it goes with the browser's session, with 0 at once. */
export function setCookie(reply: FastifyReply, name: string, value: string, maxAgeS?: number): void {
  const parts = [`${name}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax"];
  if (maxAgeS !== undefined) parts.push(`Max-Age=${maxAgeS}`);
  const set = reply.getHeader("set-cookie");
  void reply.removeHeader("set-cookie");
  void reply.header("set-cookie", [
    ...(Array.isArray(set) ? set : set === undefined ? [] : [String(set)]),
    parts.join("; "),
  ]);
}
