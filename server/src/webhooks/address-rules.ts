import ipaddr from "ipaddr.js";

/** What the configuration opens beyond public addresses over https. */
export type AddressPolicy = {
  /** Plain http to this machine: for development and the demo. */
  readonly allowsLoopback: boolean;
  /** The operator's own nets, over http too, to the operator's own endpoints alone (`policyFor`). Link-local addresses, where clouds keep their credentials, stay closed. */
  readonly allowsPrivate: boolean;
};

/** What is open to an owner's endpoints: the operator's own nets are no partner's to knock on. */
export const policyFor = (policy: AddressPolicy, partnerId: string | null): AddressPolicy =>
  partnerId === null ? policy : { ...policy, allowsPrivate: false };

/** Where web servers that speak TLS are; a webhook is no way to knock on other ports. */
const PORTS = ["", "443", "8443"];
const URL_LENGTH_MAX = 500;

/** The whole public space of IPv6 is in here; what embeds or tunnels to IPv4 (mapped, NAT64, 6to4, Teredo) is looked at besides. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];
/** Set aside for documentation since RFC 9637. */
const DOCUMENTATION: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("3fff::"), 20];

const MAPPED = /^::ffff:[\d.]+$/i;
const PRIVATE_RANGES = ["private", "uniqueLocal", "carrierGradeNat"];

export type AddressKind = "public" | "loopback" | "private" | "closed";

/** What kind of address this is. Whatever is not known to be public is closed: a new special range is no way in. */
export function kindOf(address: string): AddressKind {
  // The strict form alone: "127.1" and "0x7f.0.0.1" are addresses to some readers and not to others.
  const isStrict = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  if (!isStrict || address.includes("%")) return "closed";
  // `::127.0.0.1` is mapped to some readers and compatible to others; resolvers write neither.
  if (address.includes(":") && address.includes(".") && !MAPPED.test(address)) return "closed";
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === "loopback") return "loopback";
  if (PRIVATE_RANGES.includes(range)) return "private";
  if (range !== "unicast") return "closed";
  if (parsed.kind() === "ipv4") return "public";
  const wide = parsed as ipaddr.IPv6;
  return wide.match(GLOBAL_UNICAST) && !wide.match(DOCUMENTATION) ? "public" : "closed";
}

/** Whether a request of this protocol may be sent to this address. Asked of every address before one is connected to. */
export function mayConnect(address: string, protocol: string, policy: AddressPolicy): boolean {
  switch (kindOf(address)) {
    case "public":
      return protocol === "https:";
    case "loopback":
      return policy.allowsLoopback || policy.allowsPrivate;
    case "private":
      return policy.allowsPrivate;
    case "closed":
      return false;
  }
}

export type UrlVerdict =
  | { readonly isAllowed: true; readonly url: string }
  | { readonly isAllowed: false; readonly why: UrlProblem };

export type UrlProblem = "no_url" | "too_long" | "protocol" | "credentials" | "fragment" | "port" | "address";

const refused = (why: UrlProblem): UrlVerdict => ({ isAllowed: false, why });

/** Whether a URL may be an endpoint, as far as it says itself; where its name leads is asked when it is connected to. */
export function checkUrl(text: string, policy: AddressPolicy): UrlVerdict {
  const url = URL.parse(text);
  if (url === null) return refused("no_url");
  if (text.length > URL_LENGTH_MAX || url.href.length > URL_LENGTH_MAX) return refused("too_long");
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("protocol");
  if (url.username !== "" || url.password !== "") return refused("credentials");
  if (url.hash !== "") return refused("fragment");
  // The URL parser has made one form of decimal, octal and hexadecimal hosts.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isAddress = ipaddr.isValid(host);
  const kind = isAddress ? kindOf(host) : /^(.+\.)?localhost\.?$/.test(host) ? "loopback" : undefined;
  const isLocal = kind === "loopback" && policy.allowsLoopback;
  // Before its protocol: whoever gives the address of their own machine has more to change than that.
  if (kind !== undefined && kind !== "public" && !mayConnect(isAddress ? host : "127.0.0.1", url.protocol, policy))
    return refused("address");
  if (url.protocol === "http:" && !isLocal && !policy.allowsPrivate) return refused("protocol");
  if (!isLocal && !policy.allowsPrivate && !PORTS.includes(url.port)) return refused("port");
  return { isAllowed: true, url: url.href };
}
