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

/** What one benchmark found, and where and when. */
export type Report = {
  readonly benchmark: Benchmark;
  readonly outcome: Outcome;
  readonly machine: readonly string[];
  readonly date: string;
};

const HEADER =
  "Written by `npm run bench`, a section each time a benchmark runs in full. Absolute figures are those of one machine on one day; what counts are the ratios: each subject runs against its floor in the same run, turn by turn, for several rounds. A figure is the median of the rounds with the lowest and the highest; a ratio is the median of the ratios of each round.";

const sectionOf = ({ benchmark, outcome, machine, date }: Report): string =>
  [
    `## ${benchmark.title}`,
    benchmark.about,
    markdownTable(outcome.checks),
    [...outcome.notes, `Measured ${date}: ${machine.join("; ")}.`].map((note) => `- ${note}`).join("\n"),
  ].join("\n\n");

/** The page `docs/performance.md`: new sections in the place of earlier ones of the same benchmark, the others as they were, in the given order. */
export function performancePage(before: string, reports: readonly Report[], order: readonly Benchmark[]): string {
  const earlier = before.split(/^(?=## )/m).slice(1);
  const sections = order.flatMap((benchmark) => {
    const report = reports.find((one) => one.benchmark === benchmark);
    return report ? sectionOf(report) : earlier.filter((text) => text.startsWith(`## ${benchmark.title}\n`));
  });
  return `${["# Performance", HEADER, ...sections.map((text) => text.trim())].join("\n\n")}\n`;
}
