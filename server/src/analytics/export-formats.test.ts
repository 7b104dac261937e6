import { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS, fitting, WRITERS } from "./export-formats.ts";

const ROWS = 30_000;
/** What a file may be behind by: its own buffers, a pause of the spreadsheet's, and what is being compressed. */
const IN_FLIGHT_MAX = 6_000;
/** Of a file that takes nothing: more than every buffer on the way to it holds, all of them full. */
const MANY_ROWS = 200_000;
/** In so many turns of the loop all of them would have been read by who does not wait. */
const TURNS = 3_000;

const columns = Object.fromEntries(
  ["revenue", "payments", "refunds", "earned"].map((name) => [
    name,
    (row: unknown) => ({ amount: (row as { amount: bigint }).amount, currency: "USD" }),
  ]),
);

describe("a file is written as it is read", () => {
  it.each(EXPORT_FORMATS)(
    "so that %s never holds more than a few thousand rows, however many there are",
    async (format) => {
      let read = 0;
      let readWhenWritten = 0;
      let inFlight = 0;
      const rows = async function* () {
        for (; read < ROWS; read += 1) {
          inFlight = Math.max(inFlight, read - readWhenWritten);
          yield { amount: BigInt(read) * 7_919n };
        }
      };
      // Takes each piece a turn of the loop later than it is offered: whoever does not wait for it runs far ahead.
      const file = new Writable({
        highWaterMark: 16_384,
        write: (_chunk, _encoding, taken) => {
          readWhenWritten = read;
          setImmediate(taken);
        },
      });
      await WRITERS[format]({ rows: rows(), columns, head: { report: "daily" } }, file);
      expect(read).toBe(ROWS);
      expect(inFlight).toBeLessThan(IN_FLIGHT_MAX);
    },
  );

  it.each(EXPORT_FORMATS)("so that rows of %s are read no further while the file takes nothing", async (format) => {
    let read = 0;
    const rows = async function* () {
      for (; read < MANY_ROWS; read += 1) {
        if (read % 1_000 === 0) await nextTurn();
        // As little alike as rows are, so that a compressor has something to hand on.
        yield { amount: (BigInt(read) * 6_364_136_223_846_793_005n) % 1_000_000_007n };
      }
    };
    let isStuck = true;
    let take = (): void => {};
    const file = new Writable({
      highWaterMark: 16_384,
      write: (_chunk, _encoding, taken) => {
        if (!isStuck) return taken();
        take = taken;
      },
    });
    const written = WRITERS[format]({ rows: rows(), columns, head: { report: "daily" } }, file);
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    const readWhileStuck = read;
    isStuck = false;
    take();
    await written;
    expect(readWhileStuck).toBeLessThan(MANY_ROWS);
    expect(read).toBe(MANY_ROWS);
  });
});

/** How many rows came through before the end, or before they were refused. */
async function taken(format: (typeof EXPORT_FORMATS)[number], rows: number): Promise<[number, unknown]> {
  const source = async function* () {
    for (let row = 0; row < rows; row += 1) yield row;
  };
  let count = 0;
  try {
    for await (const _ of fitting(format, source())) count += 1;
  } catch (error) {
    return [count, (error as { code?: string }).code];
  }
  return [count, undefined];
}

describe("as many rows as a format takes", () => {
  it("are 1,048,576 of a sheet, with its heading: one more is refused", async () => {
    expect(await taken("xlsx", 1_048_575)).toEqual([1_048_575, undefined]);
    expect(await taken("xlsx", 1_048_576)).toEqual([1_048_575, "analytics.export_too_large"]);
  });

  it.each(["csv", "json"] as const)("are any number of %s", async (format) => {
    expect(await taken(format, 1_048_577)).toEqual([1_048_577, undefined]);
  });
});
