import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { ROOT } from "../tidy/source-tree.ts";

export type ServerProcess = {
  readonly pid: number;
  readonly url: string;
  /** Everything it has said so far. */
  readonly output: () => string;
  /** Resolves to its exit code: 128 and the signal where one ended it. */
  readonly exited: Promise<number>;
  kill(signal: NodeJS.Signals): void;
};

export type StartServerProcess = {
  readonly home: string;
  readonly port?: number;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What is run; the program itself when not given. */
  readonly entry?: string;
  /** Another user to run as; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number };
};

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Runs the server as its users do, in a process of its own, and does not wait for anything. */
export async function spawnServer(input: StartServerProcess): Promise<ServerProcess> {
  const port = input.port ?? (await freePort());
  const child: ChildProcess = spawn(
    process.execPath,
    [input.entry ?? join(ROOT, "server/src/app/entry/start.ts"), ...(input.args ?? ["--empty"])],
    {
      cwd: "/",
      env: {
        PATH: process.env["PATH"] ?? "",
        TRIBUTARY_HOME: input.home,
        PORT: String(port),
        LOG_LEVEL: "warn",
        NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node"),
        ...input.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
      ...input.user,
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  const exited = new Promise<number>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? 128 + (SIGNAL_NUMBERS[signal ?? ""] ?? 0)));
  });
  if (child.pid === undefined) throw new Error("the server could not be spawned");
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    exited,
    kill: (signal) => void child.kill(signal),
  };
}

/** The same, and waits until it is ready. Throws what it said when it ends before. */
export async function startServer(input: StartServerProcess): Promise<ServerProcess> {
  const server = await spawnServer(input);
  let code: number | undefined;
  void server.exited.then((value) => (code = value));
  await until(() => {
    if (code !== undefined) throw new Error(`the server ended with ${code}:\n${server.output()}`);
    return server.output().includes("Ctrl-C stops all of it");
  });
  return server;
}

/** Waits for something that is bound to happen; the test's own timeout ends the wait when it does not. */
export async function until(happens: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await happens())) await breathe();
}

/** Between one look and the next. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}
