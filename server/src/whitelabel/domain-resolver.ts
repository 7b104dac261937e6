import { promises as dns } from "node:dns";
import { isIP } from "node:net";
import { type Answer, type DnsFacts, txtNameOf } from "./domain-rules.ts";

/** The port to whoever answers for names. */
export type DomainResolver = {
  /** What is to be known of a domain that should lead to `target`, a host or an address. Asks without a transaction. */
  ask(domain: string, target: string): Promise<DnsFacts>;
};

const TIMEOUT_MS = 3_000;
const TRIES = 2;

/** Asks DNS; `servers` are addresses (`1.1.1.1`, `127.0.0.1:5353`) instead of those of the machine. */
export function createDomainResolver({
  servers,
}: {
  readonly servers?: readonly string[] | undefined;
}): DomainResolver {
  const resolver = new dns.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers !== undefined && servers.length > 0) resolver.setServers([...servers]);
  const addressesOf = async (host: string): Promise<Answer> => {
    if (isIP(host)) return [host];
    const [four, six] = await Promise.all([
      answered(() => resolver.resolve4(host)),
      answered(() => resolver.resolve6(host)),
    ]);
    return four && six && [...four, ...six];
  };
  return {
    ask: async (domain, target) => {
      const [txt, aliases, addresses, targetAddresses] = await Promise.all([
        answered(async () => (await resolver.resolveTxt(txtNameOf(domain))).map((parts) => parts.join(""))),
        answered(() => resolver.resolveCname(domain)),
        addressesOf(domain),
        addressesOf(target),
      ]);
      return { txt, aliases, addresses, targetAddresses };
    },
  };
}

/** That there is nothing is an answer; that nobody answers, or cannot, is none. */
const NOTHING_THERE = new Set<unknown>([dns.NOTFOUND, dns.NODATA]);

async function answered(question: () => Promise<string[]>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    return error instanceof Error && "code" in error && NOTHING_THERE.has(error.code) ? [] : undefined;
  }
}
