import { parse } from "csv-parse/sync";
import { sanctionsErrors } from "./compliance-errors.ts";
import { countryNamed } from "./ofac-countries.ts";
import type { EntryKind, SanctionsEntry } from "./ofac-entry.ts";

export type ListFile = { readonly name: string; readonly content: Uint8Array };
export type Encoding = "utf-8" | "windows-1252";

type Part = "entries" | "addresses" | "aliases" | "comments";
type Sort = { readonly list: "ofac_sdn" | "ofac_consolidated"; readonly part: Part };

/** OFAC's delimited files (dat_spec.txt) by name: the list of blocked persons, and the consolidated one of the others. */
const SORTS: Readonly<Record<string, Sort>> = {
  "sdn.csv": { list: "ofac_sdn", part: "entries" },
  "add.csv": { list: "ofac_sdn", part: "addresses" },
  "alt.csv": { list: "ofac_sdn", part: "aliases" },
  "sdn_comments.csv": { list: "ofac_sdn", part: "comments" },
  "cons_prim.csv": { list: "ofac_consolidated", part: "entries" },
  "cons_add.csv": { list: "ofac_consolidated", part: "addresses" },
  "cons_alt.csv": { list: "ofac_consolidated", part: "aliases" },
  "cons_comments.csv": { list: "ofac_consolidated", part: "comments" },
};
export const SDN_FILES = ["sdn.csv", "add.csv", "alt.csv"] as const;

const COLUMNS: Readonly<Record<Part, number>> = { entries: 12, addresses: 6, aliases: 5, comments: 2 };
/** Remarks that did not fit are in a file of their own, which may be missing. */
const NEEDED: readonly Part[] = ["entries", "addresses", "aliases"];
/** OFAC ends each file with Ctrl-Z: without it, something is missing. */
const END_MARK = 0x1a;

type Rows = Readonly<Partial<Record<Part, readonly (readonly string[])[]>>>;

/**
 * The entries of a list from its files. Throws `sanctions.files_unknown`, `.file_empty`, `.file_cut_off`, `.file_encoding` and
 * `.list_inconsistent`, each with the file and what is wrong: half a list would clear people whom the other half names.
 */
export function readOfacFiles(files: readonly ListFile[], encoding: Encoding): SanctionsEntry[] {
  const lists = new Map<Sort["list"], Record<string, readonly (readonly string[])[]>>();
  for (const file of files) {
    const name = (file.name.split(/[\\/]/).at(-1) ?? "").toLowerCase();
    const sort = SORTS[name];
    if (sort === undefined)
      throw sanctionsErrors.files_unknown({ file: file.name, reason: `expected ${Object.keys(SORTS).join(", ")}` });
    const rows = lists.get(sort.list) ?? {};
    if (sort.part in rows) throw sanctionsErrors.files_unknown({ file: file.name, reason: "the file is given twice" });
    rows[sort.part] = readRows({ ...file, name }, COLUMNS[sort.part], encoding);
    lists.set(sort.list, rows);
  }
  for (const [list, rows] of lists)
    for (const part of NEEDED)
      if (!(part in rows)) throw sanctionsErrors.files_unknown({ list, reason: `the file of ${part} is missing` });
  if (lists.size === 0) throw sanctionsErrors.files_unknown({ reason: "no file was given" });
  return [...lists].flatMap(([list, rows]) => entriesOf(list, rows));
}

function readRows({ name, content }: ListFile, columns: number, encoding: Encoding): string[][] {
  if (content.length === 0) throw sanctionsErrors.file_empty({ file: name });
  const text = decode(name, content, encoding);
  const end = text.lastIndexOf(String.fromCharCode(END_MARK));
  if (end === -1 || text.slice(end + 1).trim() !== "")
    throw sanctionsErrors.file_cut_off({ file: name, reason: "the mark that ends the file is missing" });
  const rows = parseRows(name, text.slice(0, end));
  if (rows.length === 0) throw sanctionsErrors.file_empty({ file: name });
  rows.forEach((row, at) => {
    if (row.length !== columns || !/^\d{1,9}$/.test(row[0] ?? ""))
      throw sanctionsErrors.file_cut_off({
        file: name,
        reason: `row ${at + 1} has ${row.length} columns and not ${columns}, or does not begin with a number`,
      });
  });
  return rows;
}

