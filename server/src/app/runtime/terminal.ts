import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours where the reader is a terminal; plain text in a file. */
export const styled = (style: Style, text: string): string => (process.stdout.isTTY ? styleText(style, text) : text);

export const print = (text = ""): void => void process.stdout.write(`${text}\n`);

/** Steps of the start, each with a mark when it is over: so that nothing seems to hang. */
export function createSteps() {
  let startedAt = performance.now();
  let current: string | undefined;
  const end = (): void => {
    if (current === undefined) return;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(`  ${styled("green", "✔")} ${current} ${styled("dim", `(${seconds} s)`)}`);
    current = undefined;
  };
  return {
    begin: (step: string): void => {
      end();
      startedAt = performance.now();
      current = step;
    },
    end,
    /** Something worth knowing on the way. */
    note: (text: string): void => print(`  ${styled("dim", "·")} ${text}`),
  };
}

export type Steps = ReturnType<typeof createSteps>;

/** Work that goes on behind: one line that is written over on a terminal, a line for each step elsewhere. */
export function createProgress(what: string) {
  let lastStep = "";
  const isTerminal = process.stdout.isTTY;
  const clear = (): void => {
    if (isTerminal) process.stdout.write("\r\u001b[2K");
  };
  return {
    show: (step: string, done: number, total: number): void => {
      if (isTerminal) process.stdout.write(`\r\u001b[2K  ${styled("dim", `${what}: ${step}, ${done} of ${total}`)}`);
      else if (step !== lastStep) print(`  ${what}: ${step}`);
      lastStep = step;
    },
    /** Says something in between. */
    interrupt: (say: () => void): void => {
      clear();
      say();
    },
    end: (text: string): void => {
      clear();
      print(`  ${styled("green", "✔")} ${text}`);
    },
  };
}

/** Names on the left, what they stand for on the right. */
export function printList(rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) print(`  ${styled("dim", name.padEnd(width))}  ${value}`);
}

/** A table with a head. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  print(styled("dim", line(head)));
  for (const row of rows) print(line(row));
}

/** Why the program does not run, and the way out. */
export function printRefusal(message: string, remedy: string): void {
  process.stderr.write(`\n${styled("red", "✖")} ${message}\n`);
  if (remedy)
    process.stderr.write(
      `${remedy
        .split("\n")
        .map((line, index) => (index === 0 ? `→ ${line}` : `  ${line}`))
        .join("\n")}\n`,
    );
}
