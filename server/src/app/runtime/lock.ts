import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { startOf } from "./process-identity.ts";
import { StartError, systemCode } from "./start-error.ts";

export type LockHolder = {
  readonly pid: number;
  /** Tells the holder from a later process that was given the same id. */
  readonly start: string | undefined;
  /** What the holder is, for people: `the server`, `tributary import`. */
  readonly what: string;
  readonly since: string;
};

const ATTEMPTS_MAX = 5;

/**
 * Takes the folder for this process, and returns what gives it back. A lock whose holder is dead (a kill -9, a power cut) is taken over. Throws
 * a `StartError` that names the holder otherwise.
 */
export function takeLock(path: string, what: string): () => void {
  const mine: LockHolder = { pid: process.pid, start: startOf(process.pid), what, since: new Date().toISOString() };
  const draft = `${path}.${process.pid}`;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
    try {
      // A link appears whole or fails: nobody ever reads half a lock.
      linkSync(draft, path);
      return () => {
        if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
      };
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = readHolder(path);
    if (holder && isHeld(holder)) throw refusal(path, holder);
    putAway(path, holder);
  }
  throw new StartError(`${path} keeps changing hands.`, "Another start is under way at the same time: wait for it.");
}

/** Who has the folder now; undefined where nobody does. */
export function holderOf(path: string): LockHolder | undefined {
  const holder = readHolder(path);
  return holder && isHeld(holder) ? holder : undefined;
}

const isHeld = (holder: LockHolder): boolean => {
  const start = startOf(holder.pid);
  return start !== undefined && start === holder.start;
};

/** Moves a dead holder's lock out of the way. When somebody was faster, what was moved is theirs and goes back. */
function putAway(path: string, dead: LockHolder | undefined): void {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== dead?.pid && isHeld(moved)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

const refusal = (path: string, { pid, what, since }: LockHolder): StartError =>
  new StartError(
    `${path.slice(0, path.lastIndexOf("/"))} is in use by ${what} (process ${pid}, since ${since}).`,
    `Stop it first (kill ${pid}), or start beside it with another folder and port: TRIBUTARY_HOME=… PORT=… npm start`,
  );
