import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvField } from "../../../kernel/csv-field.ts";
import { isExternalId } from "../../../kernel/external-id.ts";
import { readRows } from "./read-rows.ts";
import { openRejects } from "./rejects.ts";
import { sortExternally } from "./sort-externally.ts";

async function* chunksOf(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const rowsOf = (text: string | Uint8Array, size?: number) =>
  listOf(readRows(chunksOf(text, size), { required: ["a", "b"], optional: ["c"] }));

const fields = (a: string, b: string, c = "") => expect.objectContaining({ a, b, c });

describe("reading rows", () => {
  it("finds columns by the header, whatever their order, with the line of each row", async () => {
    expect(await rowsOf('\ufeffc, b,a\r\n3,2,1\r\n\r\n"x,""y""",5 ,4\r\n')).toEqual([
      { line: 2, fields: fields("1", "2", "3") },
      { line: 4, fields: fields("4", "5", 'x,"y"') },
    ]);
  });

  it("reads a last line that has no end", async () => {
    expect(await rowsOf("a,b\n1,2")).toEqual([{ line: 2, fields: fields("1", "2") }]);
  });

  it("loses one row to a quote that is not closed, and takes the rest", async () => {
    const rows = await rowsOf('a,b\n1,"2\n3,4\n5,6"7\n"8"9,10\n11,12\n');
    expect(rows.map((row) => ("fields" in row ? row.fields.a : `line ${row.line}`))).toEqual([
      "line 2",
      "3",
      "line 4",
      "line 5",
      "11",
    ]);
  });

  it("loses one row to the wrong number of fields, to bytes that are no UTF-8, and to an endless line", async () => {
    const bytes = Buffer.concat([
      Buffer.from("a,b\n1\n1,2,3\n1,"),
      Buffer.from([0xff]),
      Buffer.from(`\n${"x".repeat(100_000)}\n5,6\n`),
    ]);
    const rows = await rowsOf(bytes, 1_000);
    expect(rows.map((row) => ("fields" in row ? row.fields.a : `${row.line}: ${row.problem.reason}`))).toEqual([
      "2: has 1 fields; the header has 2",
      "3: has 3 fields; the header has 2",
      "4: is not UTF-8 text of at most 65536 bytes",
      "5: is not UTF-8 text of at most 65536 bytes",
      "5",
    ]);
  });

  it.each([
    ["", "the file is empty"],
    ["a\n1\n", "no column b"],
    ["a,b,d\n", "not known: d"],
    ["a,b,a\n", "twice: a"],
  ])("refuses a file that is not the one that was meant: %j", async (text, reason) => {
    await expect(rowsOf(text)).rejects.toThrow(reason);
  });
});

describe("what was exported", () => {
  it("is read as it was, whatever it begins and ends with: the same names are the same things", async () => {
    const start = fc.constantFrom("", "'", "''", "'=", "=", "+", "-", "@", "＝", "＠", " ", "' ", '"', ",");
    const end = fc.constantFrom("", " ", "\u00a0", "'", '"');
    const middle = fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => text === "" || isExternalId(text));
    const text = fc.tuple(start, middle, end).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const file = stringify([
          ["a", "b"],
          [csvField({ text: a }), csvField({ text: b })],
        ]);
        expect(await rowsOf(file)).toEqual([{ line: 2, fields: fields(a, b) }]);
      }),
    );
  });
});

describe("a rejects file", () => {
  it("holds line, column and reason beside the row, and can be imported after a correction", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "tributary-rejects-")), "rejects.csv");
    {
      await using rejects = await openRejects(path, ["a", "b"]);
      await rejects.add({ line: 7, problem: { column: "b", reason: 'is "odd"' }, fields: { a: "=1", b: "x,y" } });
      expect(rejects.count).toBe(1);
    }
    const text = await readFile(path, "utf8");
    expect(text).toBe(`reject_line,reject_column,reject_reason,a,b\n7,b,"is ""odd""",'=1,"x,y"\n`);
    expect(await rowsOf(text)).toEqual([{ line: 2, fields: fields("=1", "x,y") }]);
  });

  it("is not there when nothing was refused, though one was left before", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "tributary-rejects-")), "rejects.csv");
    {
      await using rejects = await openRejects(path, ["a"]);
      await rejects.add({ line: 2, problem: { column: "a", reason: "is wrong" } });
    }
    expect(existsSync(path)).toBe(true);
    {
      await using _ = await openRejects(path, ["a"]);
    }
    expect(existsSync(path)).toBe(false);
  });
});

describe("sorting more than memory holds", () => {
  const sorted = (items: readonly [number, number][], runSize: number) =>
    listOf(
      sortExternally(
        (async function* () {
          yield* items;
        })(),
        {
          compare: (a, b) => a[0] - b[0],
          encode: (item) => item,
          decode: (value) => value as [number, number],
          runSize,
        },
      ),
    );

  it("is the same as sorting in memory, and stable", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { maxLength: 40, size: "max" }),
        fc.integer({ min: 1, max: 12 }),
        async (keys, runSize) => {
          const items = keys.map((key, index): [number, number] => [key, index]);
          expect(await sorted(items, runSize)).toEqual(items.toSorted((a, b) => a[0] - b[0]));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("leaves nothing behind, when it is abandoned too", async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("tributary-sort-"));
    const before = left();
    const iteration = sortExternally(
      (async function* () {
        yield* [3, 1, 2, 5, 4];
      })(),
      { compare: (a, b) => a - b, encode: (item) => item, decode: Number, runSize: 2 },
    );
    expect((await iteration.next()).value).toBe(1);
    await iteration.return(undefined);
    expect(left()).toEqual(before);
  });
});