function parseRows(file: string, text: string): string[][] {
  try {
    // `-0-` stands for nothing; blanks follow it.
    const rows = parse(text, { relax_column_count: true, skip_empty_lines: true }) as string[][];
    return rows.map((row) => row.map((cell) => (cell.trim() === "-0-" ? "" : cell.trim())));
  } catch (error) {
    throw sanctionsErrors.file_cut_off(
      { file, reason: error instanceof Error ? error.message : "it is no CSV" },
      error,
    );
  }
}

/** Strict: a name whose letters were read wrongly is a name that is not found. */
function decode(file: string, content: Uint8Array, encoding: Encoding): string {
  if (content.includes(0)) throw sanctionsErrors.file_encoding({ file, reason: "it has NUL bytes, as UTF-16 does" });
  const asUtf8 = decodeUtf8(content);
  const isPlain = content.every((byte) => byte < 0x80);
  if (encoding === "utf-8") {
    if (asUtf8 === undefined) throw sanctionsErrors.file_encoding({ file, reason: "it is not UTF-8" });
    return asUtf8;
  }
  if (asUtf8 !== undefined && !isPlain)
    throw sanctionsErrors.file_encoding({ file, reason: "it is UTF-8 and not windows-1252" });
  return new TextDecoder("windows-1252").decode(content);
}

function decodeUtf8(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  individual: "person",
  vessel: "vessel",
  aircraft: "aircraft",
};

function entriesOf(
  list: Sort["list"],
  { entries = [], addresses = [], aliases = [], comments = [] }: Rows,
): SanctionsEntry[] {
  const numbers = new Set(entries.map(([number]) => number));
  if (numbers.size < entries.length)
    throw sanctionsErrors.list_inconsistent({ list, reason: "a number is given twice" });
  const of = (rows: readonly (readonly string[])[]) => Map.groupBy(rows, ([number]) => number ?? "");
  for (const [number] of [...addresses, ...aliases, ...comments])
    if (!numbers.has(number))
      throw sanctionsErrors.list_inconsistent({
        list,
        reason: `entry ${number} has an address or a name, and is missing itself`,
      });
  const [addressesOf, aliasesOf, commentsOf] = [of(addresses), of(aliases), of(comments)];
  return entries.map((row) => {
    const [number = "", name = "", kind = "", programs = ""] = row;
    const remarks = [row[11] ?? "", ...(commentsOf.get(number) ?? []).map((comment) => comment[1] ?? "")]
      .join("")
      .trim();
    const at = addressesOf.get(number) ?? [];
    return {
      id: `${list}:${number}`,
      kind: KINDS[kind.toLowerCase()] ?? "organisation",
      name,
      aliases: unique((aliasesOf.get(number) ?? []).map((alias) => alias[3] ?? "")),
      programs: unique(programs.split(/\]\s*\[/)),
      countries: unique(
        [...at.map((address) => address[4] ?? ""), ...said(remarks, NATIONALITY)].map(
          (country) => countryNamed(country) ?? "",
        ),
      ),
      addresses: unique(at.map((address) => [address[2], address[3], address[4]].filter(Boolean).join(", "))),
      birthDates: said(remarks, BIRTH),
      remarks: remarks === "" ? null : remarks,
    };
  });
}

const NATIONALITY = /\b(?:nationality|citizen) ([^;.]+)/g;
const BIRTH = /\bDOB ([^;.]+)/g;
const said = (remarks: string, pattern: RegExp): string[] =>
  unique([...remarks.matchAll(pattern)].map((match) => (match[1] ?? "").trim()));

const unique = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ""))];
