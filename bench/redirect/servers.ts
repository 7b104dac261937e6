import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How clicks are kept: as the program does, not at all, or with one INSERT each; or no program, but the least that Node can do. */
export type ServerKind = "bare" | "withoutWrite" | "durable" | "byInsert";
export type ServerOrder = { readonly kind: ServerKind; readonly serverUrl: string; readonly poolMax?: number };
export type ToServer = "cpu" | "stop";
export type FromServer = { readonly origin: string } | { readonly cpu: NodeJS.CpuUsage };

export type RunningServer = AsyncDisposable & {
  readonly origin: string;
  /** What it has used of the processor, in µs. */
  cpu(): Promise<number>;
};

const PROCESS = fileURLToPath(new URL("./server-process.ts", import.meta.url));

/** Starts a server in a process of its own: what one does to its memory and its compiler is nothing to another. */
export async function startServer(order: ServerOrder): Promise<RunningServer> {
  const child = fork(PROCESS, [JSON.stringify(order)]);
  const next = async (): Promise<FromServer> => {
    const [message] = (await once(child, "message")) as [FromServer];
    return message;
  };
  const started = await Promise.race([
    next(),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`a server ended with ${String(code)}`))),
  ]);
  if (!("origin" in started)) throw new Error("a server says first where it is");
  return {
    origin: started.origin,
    cpu: async () => {
      const said = next();
      child.send("cpu" satisfies ToServer);
      const message = await said;
      return "cpu" in message ? message.cpu.user + message.cpu.system : Number.NaN;
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, "exit");
      child.send("stop" satisfies ToServer);
      await ended;
    },
  };
}
