import { execFileSync } from "node:child_process";
import { isRunning } from "../../src/app/runtime/process-identity.ts";
import { until } from "./server-process.ts";

/** Ends a Postgres as a power cut does: itself and every process of its own, without a word. */
export async function killPostgres(postmaster: number): Promise<void> {
  const children = childrenOf(postmaster);
  for (const pid of [postmaster, ...children]) killNow(pid);
  await until(() => !isRunning(postmaster));
}

/** Has Postgres stop by itself: `fast` ends every session in order, `immediate` drops everything and recovers at the next start. */
export async function stopPostgres(postmaster: number, how: "fast" | "immediate"): Promise<void> {
  process.kill(postmaster, how === "fast" ? "SIGINT" : "SIGQUIT");
  await until(() => !isRunning(postmaster));
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync("ps", ["-A", "-o", "ppid=,pid="], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []));
  } catch {
    // A machine without ps: they end by themselves when they find their parent gone.
    return [];
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It was gone already.
  }
}
