import { createServer } from "node:net";
import type { App } from "../../platform/http/index.ts";
import { StartError, systemCode } from "./start-error.ts";

type Address = { readonly host: string; readonly port: number };

const PORT_MAX = 65_535;
/** Past the mailbox and the shop of whoever has the port: it may be a Tributary too. */
const PORT_STEP = 1_000;
const CLOSE_TIMEOUT_MS = 10_000;
const IDLE_LOOK_MS = 100;

/** Sees that the address is free before anything slow is begun. */
export async function requireFreePort({ host, port }: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  }).catch((error: unknown) => {
    throw refusal({ host, port }, error);
  });
}

/** Listens; says in plain words why it cannot. */
export async function listen(app: App, address: Address): Promise<void> {
  // Fastify's own line about it would stand in the middle of the start's.
  const { level } = app.log;
  app.log.level = "warn";
  await app.listen({ ...address }).catch((error: unknown) => {
    throw refusal(address, error);
  });
  app.log.level = level;
}

/** Takes no more connections and lets running requests end; those that do not end in time are cut off. */
export async function closeServer(app: App, timeoutMs = CLOSE_TIMEOUT_MS): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  // Node closes what is idle when closing begins. The connection of a request that ends later was promised to be kept, and would be waited for.
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_LOOK_MS);
  await app.close().finally(() => {
    clearTimeout(timer);
    clearInterval(idle);
  });
}

function refusal({ host, port }: Address, error: unknown): StartError {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} on ${host} is taken by another program.`,
        `Choose another port: PORT=${port + PORT_STEP <= PORT_MAX ? port + PORT_STEP : port - PORT_STEP} npm start`,
        error,
      );
    case "EACCES":
      return new StartError(
        `This user may not listen on port ${port}.`,
        "Ports below 1024 belong to root: choose a higher one (PORT=3000) and put a proxy in front.",
        error,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(
        `This machine has no address ${host}.`,
        "HOST is an address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for all of them.",
        error,
      );
    default:
      return new StartError(
        `The server cannot listen on ${host}:${port}: ${String(error)}.`,
        "Choose another HOST or PORT.",
        error,
      );
  }
}
