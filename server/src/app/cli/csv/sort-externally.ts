import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type SortOptions<Item> = {
  readonly compare: (a: Item, b: Item) => number;
  /** Plain JSON and back. */
  readonly encode: (item: Item) => unknown;
  readonly decode: (value: unknown) => Item;
  readonly runSize?: number;
};

/**
 * Rows in memory; what is more is sorted on disk, so that memory stays flat however long the file is. With what it takes to read, sort and write
 * them these are some 250 MB (measured; four times as many are twice that, and no faster).
 */
const RUN_SIZE_DEFAULT = 25_000;

/**
 * Yields items in order: runs are sorted in memory and written to a temporary folder, then merged. Items that compare as equal keep the order
 * in which they came. The folder is removed when the iteration ends, however it ends.
 */
export async function* sortExternally<Item>(
  items: AsyncIterable<Item>,
  { compare, encode, decode, runSize = RUN_SIZE_DEFAULT }: SortOptions<Item>,
): AsyncGenerator<Item> {
  let folder: string | undefined;
  try {
    const runs: string[] = [];
    let run: Item[] = [];
    for await (const item of items) {
      run.push(item);
      if (run.length < runSize) continue;
      folder ??= await mkdtemp(join(tmpdir(), "tributary-sort-"));
      runs.push(await writeRun(join(folder, `${runs.length}`), run.sort(compare).map(encode)));
      run = [];
    }
    run.sort(compare);
    if (runs.length === 0) yield* run;
    else yield* merge([...runs.map((path) => readRun(path, decode)), readMemory(run)], compare);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function writeRun(path: string, values: readonly unknown[]): Promise<string> {
  const file = createWriteStream(path, { mode: 0o600 });
  for (const value of values) {
    if (!file.write(`${JSON.stringify(value)}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return path;
}

async function* readRun<Item>(path: string, decode: (value: unknown) => Item): AsyncGenerator<Item> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    yield decode(JSON.parse(line));
  }
}

async function* readMemory<Item>(run: readonly Item[]): AsyncGenerator<Item> {
  yield* run;
}

/** Merges sorted sources; of equal items, that of the earlier source comes first. */
async function* merge<Item>(
  sources: readonly AsyncGenerator<Item>[],
  compare: (a: Item, b: Item) => number,
): AsyncGenerator<Item> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let least = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[least];
      if (!head.done && (best === undefined || best.done || compare(head.value, best.value) < 0)) least = index;
    }
    const head = heads[least];
    const source = sources[least];
    if (head === undefined || head.done || source === undefined) return;
    yield head.value;
    heads[least] = await source.next();
  }
}
