import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ClonedDatabase } from "./postgres.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SECRET = Buffer.alloc(32, 7).toString("base64");

export type Ran = { readonly stdout: string; readonly stderr: string; readonly exitCode: number };

/** Runs the command line as a process of its own, on a test's database, and waits for it. */
export async function runCommand(database: ClonedDatabase, home: string, args: readonly string[]): Promise<Ran> {
  const environment = {
    PATH: process.env["PATH"],
    TRIBUTARY_HOME: home,
    NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node"),
    DATABASE_URL: database.ownerUrl,
    TRIBUTARY_PEPPER: SECRET,
    TRIBUTARY_ENCRYPTION_KEY: SECRET,
    TRIBUTARY_SIGNING_KEYS: SECRET,
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["server/src/app/entry/tributary.ts", ...args],
      { cwd: ROOT, env: environment, maxBuffer: 64 * 1024 * 1024 },
    );
    return { stdout, stderr, exitCode: 0 };
  } catch (error) {
    const { stdout = "", stderr = "", code = 1 } = error as { stdout?: string; stderr?: string; code?: number };
    return { stdout, stderr, exitCode: code };
  }
}
