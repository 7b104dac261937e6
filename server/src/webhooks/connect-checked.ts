import { lookup } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { type AddressPolicy, mayConnect } from "./address-rules.ts";

/** Finds every address of a name. A port, so that a test can have a name change its mind. */
export type Resolve = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** As the machine resolves names. */
export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

const RESOLVE_TIMEOUT_MS = 1_500;

/**
 * Asks name servers over the event loop, and gives up. The machine's own way has few threads for the whole process: a name server that says nothing
 * would hold them, and with them every other name that is looked for.
 */
export const publicResolver =
  ({ servers, timeoutMs = RESOLVE_TIMEOUT_MS }: { servers?: readonly string[]; timeoutMs?: number } = {}): Resolve =>
  async (hostname) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [
      ...(four.status === "fulfilled" ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === "fulfilled" ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (found.length === 0 && four.status === "rejected") throw four.reason;
    return found;
  };

/** Where inner addresses were opened, names are looked up as the machine does, which knows its own net. */
export const resolverFor = ({ allowsLoopback, allowsPrivate }: AddressPolicy): Resolve =>
  allowsLoopback || allowsPrivate ? systemResolve : publicResolver();

/** An address that must not be connected to. Its name reaches the log of attempts; the address does not: it is the inside of a net. */
export class AddressRefused extends Error {
  override name = "AddressRefused";
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects to nothing but what was checked: a name is resolved once, each of its addresses is asked about, and the connection goes to one of those.
 * Whoever answers another address the next time gains nothing.
 */
export function checkedConnector(policy: AddressPolicy, resolve: Resolve): buildConnector.connector {
  const connectorFor = (protocol: string) => {
    const checkedLookup: LookupFunction = (hostname, options, answer) => {
      resolve(hostname).then(
        (addresses) => {
          if (addresses.length === 0 || !addresses.every(({ address }) => mayConnect(address, protocol, policy)))
            return answer(new AddressRefused("the host has an address that webhooks are not sent to"), "", 0);
          const [first] = addresses;
          if (options.all) answer(null, [...addresses]);
          else answer(null, first?.address ?? "", first?.family);
        },
        (error: NodeJS.ErrnoException) => answer(error, "", 0),
      );
    };
    return buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      lookup: checkedLookup,
      allowH2: false,
      maxCachedSessions: 100,
    });
  };
  const connectors = { "http:": connectorFor("http:"), "https:": connectorFor("https:") };
  return (options, done) => {
    const { protocol, hostname } = options;
    const host = hostname.replace(/^\[|\]$/g, "");
    // A literal address is not looked up: it is asked about here.
    if (isIP(host) !== 0 && !mayConnect(host, protocol, policy))
      return done(new AddressRefused("webhooks are not sent to this address"), null);
    const connector = protocol === "https:" ? connectors["https:"] : connectors["http:"];
    return connector(options, done);
  };
}
