import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRecords } from "./record-store.ts";

type Fruit = { readonly id: string; readonly colour: string };
type Kinds = { apples: Fruit; pears: Fruit };

describe("records in a file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "records-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => openRecords<Kinds>(["apples", "pears"], join(folder, "fruit.jsonl"));

  it("are there again after a restart without a close, in their order, the last version of each", () => {
    const { records } = open();
    records.apples.put({ id: "a", colour: "green" });
    records.apples.put({ id: "b", colour: "green" });
    records.pears.put({ id: "a", colour: "yellow" });
    records.apples.put({ id: "a", colour: "red" });
    records.pears.remove("a");

    const again = open().records;
    expect(again.apples.all()).toEqual([
      { id: "a", colour: "red" },
      { id: "b", colour: "green" },
    ]);
    expect(again.pears.all()).toEqual([]);
  });

  it("survive a torn last line, and the file stays appendable after it", () => {
    open().records.apples.put({ id: "a", colour: "red" });
    appendFileSync(join(folder, "fruit.jsonl"), '{"collection":"apples","rec');
    open().records.apples.put({ id: "b", colour: "green" });
    expect(
      open()
        .records.apples.all()
        .map(({ id }) => id),
    ).toEqual(["a", "b"]);
  });

  it("that one act changes are kept as one: of an act that a crash cuts short nothing is left", () => {
    const { records, atomically } = open();
    records.apples.put({ id: "a", colour: "green" });
    atomically(() => {
      records.apples.put({ id: "a", colour: "red" });
      atomically(() => records.pears.put({ id: "p", colour: "yellow" }));
      records.apples.put({ id: "b", colour: "red" });
    });
    const file = join(folder, "fruit.jsonl");
    const text = readFileSync(file, "utf8");
    expect(open().records.apples.all()).toHaveLength(2);
    writeFileSync(file, text.slice(0, -2));
    const cut = open().records;
    expect([cut.apples.all(), cut.pears.all()]).toEqual([[{ id: "a", colour: "green" }], []]);
  });

  it("leave a file of what is left, not of all that was", () => {
    const { records } = open();
    for (let round = 0; round < 100; round++) records.apples.put({ id: "a", colour: `shade ${round}` });
    open();
    expect(readFileSync(join(folder, "fruit.jsonl"), "utf8").trim().split("\n")).toHaveLength(1);
  });

  it("of a file that is not theirs are refused, not overwritten", () => {
    appendFileSync(join(folder, "fruit.jsonl"), "a shopping list\n");
    expect(open).toThrow(/JSON/);
    expect(readFileSync(join(folder, "fruit.jsonl"), "utf8")).toBe("a shopping list\n");
  });
});
