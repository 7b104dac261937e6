import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Ctx } from "../platform/context.ts";
import { sanctionsErrors } from "./compliance-errors.ts";
import type { ListFiles } from "./list-screening.ts";
import { type Encoding, type ListFile, SDN_FILES } from "./ofac-files.ts";

/** Far above what the lists are, so that a wrong address does not fill the memory. */
const FILE_BYTES_MAX = 100 * 2 ** 20;
const TIMEOUT_MS = 120_000;

/** A file of the list from disk, unpacked where its name ends in `.gz`; `at` is when it was last written. */
export async function readListFile(path: string): Promise<ListFile & { readonly at: Date }> {
  const content = await readFile(path);
  const { mtime } = await stat(path);
  if (!path.endsWith(".gz")) return { name: path, content, at: mtime };
  return { name: path.slice(0, -3), content: gunzipSync(content, { maxOutputLength: FILE_BYTES_MAX }), at: mtime };
}

/** The oldest file counts: that of which the list is, for sure. */
export const oldest = (times: readonly Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())));

/** Files that something else puts into a folder: they are as old as it says they are, however often they are read. */
export const listFilesInFolder = (folder: string, encoding: Encoding): ListFiles => ({
  read: async () => {
    const names = await readdir(folder).catch((error: unknown) => {
      throw sanctionsErrors.source_unavailable({ reason: "the folder cannot be read" }, error);
    });
    const wanted = names.filter((name) =>
      /^(sdn|add|alt|sdn_comments|cons_(prim|add|alt|comments))\.csv(\.gz)?$/i.test(name),
    );
    if (wanted.length === 0) throw sanctionsErrors.files_unknown({ reason: "the folder has no file of a list" });
    const files = await Promise.all(wanted.map((name) => readListFile(join(folder, name))));
    const asOf = oldest(files.map(({ at }) => at));
    return { source: "ofac", files, encoding, asOf, confirmedAt: asOf };
  },
});

/** Files below an address of the publisher: what it serves now is its newest. */
export const listFilesAt = (base: string, encoding: Encoding): ListFiles => ({
  read: async (ctx: Ctx) => {
    const fetched = await Promise.all(
      SDN_FILES.map((name) => fetchFile(new URL(name.toUpperCase(), base), name, ctx.now)),
    );
    return {
      source: "ofac",
      files: fetched,
      encoding,
      asOf: oldest(fetched.map(({ at }) => at)),
      confirmedAt: ctx.now,
    };
  },
});

async function fetchFile(url: URL, name: string, now: Date): Promise<ListFile & { readonly at: Date }> {
  const unavailable = (reason: string, cause?: unknown) =>
    sanctionsErrors.source_unavailable({ file: name, host: url.host, reason }, cause);
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw unavailable("it does not answer", error);
  });
  if (!answer.ok || answer.body === null) throw unavailable(`it answers ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body) {
      size += chunk.length;
      if (size > FILE_BYTES_MAX) throw unavailable("the file is too large");
      chunks.push(chunk);
    }
  } catch (error) {
    throw unavailable("the answer broke off", error);
  }
  const said = Date.parse(answer.headers.get("last-modified") ?? "");
  return { name, content: Buffer.concat(chunks), at: Number.isNaN(said) ? now : new Date(said) };
}
