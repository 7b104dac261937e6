import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this id runs; one that belongs to somebody else counts, one that is dead and waits for its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return process.platform !== "linux" || !["Z", "X"].includes(statFields(pid)[0] ?? "");
}

/** When a process started, as a text that no other process of that id ever has; undefined where there is none. */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const ticks = statFields(pid)[19];
      if (ticks === undefined) return undefined;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
    }
    return ps(pid, "lstart") || undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a process; empty where there is none, or none that may be seen. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return ps(pid, "command");
  } catch {
    return "";
  }
}

/** The fields of /proc/PID/stat from the third on; empty where there is no such process. */
function statFields(pid: number): string[] {
  try {
    // The second, the name of the command, may hold blanks and brackets: the last bracket ends it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

const ps = (pid: number, column: string): string =>
  execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

/** Resolves to whether the process ended within the time. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  while (isRunning(pid)) {
    if (Date.now() > until) return false;
    await pause(POLL_MS);
  }
  return true;
}

const POLL_MS = 20;

export const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
