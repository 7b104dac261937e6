import { createSocket } from "node:dgram";
import { afterEach, describe, expect, it } from "vitest";
import { publicResolver, resolverFor, systemResolve } from "./connect-checked.ts";

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A name server that knows one name by an address of IPv4, has nothing else of it, and says nothing about others. */
async function nameServer(name: string, address: string): Promise<string> {
  const socket = createSocket("udp4");
  servers.push(socket);
  socket.on("message", (query, from) => {
    if (!query.includes(name.split(".")[0] ?? "")) return;
    // Header, then the question: labels that end with a zero, type and class.
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const isFour = question.readUInt16BE(question.length - 4) === 1;
    const header = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, isFour ? 1 : 0, 0, 0, 0, 0]);
    query.copy(header, 0, 0, 2);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]);
    socket.send(Buffer.concat([header, question, ...(isFour ? [record] : [])]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return `127.0.0.1:${socket.address().port}`;
}

describe("names of the public net", () => {
  it("are asked of name servers; one that nobody answers for is given up, and keeps no other waiting", async () => {
    const resolve = publicResolver({ servers: [await nameServer("well.test", "192.0.2.7")], timeoutMs: 50 });
    const silent = Array.from({ length: 20 }, (_, index) => resolve(`never-${index}.test`));
    const given = Promise.allSettled(silent);
    expect(await resolve("well.test")).toEqual([{ address: "192.0.2.7", family: 4 }]);
    const ends = (await given).map((end) => (end.status === "rejected" ? (end.reason as { code: string }).code : end));
    expect(new Set(ends)).toEqual(new Set(["ETIMEOUT"]));
  });

  it("are looked up as the machine does only where its own net was opened", () => {
    const closed = { allowsLoopback: false, allowsPrivate: false };
    expect(resolverFor({ ...closed, allowsPrivate: true })).toBe(systemResolve);
    expect(resolverFor({ ...closed, allowsLoopback: true })).toBe(systemResolve);
    expect(resolverFor(closed)).not.toBe(systemResolve);
  });
});
