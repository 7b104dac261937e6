import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { ListFile } from "../../src/compliance/ofac-files.ts";

const FOLDER = new URL("../data/ofac-2021-07/", import.meta.url);

/** OFAC's list of July 2021, whole. Not current. */
export const realList = (): ListFile[] =>
  ["sdn.csv", "add.csv", "alt.csv"].map((name) => ({
    name,
    content: gunzipSync(readFileSync(new URL(`${name}.gz`, FOLDER))),
  }));

export type SmallEntry = {
  readonly number: number;
  readonly name: string;
  readonly kind?: "individual" | "vessel";
  readonly aliases?: readonly string[];
  readonly country?: string;
  readonly remarks?: string;
};

const nothing = "-0- ";
const field = (text: string | undefined): string => (text === undefined ? nothing : `"${text.replaceAll('"', '""')}"`);
const fileOf = (name: string, rows: readonly (readonly string[])[]): ListFile => ({
  name,
  content: Buffer.from(`${rows.map((row) => row.join(",")).join("\r\n")}\r\n\u001a`),
});

/** A list of a few entries in OFAC's format. Every list has an address and an alias, which are of a ship. */
export function smallList(entries: readonly SmallEntry[]): ListFile[] {
  const all: readonly SmallEntry[] = [
    { number: 1, name: "THE SHIP", kind: "vessel", aliases: ["ANOTHER SHIP"], country: "Cuba" },
    ...entries,
  ];
  return [
    fileOf(
      "sdn.csv",
      all.map(({ number, name, kind, remarks }) => [
        String(number),
        field(name),
        field(kind),
        field("SDGT"),
        ...Array.from({ length: 7 }, () => nothing),
        field(remarks),
      ]),
    ),
    fileOf(
      "add.csv",
      all.flatMap(({ number, country }) =>
        country === undefined ? [] : [[String(number), String(number), nothing, nothing, field(country), nothing]],
      ),
    ),
    fileOf(
      "alt.csv",
      all.flatMap(({ number, aliases = [] }) =>
        aliases.map((alias, at) => [String(number), `${number}${at}`, field("aka"), field(alias), nothing]),
      ),
    ),
  ];
}
