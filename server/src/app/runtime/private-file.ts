import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { StartError, systemCode } from "./start-error.ts";

/** Writes a file for its owner alone, whole or not at all: a crash leaves the old one. */
export function writePrivateFile(path: string, value: unknown): void {
  const partial = `${path}.${process.pid}.partial`;
  const file = openSync(partial, "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}

/** Reads what `writePrivateFile` wrote; undefined where there is none. */
export function readPrivateFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new StartError(
      `${path} cannot be read (${systemCode(error) ?? String(error)}).`,
      "Run as the user that made it, or give its owner back to this user.",
      error,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartError(`${path} is damaged: it is no JSON.`, "Put the copy of it from your backup there.", error);
  }
}
