import type { IncomingMessage } from "node:http";

/** Who asks, and for which of our hosts. */
export type Caller = { readonly host: string; readonly ip: string | null };

/**
 * Reads the caller from a request. Behind a proxy of ours it is at the address that this proxy saw, which it added last to X-Forwarded-For;
 * what stands before that is whatever the caller wrote there.
 */
export const createCallerOf =
  (isBehindProxy: boolean) =>
  ({ headers, socket }: IncomingMessage): Caller => {
    const ip = (isBehindProxy ? lastOf(headers["x-forwarded-for"]) : undefined) ?? socket.remoteAddress ?? null;
    const host = (isBehindProxy ? lastOf(headers["x-forwarded-host"]) : undefined) ?? headers.host ?? "";
    return { host: nameOf(host), ip };
  };

/** The last entry of a list that is not blank. */
function lastOf(list: string | string[] | undefined): string | undefined {
  if (list === undefined) return undefined;
  if (Array.isArray(list)) return lastOf(list.join());
  let end = list.length;
  while (end > 0) {
    const comma = list.lastIndexOf(",", end - 1);
    const entry = list.slice(comma + 1, end).trim();
    if (entry !== "") return entry;
    end = comma;
  }
  return undefined;
}

/** The name alone, as it is kept. */
function nameOf(host: string): string {
  if (host.startsWith("[")) return host.slice(0, host.indexOf("]") + 1);
  const [name = ""] = host.split(":", 1);
  // A name that ends in its root is the same name (RFC 1034, 3.1): it is nobody else's.
  return name.endsWith(".") ? name.slice(0, -1) : name;
}
