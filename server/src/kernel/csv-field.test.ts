import { describe, expect, it } from "vitest";
import { csvField, readCsvField, withMark } from "./csv-field.ts";

describe("a field of a CSV file", () => {
  it.each(["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])(
    "of text from outside that a spreadsheet would run is made text: %j",
    (text) => {
      expect(csvField({ text })).toBe(`'${text}`);
    },
  );

  it.each([
    ["'t Hooft", "'t Hooft"],
    [" 't Hooft", "'t Hooft"],
    ["'", "'"],
    ["''x", "''x"],
    ["'a=b", "'a=b"],
  ])("keeps an apostrophe that no export has put there: %j", (field, text) => {
    expect(readCsvField(field)).toBe(text);
  });

  it("loses the mark of an export alone: what was exported with it is what was read", () => {
    expect(readCsvField("'@sum")).toBe("@sum");
    expect(readCsvField("''@sum")).toBe("'@sum");
    expect(csvField({ text: "t Hooft " })).toBe("'t Hooft ");
    expect(readCsvField("'t Hooft ")).toBe("t Hooft ");
    expect([withMark("@sum"), withMark("t Hooft "), withMark("sum")]).toEqual(["'@sum", "'t Hooft", "sum"]);
  });

  it("is otherwise as it is: amounts in major units, rates as fractions, instants in UTC, nothing as nothing", () => {
    expect(csvField({ text: "a=b" })).toBe("a=b");
    expect(csvField({ word: -7n })).toBe("-7");
    expect(csvField({ amount: -1_005n, currency: "USD" })).toBe("-10.05");
    expect(csvField({ amount: 7n, currency: "JPY" })).toBe("7");
    expect(csvField({ ratePpm: 1n })).toBe("0.000001");
    expect(csvField({ ratePpm: 1_250_000n })).toBe("1.25");
    expect(csvField({ at: new Date("2026-03-01T12:00:00Z") })).toBe("2026-03-01T12:00:00.000Z");
    expect([
      csvField({ text: null }),
      csvField({ word: null }),
      csvField({ ratePpm: null }),
      csvField({ at: null }),
    ]).toEqual(["", "", "", ""]);
  });
});
