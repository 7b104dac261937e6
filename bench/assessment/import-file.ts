import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type ImportOrder = {
  readonly serverUrl: string;
  readonly path: string;
  /** Then it ends with what it has. */
  readonly secondsMax: number;
};

export type Imported = {
  readonly events: number;
  /** The most memory that the process ever had resident, in bytes: reading and sorting included. */
  readonly peak: number;
  readonly isLate: boolean;
  readonly seconds: number;
};

const PROCESS = fileURLToPath(new URL("./import-process.ts", import.meta.url));

/** Imports a file of transactions as the command line does, in a process of its own whose memory is watched. */
export function importFile(order: ImportOrder): Promise<Imported> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, [JSON.stringify(order)]);
    child.once("message", (imported) => resolve(imported as Imported));
    child.once("exit", (code) => reject(new Error(`the import ended with ${code}`)));
  });
}
