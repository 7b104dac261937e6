import type { Benchmark, Outcome } from "./benchmark.ts";
import type { Check, Spread, Target } from "./ratio.ts";

/** Three figures are as many as a measurement has. */
export const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : `${Number(value.toPrecision(3))}`;

const spread = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;

const fraction = (value: number): string => value.toFixed(2);

const ratio = ({ median, min, max }: Spread): string => `${fraction(median)} (${fraction(min)}–${fraction(max)})`;

const target = (of: Target): string => ("atLeast" in of ? `≥ ${of.atLeast}` : `≤ ${of.atMost}`);

const HEAD = ["figure", "floor", "subject", "ratio", "target", ""] as const;

const cellsOf = (check: Check): string[] => [
  `${check.figure} (${check.unit})`,
  spread(check.floor),
  spread(check.subject),
  ratio(check.ratio),
  target(check.target),
  check.isMet ? "met" : "MISSED",
];

/** Checks as a table for a terminal. */
export function textTable(checks: readonly Check[]): string {
  const rows = [[...HEAD], ...checks.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const markdownTable = (checks: readonly Check[]): string =>
  [HEAD.slice(), HEAD.map(() => "---"), ...checks.map(cellsOf)].map((row) => `| ${row.join(" | ")} |`).join("\n");

export type Report = {
  readonly machine: readonly string[];
  readonly date: string;
  readonly sections: readonly { readonly benchmark: Benchmark; readonly outcome: Outcome }[];
};

/** The page `docs/performance.md`. */
export function performancePage({ machine, date, sections }: Report): string {
  return `${[
    "# Performance",
    "Written by `npm run bench`. Absolute figures are those of one machine on one day; what counts are the ratios: each subject runs against its floor in the same run, turn by turn, for several rounds. A figure is the median of the rounds with the lowest and the highest; a ratio is the median of the ratios of each round.",
    [`Measured ${date}:`, ...machine.map((line) => `- ${line}`)].join("\n"),
    ...sections.flatMap(({ benchmark, outcome }) => [
      `## ${benchmark.title}`,
      benchmark.about,
      markdownTable(outcome.checks),
      ...(outcome.notes.length === 0 ? [] : [outcome.notes.map((note) => `- ${note}`).join("\n")]),
    ]),
  ].join("\n\n")}\n`;
}
