import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, release, type as systemType, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { percentile } from "./ratio.ts";

/** Above this many running processes a core, what is measured is mostly the neighbours. */
const LOAD_PER_CORE_MAX = 0.5;

/** The machine, as far as it bears on the figures. */
export function describeMachine(): string[] {
  const [cpu] = cpus();
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB, ${systemType()} ${release()}${isVirtual() ? ", virtual" : ""}`,
    `Node ${process.versions.node}`,
    `a write of 8 kB reaches the disk in ${syncTime().toFixed(2)} ms (median)`,
  ];
}

export const currentLoad = (): number => loadavg()[0] ?? 0;

/** What to know of the machine before figures of it are believed; undefined where nothing speaks against them. */
export function warnOfLoad(): string | undefined {
  const load = currentLoad();
  return load > cpus().length * LOAD_PER_CORE_MAX
    ? `The machine is busy (load ${load.toFixed(1)} on ${cpus().length} cores): ratios are rougher than they need be.`
    : undefined;
}

function isVirtual(): boolean {
  try {
    return /\bhypervisor\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return false;
  }
}

const SYNCS = 50;

function syncTime(): number {
  const path = join(tmpdir(), `tributary-bench-sync-${process.pid}`);
  const file = openSync(path, "w");
  const page = Buffer.alloc(8_192, 1);
  try {
    const times = Array.from({ length: SYNCS }, () => {
      const begunAt = performance.now();
      writeSync(file, page, 0, page.length, 0);
      fdatasyncSync(file);
      return performance.now() - begunAt;
    });
    return percentile(times, 0.5);
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
