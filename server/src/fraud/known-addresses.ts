import { readFileSync } from "node:fs";
import { disposableEmailBlocklistSet } from "disposable-email-domains-js";
import ipaddr from "ipaddr.js";

/** Addresses in a block of the list of hosting networks. */
const BLOCK_BITS = 8;

/** First blocks and how many follow, in order, so that one is found by halving. */
type Networks = { readonly first: Uint32Array; readonly count: Uint32Array };

let networks: Networks | undefined;
let disposable: ReadonlySet<string> | undefined;

/** Reads the list of networks: one a line, `a.b.c n`, comments after `#`. */
export function readNetworks(text: string): Networks {
  const rows = text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [block = "", count = ""] = line.split(" ");
      return { first: block.split(".").reduce((number, part) => number * 256 + Number(part), 0), count: Number(count) };
    })
    .toSorted((a, b) => a.first - b.first);
  return {
    first: Uint32Array.from(rows, ({ first }) => first),
    count: Uint32Array.from(rows, ({ count }) => count),
  };
}

/**
 * Whether an address is of a provider of servers for rent, where few customers browse from. IPv4 alone: of IPv6 nothing is known, and nothing
 * said. The list is read when it is first asked.
 */
export function isHosting(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  if (address.kind() !== "ipv4") return false;
  networks ??= readNetworks(readFileSync(new URL("./data/hosting-networks.txt", import.meta.url), "utf8"));
  const block = address.toByteArray().reduce((number, byte) => number * 256 + byte, 0) / 2 ** BLOCK_BITS;
  let [low, high] = [0, networks.first.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((networks.first[middle] ?? 0) <= block) low = middle + 1;
    else high = middle;
  }
  return low > 0 && Math.floor(block) < (networks.first[low - 1] ?? 0) + (networks.count[low - 1] ?? 0);
}

/** Whether a domain, or one above it, gives out mailboxes that are thrown away. */
export function isDisposable(domain: string): boolean {
  disposable ??= disposableEmailBlocklistSet();
  const parts = domain.toLowerCase().split(".");
  return parts.some((_, index) => index < parts.length - 1 && disposable?.has(parts.slice(index).join(".")));
}
