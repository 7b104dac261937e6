import ipaddr from "ipaddr.js";

/** Names under `.example` are nobody's (RFC 2606, section 2): such addresses are the demo's, and its passwords are shown on a screen. */
const DEMO_ADDRESS = /\.example$/;
const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether somebody may sign in from where they are. The demo's people only on the machine that the demo runs on: the call comes over
 * loopback, and the server is not published under another name, where a proxy on the same machine would make every call look like that.
 */
export function maySignInFrom(
  email: string,
  where: { readonly ip: string | null; readonly publicUrl: string },
): boolean {
  if (!DEMO_ADDRESS.test(email)) return true;
  const isLoopback = where.ip !== null && ipaddr.isValid(where.ip) && ipaddr.process(where.ip).range() === "loopback";
  return isLoopback && LOCAL_HOSTS.has(new URL(where.publicUrl).hostname);
}
