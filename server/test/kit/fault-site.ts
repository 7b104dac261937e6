import { join } from "node:path";
import Fastify from "fastify";
import { expect } from "vitest";
import { type Composition, compose } from "../../src/app/compose.ts";
import { urlsOf } from "../../src/app/database/embedded-postgres.ts";
import { openOperator } from "../../src/app/open-operator.ts";
import { prove } from "../../src/app/prove/prove.ts";
import { openHome } from "../../src/app/runtime/home.ts";
import { openSecrets } from "../../src/app/runtime/secrets.ts";
import { KEY_SCOPES } from "../../src/identity/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import type { Secrets } from "../../src/platform/crypto/index.ts";
import { clusterOf, createInstallations, postmasterOf, readiness } from "./installations.ts";
import { killPostgres } from "./killed-processes.ts";
import { freePort, type ServerProcess, until } from "./server-process.ts";

/** What one request came to; `cut` where no answer came because its server died. */
export type Reply = {
  readonly status: number | "cut";
  readonly headers: Headers;
  readonly text: string;
};

export type Call = {
  readonly body?: object;
  readonly key?: string;
  /** Without it the operator's key is sent. */
  readonly isAnonymous?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Send = (method: string, path: string, call?: Call) => Promise<Reply>;

export type SitePartner = { readonly id: string; readonly referralCode: string };

export type FaultSite = AsyncDisposable & {
  readonly home: string;
  readonly url: string;
  readonly partners: readonly SitePartner[];
  readonly operatorKey: string;
  readonly server: () => ServerProcess;
  /** Sends once. Throws where neither an answer nor the end of the connection comes. */
  readonly send: Send;
  /** Sends the same again until there is an answer that is none of an outage. */
  readonly insist: Send;
  /** A visit by a browser of its own, from an address of its own. */
  visit(): Promise<Reply>;
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  killDatabase(): Promise<void>;
  isReady(): Promise<void>;
  /** Works with the services on the site's database, in this process. */
  within<Result>(work: (app: Composition, ctx: Ctx) => Promise<Result>): Promise<Result>;
  /** Every check of the books holds: data, replay of the engine, chain of the trail. */
  expectProven(): Promise<void>;
};

export type OpenSite = {
  readonly partners?: number;
  readonly folder?: string;
  readonly entry?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stripe?: { readonly secretKey: string; readonly webhookSecret: string; readonly apiBase: string };
};

/** Far beyond what anything takes: what lasts longer hangs. */
const HANGS_MS = 90_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const JOINED = new Date("2026-01-01T00:00:00Z");

/**
 * An installation in processes of its own, on a Postgres that keeps its word to the disk, with partners and a key of the operator: made to be
 * killed. Every caller's address is believed, so that a crowd is not one visitor.
 */
export async function openFaultSite(options: OpenSite = {}): Promise<FaultSite> {
  await using boot = new AsyncDisposableStack();
  const { folder, start, cleanUp } = createInstallations();
  boot.defer(cleanUp);
  const home = join(options.folder ?? folder(), "home");
  const port = await freePort();
  const startOnce = (): Promise<ServerProcess> =>
    start({
      home,
      port,
      environment: { TRUST_PROXY: "true", LOG_LEVEL: "fatal", ...options.environment },
      ...(options.entry === undefined ? {} : { entry: options.entry }),
    });
  let server = await startOnce();
  const { url } = server;

  const within: FaultSite["within"] = async (work) => {
    await using app = await compose({
      database: { url: urlsOf(clusterOf(home)).serverUrl },
      publicUrl: url,
      secrets: secretsOf(home),
      mail: { smtpUrl: undefined, from: "tributary@operator.test" },
      stripe: options.stripe,
      logger: Fastify({ logger: false }).log,
    });
    return await work(app, await openOperator(app, "test"));
  };
  const made = await within((app, ctx) => openProgram(app, ctx, options.partners ?? 1));

  let visitors = 0;
  const send = senderTo(url, made.operatorKey);
  const owned = boot.move();
  return {
    home,
    url,
    ...made,
    server: () => server,
    send,
    insist: async (...call) => {
      let reply = await send(...call);
      await until(async () => {
        if (!isOutage(reply)) return true;
        reply = await send(...call);
        return !isOutage(reply);
      });
      return reply;
    },
    visit: () => {
      visitors += 1;
      const address = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
      return send("GET", `/r/${made.partners[visitors % made.partners.length]?.referralCode}`, {
        isAnonymous: true,
        headers: { "user-agent": BROWSER, "x-forwarded-for": address },
      });
    },
    killServer: async () => {
      server.kill("SIGKILL");
      await server.exited;
    },
    startServer: async () => {
      server = await startOnce();
    },
    killDatabase: () => killPostgres(postmasterOf(home)),
    isReady: () => until(async () => (await readiness(server)) === 200),
    within,
    expectProven: () =>
      within(async (app, ctx) => {
        for await (const finding of prove({ db: app.db, ctx, moduleChecks: app.moduleChecks }))
          expect(finding).toMatchObject({ broken: 0, breaks: [] });
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Sends to one server with the operator's key. */
export const senderTo =
  (url: string, operatorKey: string): Send =>
  async (method, path, { body, key, isAnonymous = false, headers } = {}) => {
    const signal = AbortSignal.timeout(HANGS_MS);
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        redirect: "manual",
        signal,
        headers: {
          ...(isAnonymous ? {} : { authorization: operatorKey }),
          ...(key === undefined ? {} : { "idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    } catch (error) {
      if (signal.aborted) throw new Error(`${method} ${path} hangs`, { cause: error });
      return { status: "cut", headers: new Headers(), text: "" };
    }
  };

/** No answer, or one that says to come again. */
export const isOutage = ({ status }: Reply): boolean => status === "cut" || status === 503;

/** The click that a redirect names. */
export const tidOf = ({ headers }: Reply): string =>
  new URL(headers.get("location") ?? "").searchParams.get("tid") ?? "";

const secretsOf = (home: string): Secrets =>
  openSecrets(openHome(home), { pepper: undefined, encryptionKey: undefined, signingKeys: undefined });

type Opened = { readonly operatorKey: string; readonly partners: SitePartner[] };

/** A programme that leads to a shop, with partners of the first tier. */
export async function openProgram(app: Composition, ctx: Ctx, count: number): Promise<Opened> {
  await app.programs.updateProgram(ctx, { destinationHosts: ["shop.test"], defaultDestination: "https://shop.test/" });
  const rows = Array.from({ length: count }, (_, index) => ({
    externalId: `partner-${index}`,
    email: `partner-${index}@partners.test`,
    referralCode: `code-${index}`,
    joinedAt: JOINED,
  }));
  const results = await app.partners.importPartners(ctx, rows);
  const key = await app.identity.generateAPIKey(ctx, {
    owner: "operator",
    name: "Everything",
    scopes: KEY_SCOPES.operator,
  });
  return {
    operatorKey: `Basic ${Buffer.from(`${key.apiKey}:${key.secret}`).toString("base64")}`,
    partners: results.map((result, index) => {
      if (result.status === "rejected" || result.partnerId === null) throw new Error("the partner was not imported");
      return { id: result.partnerId, referralCode: `code-${index}` };
    }),
  };
}
