import { isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";

/** What one subscriber holds: an IPv4 address, or a /64 of IPv6, of which every host has 2^64 to change into (RFC 4291, 2.5.4). */
export function networkOf(ip: string | null): string {
  if (ip === null) return "unknown";
  // Its usual form is its only one: nothing to bring into shape.
  if (isIPv4(ip)) return ip;
  if (!ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  return address.kind() === "ipv4"
    ? address.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString();
}
