import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { Resolver } from "node:dns";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type ClientRequest, get, type IncomingMessage } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "node:tls";
import { ROOT } from "../tidy/source-tree.ts";
import { freePort } from "./server-process.ts";

export const CADDYFILE = join(ROOT, "deploy/caddy/Caddyfile");

/** Caddy as it is installed on this machine; it keeps what it makes in `home`. */
export const caddyEnvironment = (home: string, settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  XDG_DATA_HOME: home,
  XDG_CONFIG_HOME: home,
  ...settings,
});

export const hasCaddy = (): boolean => spawnSync("caddy", ["version"]).error === undefined;

export type Got = { readonly status: number; readonly body: string; readonly headers: NodeJS.Dict<string | string[]> };

export type Proxy = AsyncDisposable & {
  /** Asks for a path over HTTPS, as a browser that finds the host by DNS and trusts the proxy's issuer. Rejects where there is no certificate. */
  get(host: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Got>;
  /** The same with another method and a body. */
  send(
    host: string,
    path: string,
    request: {
      readonly method: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | undefined;
    },
  ): Promise<Got>;
  /** The same without encryption. */
  getPlain(host: string, path: string): Promise<Got>;
};

/** Runs Caddy with the Caddyfile that is deployed, its certificates from an issuer of its own, in front of a server on this machine. */
export async function startProxy({
  server,
  host,
  dns,
}: {
  readonly server: string;
  readonly host: string;
  readonly dns: string;
}): Promise<Proxy> {
  const home = mkdtempSync(join(tmpdir(), "tributary-caddy-"));
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const child: ChildProcess = spawn("caddy", ["run", "--config", CADDYFILE, "--adapter", "caddyfile"], {
    env: caddyEnvironment(home, {
      TRIBUTARY_HOST: host,
      TRIBUTARY_SERVER: server,
      CERTIFICATE_ISSUER: "internal",
      HTTP_PORT: String(httpPort),
      HTTPS_PORT: String(httpsPort),
    }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += String(chunk)));
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await exited;
    rmSync(home, { recursive: true, force: true });
  };

  const root = join(home, "caddy/pki/authorities/local/root.crt");
  // It listens before it has the certificate of its own host.
  const isReady = async (): Promise<boolean> => existsSync(root) && (await isAnswering(httpsPort, host, root));
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`Caddy ended by itself:\n${said}`);
    await pause(20);
  }

  const resolver = new Resolver();
  resolver.setServers([dns]);
  const lookup = (name: string, _options: unknown, found: (error: Error | null, addresses: object[]) => void): void =>
    resolver.resolve4(name, (error, addresses) =>
      found(
        error,
        (addresses ?? []).map((address) => ({ address, family: 4 })),
      ),
    );
  const shared = { lookup: lookup as never, agent: false } as const;
  const read = (send: (done: (answer: IncomingMessage) => void) => ClientRequest, written?: string) =>
    new Promise<Got>((resolve, reject) => {
      const sent = send((answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers }), reject);
      });
      sent.once("error", reject);
      sent.end(written);
    });
  const send: Proxy["send"] = (name, path, { method, headers = {}, body }) =>
    read(
      (done) =>
        request(
          { ...shared, method, host: name, servername: name, port: httpsPort, path, headers, ca: readFileSync(root) },
          done,
        ),
      body,
    );
  return {
    send,
    get: (name, path, headers = {}) => send(name, path, { method: "GET", headers }),
    getPlain: (name, path) => read((done) => get({ ...shared, host: name, port: httpPort, path }, done)),
    [Symbol.asyncDispose]: end,
  };
}

const isAnswering = (port: number, servername: string, root: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", servername, ca: readFileSync(root) });
    socket.once("secureConnect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
