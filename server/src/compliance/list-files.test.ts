import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallList } from "../../test/kit/ofac-list.ts";
import { newId } from "../kernel/id.ts";
import { systemContext } from "../platform/context.ts";
import { listFilesAt, listFilesInFolder } from "./list-files.ts";
import { readOfacFiles } from "./ofac-files.ts";

const files = smallList([{ number: 2, name: "LISTED, Lena", kind: "individual" }]);
const NOW = new Date("2026-03-01T12:00:00Z");
const ctx = systemContext({ tenantId: newId(), job: "test", now: NOW });
const day = (text: string): Date => new Date(`2026-02-${text}T00:00:00Z`);

describe("a folder", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tributary-list-"));
    files.forEach(({ name, content }, at) => {
      const path = join(folder, at === 0 ? `${name.toUpperCase()}.gz` : name);
      writeFileSync(path, at === 0 ? gzipSync(content) : content);
      utimesSync(path, day(`1${at}`), day(`1${at}`));
    });
    writeFileSync(join(folder, "readme.txt"), "Not of the list");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gives the files of the list, packed or not, as old as the oldest of them, however often they are read", async () => {
    const news = await listFilesInFolder(folder, "utf-8").read(ctx);
    expect(news).toMatchObject({ asOf: day("10"), confirmedAt: day("10") });
    expect(readOfacFiles(news.files, "utf-8").map(({ name }) => name)).toEqual(["THE SHIP", "LISTED, Lena"]);
  });

  it.each([
    ["that is not there", "sanctions.source_unavailable", () => join(folder, "missing")],
    ["without a file of a list", "sanctions.files_unknown", () => tmpdirOf()],
  ])("%s is refused", async (_what, code, path) => {
    await expect(listFilesInFolder(path(), "utf-8").read(ctx)).rejects.toMatchObject({ code });
  });
  const tmpdirOf = (): string => mkdtempSync(join(folder, "empty-"));
});

describe("an address", () => {
  let answer: (name: string) => { status?: number; lastModified?: string; body?: Uint8Array; breaksOff?: true };
  const server = createServer((request, response) => {
    const name = (request.url ?? "").split("/").at(-1) ?? "";
    const { status = 200, lastModified, body = Buffer.alloc(0), breaksOff } = answer(name.toLowerCase());
    response.writeHead(status, {
      ...(lastModified === undefined ? {} : { "last-modified": lastModified }),
      ...(breaksOff ? { "content-length": body.length } : {}),
    });
    if (breaksOff) response.write(body.subarray(0, 5), () => response.destroy());
    else response.end(body);
  });
  let base: string;
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/lists/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const contentOf = (name: string): Uint8Array => files.find((file) => file.name === name)?.content ?? Buffer.alloc(0);

  it("gives the newest there is: dated by the publisher, confirmed by the fetch", async () => {
    answer = (name) => ({
      body: contentOf(name),
      ...(name === "alt.csv" ? { lastModified: day("20").toUTCString() } : { lastModified: day("21").toUTCString() }),
    });
    const news = await listFilesAt(base, "utf-8").read(ctx);
    expect(news).toMatchObject({ asOf: day("20"), confirmedAt: NOW });
    expect(readOfacFiles(news.files, "utf-8")).toHaveLength(2);
  });

  it.each<[string, typeof answer]>([
    ["fails", () => ({ status: 503 })],
    ["breaks off", (name) => ({ body: contentOf(name), breaksOff: true })],
  ])("that %s gives nothing", async (_what, how) => {
    answer = how;
    await expect(listFilesAt(base, "utf-8").read(ctx)).rejects.toMatchObject({ code: "sanctions.source_unavailable" });
  });
});
