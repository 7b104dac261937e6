import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

// What a partner's first load weighs: the page, and what its home needs, scripts, styles and the font. More than the budget fails.
const BUDGET_BYTES = 200_000;
/** The first page, behind sign-in: home, its texts and its data's shape are in what every page loads. */
const ENTRIES = ["index.html"];

type Chunk = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
};

const place = (path: string): string => fileURLToPath(new URL(`dist/${path}`, import.meta.url));
const manifest = JSON.parse(await readFile(place(".vite/manifest.json"), "utf8")) as Readonly<Record<string, Chunk>>;

const files = new Set(["index.html"]);
const seen = new Set<string>();
const add = (name: string): void => {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the portal's manifest has no ${name}: build it, or mend the list`);
  if (seen.has(name)) return;
  seen.add(name);
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
  for (const imported of chunk.imports ?? []) add(imported);
};
ENTRIES.forEach(add);

const sizes = await Promise.all(
  [...files].map(async (file) => {
    const bytes = await readFile(place(file));
    // A font is compressed already.
    return [file, file.endsWith(".woff2") ? bytes.byteLength : gzipSync(bytes, { level: 9 }).byteLength] as const;
  }),
);
const kindOf = (file: string): string => file.slice(file.lastIndexOf(".") + 1);
const byKind = Object.groupBy(sizes, ([file]) => kindOf(file));
const sum = (some: readonly (readonly [string, number])[] = []): number =>
  some.reduce((total, [, bytes]) => total + bytes, 0);
const total = sum(sizes);
console.log(
  `first load: ${total} bytes gzipped of ${BUDGET_BYTES} (${Object.entries(byKind)
    .map(([kind, some]) => `${kind} ${sum(some)}`)
    .join(", ")})`,
);
if (process.argv.includes("--verbose"))
  for (const [file, bytes] of sizes.toSorted(([, a], [, b]) => b - a)) console.log(`${bytes}\t${file}`);
if (total > BUDGET_BYTES) {
  console.error(`the first load is ${total - BUDGET_BYTES} bytes over its budget`);
  process.exitCode = 1;
}
