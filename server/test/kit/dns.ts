import DNS from "dns2";

const { Packet } = DNS;
type Resource = Parameters<ReturnType<typeof Packet.createResponseFromRequest>["answers"]["push"]>[0];
const TYPES = { A: Packet.TYPE.A, AAAA: Packet.TYPE.AAAA, CNAME: Packet.TYPE.CNAME, TXT: Packet.TYPE.TXT } as const;

/** What stands at a name; `"fails"` where the server cannot say. */
type Standing = { readonly [Type in keyof typeof TYPES]?: readonly string[] } | "fails";

export type DnsServer = AsyncDisposable & {
  /** For `DNS_SERVERS`. */
  readonly address: string;
  /** Names and what stands at each, as they are now: a test changes it. */
  readonly zone: Map<string, Standing>;
};

/** A DNS server on this machine. It follows CNAMEs that it knows the end of, as resolvers do. */
export async function startDns(): Promise<DnsServer> {
  const zone = new Map<string, Standing>();
  const server = DNS.createServer({
    udp: { type: "udp4" },
    handle: (request, send) => {
      const response = Packet.createResponseFromRequest(request);
      const [question] = request.questions;
      const name = String(question?.name).toLowerCase();
      const add = (at: string, type: keyof typeof TYPES): void => {
        const standing = zone.get(at);
        if (standing === undefined || standing === "fails") return;
        const [alias] = standing.CNAME ?? [];
        if (alias !== undefined && type !== "CNAME") {
          add(at, "CNAME");
          add(alias, type);
          return;
        }
        for (const value of standing[type] ?? []) response.answers.push(recordOf(at, type, value));
      };
      const asked = Object.entries(TYPES).find(([, code]) => code === (question as { type?: number }).type)?.[0];
      if (zone.get(name) === "fails") response.header.rcode = Packet.RCODE.SERVFAIL;
      else if (!zone.has(name)) response.header.rcode = Packet.RCODE.NXDOMAIN;
      else if (asked !== undefined) add(name, asked as keyof typeof TYPES);
      void send(response);
    },
  });
  const { udp } = await server.listen({ udp: { port: 0, address: "127.0.0.1" } });
  return {
    address: `127.0.0.1:${udp?.port}`,
    zone,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function recordOf(name: string, type: keyof typeof TYPES, value: string): Resource {
  const head = { name, type: TYPES[type], class: Packet.CLASS.IN, ttl: 1 };
  const content = type === "TXT" ? { data: value } : type === "CNAME" ? { domain: value } : { address: value };
  return asResource({ ...head, ...content });
}

/** The library writes any object that has the fields of its record. */
const asResource = (record: object): Resource => record as Resource;
