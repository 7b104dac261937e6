import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Columns } from "../../server/src/analytics/export-columns.ts";
import { WRITERS } from "../../server/src/analytics/export-formats.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { check } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";

const SIZES = { full: { rows: 1_000_000, rounds: 3 }, quick: { rows: 50_000, rounds: 1 } };
/** As many rows come from the database at once. */
const FETCH_ROWS = 2_000;

export const exports: Benchmark = {
  name: "exports",
  title: "A sheet of a million rows",
  about:
    "The report of commissions as XLSX, through the writer of exports, from rows that are there. Floor: the same rows as CSV, through the same columns. A figure is the time of a whole file; memory is the most that the heap and its buffers take while a file is written; its floor is the same with a tenth of the rows, so that 1 is flat.",
  run: runExports,
};

/** To look at memory takes longer than to take a piece of a file. */
const CHUNKS_PER_LOOK = 20;

const FORMATS = ["csv", "xlsx"] as const;
/** Of a format, by round: the time of a whole file, and the memory that a tenth of it and all of it took. */
const emptyFigures = () => ({ seconds: [] as number[], tenth: [] as number[], whole: [] as number[] });

const id = (turn: number): string => `0190f1a2-7c3d-7b1e-8a55-${String(turn).padStart(12, "0")}`;
const AT = new Date("2026-03-01T12:00:00Z");
const COLUMNS = {
  partner_id: (turn: number) => ({ word: id(turn % 500) }),
  company_name: (turn: number) => ({ text: `Company ${turn % 500}` }),
  commission_id: (turn: number) => ({ word: id(turn) }),
  occurred_at: () => ({ at: AT }),
  commission_type: () => ({ word: "recurring" }),
  rate: () => ({ ratePpm: 100_000n }),
  amount: (turn: number) => ({ amount: BigInt(turn), currency: "USD" }),
  currency: () => ({ word: "USD" }),
  status: () => ({ word: "approved" }),
  hold_until: () => ({ at: AT }),
  reverses_id: () => ({ word: null }),
  customer: (turn: number) => ({ text: `customer-${turn}@example.com` }),
} satisfies Columns<number>;

async function* rowsOf(count: number): AsyncGenerator<number> {
  for (let turn = 0; turn < count; turn += 1) {
    if (turn % FETCH_ROWS === 0) await setImmediate();
    yield turn;
  }
}

async function runExports({ isQuick, say }: Bench) {
  const { rows, rounds } = SIZES[isQuick ? "quick" : "full"];
  const measure = async (
    format: (typeof FORMATS)[number],
    count = rows,
  ): Promise<{ seconds: number; mebibytes: number }> => {
    let [bytes, chunks] = [0, 0];
    const sink = new Writable({
      write: (_chunk, _encoding, done) => {
        chunks += 1;
        if (chunks % CHUNKS_PER_LOOK === 0) {
          const { heapUsed, external } = process.memoryUsage();
          bytes = Math.max(bytes, heapUsed + external);
        }
        done();
      },
    });
    const begunAt = performance.now();
    const columns = COLUMNS as unknown as Columns<unknown>;
    await WRITERS[format]({ rows: rowsOf(count), columns, head: { report: "commissions" } }, sink);
    return { seconds: (performance.now() - begunAt) / 1_000, mebibytes: bytes / 2 ** 20 };
  };
  const measured = { csv: emptyFigures(), xlsx: emptyFigures() };
  for (let round = 1; round <= rounds; round += 1) {
    for (const format of FORMATS) {
      const tenth = await measure(format, rows / 10);
      const whole = await measure(format);
      measured[format].seconds.push(whole.seconds);
      measured[format].tenth.push(tenth.mebibytes);
      measured[format].whole.push(whole.mebibytes);
    }
    say(`round ${round} of ${rounds}`);
  }
  return {
    checks: [
      check({
        figure: `XLSX against CSV, ${number(rows)} rows`,
        unit: "s",
        subject: measured.xlsx.seconds,
        floor: measured.csv.seconds,
        target: { atMost: 5 },
      }),
      ...FORMATS.map((format) =>
        check({
          figure: `Memory of ${format.toUpperCase()}, ${number(rows)} against ${number(rows / 10)} rows`,
          unit: "MiB",
          subject: measured[format].whole,
          floor: measured[format].tenth,
          target: { atMost: 1.5 },
        }),
      ),
    ],
    notes: [],
  };
}
