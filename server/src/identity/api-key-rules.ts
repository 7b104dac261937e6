import ipaddr from "ipaddr.js";
import { OPERATOR_SCOPES, PARTNER_SCOPES, PEOPLE_ONLY_SCOPES, type Scope } from "../platform/scopes.ts";

/** Whose a key is: one partner's, or the operator's. */
export type KeyOwner = "partner" | "operator";

/** What keys of an owner may have at most. */
export const KEY_SCOPES: Readonly<Record<KeyOwner, readonly Scope[]>> = {
  partner: PARTNER_SCOPES.filter((scope) => !PEOPLE_ONLY_SCOPES.has(scope)),
  operator: OPERATOR_SCOPES.filter((scope) => !PEOPLE_ONLY_SCOPES.has(scope)),
};

/** Those of the wanted scopes that the giver does not have, or that no key of the owner may have. */
export const refusedScopes = (input: {
  readonly wanted: readonly Scope[];
  readonly owner: KeyOwner;
  /** Undefined: the program itself gives, and has all. */
  readonly giver: ReadonlySet<Scope> | undefined;
}): Scope[] =>
  input.wanted.filter(
    (scope) => !KEY_SCOPES[input.owner].includes(scope) || (input.giver !== undefined && !input.giver.has(scope)),
  );

/** What a stored key may do now: what was written on it, as far as keys of its owner may still have that. */
export const effectiveScopes = (stored: unknown, owner: KeyOwner): ReadonlySet<Scope> =>
  new Set(KEY_SCOPES[owner].filter((scope) => Array.isArray(stored) && stored.includes(scope)));

/** The block in its one form (`203.0.113.0/24`; an address is a block of one); undefined for what is no address. */
export function normalBlock(entry: string): string | undefined {
  const block = parseBlock(entry);
  if (block === undefined) return undefined;
  const [address, bits] = block;
  const network = address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${network.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`;
}

/** Whether a call from `ip` is allowed; an empty list allows every address. */
export function isAddressAllowed(ip: string | null, allowList: unknown): boolean {
  if (!Array.isArray(allowList)) return false;
  if (allowList.length === 0) return true;
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return allowList.some((entry) => {
    const block = typeof entry === "string" ? parseBlock(entry) : undefined;
    return block !== undefined && block[0].kind() === address.kind() && address.match(block);
  });
}

/** What stands before an address of IPv4 where IPv6 writes it (RFC 4291, 2.5.5.2). */
const MAPPED_BITS = 96;

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number];

function parseBlock(entry: string): Block | undefined {
  try {
    const [named = ""] = entry.split("/", 1);
    // The strict form: "127.1" and "0x7f.0.0.1" are addresses to some readers and not to others.
    if (!ipaddr.isValid(named) || (ipaddr.IPv4.isValid(named) && !ipaddr.IPv4.isValidFourPartDecimal(named)))
      return undefined;
    const address = ipaddr.process(named);
    if (named === entry) return [address, address.kind() === "ipv4" ? 32 : 128];
    const [written, bits] = ipaddr.parseCIDR(entry);
    if (written.kind() === address.kind()) return [address, bits];
    // A block of addresses of IPv4 as IPv6 writes them: callers come as IPv4, and so it is kept. One that is wider holds others as well.
    return bits < MAPPED_BITS ? undefined : [address, bits - MAPPED_BITS];
  } catch {
    return undefined;
  }
}
