import { rmSync } from "node:fs";
import type { Config } from "../config/config.ts";
import type { Home } from "./home.ts";
import { holderOf } from "./lock.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";

/** Where a running server is reached, for the commands beside it: they are started without its PORT. */
export type RunningServer = {
  readonly pid: number;
  readonly publicUrl: string;
  readonly localUrl: string;
  /** Of the mailbox on this machine; undefined where mail goes out. */
  readonly mailboxSmtpUrl?: string;
};

/** Notes where this process is reached, and returns what takes the note away. */
export function noteRunningServer(home: Home, server: Omit<RunningServer, "pid">): () => void {
  writePrivateFile(home.running, { pid: process.pid, ...server } satisfies RunningServer);
  return () => rmSync(home.running, { force: true });
}

/** The server that has the folder now; undefined where none does. A note that a killed server left is not believed. */
export function findRunningServer(home: Home): RunningServer | undefined {
  const holder = holderOf(home.lock);
  if (holder === undefined) return undefined;
  const noted = readPrivateFile(home.running) as RunningServer | undefined;
  return noted?.pid === holder.pid ? noted : undefined;
}

/** The configuration with the addresses that the running server answers at, whatever PORT this process was given. */
export const besideRunningServer = (config: Config, server: RunningServer | undefined): Config =>
  server === undefined ? config : { ...config, publicUrl: server.publicUrl, localUrl: server.localUrl };
