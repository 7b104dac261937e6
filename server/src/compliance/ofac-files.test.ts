import { describe, expect, it } from "vitest";
import { realList, smallList } from "../../test/kit/ofac-list.ts";
import { compareLists, decideList, filesHash } from "./list-rules.ts";
import { entryHash } from "./ofac-entry.ts";
import { type ListFile, readOfacFiles } from "./ofac-files.ts";

const LIST = [
  { number: 306, name: "BANCO NACIONAL DE CUBA", aliases: ["NATIONAL BANK OF CUBA"], country: "Switzerland" },
  {
    number: 2674,
    name: "MÜLLER, Jürgen",
    kind: "individual",
    remarks: "DOB 28 Jul 1963; POB Bonn; nationality Germany; citizen Iran.",
  },
] as const;
const files = smallList(LIST);
const change = (name: string, how: (content: Buffer) => Uint8Array): ListFile[] =>
  files.map((file) => (file.name === name ? { ...file, content: how(Buffer.from(file.content)) } : file));
const codeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("OFAC's files", () => {
  it("are read whole: names, other names, countries of addresses and nationality, birth", () => {
    expect(readOfacFiles(files, "utf-8").slice(1)).toEqual([
      {
        id: "ofac_sdn:306",
        kind: "organisation",
        name: "BANCO NACIONAL DE CUBA",
        aliases: ["NATIONAL BANK OF CUBA"],
        programs: ["SDGT"],
        countries: ["CH"],
        addresses: ["Switzerland"],
        birthDates: [],
        remarks: null,
      },
      {
        id: "ofac_sdn:2674",
        kind: "person",
        name: "MÜLLER, Jürgen",
        aliases: [],
        programs: ["SDGT"],
        countries: ["DE", "IR"],
        addresses: [],
        birthDates: ["28 Jul 1963"],
        remarks: LIST[1].remarks,
      },
    ]);
  });

  it("of July 2021 are read to the last row", () => {
    const entries = readOfacFiles(realList(), "utf-8");
    expect(entries).toHaveLength(8_975 + 1);
    expect(entries.reduce((sum, { aliases }) => sum + aliases.length, 0)).toBeGreaterThan(11_900);
    expect(Object.groupBy(entries, ({ kind }) => kind)["person"]?.length).toBe(4_620);
  });

  it.each<[string, string, ListFile[]]>([
    ["empty", "sanctions.file_empty", change("sdn.csv", () => Buffer.alloc(0))],
    ["of its end mark alone", "sanctions.file_empty", change("sdn.csv", () => Buffer.from("\r\n\u001a"))],
    ["cut off in a row", "sanctions.file_cut_off", change("alt.csv", (content) => content.subarray(0, -20))],
    ["cut off after a row", "sanctions.file_cut_off", change("add.csv", (content) => content.subarray(0, -1))],
    ["an error page", "sanctions.file_cut_off", change("sdn.csv", () => Buffer.from("<html>502</html>\u001a"))],
    [
      "with a column less",
      "sanctions.file_cut_off",
      change("alt.csv", () => Buffer.from('306,220,"aka","BNC"\r\n\u001a')),
    ],
    [
      "in Latin-1",
      "sanctions.file_encoding",
      change("sdn.csv", (content) => Buffer.from(content.toString(), "latin1")),
    ],
    [
      "in UTF-16",
      "sanctions.file_encoding",
      change("sdn.csv", (content) => Buffer.from(content.toString(), "utf16le")),
    ],
    ["missing", "sanctions.files_unknown", files.slice(1)],
    ["given twice", "sanctions.files_unknown", [...files, ...files.slice(0, 1)]],
    ["of another list", "sanctions.files_unknown", [...files, { name: "eu.csv", content: Buffer.from("1") }]],
    [
      "of another day",
      "sanctions.list_inconsistent",
      change("alt.csv", () => Buffer.from('9,1,"aka","X",-0- \r\n\u001a')),
    ],
  ])("are refused where one is %s", (_what, code, wrong) => {
    expect(codeOf(() => readOfacFiles(wrong, "utf-8"))).toBe(code);
  });

  it("in windows-1252 are read where that is said, and refused where they are UTF-8 then", () => {
    const latin = change("sdn.csv", (content) => Buffer.from(content.toString(), "latin1"));
    expect(readOfacFiles(latin, "windows-1252").at(-1)?.name).toBe("MÜLLER, Jürgen");
    expect(codeOf(() => readOfacFiles(files, "windows-1252"))).toBe("sanctions.file_encoding");
  });
});

describe("a new version", () => {
  const day = (text: string): Date => new Date(`2026-02-${text}T00:00:00Z`);
  const newest = { version: 2n, contentHash: "b", asOf: day("10"), entries: 1_000 };
  const asked = { newest, same: undefined, asOf: day("11"), entries: 1_000, isMeant: false, now: day("12") };

  it.each([
    ["is taken", {}, "new"],
    ["of the same day is taken", { asOf: day("10") }, "new"],
    ["that is the one in force confirms it", { same: 2n }, "unchanged"],
    ["that is older is refused", { asOf: day("09") }, "list_older"],
    ["that was in force before the newest is refused, whatever its date", { same: 1n }, "list_older"],
    ["dated in the future is refused", { asOf: day("14") }, "date_future"],
    ["that has lost more than a tenth is refused", { entries: 899 }, "list_shrunk"],
    ["that has lost a tenth is taken", { entries: 900 }, "new"],
    ["that is meant to shrink is taken", { entries: 10, isMeant: true }, "new"],
    ["that is meant to be as one before is taken", { same: 1n, isMeant: true }, "new"],
  ])("%s", (_what, change, kind) => {
    const decision = decideList({ ...asked, ...change });
    expect(decision.kind === "refused" ? decision.refusal.name : decision.kind).toBe(kind);
  });

  it("says what is added, changed and removed, by the content of entries and not by their order", () => {
    const [before, after] = [
      readOfacFiles(smallList([...LIST, { number: 7, name: "GONE" }]), "utf-8"),
      readOfacFiles(smallList([{ ...LIST[1], name: "MÜLLER, Hans" }, LIST[0], { number: 8, name: "NEW" }]), "utf-8"),
    ];
    const kept = before.map((entry) => ({ id: entry.id, hash: entryHash(entry) }));
    const { added, changed, removed } = compareLists(kept, after);
    expect(added.map(({ entry }) => entry.name)).toEqual(["NEW"]);
    expect(changed.map(({ entry }) => entry.name)).toEqual(["MÜLLER, Hans"]);
    expect(removed).toEqual(["ofac_sdn:7"]);
    expect(compareLists(kept, before.toReversed())).toEqual({ added: [], changed: [], removed: [] });
  });

  it("is known by its files whatever their order", () => {
    expect(filesHash(files)).toBe(filesHash(files.toReversed()));
    expect(filesHash(files)).not.toBe(
      filesHash(change("add.csv", (content) => Buffer.concat([Buffer.from("1"), content]))),
    );
  });
});
