import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS, WRITERS } from "./export-formats.ts";

const ROWS = 30_000;
/** What a file may be behind by: its own buffers, a pause of the spreadsheet's, and what is being compressed. */
const IN_FLIGHT_MAX = 6_000;

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
      const field = (row: unknown) => ({ amount: (row as { amount: bigint }).amount, currency: "USD" });
      const columns = Object.fromEntries(["revenue", "payments", "refunds", "earned"].map((name) => [name, field]));
      await WRITERS[format]({ rows: rows(), columns, head: { report: "daily" } }, file);
      expect(read).toBe(ROWS);
      expect(inFlight).toBeLessThan(IN_FLIGHT_MAX);
    },
  );
});
