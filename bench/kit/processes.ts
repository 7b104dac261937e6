import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever its own clock does (proc(5), USER_HZ). */
const TICK_MICROS = 10_000;

type Used = { readonly parent: number; readonly own: number; readonly ofEnded: number };

/** What a process, its children and those of its children that have ended have used of the processor, in µs; NaN where the system keeps no /proc. */
export function cpuOfFamily(pid: number): number {
  const head = readUsed(pid);
  if (head === undefined) return Number.NaN;
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readUsed(Number(name)))
    .filter((used) => used?.parent === pid);
  return (head.own + head.ofEnded + children.reduce((sum, used) => sum + (used?.own ?? 0), 0)) * TICK_MICROS;
}

/** Undefined for a process that is not there (any more). */
function readUsed(pid: number): Used | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold blanks. Behind it: 4th parent; 14th to 17th, own time and that of ended children, in user and kernel.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const at = (field: number): number => Number(fields[field - 3]);
    return { parent: at(4), own: at(14) + at(15), ofEnded: at(16) + at(17) };
  } catch {
    return undefined;
  }
}
