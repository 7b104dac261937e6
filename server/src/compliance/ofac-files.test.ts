import { describe, expect, it } from "vitest";
import { realList, smallList } from "../../test/kit/ofac-list.ts";
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
