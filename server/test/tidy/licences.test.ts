import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

type Package = { readonly license?: string; readonly dev?: boolean; readonly link?: boolean };

const lock = JSON.parse(readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
/** Ask nothing of whoever passes the program on but their names. */
const FREE = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MIT/X11",
  // Of fonts: they may be passed on with programs and in documents.
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
  "Zlib",
];
/** Say so in their source and not in their package: MIT (`buffers` is of the same author and year as `chainsaw` and `binary`). */
const UNSAID = ["node_modules/buffers", "node_modules/png-js"];

/** One of the alternatives that a package offers is enough; of several that all hold, each must be free. */
const isFree = (license: string): boolean =>
  license
    .replaceAll(/[()]/g, "")
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((one) => FREE.includes(one)));

const isRefused = ([path, { license, dev, link }]: [string, Package]): boolean =>
  path.includes("node_modules/") && !dev && !link && !UNSAID.includes(path) && !isFree(license ?? "");

it("nothing that the program runs with has a licence that asks for more than names", () => {
  expect(Object.entries(lock.packages).filter(isRefused)).toEqual([]);
  // Planted: the check sees what it is for.
  for (const license of ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "UNLICENSED"])
    expect(isRefused(["node_modules/planted", { license }])).toBe(true);
});
