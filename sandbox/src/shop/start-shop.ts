import Fastify, { type FastifyRequest } from "fastify";
import { openRecords } from "../records/record-store.ts";
import { takeForms } from "../servers/forms.ts";
import { guardHost } from "../servers/guard-host.ts";
import { listenOnLoopback } from "../servers/listen-on-loopback.ts";
import { addAccountRoutes } from "./account-routes.ts";
import { addEntryRoutes } from "./entry-routes.ts";
import { createReporter } from "./reporter.ts";
import type { ShopDeps } from "./shop-acts.ts";
import type { Frame } from "./shop-layout.ts";
import { SHOP_KINDS, type ShopKinds } from "./shop-records.ts";
import { customerOf } from "./shop-visitor.ts";
import type { TributaryAccess } from "./tributary-client.ts";

/** How the shop reaches Tributary, and what its pages point to. */
export type ShopConnection = TributaryAccess & {
  /** `/docs` of Tributary when not given. */
  readonly docsUrl?: string;
};

export type ShopOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where the shop keeps its customers and what it still has to report; in memory alone when not given. */
  readonly stateFile?: string;
  /** Base URL and operator key of Tributary; may be given later by `connect`. */
  readonly tributaryUrl?: string;
  readonly apiKey?: TributaryAccess["apiKey"];
  /** The name under which browsers come, where it is another than 127.0.0.1; the shop itself listens there alone. */
  readonly publicHost?: string;
  readonly mailboxUrl?: string;
  readonly now?: () => Date;
  /** How long an answer of Tributary is waited for. */
  readonly timeoutMs?: number;
};

export type Shop = {
  readonly url: string;
  readonly port: number;
  /** Gives the shop its key, or another one. What waits to be reported goes out. */
  connect(connection: ShopConnection): void;
  close(): Promise<void>;
};

/** Starts the demo shop on 127.0.0.1. It talks to Tributary as any customer's system would: over its API, with an operator's key. */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  await using boot = new AsyncDisposableStack();
  const { records, atomically, close } = openRecords<ShopKinds>(SHOP_KINDS, options.stateFile);
  boot.defer(close);
  const { tributaryUrl, apiKey, publicHost = "127.0.0.1", mailboxUrl } = options;
  let connection: ShopConnection | undefined;
  if (tributaryUrl !== undefined && apiKey !== undefined) connection = { url: tributaryUrl, apiKey };

  const now = options.now ?? (() => new Date());
  const timeoutMs = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  const reporter = createReporter({ records, access: () => connection, now: () => now().getTime(), ...timeoutMs });
  boot.defer(() => reporter.close());
  const deps: ShopDeps = { records, atomically, reporter, now };
  const tributaryAt = (): string | undefined => connection?.url ?? tributaryUrl;
  const frameOf = (request: FastifyRequest): Frame => ({
    customer: customerOf(records, request),
    docsUrl: connection?.docsUrl ?? (tributaryAt() && new URL("/docs", tributaryAt()).href),
    mailboxUrl,
  });

  const server = Fastify({ forceCloseConnections: true });
  boot.defer(() => server.close());
  guardHost(server, [publicHost]);
  await takeForms(server);
  const at = { frameOf, access: () => connection };
  addEntryRoutes(server, deps, at);
  addAccountRoutes(server, deps, at);
  const { port } = await listenOnLoopback(server, options.port ?? 0);

  const owned = boot.move();
  return {
    url: `http://${publicHost}:${port}`,
    port,
    connect(given) {
      connection = given;
      const waiting = records.reports.all().filter(({ state }) => state === "waiting");
      for (const customerId of new Set(waiting.map((report) => report.customerId))) void reporter.retryNow(customerId);
    },
    close: () => owned.disposeAsync(),
  };
}
